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
 * A Cisco Meeting Server in a box, as far as an event client can see one: token login, events WebSocket, and meetings that
 * behave like meetings. It follows the Events Guide, release 3.7, counts everything that a client does against it, and by
 * default closes the socket for it.
 *
 * <p>Every method may be called from any thread, and a change of the meetings has gone out, or queues for its turn, when the
 * method returns. Meetings can be made before the start, and outlive a restart.
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
     * @param certificatePem the certificate that the options have; null for plain HTTP
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
     * Listens from now on. After a {@link #stop()} on the same port as before, and without any of the tokens from before.
     *
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public MeetingServerSimulator start() {
        port = server.start(host, port);
        return this;
    }

    /** Closes every socket and the port, and forgets the tokens. The meetings stay. */
    public void stop() {
        server.stop();
    }

    /** Stops as if it had lost its power: without a goodbye, and the calls are gone as well. */
    void crash() {
        server.crash();
        thread.run(meetings::endAll);
    }

    /** Stops for good; the simulator's thread is gone afterwards. Closing again does nothing. (Netty's own
     * {@code globalEventExecutor}, shared by all of a JVM, ends by itself within a second.) */
    @Override
    public void close() {
        if (!thread.isClosed()) {
            server.stop();
            thread.close();
        }
    }

    /** Whether it listens. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /** The port it listens on; known from the first start on. */
    public int port() {
        return port;
    }

    /** For example {@code https://127.0.0.1:8443}. */
    public String url() {
        return scheme() + hostAndPort();
    }

    /** Where the events are, without a token: for example {@code wss://127.0.0.1:8443/events/v1}. */
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

    /** Those who connect from now on see a newly loaded certificate. */
    void changeCertificate() {
        requireTls();
        SimulatorTls.Loaded loaded = tls.load(host);
        server.changeTls(loaded.context());
        certificatePem = loaded.certificatePem();
    }

    private void requireTls() {
        if (tls == null) {
            throw new IllegalStateException("No certificate: this simulator speaks plain HTTP");
        }
    }

    /** The server's one thread, for what is to happen later. What runs there must be quick. */
    public ScheduledExecutorService scheduler() {
        return thread.scheduler();
    }

    // ---- Meetings

    /** Starts a call of a coSpace with random GUIDs. */
    public SimulatedCall createCall(String name) {
        return createCall(CallOptions.named(name));
    }

    /** Starts a call of a coSpace under a given GUID. */
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
     * Runs changes that clients are to see as one: one row per call or participant, one message per subscription. They run
     * on the server's thread, so they must not wait for other threads. What they did before a failure stays and goes
     * out; the failure is thrown here.
     */
    public void transaction(Runnable changes) {
        thread.run(() -> meetings.transaction(changes));
    }

    /** Ends every call and forgets all that was recorded. Sockets stay open, and their subscribers hear of the ends. */
    public void clear() {
        clear(call -> false);
    }

    /** The same, but some calls go on. */
    void clear(Predicate<Meeting> goesOn) {
        thread.run(() -> {
            meetings.endIf(goesOn.negate());
            recorder.clear();
        });
    }

    // ---- For the cluster that it is a bridge of

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

    /** How many sockets are open. */
    public int sockets() {
        return thread.call(registry::count);
    }

    /** Every subscription of every open socket. */
    public List<SubscriptionSnapshot> subscriptions() {
        return thread.call(registry::subscriptions);
    }

    /** Messages, of all open sockets, that were sent and are not acknowledged yet. */
    public int unackedMessages() {
        return thread.call(registry::unacked);
    }

    /** Messages, of all open sockets, that wait until earlier ones are acknowledged. */
    public int queuedMessages() {
        return thread.call(registry::queued);
    }

    /** Cuts every socket's TCP connection without a goodbye: clients see a reset. */
    public void dropSockets() {
        thread.run(registry::resetAll);
    }

    /** Closes every socket with a closing handshake. */
    public void closeSockets(int code, String reason) {
        thread.run(() -> registry.closeAll(code, reason));
    }

    /** What can be made to go wrong. */
    public Faults faults() {
        return faults;
    }

    // ---- Records, since the start or the last clear()

    /** Everything that clients did against the protocol. */
    public List<Breach> breaches() {
        return thread.call(recorder::breaches);
    }

    /** Messages that were answered by an acknowledgement other than {@code success}. */
    public List<Refusal> refusals() {
        return thread.call(recorder::refusals);
    }

    /** Every request, frame and close, oldest first; of very many, the last. */
    public List<JournalEntry> journal() {
        return thread.call(recorder::journal);
    }

    /** How many times a client asked for a token, granted or not. */
    public int loginCount() {
        return thread.call(recorder::logins);
    }

    /** The {@code Host} header of every HTTP request, oldest first. */
    public List<String> hostHeaders() {
        return thread.call(recorder::hostHeaders);
    }

    /** How many sockets were opened in all. */
    public int socketsOpenedInAll() {
        return thread.call(recorder::socketsOpened);
    }

    /** The {@code message} object of every subscribe request, good or not, of all sockets, oldest first. */
    public List<JsonNode> subscribeRequests() {
        return thread.call(recorder::subscribeRequests);
    }

    @Override
    public String toString() {
        return "MeetingServerSimulator[" + url() + "]";
    }
}
