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

import io.github.cmsevents.camel.internal.cluster.CallDirectory;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.EventLoopStandIn;
import io.github.cmsevents.camel.internal.content.Feed;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietWatchTest {

    private static final Object SOCKET = new Object();

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration ALMOST = QUIET.minusMillis(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final EventLoopStandIn eventLoop = new EventLoopStandIn();
    private final QuietWatch watch = new QuietWatch(new Timers(eventLoop.vertx(), eventLoop.context()), QUIET);
    private final Feed feed = feed(Resource.CALLS, null);
    private final RecordingReceiver route = new RecordingReceiver();
    private boolean behind;

    /** Two calls were known before a gap, and fresh content begins. */
    @BeforeEach
    void loseAndRegainTheSubscription() {
        feed.attach(route, new Interest(List.of("name"), true, false, false));
        activate();
        add("a");
        add("b");
        feed.lost();
        activate();
        route.forget();
    }

    @Test
    void concludesThatWhatDidNotComeAgainIsGone() {
        watch.begin(feed, SOCKET, () -> behind);
        add("a");

        eventLoop.advance(ALMOST);
        assertThat(route.news()).isEmpty();
        eventLoop.advance(MOMENT);

        assertThat(route.news()).containsExactly("remove b");
        assertThat(eventLoop.timers()).isZero();
    }

    @Test
    void waitsForTheEndOfTheFreshContent() {
        watch.begin(feed, SOCKET, () -> behind);
        for (int i = 0; i < 5; i++) {
            eventLoop.advance(ALMOST);
            add("c" + i);
            watch.goOn(feed, SOCKET, false);
        }
        assertThat(route.news()).doesNotContain("remove a", "remove b");

        eventLoop.advance(QUIET);

        assertThat(route.news()).endsWith("remove a", "remove b");
    }

    @Test
    void waitsForItsOwnContentWhileThatOfOthersOnTheSocketComes() {
        Feed other = feed(Resource.CALL_ROSTER, "a");
        watch.begin(feed, SOCKET, () -> behind);
        for (int i = 0; i < 5; i++) {
            eventLoop.advance(ALMOST);
            watch.goOn(other, SOCKET, false);
        }
        assertThat(route.news()).isEmpty();
        add("a");
        watch.goOn(feed, SOCKET, true);
        eventLoop.advance(ALMOST);
        watch.goOn(other, SOCKET, false);
        eventLoop.advance(MOMENT);

        assertThat(route.news()).as("its own content has begun, and so ended").containsExactly("remove b");
    }

    @Test
    void takesNoNoticeOfOtherSockets() {
        Feed other = feed(Resource.CALL_ROSTER, "a");
        watch.begin(feed, SOCKET, () -> behind);
        eventLoop.advance(ALMOST);
        watch.goOn(other, new Object(), false);
        eventLoop.advance(MOMENT);

        assertThat(route.news()).containsExactly("remove a", "remove b");
    }

    @Test
    void concludesWhatIsGoneAlthoughNewCallsNeverPause() {
        watch.begin(feed, SOCKET, () -> behind);
        add("a");
        watch.goOn(feed, SOCKET, true);
        for (int i = 0; i < 11; i++) {
            eventLoop.advance(ALMOST);
            add("new" + i);
            watch.goOn(feed, SOCKET, false);
        }

        assertThat(route.news()).contains("remove b").doesNotContain("remove a");
    }

    @Test
    void isDoneWhenEverythingHasComeAgain() {
        watch.begin(feed, SOCKET, () -> behind);
        add("b");
        add("a");
        watch.goOn(feed, SOCKET, false);

        assertThat(eventLoop.timers()).isZero();
    }

    @Test
    void doesNotWatchWhatHasNothingUnconfirmed() {
        add("a");
        add("b");

        watch.begin(feed, SOCKET, () -> behind);

        assertThat(eventLoop.timers()).isZero();
    }

    @Test
    void doesNotBeginBecauseContentGoesOn() {
        watch.goOn(feed, SOCKET, false);

        assertThat(eventLoop.timers()).isZero();
    }

    @Test
    void concludesNothingWhileTheServerMayBeWaitingForUs() {
        behind = true;
        watch.begin(feed, SOCKET, () -> behind);

        eventLoop.advance(QUIET.multipliedBy(10));

        assertThat(route.news()).isEmpty();
    }

    @Test
    void concludesSoonAfterTheServerNoLongerWaitsForUs() {
        behind = true;
        watch.begin(feed, SOCKET, () -> behind);
        eventLoop.advance(QUIET);

        behind = false;
        eventLoop.advance(QUIET.dividedBy(4));

        assertThat(route.news()).containsExactly("remove a", "remove b");
    }

    @Test
    void concludesNothingOnceTheSubscriptionIsGone() {
        watch.begin(feed, SOCKET, () -> behind);

        watch.cancel(feed);
        eventLoop.advance(QUIET);

        assertThat(route.news()).isEmpty();
        assertThat(eventLoop.timers()).isZero();
    }

    @Test
    void leavesNoTimerWhenEverythingEnds() {
        watch.begin(feed, SOCKET, () -> behind);

        watch.cancelAll();

        assertThat(eventLoop.timers()).isZero();
    }

    private void activate() {
        feed.stateChanged(SubscriptionState.ACTIVE, feed.elements(), 1, 1L, acknowledgement());
    }

    private void add(String call) {
        Map<String, Object> fields = Map.of("call", call, "updateType", "add");
        feed.contentCame(
                new ContentUpdate(2, Resource.CALLS, 1, List.of(new Row(UpdateType.ADD, call, fields)), List.of()),
                acknowledgement());
    }

    private Acknowledgement acknowledgement() {
        return new Acknowledgement(() -> {});
    }

    private static Feed feed(Resource resource, String call) {
        String server = "cms.example.com:443";
        Feed feed = new Feed(resource, new CallDirectory(List.of(server), () -> {}));
        feed.carriedBy(server, call);
        return feed;
    }
}
