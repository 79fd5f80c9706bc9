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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.bridge.FakeTransport.Socket;
import io.github.cmsevents.camel.internal.cluster.CallDirectory;
import io.github.cmsevents.camel.internal.content.EventLoopStandIn;
import io.github.cmsevents.camel.internal.content.Feed;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.transport.AuthToken;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server's life on an event loop whose time is the test's. */
class MeetingServerTest {

    private static final Want CALLS = new Want(Resource.CALLS, null);
    private static final Want ROSTER = new Want(Resource.CALL_ROSTER, "a");

    private static final Duration MAX_DELAY = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration HALF_QUIET = QUIET.dividedBy(2);
    /** Long enough for a request that waits for others to join it. */
    private static final Duration LULL = Duration.ofMillis(100);

    private final EventLoopStandIn eventLoop = new EventLoopStandIn();
    private final FakeTransport transport = new FakeTransport(eventLoop.context());
    private final CallDirectory directory = new CallDirectory(List.of("cms.example.com:443"), () -> {});
    private final Map<Want, Feed> feeds = new HashMap<>();
    private final MeetingServer server = server(0);
    private final RecordingReceiver route = new RecordingReceiver();

    // Content after a gap.

    @Test
    void concludesWhatIsGoneAlthoughTheContentCameBeforeItsState() {
        knowTwoCallsAndLoseTheSocket();

        content("a", "add");
        state(1, "active");
        eventLoop.advance(QUIET);

        assertThat(route.news()).containsExactly("remove b");
        assertThat(server.status().activity().breaches()).containsEntry(ProtocolViolation.EARLY_CONTENT, 1L);
    }

    @Test
    void concludesWhatIsGoneAlthoughUpdatesNeverPause() {
        knowTwoCallsAndLoseTheSocket();
        state(1, "active");
        content("a", "add");

        eventLoop.advance(HALF_QUIET);
        content("a", "update");
        eventLoop.advance(HALF_QUIET);

        assertThat(route.news()).contains("remove b");
    }

    @Test
    void concludesNothingWhileTheFreshContentGoesOn() {
        knowTwoCallsAndLoseTheSocket();
        state(1, "active");

        content("c", "add");
        eventLoop.advance(HALF_QUIET);
        content("d", "add");
        eventLoop.advance(HALF_QUIET);
        assertThat(route.news()).containsExactly("add c", "add d");

        eventLoop.advance(HALF_QUIET);
        assertThat(route.news()).containsExactly("add c", "add d", "remove a", "remove b");
    }

    // Requests.

    @Test
    void doesNotSendARefusedRequestOverAndOver() {
        attach(CALLS, ROSTER);
        Socket socket = transport.lastSocket();
        int before = socket.requests().size();
        transport.accepts = request -> false;

        server.drop(ROSTER);
        eventLoop.advance(Duration.ofMinutes(1));

        assertThat(socket.requests()).hasSize(before + 1);
        assertThat(socket.requests().get(before)).hasSize(1);
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void doesNotLoseASubscriptionBecauseOtherElementsOfItAreRefused() {
        attach(CALLS);
        state(1, "active");
        content("a", "add");
        transport.accepts = request -> false;
        RecordingReceiver other = new RecordingReceiver();

        attach(server, CALLS, other, interest("name", "participants"));
        eventLoop.advance(LULL);
        content("b", "add");
        eventLoop.runAll();

        assertThat(other.troubles()).hasSize(1);
        assertThat(route.news()).containsExactly("add a", "add b");
        assertThat(server.status().subscription(CALLS).orElseThrow().isActive()).isTrue();
    }

    @Test
    void acknowledgesAMessageWithAValueOutOfBounds() {
        attach(CALLS);
        state(1, "active");
        Socket socket = transport.lastSocket();

        socket.tell("{'type':'message','message':{'messageId':77,'type':'callListUpdate','subscriptionIndex':1,"
                + "'updates':[{'call':'a','updateType':'add','x':1e99999999999}]}}");

        assertThat(socket.acknowledged()).contains(77L);
        assertThat(socket.isClosed()).isFalse();
        assertThat(server.status().activity().breaches()).containsEntry(ProtocolViolation.UNUSABLE_MESSAGE, 1L);
    }

    @Test
    void endsItsGoodbyeAndOpensAnotherSocketForWhatIsWantedAgain() {
        attach(CALLS);
        Socket first = transport.lastSocket();
        transport.answers = false;

        server.drop(CALLS);
        attach(server, CALLS, route, interest("name"));
        first.answerLastRequest();
        eventLoop.runAll();

        assertThat(first.requests()).hasSize(2);
        assertThat(first.requests().get(1)).isEmpty();
        assertThat(first.isClosed()).isTrue();
        assertThat(transport.sockets()).hasSize(2);
        assertThat(transport.lastSocket().requests()).hasSize(1);
        assertThat(transport.lastSocket().requests().get(0)).hasSize(1);
    }

    // Attempts.

    @Test
    void triesAgainForARouteThatIsStartedAfterItGaveUp() {
        MeetingServer quitter = server(1);
        transport.login = () -> Future.failedFuture(new CmsEventsConnectionException(Reason.BUSY, "busy"));
        RecordingReceiver other = new RecordingReceiver();
        attach(quitter, CALLS, route, interest("name"));
        attach(quitter, ROSTER, other, interest("name"));
        eventLoop.advance(MAX_DELAY.multipliedBy(5));
        assertThat(transport.logins()).isEqualTo(2);
        assertThat(quitter.status().connections().get(0).state()).isEqualTo(ConnectionState.GAVE_UP);

        quitter.drop(CALLS);
        attach(quitter, CALLS, route, interest("name"));
        quitter.tryAgain();
        eventLoop.runAll();

        assertThat(transport.logins()).isEqualTo(3);
    }

    @Test
    void triesAgainWhenASocketIsClosedAsSoonAsItIsOpen() {
        transport.closesAtOnce = true;
        attach(server, CALLS, route, interest("name"));
        eventLoop.runAll();
        assertThat(server.status().connections().get(0).state()).isEqualTo(ConnectionState.BACKING_OFF);

        transport.closesAtOnce = false;
        eventLoop.advance(MAX_DELAY);

        assertThat(transport.logins()).isEqualTo(2);
        assertThat(transport.lastSocket().requests()).hasSize(1);
    }

    @Test
    void takesALoginThatThrowsForAFailedOne() {
        transport.login = () -> {
            throw new IllegalArgumentException("no such thing");
        };
        attach(server, CALLS, route, interest("name"));
        eventLoop.runAll();

        assertThat(server.status().connections().get(0).state()).isEqualTo(ConnectionState.BACKING_OFF);
        assertThat(route.troubles()).hasSize(1);
    }

    @Test
    void makesOneAttemptAtATimeForAllOfItsSockets() {
        List<Promise<AuthToken>> pending = new ArrayList<>();
        transport.login = () -> {
            Promise<AuthToken> login = Promise.promise();
            pending.add(login);
            return login.future();
        };
        attachMoreThanOneSocketTakes();
        eventLoop.advance(MAX_DELAY);
        assertThat(transport.logins()).isEqualTo(1);

        pending.get(0).complete(new AuthToken("first"));
        eventLoop.runAll();
        assertThat(transport.sockets()).hasSize(1);
        assertThat(transport.logins()).isEqualTo(2);

        pending.get(1).complete(new AuthToken("second"));
        eventLoop.runAll();
        assertThat(transport.sockets()).hasSize(2);
    }

    @Test
    void triesARefusedAccountOnceInAWhileForAllOfItsSockets() {
        transport.login = () -> Future.failedFuture(new CmsEventsConnectionException(Reason.CREDENTIALS, "401"));
        attachMoreThanOneSocketTakes();
        assertThat(transport.logins()).isEqualTo(1);

        eventLoop.advance(MAX_DELAY.minusMillis(1));
        assertThat(transport.logins()).isEqualTo(1);
        eventLoop.advance(Duration.ofMillis(1));
        assertThat(transport.logins()).isEqualTo(2);
        eventLoop.advance(MAX_DELAY);
        assertThat(transport.logins()).isEqualTo(3);
    }

    @Test
    void triesARefusedAccountAtOnceWhenSomebodyWantsIt() {
        transport.login = () -> Future.failedFuture(new CmsEventsConnectionException(Reason.CREDENTIALS, "401"));
        attach(server, CALLS, route, interest("name"));
        eventLoop.runAll();

        transport.login = () -> Future.succeededFuture(new AuthToken("token"));
        server.reconnect();
        eventLoop.runAll();

        assertThat(transport.logins()).isEqualTo(2);
        assertThat(transport.lastSocket().requests()).hasSize(1);
    }

    // What happens.

    private MeetingServer server(int maxReconnectAttempts) {
        ConnectionOptions options = new ConnectionOptions(
                Duration.ofSeconds(1),
                MAX_DELAY,
                maxReconnectAttempts,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ZERO,
                QUIET,
                5,
                100_000);
        return new MeetingServer(
                new ServerAddress(true, "cms.example.com", 443),
                transport,
                options,
                eventLoop.vertx(),
                eventLoop.context(),
                new NobodyElse());
    }

    private void attach(Want... wants) {
        for (Want want : wants) {
            attach(server, want, route, interest("name"));
        }
        eventLoop.advance(LULL);
    }

    private void attach(MeetingServer to, Want want, RecordingReceiver receiver, Interest interest) {
        Feed feed = feeds.computeIfAbsent(want, first -> new Feed(first.resource(), directory));
        feed.attach(receiver, interest);
        to.carry(want, feed);
    }

    private void attachMoreThanOneSocketTakes() {
        for (int i = 0; i <= SubscriptionTable.CAPACITY; i++) {
            attach(server, new Want(Resource.CALL_ROSTER, "call " + i), new RecordingReceiver(), interest("name"));
        }
        eventLoop.runAll();
    }

    /** The calls a and b are known; what comes next comes on a new socket, whose request was answered. */
    private void knowTwoCallsAndLoseTheSocket() {
        attach(CALLS);
        state(1, "active");
        content("a", "add");
        content("b", "add");
        transport.lastSocket().lose();
        route.forget();
        eventLoop.advance(Duration.ofSeconds(1));
        assertThat(transport.sockets()).hasSize(2);
    }

    private void state(int index, String state) {
        transport
                .lastSocket()
                .tell("{'type':'message','message':{'messageId':1,'type':'subscriptionUpdate','subscriptions':"
                        + "[{'index':%d,'state':'%s'}]}}".formatted(index, state));
        eventLoop.runAll();
    }

    private void content(String call, String updateType) {
        transport
                .lastSocket()
                .tell("{'type':'message','message':{'messageId':2,'type':'callListUpdate','subscriptionIndex':1,"
                        + "'updates':[{'call':'%s','updateType':'%s'}]}}".formatted(call, updateType));
        eventLoop.runAll();
    }

    private static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }

    /** There is no other server to take anything to. */
    private static final class NobodyElse implements MeetingServer.Owner {
        @Override
        public boolean isOver(Feed feed) {
            return true;
        }

        @Override
        public void deactivated(Feed feed) {
            // Stays here.
        }

        @Override
        public void activated(Feed feed) {
            // As it should be.
        }

        @Override
        public void unreachable(MeetingServer server) {
            // It is tried again.
        }

        @Override
        public void lost(Feed feed) {
            // Waits here.
        }

        @Override
        public void roomMade() {
            // Nothing waits elsewhere.
        }
    }
}
