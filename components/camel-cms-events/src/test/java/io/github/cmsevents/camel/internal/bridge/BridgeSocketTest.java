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
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.MAX_DELAY;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.MOMENT;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.REFUSED_LOGIN_DELAY;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.roster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CapturedLog;
import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.bridge.FakeTransport.Socket;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.transport.AuthToken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** Attempts, outages and their reports, with a server that the test plays. */
class BridgeSocketTest {

    private BridgeFixture fixture = new BridgeFixture();

    private FakeTransport transport() {
        return fixture.transport;
    }

    private void subscribe() {
        fixture.subscribe(CALLS);
        fixture.advance(LULL);
    }

    private void failLogins(Reason reason) {
        transport().login = () -> Future.failedFuture(FakeTransport.failure(reason));
    }

    private void letLoginsSucceed() {
        transport().login = () -> Future.succeededFuture(new AuthToken("token"));
    }

    @Test
    void doublesTheDelayUpToTheLongest() {
        fixture.loop.setRandom(Math.nextDown(1.0));
        failLogins(Reason.UNREACHABLE);
        fixture.subscribe(CALLS);
        fixture.loop.runTurns();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = transport().logins;
            fixture.advance(Duration.ofSeconds(seconds).minus(MOMENT));
            assertThat(transport().logins).isEqualTo(before);
            fixture.advance(MOMENT);
            assertThat(transport().logins).isEqualTo(before + 1);
        }
        assertThat(fixture.route.problems).as("reported once").hasSize(1);
    }

    @Test
    void keepsBackingOffFromASocketThatItsContentEndsAgainAndAgain() {
        fixture.subscribe(CALLS);
        for (int tenth = 0; tenth < 600; tenth++) {
            fixture.advance(Duration.ofMillis(100));
            if (fixture.transport.sockets.size() > 0 && !fixture.socket().closed) {
                assertThat(fixture.state()).isEqualTo(ConnectionState.LIVE);
                fixture.socket().frame("{'type':'message','message':{'type':'callListUpdate'}}");
            }
        }
        assertThat(transport().logins).as("in a minute").isLessThanOrEqualTo(7);
    }

    @Test
    void startsAnewWithTheInitialDelayAfterAMinuteOnASocketWhoseListKeepsChanging() {
        subscribe();
        fixture.socket().lose(Reason.LOST);
        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.connection().attempts()).isEqualTo(1);
        for (int second = 0; second < 60; second++) {
            fixture.subscribeRosters(1);
            fixture.advance(Duration.ofSeconds(1));
        }
        assertThat(fixture.connection().attempts()).isZero();
    }

    @Test
    void heedsRetryAfter() {
        transport().login = () -> Future.failedFuture(new CmsEventsConnectionException(
                Reason.BUSY, "cms.example.com:443", "busy", null, Duration.ofMinutes(5)));
        fixture.subscribe(CALLS);
        fixture.loop.runTurns();
        fixture.advance(Duration.ofMinutes(5).minus(MOMENT));
        assertThat(transport().logins).isEqualTo(1);
        fixture.advance(MOMENT);
        assertThat(transport().logins).isEqualTo(2);
    }

    @Test
    void retriesARefusedLoginAfterAMinuteAndThenAfterRefusedLoginDelay() {
        transport().refuseLogins();
        fixture.subscribe(CALLS);
        fixture.loop.runTurns();
        assertThat(transport().logins).isEqualTo(1);
        fixture.advance(Duration.ofMinutes(1).minus(MOMENT));
        assertThat(transport().logins).isEqualTo(1);
        fixture.advance(MOMENT);
        assertThat(transport().logins).isEqualTo(2);
        fixture.advance(REFUSED_LOGIN_DELAY.multipliedBy(3));
        assertThat(transport().logins).isEqualTo(5);
    }

    @Test
    void makesOneAttemptAtATimeForAllSockets() {
        List<Promise<AuthToken>> logins = new ArrayList<>();
        transport().login = () -> {
            logins.add(Promise.promise());
            return logins.get(logins.size() - 1).future();
        };
        fixture.subscribeRosters(250);
        fixture.advance(MAX_DELAY);
        for (int i = 0; i < 3; i++) {
            assertThat(logins).hasSize(i + 1);
            logins.get(i).complete(new AuthToken("token"));
            fixture.loop.runTurns();
        }
        fixture.advance(MAX_DELAY);
        assertThat(logins).hasSize(3);
        assertThat(transport().sockets).hasSize(3);
    }

    @Test
    void givesUpAfterMaxReconnectAttemptsUntilARouteStarts() {
        fixture = new BridgeFixture(BridgeFixture.options(2, 3, Duration.ZERO));
        failLogins(Reason.BUSY);
        subscribe();
        fixture.advance(Duration.ofHours(1));
        assertThat(transport().logins).isEqualTo(3);
        assertThat(fixture.state()).isEqualTo(ConnectionState.GAVE_UP);
        assertThat(fixture.route.problems).hasSize(2);
        assertThat(fixture.route.problems.get(0)).hasMessageContaining("BUSY");
        letLoginsSucceed();
        fixture.bridge.tryAgain(false);
        fixture.loop.runTurns();
        assertThat(fixture.state()).isEqualTo(ConnectionState.LIVE);
    }

    @Test
    void opensNoSocketWhenTheListIsEmptyBeforeTheLoginSucceeds() {
        Promise<AuthToken> login = Promise.promise();
        transport().login = login::future;
        BridgeSubscription calls = fixture.subscribe(CALLS);
        fixture.loop.runTurns();
        fixture.bridge.unsubscribe(calls);
        login.complete(new AuthToken("token"));
        fixture.loop.runTurns();
        assertThat(transport().sockets).isEmpty();
        assertThat(fixture.state()).isEqualTo(ConnectionState.IDLE);
        subscribe();
        assertThat(fixture.state()).isEqualTo(ConnectionState.LIVE);
    }

    @Test
    void endsItsGoodbyeAndConnectsAgainForWhatIsSubscribedMeanwhile() {
        subscribe();
        Socket first = fixture.socket();
        transport().answers = false;
        fixture.bridge.unsubscribe(fixture.bridge.subscription(CALLS));
        assertThat(first.request()).isEmpty();
        transport().answers = true;
        fixture.subscribe(roster("a"));
        first.answer();
        fixture.advance(LULL);
        assertThat(first.requests()).as("the list, and its end").hasSize(2);
        assertThat(first.closed).isTrue();
        assertThat(fixture.socket()).isNotSameAs(first);
        assertThat(fixture.state()).isEqualTo(ConnectionState.LIVE);
        assertThat(fixture.bridge.status().activity().socketsLost()).isZero();
    }

    @Test
    void sendsChangesThatFollowEachOtherCloselyInOneRequestButWithinASecond() {
        subscribe();
        Socket socket = fixture.socket();
        fixture.subscribeRosters(10);
        fixture.advance(LULL);
        assertThat(socket.requests()).hasSize(2);
        for (int i = 0; i < 44; i++) {
            fixture.subscribeRosters(1);
            fixture.advance(Duration.ofMillis(25));
        }
        assertThat(socket.requests()).as("1.1 seconds of changes").hasSize(3);
    }

    @Test
    void reportsAClosureInGoodOrderOnceAsInformation() {
        subscribe();
        fixture.subscribeRosters(1);
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            fixture.socket().lose(Reason.CLOSED);
            fixture.advance(Duration.ofSeconds(2));
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).startsWith("INFO").contains("reconnecting in");
        }
        assertThat(fixture.state()).isEqualTo(ConnectionState.LIVE);
        assertThat(fixture.route.problems).isEmpty();
    }

    @Test
    void reportsAnOutageWhenTheAttemptAfterAClosureInGoodOrderFails() {
        subscribe();
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            failLogins(Reason.UNREACHABLE);
            fixture.socket().lose(Reason.CLOSED);
            fixture.advance(Duration.ofSeconds(30));
            letLoginsSucceed();
            fixture.advance(MAX_DELAY);
            assertThat(log.lines()).hasSize(3);
            assertThat(log.lines().get(1)).startsWith("WARN").contains("UNREACHABLE");
            assertThat(log.lines().get(2)).startsWith("INFO").endsWith("again");
        }
        assertThat(fixture.route.problems).hasSize(1);
    }

    @Test
    void reconnectsAtOnceOnRequestAndDoesNotCountTheSocketAsLost() {
        subscribe();
        Socket first = fixture.socket();
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            fixture.bridge.reconnect();
            fixture.loop.runTurns();
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0)).startsWith("INFO").contains("on request");
        }
        assertThat(first.closed).isTrue();
        assertThat(transport().sockets).hasSize(2);
        assertThat(fixture.state()).isEqualTo(ConnectionState.LIVE);
        assertThat(fixture.bridge.status().activity().socketsLost()).isZero();
        assertThat(fixture.connection().attempts()).isZero();
    }
}
