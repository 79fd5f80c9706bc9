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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every edge of the state machine, played by a server. */
class BridgeSubscriptionTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = BridgeSubscription.PENDING_LIMIT;

    private final BridgeFixture fixture = new BridgeFixture(BridgeFixture.options(0, 1, Duration.ZERO));
    private BridgeSubscription subscription;
    /** The index when the event happens. */
    private int before;

    @ParameterizedTest(name = "from {0} to {2} when {1}")
    @CsvSource({
        "WAITING_FOR_ROOM, there is room, REQUESTED, true",
        "REQUESTED, the server says pending, PENDING, false",
        "REQUESTED, the server says active, LIVE, false",
        "REQUESTED, content comes, LIVE, false",
        "REQUESTED, other elements are needed, REQUESTED, true",
        "REQUESTED, the socket is lost, REQUESTED, true",
        "REQUESTED, it is refused, BACKING_OFF, false",
        "REQUESTED, it is deactivated, BACKING_OFF, false",
        "REQUESTED, the limit is over, BACKING_OFF, false",
        "PENDING, the server says active, LIVE, false",
        "PENDING, content comes, LIVE, false",
        "PENDING, other elements are needed, REQUESTED, true",
        "PENDING, the socket is lost, REQUESTED, true",
        "PENDING, it is deactivated, BACKING_OFF, false",
        "PENDING, the limit is over, BACKING_OFF, false",
        "REQUESTED again, the server says active, SNAPSHOT, false",
        "REQUESTED again, content comes, SNAPSHOT, false",
        "SNAPSHOT, everything comes again, LIVE, false",
        "SNAPSHOT, the snapshot is complete, LIVE, false",
        "SNAPSHOT, the socket is lost, REQUESTED, true",
        "SNAPSHOT, it is deactivated, BACKING_OFF, false",
        "LIVE, the server says pending, LIVE, false",
        "LIVE, the server says active, LIVE, false",
        "LIVE, the socket is lost, REQUESTED, true",
        "LIVE, it is deactivated, BACKING_OFF, false",
        "LIVE, the limit is over, LIVE, false",
        "LIVE with a replacement, the server says active, LIVE, true",
        "LIVE with a replacement, content comes, LIVE, true",
        "LIVE with a replacement, the socket is lost, REQUESTED, true",
        "LIVE with a replacement, it is deactivated, BACKING_OFF, false",
        "LIVE with a replacement, the limit is over, BACKING_OFF, false",
        "BACKING_OFF, the delay is over, REQUESTED, true",
        "BACKING_OFF, a new socket is open, REQUESTED, true",
    })
    void goes(String from, String event, SubscriptionPhase to, boolean newIndex) {
        bring(from);
        before = subscription.line() == null ? 0 : subscription.line().index();
        let(event);
        assertThat(subscription.phase()).isEqualTo(to);
        if (to == SubscriptionPhase.BACKING_OFF) {
            assertThat(subscription.listed()).isNull();
        } else {
            assertThat(subscription.line().index() > before).isEqualTo(newIndex);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUESTED", "PENDING", "SNAPSHOT", "LIVE", "LIVE with a replacement", "BACKING_OFF"})
    void endsInAnyStateAndNothingHappensAfterwards(String from) {
        bring(from);
        int index = subscription.listed() == null ? 0 : subscription.listed().index();
        fixture.bridge.unsubscribe(subscription);
        socket().state(index, "active");
        socket().roster(index, "add z");
        subscription.contentNeedsChanged();
        fixture.advance(Duration.ofMinutes(1));
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.ENDED);
        assertThat(fixture.route.updates).doesNotContain("add z");
        assertThat(fixture.loop.pendingTimers()).isZero();
    }

    @Test
    void isTurnedDownAfterTheLimitAlthoughOtherSubscriptionsKeepTheListChanging() {
        bring("PENDING");
        fixture.transport.activates = line -> !line.path("call").asText().equals("a");
        for (int second = 0; second < LIMIT.toSeconds(); second++) {
            fixture.subscribeRosters(1);
            fixture.advance(SECOND);
        }
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
        assertThat(socket().request()).hasSize(fixture.bridge.load() - 1);
    }

    @Test
    void isNotTurnedDownWhileTheServerMayWaitForAnAcknowledgement() {
        bring("PENDING");
        fixture.subscribe(CALLS);
        fixture.advance(LULL);
        fixture.route.hold();
        socket().calls(socket().indexOf(null), "add c");
        fixture.advance(LIMIT.multipliedBy(3));
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.PENDING);
        fixture.route.release();
        fixture.advance(LIMIT);
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.BACKING_OFF);
    }

    @Test
    void receivesTheContentOfTheOldLineUntilTheReplacementIsActive() {
        bring("LIVE with a replacement");
        before = subscription.line().index();
        socket().roster(before, "add p");
        socket().state(index(), "pending");
        socket().state(before, "deactivated");
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.LIVE);
        socket().state(index(), "active");
        socket().roster(before, "add late");
        assertThat(subscription.phase()).as("p has to come again").isEqualTo(SubscriptionPhase.SNAPSHOT);
        assertThat(fixture.route.updates).containsExactly("add p");
    }

    @Test
    void keepsTheOldLineWhenTheReplacementIsRefusedAndRequestsItAgainLater() {
        bring("LIVE");
        before = index();
        fixture.transport.accepts = request -> !request.toString().contains("uri");
        BridgeFixture.Route other = fixture.alsoNeed(subscription, "uri");
        fixture.advance(LULL);
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.LIVE);
        assertThat(subscription.listed().index()).isEqualTo(before);
        assertThat(other.problems).hasSize(1);
        fixture.transport.accepts = request -> true;
        fixture.advance(SECOND.multipliedBy(2));
        assertThat(index()).isGreaterThan(before);
    }

    @Test
    void backsOffForLongerWhenItIsDeactivatedSoonAfterEachActivation() {
        bring("LIVE");
        fixture.transport.activates = line -> true;
        for (int second = 0; second < 120; second++) {
            if (subscription.isActive()) {
                socket().state(index(), "deactivated");
            }
            fixture.advance(SECOND);
        }
        assertThat(fixture.listener.count("turned down " + roster("a"))).isLessThan(10);
        fixture.advance(Duration.ofMinutes(3));
        assertThat(subscription.refusals()).as("after a minute of content").isZero();
    }

    private Socket socket() {
        return fixture.socket();
    }

    private int index() {
        return socket().indexOf("a");
    }

    private void bring(String state) {
        fixture.transport.activates = line -> false;
        if (state.equals("WAITING_FOR_ROOM")) {
            fixture.subscribeRosters(SubscriptionList.CAPACITY);
        }
        subscription = fixture.subscribe(roster("a"));
        fixture.advance(LULL);
        switch (state) {
            case "PENDING" -> let("the server says pending");
            case "LIVE", "LIVE with a replacement" -> let("the server says active");
            case "BACKING_OFF" -> let("it is deactivated");
            case "SNAPSHOT", "REQUESTED again" -> {
                socket().roster(index(), "add p");
                socket().roster(index(), "add q");
                let("the socket is lost");
                fixture.advance(SECOND);
                if (state.equals("SNAPSHOT")) {
                    let("the server says active");
                }
            }
            default -> {}
        }
        if (state.equals("LIVE with a replacement")) {
            let("other elements are needed");
        }
        assertThat(subscription.phase()).isEqualTo(SubscriptionPhase.valueOf(state.split(" ")[0]));
    }

    private void let(String event) {
        switch (event) {
            case "there is room" -> {
                fixture.bridge.unsubscribe(fixture.bridge.subscription(roster("call7")));
                fixture.loop.runTurns();
            }
            case "the server says pending" -> socket().state(index(), "pending");
            case "the server says active" -> socket().state(index(), "active");
            case "it is deactivated" -> socket().state(index(), "deactivated");
            case "content comes" -> socket().roster(index(), "add p");
            case "everything comes again" -> {
                socket().roster(index(), "add p");
                socket().roster(index(), "add q");
            }
            case "the snapshot is complete" -> fixture.advance(QUIET);
            case "other elements are needed" -> {
                fixture.alsoNeed(subscription, "uri");
                fixture.advance(LULL);
            }
            case "it is refused" -> {
                fixture.transport.accepts = request -> request.isEmpty();
                fixture.bridge.reconnect();
                fixture.advance(LULL);
            }
            case "the socket is lost" -> socket().lose(Reason.LOST);
            case "the limit is over" -> fixture.advance(LIMIT);
            case "the delay is over" -> fixture.advance(SECOND);
            case "a new socket is open" -> {
                fixture.bridge.reconnect();
                fixture.loop.runTurns();
            }
            default -> throw new IllegalArgumentException(event);
        }
    }
}
