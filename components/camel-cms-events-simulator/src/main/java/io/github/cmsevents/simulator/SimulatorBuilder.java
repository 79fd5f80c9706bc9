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

import io.github.cmsevents.simulator.model.Elements;
import io.github.cmsevents.simulator.model.Habits;
import io.github.cmsevents.simulator.model.Resource;
import io.github.cmsevents.simulator.protocol.SessionOptions;
import io.github.cmsevents.simulator.server.Credentials;
import io.github.cmsevents.simulator.server.Recorder;
import io.github.cmsevents.simulator.server.ServerOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** Builds a {@link MeetingServerSimulator}. Defaults: plain HTTP, a free local port, strict. */
public final class SimulatorBuilder {

    private static final int MAX_PORT = 65_535;
    private static final Duration SCRIPTED_ACK_TIMEOUT = Duration.ofDays(1);

    private String host = "127.0.0.1";
    private int port;
    private Credentials credentials = new Credentials("apiuser", "secret");
    private SimulatorTls tls;
    private boolean reusableTokens;
    private int rowsPerMessage = 10;
    private int ackWindow = 1;
    private Duration ackTimeout = Duration.ofSeconds(30);
    private boolean punish = true;
    private boolean repeatCallInCallInfo;
    private int maxSockets = 5;
    private int journalCapacity = 100_000;
    private Consumer<JournalEntry> journalListener = entry -> {};
    private Elements elements = Elements.documented();
    private Duration correctionDelay = Duration.ofMillis(150);
    private boolean blankNames = true;
    private boolean scripted;

    SimulatorBuilder() {}

    /** The address to listen on, {@code 127.0.0.1} by default. */
    public SimulatorBuilder host(String host) {
        this.host = Objects.requireNonNull(host, "host");
        return this;
    }

    /** The port to listen on; 0, the default, takes a free port and keeps it over restarts. */
    public SimulatorBuilder port(int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 0 to " + MAX_PORT + ": " + port);
        }
        this.port = port;
        return this;
    }

    /** Adds an offset to the port, for the next bridge of a cluster; 0 stays 0. */
    SimulatorBuilder portOffset(int offset) {
        return port == 0 ? this : port(port + offset);
    }

    /** The one account that may log in, {@code apiuser} with {@code secret} by default. */
    public SimulatorBuilder credentials(String username, String password) {
        this.credentials = new Credentials(username, password);
        return this;
    }

    /** Uses HTTPS with this certificate instead of plain HTTP. */
    public SimulatorBuilder tls(SimulatorTls tls) {
        this.tls = tls;
        return this;
    }

    /** Whether a token opens more than one socket; off by default. */
    public SimulatorBuilder reusableTokens(boolean reusableTokens) {
        this.reusableTokens = reusableTokens;
        return this;
    }

    /** The most rows in one message of a subscription's first content; 10 by default, as live bridges do. */
    public SimulatorBuilder rowsPerMessage(int rowsPerMessage) {
        this.rowsPerMessage = rowsPerMessage;
        return this;
    }

    /** The number of unacknowledged messages on a socket at a time; 1 by default. More is for load tests. */
    public SimulatorBuilder ackWindow(int ackWindow) {
        this.ackWindow = ackWindow;
        return this;
    }

    /** How long a client may take to acknowledge a message; 30 seconds by default. */
    public SimulatorBuilder ackTimeout(Duration ackTimeout) {
        this.ackTimeout = Objects.requireNonNull(ackTimeout, "ackTimeout");
        return this;
    }

    /** Whether a breach closes the socket, which is the default, or is only counted. */
    public SimulatorBuilder punish(boolean punish) {
        this.punish = punish;
        return this;
    }

    /** Whether a {@code callInfoUpdate} repeats the call's GUID; off by default. Real servers do both. */
    public SimulatorBuilder repeatCallInCallInfo(boolean repeatCallInCallInfo) {
        this.repeatCallInCallInfo = repeatCallInCallInfo;
        return this;
    }

    /** The number of sockets that may be open at a time; 5 by default (guide, section 6). */
    public SimulatorBuilder maxSockets(int maxSockets) {
        if (maxSockets < 0) {
            throw new IllegalArgumentException("maxSockets must not be negative: " + maxSockets);
        }
        this.maxSockets = maxSockets;
        return this;
    }

    /** The number of journal entries that are kept, the newest ones; 100,000 by default. */
    public SimulatorBuilder journalCapacity(int journalCapacity) {
        if (journalCapacity < 1) {
            throw new IllegalArgumentException("journalCapacity must be at least 1: " + journalCapacity);
        }
        this.journalCapacity = journalCapacity;
        return this;
    }

    /** Receives every journal entry on the server's thread; must not block. */
    public SimulatorBuilder journalListener(Consumer<JournalEntry> listener) {
        this.journalListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * How long a new call is reported as locked, without participants and distributed instances, before the server corrects
     * this; 150 ms by default, as live bridges do. {@link SimulatedCall#correct()} corrects one call at once. With zero calls
     * are right from the beginning.
     */
    public SimulatorBuilder callsCorrectedAfter(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("callsCorrectedAfter must not be negative: " + delay);
        }
        this.correctionDelay = delay;
        return this;
    }

    /**
     * Whether the server empties a participant's name in an update just before it removes the participant, as live bridges
     * do; on by default. Not in a {@link MeetingServerSimulator#transaction transaction}, which clients see as one change.
     */
    public SimulatorBuilder blankNames(boolean blankNames) {
        this.blankNames = blankNames;
        return this;
    }

    /**
     * Adds elements that the guide does not list, to simulate a newer release.
     *
     * @param resource {@code calls}, {@code callInfo} or {@code callRoster}
     */
    public SimulatorBuilder additionalElements(String resource, String... names) {
        Resource known = Resource.ofWireName(resource)
                .orElseThrow(() -> new IllegalArgumentException("Unknown resource '" + resource + "'"));
        this.elements = elements.with(known, names);
        return this;
    }

    /** A script sends all updates; how long acknowledgements may take is up to its steps. */
    SimulatorBuilder scripted(Consumer<JournalEntry> listener) {
        this.scripted = true;
        this.ackTimeout = SCRIPTED_ACK_TIMEOUT;
        this.journalListener = journalListener.andThen(listener);
        return this;
    }

    /** Builds a simulator that does not listen yet. */
    public MeetingServerSimulator build() {
        SessionOptions session =
                new SessionOptions(rowsPerMessage, ackWindow, ackTimeout, repeatCallInCallInfo, scripted);
        SimulatorTls.Loaded certificate = tls == null ? null : tls.load(host);
        ServerOptions options = new ServerOptions(
                credentials,
                certificate == null ? null : certificate.context(),
                reusableTokens,
                maxSockets,
                punish,
                session);
        return new MeetingServerSimulator(
                host,
                port,
                tls,
                certificate == null ? null : certificate.certificatePem(),
                elements,
                new Habits(!correctionDelay.isZero(), blankNames),
                correctionDelay,
                options,
                new Recorder(journalCapacity, journalListener));
    }
}
