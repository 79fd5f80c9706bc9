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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.fault.FaultPlan;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.ChangeKind;
import io.github.cmsevents.simulator.model.Elements;
import io.github.cmsevents.simulator.model.Habits;
import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.server.EventsServer;
import io.github.cmsevents.simulator.server.FaultInjector;
import io.github.cmsevents.simulator.server.LoopThread;
import io.github.cmsevents.simulator.server.Recorder;
import io.github.cmsevents.simulator.server.ScriptedSockets;
import io.github.cmsevents.simulator.server.ServerOptions;
import io.github.cmsevents.simulator.server.SocketRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/**
 * Simulates a Cisco Meeting Server for event clients: token login, events WebSocket, and meetings that change over time. It
 * follows the Events Guide, release 3.7, counts every breach of the protocol, and by default closes the socket for it.
 *
 * <p>Every method may be called from any thread. When a change of the meetings returns, its messages are sent or queued.
 * Meetings can be created before the start, and survive a restart.
 */
public final class MeetingServerSimulator implements AutoCloseable {

    private final String host;
    private final SimulatorTls tls;
    private final LoopThread thread = new LoopThread();
    private final Recorder recorder;
    private final Duration correctionDelay;
    private final Meetings meetings;
    private final SocketRegistry registry;
    private final EventsServer server;
    private final Faults faults;
    private volatile int port;
    private volatile String certificatePem;

    /**
     * @param tls null for plain HTTP
     * @param certificatePem the certificate in the options; null for plain HTTP
     */
    MeetingServerSimulator(
            String host,
            int port,
            SimulatorTls tls,
            String certificatePem,
            Elements elements,
            Habits habits,
            Duration correctionDelay,
            ServerOptions options,
            Recorder recorder) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.certificatePem = certificatePem;
        this.recorder = recorder;
        this.correctionDelay = correctionDelay;
        this.meetings = new Meetings(elements, habits, this::changed);
        this.registry = new SocketRegistry(meetings, options, recorder, new FaultPlan(recorder::journal));
        this.server = new EventsServer(thread, registry);
        this.faults = new Faults(this, thread, new FaultInjector(registry));
    }

    public static SimulatorBuilder builder() {
        return new SimulatorBuilder();
    }

    private void changed(List<CallChange> changes) {
        registry.changed(changes);
        if (!correctionDelay.isZero()) {
            changes.stream()
                    .filter(change -> change.kind() == ChangeKind.ADDED)
                    .map(CallChange::call)
                    .forEach(call -> thread.later(() -> meetings.correct(call), correctionDelay));
        }
    }

    // ---- Life

    /**
     * Starts listening. After a {@link #stop()}, the port is the same, and earlier tokens are invalid.
     *
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public MeetingServerSimulator start() {
        port = server.start(host, port);
        return this;
    }

    /** Closes every socket and the port, and invalidates all tokens. The meetings stay. */
    public void stop() {
        server.stop();
    }

    /** Simulates a crash: resets all connections and loses all calls. */
    void crash() {
        server.crash();
        thread.run(meetings::endAll);
    }

    /**
     * Stops for ever and ends the simulator's thread. Closing again does nothing. (Netty's {@code globalEventExecutor}, which
     * a JVM shares, ends by itself within a second.)
     */
    @Override
    public void close() {
        if (!thread.isClosed()) {
            server.stop();
            thread.close();
        }
    }

    /** Whether the server listens. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /** The port, known after the first start. */
    public int port() {
        return port;
    }

    /** The server's address, for example {@code https://127.0.0.1:8443}. */
    public String url() {
        return scheme() + hostAndPort();
    }

    /** The address of the events WebSocket without a token, for example {@code wss://127.0.0.1:8443/events/v1}. */
    public String eventsUrl() {
        return (tls == null ? "ws://" : "wss://") + hostAndPort() + EventsServer.EVENTS_PATH;
    }

    private String scheme() {
        return tls == null ? "http://" : "https://";
    }

    private String hostAndPort() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * The certificate to trust, as PEM.
     *
     * @throws IllegalStateException without TLS
     */
    public String certificatePem() {
        requireTls();
        return certificatePem;
    }

    /** Reloads the certificate for new connections. */
    void changeCertificate() {
        requireTls();
        SimulatorTls.Loaded loaded = tls.load(host);
        server.changeTls(loaded.context());
        certificatePem = loaded.certificatePem();
    }

    private void requireTls() {
        if (tls == null) {
            throw new IllegalStateException("No certificate: this simulator uses plain HTTP");
        }
    }

    /** The server's only thread. Tasks must not block. */
    public ScheduledExecutorService scheduler() {
        return thread.scheduler();
    }

    // ---- Meetings

    /** Starts a call of a coSpace with random GUIDs. */
    public SimulatedCall createCall(String name) {
        return createCall(CallOptions.named(name));
    }

    /** Starts a call of a coSpace with this GUID. */
    public SimulatedCall createCall(String name, String guid) {
        return createCall(CallOptions.named(name).guid(guid));
    }

    /** @throws IllegalArgumentException for an unknown element, or a GUID that is active already */
    public SimulatedCall createCall(CallOptions options) {
        return thread.call(() -> show(meetings.open(options.guid(), options.values())));
    }

    /** The active call with this GUID. */
    public Optional<SimulatedCall> call(String guid) {
        return thread.call(() -> meetings.find(guid).map(this::show));
    }

    /** The active calls, in the order in which they started. */
    public List<SimulatedCall> calls() {
        return thread.call(() -> meetings.all().stream().map(this::show).toList());
    }

    /**
     * Combines several changes into one: one row per call or participant, one message per subscription. The changes run on the
     * server's thread and must not wait for other threads. Changes before a failure stay and are sent; the failure is
     * rethrown.
     */
    public void transaction(Runnable changes) {
        thread.run(() -> meetings.transaction(changes));
    }

    /** Ends every call and clears all records. Sockets stay open and receive the removals. */
    public void clear() {
        clear(call -> false);
    }

    /** Ends every call but some, and clears all records. */
    void clear(Predicate<Meeting> kept) {
        thread.run(() -> {
            meetings.endIf(kept.negate());
            recorder.clear();
        });
    }

    // ---- For clusters and conversations

    LoopThread thread() {
        return thread;
    }

    Meetings meetings() {
        return meetings;
    }

    SimulatedCall show(Meeting call) {
        return new SimulatedCall(thread, meetings, call);
    }

    /** What a conversation's steps do; to be used on {@link #thread()}. */
    ScriptedSockets scriptedSockets() {
        return new ScriptedSockets(registry);
    }

    // ---- Sockets

    /** The number of open sockets. */
    public int sockets() {
        return thread.call(registry::count);
    }

    /** Every subscription of every open socket. */
    public List<SubscriptionSnapshot> subscriptions() {
        return thread.call(registry::subscriptions);
    }

    /** The number of sent messages, on all open sockets, that are not acknowledged yet. */
    public int unackedMessages() {
        return thread.call(registry::unacked);
    }

    /** The number of messages, of all open sockets, that wait until earlier ones are acknowledged. */
    public int queuedMessages() {
        return thread.call(registry::queued);
    }

    /** Resets every socket's TCP connection. */
    public void dropSockets() {
        thread.run(registry::resetAll);
    }

    /** Closes every socket with a closing handshake. */
    public void closeSockets(int code, String reason) {
        thread.run(() -> registry.closeAll(code, reason));
    }

    /** Injects faults. */
    public Faults faults() {
        return faults;
    }

    // ---- Records, since the start or the last clear()

    /** The breaches of all clients. */
    public List<Breach> breaches() {
        return thread.call(recorder::breaches);
    }

    /** The messages that the server acknowledged with another status than {@code success}. */
    public List<Refusal> refusals() {
        return thread.call(recorder::refusals);
    }

    /** Every request, frame and close, oldest first, up to the journal's capacity. */
    public List<JournalEntry> journal() {
        return thread.call(recorder::journal);
    }

    /** The number of logins, granted or not. */
    public int loginCount() {
        return thread.call(recorder::logins);
    }

    /** The {@code Host} header of every HTTP request, oldest first. */
    public List<String> hostHeaders() {
        return thread.call(recorder::hostHeaders);
    }

    /** The number of sockets that were opened, including closed ones. */
    public int socketsOpenedInAll() {
        return thread.call(recorder::socketsOpened);
    }

    /** The {@code message} object of every subscribe request, refused or not, of all sockets, oldest first. */
    public List<JsonNode> subscribeRequests() {
        return thread.call(recorder::subscribeRequests);
    }

    @Override
    public String toString() {
        return "MeetingServerSimulator[" + url() + "]";
    }
}
