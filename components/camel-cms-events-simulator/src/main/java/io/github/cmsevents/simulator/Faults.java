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
 * Makes the server misbehave as on the worst day of a real site. Every method may be called from any thread, and what it asks
 * for holds when it returns. Each fault that happens is a {@link JournalEntry.Fault} in the journal.
 *
 * <p>Faults are the server's own breaches: they never count as the client's.
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
     * The same for one socket alone.
     *
     * @param number of the socket, counted from 1 in the order of opening, open already or not
     */
    public Faults on(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Sockets are counted from 1: " + number);
        }
        return new Faults(server, thread, injector, number);
    }

    // ---- When there is occasion

    /** The fault happens at its next occasion. */
    public void next(Fault fault) {
        next(1, fault);
    }

    /** The fault happens at its next so many occasions. */
    public void next(int times, Fault fault) {
        arm(fault, times);
    }

    /** The fault happens at every occasion, until {@link #clear()}. Of several faults for one occasion the older one happens. */
    public void untilCleared(Fault fault) {
        arm(fault, FaultPlan.UNTIL_CLEARED);
    }

    private void arm(Fault fault, int times) {
        Objects.requireNonNull(fault, "fault");
        if (socket != FaultPlan.ANY_SOCKET && (fault instanceof Fault.OfLogin || fault instanceof Fault.OfUpgrade)) {
            throw new IllegalArgumentException(fault.name() + " can't be for one socket: there is none yet");
        }
        thread.run(() -> injector.arm(fault, socket, times));
    }

    /**
     * From now on all is well: no fault waits any more, occupied sockets are free, what was kept {@code pending} becomes active,
     * and what was held back is sent. Half-open connections are reset.
     */
    public void clear() {
        thread.run(() -> injector.clear(socket));
    }

    // ---- Sockets, now. Each returns how many sockets it hit.

    /** Cuts the TCP connection without a goodbye: the client sees a reset. */
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

    /** Closes the TCP connection properly, but without a closing handshake. */
    public int hangUp() {
        return thread.call(() -> injector.hangUp(socket));
    }

    /**
     * Makes connections half-open: nothing is read and nothing is sent any more, but TCP stays open, until {@link #clear()} or
     * the server stops. The server itself has forgotten such a socket: it takes up no place of the five.
     */
    public int silence() {
        return thread.call(() -> injector.silence(socket));
    }

    /**
     * Sends a text frame of just this text, whatever it is. It wants no ack, and one for a {@code messageId} that can be read in
     * it is no breach.
     */
    public int sendRaw(String text) {
        Objects.requireNonNull(text, "text");
        return thread.call(() -> injector.sendRaw(socket, text));
    }

    /**
     * Sends a message under the server's next number, when its turn comes; it wants its ack.
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

    // ---- Subscriptions, now. Each returns how many subscriptions it hit.

    /**
     * Deactivates a subscription although its call goes on. There are no updates of it until the client asks again.
     *
     * @param index the client's number of the subscription
     */
    public int deactivate(long index) {
        return thread.call(() -> injector.deactivate(socket, index));
    }

    /**
     * Deactivates subscriptions although their call goes on.
     *
     * @param type {@code calls}, {@code callInfo} or {@code callRoster}
     * @param call GUID of the call; null for {@code calls}
     */
    public int deactivate(String type, String call) {
        Objects.requireNonNull(type, "type");
        return thread.call(() -> injector.deactivate(socket, type, call));
    }

    // ---- The whole server

    /** Restarts the server in no time: the same port and meetings, no sockets, and none of the tokens from before. */
    public void restart() {
        restart(() -> {});
    }

    /** Restarts the server; this happens while it is down. */
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
     * Loads the certificate again, for connections from now on: a self-signed one is made afresh, and files are read again.
     *
     * @throws IllegalStateException without TLS
     */
    public void changeCertificate() {
        server.changeCertificate();
        thread.run(() -> injector.fired("changeCertificate"));
    }

    /**
     * From now on other clients hold so many of the sockets that the server has. Sockets that are open stay; an upgrade that
     * finds no place because of the others is refused with 503, and is no breach.
     */
    public void occupySockets(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        thread.run(() -> injector.occupySockets(count));
    }

    /** Other clients hold no sockets any more. */
    public void freeSockets() {
        occupySockets(0);
    }
}
