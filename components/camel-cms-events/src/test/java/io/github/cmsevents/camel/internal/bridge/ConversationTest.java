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

import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.ACK_TIMEOUT;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.CALLS;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.LULL;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.MOMENT;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.QUIET;
import static io.github.cmsevents.camel.internal.bridge.BridgeFixture.roster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.bridge.FakeTransport.Socket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said on one socket, with a server that the test plays. */
class ConversationTest {

    private static final Duration HEARTBEAT = Duration.ofMinutes(1);

    private BridgeFixture fixture = new BridgeFixture();
    private Socket socket;
    private int calls;

    /** The list of calls is active on the first socket. */
    private void begin(BridgeFixture begun) {
        fixture = begun;
        fixture.subscribe(CALLS);
        fixture.advance(LULL);
        socket = fixture.socket();
        calls = socket.indexOf(null);
    }

    private void begin() {
        begin(fixture);
    }

    @Test
    void acknowledgesEveryMessageOnceWhenItIsProcessed() {
        begin();
        int before = socket.acknowledged().size();
        fixture.route.hold();
        long first = socket.calls(calls, "add a");
        long second = socket.calls(calls, "add b");
        assertThat(socket.acknowledged()).hasSize(before);
        fixture.route.release();
        assertThat(socket.acknowledged()).hasSize(before + 2).endsWith(first, second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type':'unheardOf'",
                "'type':'callListUpdate'",
                "'type':'callListUpdate','subscriptionIndex':99,'updates':[]",
                "'type':'callListUpdate','subscriptionIndex':1,'updates':[{'call':'a','updateType':'add','x':1e99999999999}]",
                "'type':'subscriptionUpdate','subscriptions':[{'index':99,'state':'active'},{'index':1,'state':'what'}]"
            })
    void acknowledgesAMessageThatItCannotUse(String message) {
        begin();
        long id = socket.message(message);
        assertThat(socket.acknowledged()).containsOnlyOnce(id);
        assertThat(socket.closed).isFalse();
    }

    @Test
    void neverAcknowledgesAMessageOnALaterSocket() {
        begin();
        fixture.route.hold();
        long id = socket.calls(calls, "add a");
        socket.lose(Reason.LOST);
        fixture.advance(Duration.ofSeconds(1));
        assertThat(fixture.socket()).isNotSameAs(socket);
        fixture.route.release();
        fixture.advance(LULL);
        assertThat(socket.acknowledged()).doesNotContain(id);
        assertThat(fixture.socket().acknowledged()).doesNotContain(id);
    }

    @Test
    void doesNotAcknowledgeAMessageThatItFailsToProcessAndReconnects() {
        begin();
        fixture.route.failure = new IllegalStateException("a fault in the component");
        long id = socket.calls(calls, "add a");
        fixture.route.failure = null;
        fixture.advance(Duration.ofSeconds(1));
        assertThat(socket.acknowledged()).doesNotContain(id);
        assertThat(socket.closed).isTrue();
        assertThat(fixture.transport.sockets).hasSize(2);
    }

    @Test
    void awaitsAnAnswerForLongerWhileItOwesAcknowledgements() {
        begin();
        fixture.transport.answers = false;
        fixture.route.hold();
        socket.calls(calls, "add a");
        fixture.subscribe(roster("a"));
        fixture.advance(ACK_TIMEOUT.multipliedBy(5));
        assertThat(socket.closed).isFalse();
        fixture.route.release();
        fixture.advance(ACK_TIMEOUT.plus(LULL));
        assertThat(socket.closed).isTrue();
    }

    @Test
    void repeatsTheRequestAfterASilenceAndReconnectsWithoutAnAnswer() {
        begin(new BridgeFixture(BridgeFixture.options(0, 3, HEARTBEAT)));
        fixture.advance(HEARTBEAT.multipliedBy(3));
        assertThat(socket.requests().size()).isBetween(2, 3);
        assertThat(socket.indexOf(null)).isEqualTo(calls);
        fixture.transport.answers = false;
        fixture.advance(HEARTBEAT.multipliedBy(2).plus(ACK_TIMEOUT));
        assertThat(socket.closed).isTrue();
    }

    @Test
    void doesNotRepeatTheRequestWhileItOwesAcknowledgements() {
        begin(new BridgeFixture(BridgeFixture.options(0, 3, HEARTBEAT)));
        fixture.route.hold();
        socket.calls(calls, "add a");
        fixture.advance(HEARTBEAT.multipliedBy(10));
        assertThat(socket.requests()).hasSize(1);
    }

    @Test
    void pausesReadingWhileManyMessagesAreUnacknowledgedAndReadsAllOfThemInTheEnd() {
        begin();
        fixture.route.hold();
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(socket.calls(calls, "add c" + i));
        }
        assertThat(socket.paused).isTrue();
        assertThat(fixture.route.updates).hasSizeLessThan(300);
        while (socket.paused) {
            fixture.route.releaseOne();
        }
        fixture.route.release();
        assertThat(fixture.route.updates).hasSize(1_000);
        assertThat(socket.paused).isFalse();
        assertThat(socket.acknowledged())
                .endsWith(sent.get(999))
                .doesNotHaveDuplicates()
                .containsAll(sent);
    }

    @Test
    void pausesReadingWhileTooManyBytesAreInFlightAlsoThoseOfAnotherSocket() {
        InFlight inFlight = new InFlight(1_000L);
        begin(new BridgeFixture(BridgeFixture.options(0, 3, Duration.ZERO), inFlight));
        inFlight.add(5_000);
        socket.calls(calls, "add a");
        assertThat(socket.paused).isTrue();
        socket.calls(calls, "add b");
        assertThat(fixture.route.updates).containsExactly("add a");
        inFlight.remove(5_000);
        assertThat(socket.paused).isFalse();
        assertThat(fixture.route.updates).containsExactly("add a", "add b");
    }

    @Test
    void removesNothingAfterAGapWhileASocketIsPausedForTheSakeOfAnother() {
        InFlight inFlight = new InFlight(10_000L);
        begin(new BridgeFixture(BridgeFixture.options(0, 3, Duration.ZERO), inFlight));
        socket.calls(calls, "add a");
        socket.calls(calls, "add b");
        socket.lose(Reason.LOST);
        fixture.advance(Duration.ofSeconds(1));
        Socket second = fixture.socket();
        inFlight.add(20_000);
        second.calls(second.indexOf(null), "add a");
        second.calls(second.indexOf(null), "add b");
        fixture.advance(QUIET.multipliedBy(5));
        assertThat(fixture.route.updates).as("b was sent, but not read yet").containsExactly("add a", "add b");
        inFlight.remove(20_000);
        fixture.advance(QUIET);
        assertThat(fixture.route.updates).containsExactly("add a", "add b");
    }

    @Test
    void cancelsEverythingBeforeItClosesTheSocket() {
        begin();
        Future<Void> closed = fixture.bridge.close();
        fixture.loop.runTurns();
        assertThat(socket.request()).isEmpty();
        assertThat(socket.closed).isTrue();
        assertThat(closed.succeeded()).isTrue();
    }

    @Test
    void closesTheSocketWithoutAnAnswerAfterASecond() {
        begin();
        fixture.transport.answers = false;
        Future<Void> closed = fixture.bridge.close();
        fixture.advance(Duration.ofMillis(999));
        assertThat(closed.isComplete()).isFalse();
        fixture.advance(MOMENT);
        assertThat(closed.succeeded()).isTrue();
        fixture.advance(LULL);
        assertThat(fixture.loop.pendingTimers()).isZero();
    }
}
