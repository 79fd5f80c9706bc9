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
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.MOMENT;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.QUIET;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.roster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import io.github.cmsevents.camel.internal.transport.AuthToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where subscriptions are placed, and what the server's messages do to them. */
class CallBridgeTest {

    private final BridgeFixture fixture = new BridgeFixture();
    private final CallBridge bridge = fixture.bridge;

    private void subscribeCalls() {
        fixture.subscribe(CALLS);
        fixture.advance(LULL);
    }

    private int calls() {
        return fixture.socket().indexOf(null);
    }

    /** Calls a and b are known; the server has a new socket, and the list is active on it. */
    private void knowTwoCallsAndLoseTheSocket() {
        subscribeCalls();
        fixture.socket().calls(calls(), "add a");
        fixture.socket().calls(calls(), "add b");
        fixture.route.updates.clear();
        fixture.socket().lose(Reason.LOST);
        fixture.advance(Duration.ofMillis(750));
        assertThat(fixture.transport.sockets).hasSize(2);
    }

    @Test
    void fillsOneSocketAfterTheOtherAndLetsTheRestWait() {
        fixture.subscribeRosters(350);
        fixture.advance(LULL);
        assertThat(fixture.transport.sockets)
                .extracting(socket -> socket.request().size())
                .containsExactly(100, 100, 100);
        assertThat(bridge.hasRoom()).isFalse();
        assertThat(bridge.lacksRoom(bridge.subscription(roster("call320")))).isTrue();
        assertThat(fixture.route.problems).hasSize(50);
        assertThat(fixture.route.problems.get(0)).hasMessageContaining("option maxConnectionsPerServer");
    }

    @Test
    void placesAsManyWaitingSubscriptionsAsThereIsRoomForAndTouchesNoOthers() {
        fixture.subscribeRosters(1_000);
        fixture.advance(LULL);
        fixture.listener.events.clear();
        bridge.unsubscribe(bridge.subscription(roster("call7")));
        fixture.loop.runTurns();
        BridgeSubscription placed = bridge.subscription(roster("call300"));
        // Each placement takes an index, so this is the only one.
        assertThat(placed.line().index()).isEqualTo(301);
        assertThat(bridge.lacksRoom(bridge.subscription(roster("call301")))).isTrue();
        assertThat(fixture.route.problems)
                .as("each was reported when it began to wait")
                .hasSize(700);
        assertThat(fixture.listener.events).isEmpty();
    }

    @Test
    void movesTheSubscriptionsOfARefusedSocketToOpenSocketsWhenThereIsRoom() {
        fixture.transport.refusal =
                () -> fixture.transport.sockets.isEmpty() ? null : FakeTransport.failure(Reason.SOCKET_REFUSED);
        fixture.subscribeRosters(102);
        fixture.advance(LULL);
        BridgeSubscription moved = bridge.subscription(roster("call100"));
        assertThat(bridge.lacksRoom(moved)).isTrue();
        assertThat(bridge.serves(moved)).isFalse();
        assertThat(bridge.hasRoom()).isFalse();
        bridge.unsubscribe(bridge.subscription(roster("call0")));
        fixture.advance(LULL);
        assertThat(bridge.serves(moved)).isTrue();
        assertThat(moved.isActive()).isTrue();
        assertThat(bridge.lacksRoom(bridge.subscription(roster("call101")))).isTrue();
        bridge.unsubscribe(bridge.subscription(roster("call1")));
        fixture.advance(Duration.ofMinutes(5));
        assertThat(bridge.subscription(roster("call101")).isActive()).isTrue();
        assertThat(fixture.transport.sockets).hasSize(1);
        assertThat(fixture.loop.pendingTimers())
                .as("the refused socket is not tried any more")
                .isZero();
    }

    @Test
    void movesThemAlsoWhenThereWasRoomBeforeTheSocketWasRefused() {
        Promise<AuthToken> second = Promise.promise();
        fixture.subscribeRosters(100);
        fixture.advance(LULL);
        fixture.transport.login = second::future;
        BridgeSubscription moved = fixture.subscribe(CALLS);
        bridge.unsubscribe(bridge.subscription(roster("call0")));
        fixture.advance(LULL);
        fixture.transport.refusal = () -> FakeTransport.failure(Reason.SOCKET_REFUSED);
        second.complete(new AuthToken("token"));
        fixture.advance(LULL);
        assertThat(moved.isActive()).isTrue();
    }

    @Test
    void reportsAndRetriesAListOfCallsThatStaysPendingForEver() {
        assertRetriedWhilePending(CALLS);

        assertThat(fixture.route.problems)
                .as("reported once")
                .extracting(Exception::getMessage)
                .containsExactly(
                        "Meeting Server https://cms.example.com:443 left the subscription to calls pending for more"
                                + " than 10 s; retrying");
    }

    @Test
    void retriesARosterThatStaysPendingForEver() {
        assertRetriedWhilePending(roster("a"));

        assertThat(fixture.route.problems).as("the cluster reports it").isEmpty();
    }

    private void assertRetriedWhilePending(Want want) {
        fixture.transport.activates = line -> false;
        BridgeSubscription subscription = fixture.subscribe(want);
        fixture.advance(BridgeSubscription.PENDING_LIMIT.plus(LULL));
        assertThat(fixture.listener.events).contains("turned down " + want);
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        fixture.advance(Duration.ofMinutes(2));
        assertThat(fixture.listener.count("turned down " + want)).isBetween(4L, 8L);
    }

    @Test
    void countsContentBeforeTheStateAndUsesIt() {
        fixture.transport.activates = line -> false;
        subscribeCalls();
        fixture.socket().calls(calls(), "add a");
        fixture.socket().state(calls(), "active");
        assertThat(fixture.route.updates).containsExactly("add a");
        assertThat(fixture.violations(ProtocolViolation.EARLY_CONTENT)).isEqualTo(1);
    }

    @Test
    void countsContentOfAnotherKindAndIgnoresIt() {
        subscribeCalls();
        long id = fixture.socket().roster(calls(), "add p");
        assertThat(fixture.route.updates).isEmpty();
        assertThat(fixture.violations(ProtocolViolation.WRONG_CONTENT)).isEqualTo(1);
        assertThat(fixture.socket().acknowledged()).contains(id);
    }

    @Test
    void countsLateUpdatesAndIgnoresThem() {
        subscribeCalls();
        fixture.socket().calls(calls(), "add a");
        fixture.socket().calls(calls(), "remove a");
        fixture.socket().calls(calls(), "update a");
        fixture.socket().calls(calls(), "remove a");
        assertThat(fixture.route.updates).containsExactly("add a", "remove a");
        assertThat(fixture.violations(ProtocolViolation.LATE_UPDATE)).isEqualTo(2);
    }

    @Test
    void removesWhatDidNotComeAgainAWholeQuietPeriodAfterTheLastMessage() {
        knowTwoCallsAndLoseTheSocket();
        fixture.socket().calls(calls(), "add a");
        fixture.advance(QUIET.minus(MOMENT));
        fixture.socket().calls(calls(), "add c");
        fixture.advance(QUIET.minus(MOMENT));
        assertThat(fixture.route.updates).containsExactly("add c");
        fixture.advance(MOMENT);
        assertThat(fixture.route.updates).containsExactly("add c", "remove b");
    }

    @Test
    void removesNothingWhenARouteHoldsAnAcknowledgementForLongerThanThePeriodAndTheNextMessageComesAfterIt() {
        knowTwoCallsAndLoseTheSocket();
        fixture.route.hold();
        // With a change, since a record that is the same is not delivered, and acknowledged at once.
        fixture.socket().calls(calls(), "add c");
        fixture.advance(QUIET.multipliedBy(3));
        fixture.route.release();
        Duration roundTrip = Duration.ofMillis(200);
        for (String call : List.of("a", "b")) {
            fixture.advance(roundTrip);
            fixture.socket().calls(calls(), "add " + call);
        }
        fixture.advance(QUIET.multipliedBy(2));
        assertThat(fixture.route.updates).containsExactly("add c");
        assertThat(bridge.status().subscription(CALLS).orElseThrow().known()).isEqualTo(3);
    }

    @Test
    void publishesItsStatusAMomentAfterAChange() {
        knowTwoCallsAndLoseTheSocket();
        fixture.socket().calls(calls(), "add a");
        fixture.advance(LULL);
        ServerStatus before = bridge.status();
        assertThat(before.connections()).hasSize(1);
        assertThat(before.connections().get(0).subscriptions()).isEqualTo(1);
        assertThat(before.subscription(CALLS).orElseThrow().phase()).isEqualTo(SubscriptionPhase.SNAPSHOT);
        assertThat(before.activity().sockets()).isEqualTo(2);
        assertThat(before.activity().socketsLost()).isEqualTo(1);
        fixture.advance(QUIET);
        assertThat(bridge.status().subscription(CALLS).orElseThrow().known()).isEqualTo(1);
        assertThat(bridge.status().subscription(CALLS).orElseThrow().phase()).isEqualTo(SubscriptionPhase.LIVE);
        assertThat(before.subscription(CALLS).orElseThrow().known())
                .as("an earlier status")
                .isEqualTo(2);
    }

    @Test
    void opensAndClosesASocketOfItsOwnForAllThatAskAtOnce() {
        Future<Void> first = bridge.probe();
        Future<Void> second = bridge.probe();
        fixture.loop.runTurns();
        assertThat(first.succeeded() && second.succeeded()).isTrue();
        assertThat(fixture.transport.sockets).hasSize(1);
        assertThat(fixture.socket().closed).isTrue();
    }

    @Test
    void failsAtOnceWhenTheLoginBeforeItIsRefused() {
        Promise<AuthToken> login = Promise.promise();
        fixture.transport.login = login::future;
        subscribeCalls();
        Future<Void> probe = bridge.probe();
        login.fail(FakeTransport.failure(Reason.CREDENTIALS));
        fixture.loop.runTurns();
        assertThat(probe.failed()).as("without the minute until the next login").isTrue();
        assertThat(fixture.transport.logins).isEqualTo(1);
    }
}
