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
package io.github.cmsevents.camel.internal.bridge;

import io.github.cmsevents.camel.internal.bridge.FakeTransport.Socket;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.ConferenceIndex;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.github.cmsevents.camel.internal.transport.VirtualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One Call Bridge with a server that the test plays, and a route that records what it receives. */
final class BridgeFixture {

    static final Want CALLS = new Want(Resource.CALLS, null);
    static final Duration ACK_TIMEOUT = Duration.ofSeconds(10);
    static final Duration QUIET = Duration.ofSeconds(2);
    static final Duration MAX_DELAY = Duration.ofMinutes(1);
    static final Duration REFUSED_LOGIN_DELAY = Duration.ofMinutes(30);
    /** Long enough for a request that waits for other changes. */
    static final Duration LULL = Duration.ofMillis(100);

    static final Duration MOMENT = Duration.ofMillis(1);

    private static final ServerAddress ADDRESS = new ServerAddress(true, "cms.example.com", 443);

    final VirtualEventLoop loop = new VirtualEventLoop();
    final FakeTransport transport = new FakeTransport(loop);
    final Listener listener = new Listener();
    final Route route = new Route();
    final InFlight inFlight;
    final CallBridge bridge;

    private final ConferenceIndex index = new ConferenceIndex(List.of(ADDRESS.authority()), () -> {});
    private final Map<Want, Content> contents = new HashMap<>();

    BridgeFixture() {
        this(options(0, 3, Duration.ZERO));
    }

    BridgeFixture(ConnectionOptions options) {
        this(options, new InFlight(1 << 20));
    }

    BridgeFixture(ConnectionOptions options, InFlight inFlight) {
        this.inFlight = inFlight;
        this.bridge = new CallBridge(ADDRESS, transport, options, loop, inFlight, listener);
    }

    static ConnectionOptions options(int maxReconnectAttempts, int maxConnectionsPerServer, Duration heartbeat) {
        return new ConnectionOptions(
                Duration.ofSeconds(1),
                MAX_DELAY,
                maxReconnectAttempts,
                REFUSED_LOGIN_DELAY,
                Duration.ofSeconds(10),
                ACK_TIMEOUT,
                heartbeat,
                QUIET,
                Duration.ofMinutes(1),
                maxConnectionsPerServer,
                100_000);
    }

    static Want roster(String call) {
        return new Want(Resource.CALL_ROSTER, call);
    }

    /** Subscribes for the route, without time passing. */
    BridgeSubscription subscribe(Want want) {
        content(want).add(route, interest("name"));
        return bridge.subscribe(want, content(want));
    }

    void subscribeRosters(int count) {
        for (int i = 0; i < count; i++) {
            subscribe(roster("call" + bridge.load()));
        }
    }

    /** Another route needs these elements too. */
    Route alsoNeed(BridgeSubscription subscription, String... elements) {
        Route other = new Route();
        subscription.content().add(other, interest(elements));
        subscription.contentNeedsChanged();
        return other;
    }

    private Content content(Want want) {
        return contents.computeIfAbsent(
                want,
                first -> first.resource() == Resource.CALLS
                        ? Content.ofCalls(ADDRESS.authority(), index, loop::millis)
                        : Content.of(
                                index.listed(ADDRESS.authority(), want.call(), Map.of("call", want.call()), Set.of())
                                        .get(0),
                                want.resource(),
                                index,
                                loop::millis));
    }

    private static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }

    Socket socket() {
        return transport.socket();
    }

    /** The first socket's status, once it is published. */
    ConnectionStatus connection() {
        advance(LULL);
        return bridge.status().connections().get(0);
    }

    ConnectionState state() {
        return connection().state();
    }

    long violations(ProtocolViolation violation) {
        return bridge.status().activity().violations().get(violation);
    }

    void advance(Duration time) {
        loop.advance(time);
    }

    /** What a cluster would learn. */
    static final class Listener implements BridgeListener {
        final List<String> events = new ArrayList<>();

        @Override
        public void activated(BridgeSubscription subscription) {
            events.add("activated " + subscription.want());
        }

        @Override
        public void turnedDown(
                BridgeSubscription subscription, String what, boolean wasActive, Acknowledgement acknowledgement) {
            events.add("turned down " + subscription.want());
        }

        @Override
        public void interrupted(BridgeSubscription subscription) {
            events.add("interrupted " + subscription.want());
        }

        @Override
        public void unreachable(CallBridge bridge) {
            events.add("unreachable");
        }

        @Override
        public void roomMade(CallBridge bridge) {
            events.add("room made");
        }

        long count(String event) {
            return events.stream().filter(event::equals).count();
        }
    }

    /** Acknowledges at once, unless the test has it hold its acknowledgements. */
    static final class Route implements Receiver {
        final List<String> updates = new ArrayList<>();
        final List<Exception> problems = new ArrayList<>();
        private final List<Runnable> held = new ArrayList<>();
        private boolean holding;
        RuntimeException failure;

        @Override
        public void receive(Batch batch) {
            if (failure != null) {
                throw failure;
            }
            for (Update update : batch.updates()) {
                String key = update.participant() == null ? update.call() : update.participant();
                updates.add(update.type().wireName() + " " + key);
            }
            held.add(batch.acknowledge());
            if (!holding) {
                release();
            }
        }

        void hold() {
            holding = true;
        }

        /** Acknowledges what it has held, and everything from now on. */
        void release() {
            holding = false;
            List.copyOf(held).forEach(Runnable::run);
            held.clear();
        }

        /** Acknowledges the oldest message that it holds. */
        void releaseOne() {
            held.remove(0).run();
        }

        @Override
        public void problem(Exception problem) {
            problems.add(problem);
        }

        @Override
        public String name() {
            return "route";
        }

        @Override
        public long waitingSince() {
            return 0;
        }
    }
}
