/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.cmsevents.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.fault.FaultPlan;
import io.github.cmsevents.simulator.server.FaultInjector;
import io.github.cmsevents.simulator.server.LoopThread;
import java.util.Objects;

/**
 * Injects faults into a server. Every method may be called from any thread and takes effect before it returns. Each fault
 * that happens is recorded as a {@link JournalEntry.Fault}.
 *
 * <p>A fault never counts as a breach of the client.
 */
public final class Faults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MeetingServerSimulator server;
    private final LoopThread thread;
    private final FaultInjector injector;
    private final int socket;

    Faults(MeetingServerSimulator server, LoopThread thread, FaultInjector injector) {
        this(server, thread, injector, FaultPlan.ANY_SOCKET);
    }

    private Faults(MeetingServerSimulator server, LoopThread thread, FaultInjector injector, int socket) {
        this.server = server;
        this.thread = thread;
        this.injector = injector;
        this.socket = socket;
    }

    /**
     * The same faults for one socket only.
     *
     * @param number of the socket, counted from 1 in the order of opening, open already or not
     */
    public Faults on(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Sockets are counted from 1: " + number);
        }
        return new Faults(server, thread, injector, number);
    }

    // ---- At the next occasion

    /** The fault happens at its next occasion. */
    public void next(Fault fault) {
        next(1, fault);
    }

    /** The fault happens at this number of its next occasions. */
    public void next(int times, Fault fault) {
        arm(fault, times);
    }

    /** The fault happens at every occasion, until {@link #clear()}. Of several faults for one occasion the first one requested happens. */
    public void untilCleared(Fault fault) {
        arm(fault, FaultPlan.UNTIL_CLEARED);
    }

    private void arm(Fault fault, int times) {
        Objects.requireNonNull(fault, "fault");
        if (socket != FaultPlan.ANY_SOCKET && (fault instanceof Fault.OfLogin || fault instanceof Fault.OfUpgrade)) {
            throw new IllegalArgumentException(
                    fault.name() + " cannot be limited to a socket: it happens before the socket exists");
        }
        thread.run(() -> injector.arm(fault, socket, times));
    }

    /**
     * Cancels all faults: occupied sockets become free, subscriptions that were kept {@code pending} become active, and
     * messages that were held back are sent. Half-open connections are reset.
     */
    public void clear() {
        thread.run(() -> injector.clear(socket));
    }

    // ---- Sockets, now. Each method returns the number of sockets.

    /** Resets the TCP connection. */
    public int reset() {
        return thread.call(() -> injector.reset(socket));
    }

    /** Closes with a closing handshake and this code. */
    public int close(int code) {
        return thread.call(() -> injector.close(socket, code, ""));
    }

    /** Closes with a closing handshake without a code. */
    public int close() {
        return close(1005);
    }

    /** Closes the TCP connection without a closing handshake. */
    public int hangUp() {
        return thread.call(() -> injector.hangUp(socket));
    }

    /**
     * Makes connections half-open: the server neither reads nor sends, but TCP stays open, until {@link #clear()} or the
     * server stops. Such a socket does not count towards the five that the server has.
     */
    public int silence() {
        return thread.call(() -> injector.silence(socket));
    }

    /**
     * Sends a text frame with this text. It needs no acknowledgement; one for a {@code messageId} in the text is no breach.
     */
    public int sendRaw(String text) {
        Objects.requireNonNull(text, "text");
        return thread.call(() -> injector.sendRaw(socket, text));
    }

    /**
     * Queues a message, which gets the server's next number and needs an acknowledgement.
     *
     * @param fields a JSON object with the fields besides the {@code messageId}
     */
    public int sendMessage(String fields) {
        ObjectNode parsed = parse(fields);
        return thread.call(() -> injector.sendMessage(socket, parsed));
    }

    private static ObjectNode parse(String fields) {
        try {
            if (JSON.readTree(fields) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException("Not a JSON object: " + fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + fields, e);
        }
    }

    // ---- Subscriptions, now. Each method returns the number of subscriptions.

    /**
     * Deactivates a subscription although its call continues. It gets no updates until the client subscribes again.
     *
     * @param index the client's number of the subscription
     */
    public int deactivate(long index) {
        return thread.call(() -> injector.deactivate(socket, index));
    }

    /**
     * Deactivates subscriptions although their call continues.
     *
     * @param type {@code calls}, {@code callInfo} or {@code callRoster}
     * @param call GUID of the call; null for {@code calls}
     */
    public int deactivate(String type, String call) {
        Objects.requireNonNull(type, "type");
        return thread.call(() -> injector.deactivate(socket, type, call));
    }

    // ---- The whole server

    /** Restarts the server: the same port and meetings, but no sockets and no tokens. */
    public void restart() {
        restart(() -> {});
    }

    /**
     * Restarts the server.
     *
     * @param meanwhile runs while the server is down
     */
    public void restart(Runnable meanwhile) {
        server.stop();
        thread.run(() -> injector.fired("restart"));
        try {
            meanwhile.run();
        } finally {
            server.start();
        }
    }

    /**
     * Reloads the certificate for new connections: a self-signed one is created anew, files are read again.
     *
     * @throws IllegalStateException without TLS
     */
    public void changeCertificate() {
        server.changeCertificate();
        thread.run(() -> injector.fired("changeCertificate"));
    }

    /**
     * Lets other clients occupy this number of the server's sockets. Open sockets stay open; an upgrade that exceeds the limit
     * because of the others is refused with 503, and is no breach.
     */
    public void occupySockets(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        thread.run(() -> injector.occupySockets(count));
    }

    /** Frees the sockets that other clients occupy. */
    public void freeSockets() {
        occupySockets(0);
    }
}
