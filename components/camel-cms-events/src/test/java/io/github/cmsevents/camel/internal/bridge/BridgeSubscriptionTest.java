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

import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.CALLS;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.LULL;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.QUIET;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.roster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.bridge.FakeTransport.Socket;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every edge of the state machine, played by a server. */
class BridgeSubscriptionTest {

    private static final Duration LIMIT = BridgeSubscription.PENDING_LIMIT;

    private final BridgeFixture fixture = new BridgeFixture();
    private BridgeSubscription subscription;

    private Socket socket() {
        return fixture.socket();
    }

    private int index() {
        return socket().indexOf("a");
    }

    private SubscriptionPhase phase() {
        return subscription.phase();
    }

    private void requested() {
        fixture.transport.activates = line -> false;
        subscription = fixture.subscribe(roster("a"));
        fixture.advance(LULL);
        assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
    }

    private void pending() {
        requested();
        socket().state(index(), "pending");
        assertThat(phase()).isEqualTo(SubscriptionPhase.PENDING);
    }

    private void live() {
        requested();
        socket().state(index(), "active");
        assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
    }

    /** Participants p and q are known, and have to come again on a new socket. */
    private void snapshot() {
        live();
        socket().roster(index(), "add p");
        socket().roster(index(), "add q");
        socket().lose(Reason.LOST);
        fixture.advance(Duration.ofSeconds(1));
        socket().state(index(), "active");
        assertThat(phase()).isEqualTo(SubscriptionPhase.SNAPSHOT);
    }

    private void replacing() {
        live();
        fixture.alsoNeed(subscription, "uri");
        fixture.advance(LULL);
        assertThat(subscription.isReplacing()).isTrue();
    }

    private void backingOff() {
        live();
        socket().state(index(), "deactivated");
        assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
    }

    @Nested
    class FromWaitingForRoom {

        @Test
        void toRequestedWhenPlacedOnASocket() {
            BridgeFixture full = new BridgeFixture(BridgeFixture.options(0, 1, Duration.ZERO));
            full.subscribeRosters(SubscriptionList.CAPACITY);
            BridgeSubscription waiting = full.subscribe(CALLS);
            full.advance(LULL);
            assertThat(waiting.phase()).isEqualTo(SubscriptionPhase.WAITING_FOR_ROOM);

            full.bridge.unsubscribe(full.bridge.subscription(roster("call7")));
            full.loop.runTurns();

            assertThat(waiting.phase()).isEqualTo(SubscriptionPhase.REQUESTED);
        }

        @Test
        void toEndedWhenEnded() {
            BridgeFixture full = new BridgeFixture(BridgeFixture.options(0, 1, Duration.ZERO));
            full.subscribeRosters(SubscriptionList.CAPACITY);
            BridgeSubscription waiting = full.subscribe(CALLS);

            full.bridge.unsubscribe(waiting);
            full.bridge.unsubscribe(full.bridge.subscription(roster("call7")));
            full.advance(LULL);

            assertThat(waiting.phase()).isEqualTo(SubscriptionPhase.ENDED);
            assertThat(waiting.socket()).isNull();
        }
    }

    @Nested
    class FromRequested {

        @Test
        void toPendingWhenTheServerSaysSo() {
            pending();
        }

        @Test
        void toLiveWhenTheServerSaysActiveAndNothingIsKnown() {
            live();
            assertThat(fixture.listener.events).contains("activated " + roster("a"));
        }

        @Test
        void toSnapshotWhenTheServerSaysActiveAndSomethingIsKnown() {
            snapshot();
        }

        @Test
        void toLiveWhenContentComes() {
            requested();
            socket().roster(index(), "add p");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
            assertThat(fixture.route.updates).containsExactly("add p");
        }

        @Test
        void toBackingOffWhenRefused() {
            fixture.transport.accepts = request -> request.isEmpty();
            subscription = fixture.subscribe(roster("a"));
            fixture.advance(LULL);
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
            assertThat(fixture.route.problems).hasSize(1);
        }

        @Test
        void toBackingOffWhenDeactivated() {
            requested();
            socket().state(index(), "deactivated");
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
            assertThat(fixture.listener.events).contains("turned down " + roster("a"));
        }

        @Test
        void toBackingOffWhenTheServerSaysNothingWithinTheLimit() {
            requested();
            fixture.advance(LIMIT.dividedBy(2));
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
            fixture.advance(LIMIT.dividedBy(2));
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        }

        @Test
        void toRequestedUnderANewIndexWhenTheSocketIsLost() {
            requested();
            int before = index();
            socket().lose(Reason.LOST);
            fixture.advance(Duration.ofSeconds(1));
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
            assertThat(index()).isGreaterThan(before);
        }
    }

    @Nested
    class FromPending {

        @Test
        void toLiveWhenTheServerSaysActive() {
            pending();
            socket().state(index(), "active");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
        }

        @Test
        void toLiveWhenContentComes() {
            pending();
            socket().roster(index(), "add p");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
        }

        @Test
        void toRequestedUnderANewIndexWhenOtherElementsAreNeeded() {
            pending();
            int before = index();
            fixture.alsoNeed(subscription, "uri");
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);

            fixture.advance(LULL);
            assertThat(socket().lastRequest()).hasSize(1);
            assertThat(index()).isGreaterThan(before);
            socket().state(before, "active");
            assertThat(phase()).as("the dropped index does not count").isEqualTo(SubscriptionPhase.REQUESTED);
        }

        @Test
        void toRequestedWhenTheSocketIsLost() {
            pending();
            socket().lose(Reason.LOST);
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
        }

        @Test
        void toBackingOffWhenDeactivated() {
            pending();
            socket().state(index(), "deactivated");
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        }

        @Test
        void toBackingOffAfterTheLimitAlthoughOtherSubscriptionsKeepTheListChanging() {
            pending();
            fixture.transport.activates = line -> !line.toString().contains("\"a\"");
            for (int second = 0; second < LIMIT.toSeconds(); second++) {
                fixture.subscribeRosters(1);
                fixture.advance(Duration.ofSeconds(1));
            }
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
            assertThat(socket().lastRequest()).hasSize(fixture.bridge.load() - 1);
        }

        @Test
        void staysWhileTheServerMayWaitForAnAcknowledgement() {
            pending();
            fixture.subscribe(CALLS);
            fixture.advance(LULL);
            fixture.route.hold();
            socket().calls(socket().indexOf(null), "add c");

            fixture.advance(LIMIT.multipliedBy(3));
            assertThat(phase()).isEqualTo(SubscriptionPhase.PENDING);

            fixture.route.release();
            fixture.advance(LIMIT);
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        }
    }

    @Nested
    class FromSnapshot {

        @Test
        void toLiveWhenEverythingCameAgain() {
            snapshot();
            socket().roster(index(), "add p");
            assertThat(phase()).isEqualTo(SubscriptionPhase.SNAPSHOT);
            socket().roster(index(), "add q");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
        }

        @Test
        void toLiveWhenTheSnapshotIsComplete() {
            snapshot();
            socket().roster(index(), "add p");
            fixture.advance(QUIET);
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
            assertThat(fixture.route.updates).containsExactly("add p", "add q", "remove q");
        }

        @Test
        void toBackingOffWhenDeactivated() {
            snapshot();
            socket().state(index(), "deactivated");
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        }

        @Test
        void toRequestedWhenTheSocketIsLostAndNothingIsRemoved() {
            snapshot();
            socket().lose(Reason.LOST);
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
            fixture.transport.refusal = () -> FakeTransport.failure(Reason.UNREACHABLE);
            fixture.advance(QUIET.multipliedBy(10));
            assertThat(fixture.route.updates).containsExactly("add p", "add q");
        }
    }

    @Nested
    class FromLive {

        @Test
        void toRequestedWhenTheSocketIsLost() {
            live();
            socket().lose(Reason.LOST);
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
            assertThat(fixture.listener.events).contains("interrupted " + roster("a"));
        }

        @Test
        void toBackingOffWhenDeactivated() {
            backingOff();
            fixture.advance(LULL);
            assertThat(socket().requests()).as("the socket keeps its place").hasSize(2);
            assertThat(socket().lastRequest()).isEmpty();
        }

        @Test
        void staysWhenTheServerSaysPendingOrActiveAgain() {
            live();
            socket().state(index(), "pending");
            socket().state(index(), "active");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
            assertThat(fixture.listener.count("activated " + roster("a"))).isEqualTo(1);
        }

        @Test
        void toLiveUnderANewIndexWhenTheReplacementIsActive() {
            live();
            int before = index();
            fixture.alsoNeed(subscription, "uri");
            fixture.advance(LULL);
            assertThat(index()).isGreaterThan(before);

            socket().roster(before, "add p");
            socket().state(index(), "pending");
            socket().state(before, "deactivated");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
            assertThat(fixture.route.updates).as("content of the old line").containsExactly("add p");

            socket().state(index(), "active");
            assertThat(phase()).as("p has to come again").isEqualTo(SubscriptionPhase.SNAPSHOT);
            assertThat(subscription.isReplacing()).isFalse();
            socket().roster(before, "add late");
            assertThat(fixture.route.updates).doesNotContain("add late");
        }

        @Test
        void toLiveUnderANewIndexWhenTheReplacementSendsContent() {
            replacing();
            socket().roster(index(), "add p");
            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
            assertThat(subscription.line().index()).isEqualTo(index());
            assertThat(fixture.route.updates).containsExactly("add p");
        }

        @Test
        void toBackingOffWhenTheReplacementIsNotActiveWithinTheLimit() {
            replacing();
            fixture.advance(LIMIT);
            assertThat(phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        }

        @Test
        void staysWhenTheReplacementIsRefused() {
            live();
            int before = index();
            fixture.transport.accepts = request -> !request.toString().contains("uri");
            BridgeFixture.Route other = fixture.alsoNeed(subscription, "uri");
            fixture.advance(LULL);

            assertThat(phase()).isEqualTo(SubscriptionPhase.LIVE);
            assertThat(subscription.line().index()).isEqualTo(before);
            assertThat(other.problems).hasSize(1);
            socket().roster(before, "add p");
            assertThat(fixture.route.updates).containsExactly("add p");

            fixture.transport.accepts = request -> true;
            fixture.advance(Duration.ofSeconds(2));
            assertThat(index()).as("it is requested again after a delay").isGreaterThan(before);
        }
    }

    @Nested
    class FromBackingOff {

        @Test
        void toRequestedUnderANewIndexAfterTheDelay() {
            backingOff();
            int before = index();
            fixture.advance(LULL);
            assertThat(socket().lastRequest()).isEmpty();
            fixture.advance(Duration.ofSeconds(1));
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
            assertThat(index()).isGreaterThan(before);
        }

        @Test
        void toRequestedOnANewSocket() {
            backingOff();
            fixture.bridge.reconnect();
            fixture.loop.runTurns();
            assertThat(phase()).isEqualTo(SubscriptionPhase.REQUESTED);
            assertThat(socket().lastRequest()).hasSize(1);
        }

        @Test
        void backsOffForLongerWhenItIsDeactivatedSoonAfterEachActivation() {
            live();
            fixture.transport.activates = line -> true;
            for (int second = 0; second < 120; second++) {
                if (subscription.isActive()) {
                    socket().state(index(), "deactivated");
                }
                fixture.advance(Duration.ofSeconds(1));
            }
            assertThat(fixture.listener.count("turned down " + roster("a"))).isLessThan(10);
        }

        @Test
        void forgetsEarlierRefusalsAfterAMinuteOfContent() {
            backingOff();
            fixture.advance(Duration.ofSeconds(2));
            socket().state(index(), "active");
            assertThat(subscription.refusals()).isEqualTo(1);
            fixture.advance(Duration.ofMinutes(1));
            assertThat(subscription.refusals()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested", "pending", "live", "snapshot", "replacing", "backing off"})
    void fromAnyStateToEndedAndNothingHappensAfterwards(String state) {
        switch (state) {
            case "requested" -> requested();
            case "pending" -> pending();
            case "live" -> live();
            case "snapshot" -> snapshot();
            case "replacing" -> replacing();
            default -> backingOff();
        }
        int index = subscription.listed() == null ? 0 : subscription.listed().index();

        fixture.bridge.unsubscribe(subscription);
        socket().state(index, "active");
        socket().roster(index, "add z");
        subscription.contentNeedsChanged();
        fixture.advance(Duration.ofMinutes(1));

        assertThat(phase()).isEqualTo(SubscriptionPhase.ENDED);
        assertThat(fixture.route.updates).doesNotContain("add z");
        assertThat(fixture.loop.pendingTimers()).isZero();
    }
}
