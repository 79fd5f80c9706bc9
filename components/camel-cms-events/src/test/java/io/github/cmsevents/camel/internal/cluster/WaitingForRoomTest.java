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
package io.github.cmsevents.camel.internal.cluster;

import static io.github.cmsevents.camel.internal.cluster.FakeServer.call;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.EVERY;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.MAX_DELAY;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CapturedLog;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conferences that find no room on the servers that report them. */
class WaitingForRoomTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster(1, "a", "b");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void aConferenceIsServedWhenRoomComesFreeOnAnyServerThatReportsIt(String name) {
        SeenUpdates route = fillBothAndFollow();
        cluster.server(name).participant(name + "1", "bo", "Bo");

        cluster.server(name).end(name + " fills 5");
        cluster.soon();

        assertThat(cluster.server(name).rosters()).contains("callRoster " + name + "1");
        assertThat(cluster.status(route).waiting()).isZero();
        assertThat(route.news()).containsExactly("add bo Bo");
    }

    @Test
    void aConferenceIsServedWhenAServerWithRoomBeginsToReportIt() {
        VirtualCluster three = new VirtualCluster(1, "a", "b", "c");
        three.server("a").list(fill("a"));
        three.server("a").list(call("a1", "Board", "k"));
        SeenUpdates route = three.follow(CALL_ROSTER, EVERY);
        assertThat(three.status(route)).isEqualTo(new FollowingStatus(100, 99, 1, 0));

        three.server("c").list(call("c1", "Board", "k"));
        three.soon();

        assertThat(three.server("c").rosters()).containsExactly("callRoster c1");
        assertThat(three.status(route)).isEqualTo(new FollowingStatus(100, 100, 0, 0));
    }

    @Test
    void oneFreePlaceGoesToOneOfThoseThatWait() {
        a.list(calls("a", "k", 102));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(cluster.status(route).waiting()).isEqualTo(3);

        a.end("a5");
        cluster.soon();

        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(101, 99, 2, 0));
        assertThat(a.rosters()).hasSize(99);
    }

    @Test
    void whatWaitsIsReportedOnceAndAsksForNothingUntilItIsOver() {
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            SeenUpdates route = fillBothAndFollow();
            assertThat(route.problems).singleElement().asString().contains("has no room for callRoster of call a1");
            assertThat(log.lines()).singleElement().asString().contains("option maxConnectionsPerServer");
            int before = a.requests + b.requests;

            cluster.after(MINUTE);

            assertThat(a.requests + b.requests).isEqualTo(before);
            assertThat(log.lines()).hasSize(1);
            a.unlist("a1");
            b.unlist("b1");
            cluster.soon();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(198, 198, 0, 0));
        }
    }

    @Test
    void aConferenceOfALostServerDoesNotMoveToAFullOneAndMovesOnceThatHasRoom() {
        b.list(fill("b"));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        cluster.soon();

        a.die();
        cluster.soon();
        assertThat(b.rosters()).hasSize(99).doesNotContain("callRoster b1");
        b.end("b fills 5");
        cluster.soon();

        assertThat(b.rosters()).contains("callRoster b1");
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(99, 99, 0, 0));
    }

    @Test
    void anotherServerIsTakenWhenOtherClientsHoldTheSockets() {
        VirtualCluster wide = new VirtualCluster(3, "a", "b");
        wide.server("a").socketLimit = 1;
        wide.server("a").list(calls("a", "k", 150));
        SeenUpdates route = wide.follow(CALL_ROSTER, EVERY);
        wide.after(MINUTE);
        assertThat(wide.status(route)).isEqualTo(new FollowingStatus(150, 99, 51, 0));

        wide.server("b").list(calls("b", "k", 150));
        wide.soon();
        assertThat(wide.status(route)).isEqualTo(new FollowingStatus(150, 150, 0, 0));

        wide.server("a").die();
        wide.soon();
        assertThat(wide.server("b").rosters()).hasSize(150);
    }

    @Test
    void aConferenceDoesNotMoveToAndFroBetweenServersThatLostASocketEach() {
        VirtualCluster wide = new VirtualCluster(3, "a", "b");
        FakeServer first = wide.server("a");
        FakeServer second = wide.server("b");
        wide.follow(CALL_ROSTER, EVERY);
        first.list(calls("x", "only a ", 240));
        second.list(calls("y", "only b ", 240));
        wide.soon();
        // A place is free on the socket that is lost, and on the last one.
        first.end("x150");
        second.end("y150");
        wide.soon();
        first.loseSocket(1);
        second.loseSocket(1);

        first.list(call("a1", "Board", "k"));
        second.list(call("b1", "Board", "k"));
        wide.soon();

        assertThat(first.rosters().contains("callRoster a1") ^ second.rosters().contains("callRoster b1"))
                .isTrue();
    }

    @Test
    void theWorkForACallThatEndsDoesNotGrowWithHowManyConferencesWait() {
        assertThat(turnsPerEndedAndBegunCall(2_000)).isEqualTo(turnsPerEndedAndBegunCall(400));
    }

    /** Each turn reviews a bounded number of conferences. */
    private static long turnsPerEndedAndBegunCall(int calls) {
        VirtualCluster full = new VirtualCluster(1, "a", "b", "c");
        full.server("a").list(calls("a", "k", calls));
        full.server("b").list(calls("b", "k", calls));
        full.server("c").list(List.of(call("c0", null, null), call("c1", null, null)));
        SeenUpdates route = full.follow(CALL_ROSTER, EVERY);
        full.after(MINUTE);
        assertThat(full.status(route).waiting()).isEqualTo(calls - 198);
        full.server("a").die();
        full.after(MAX_DELAY);
        long before = full.loop.turnsRun();

        // Room comes free on a server that none of those that wait could move to.
        full.server("c").end("c0");
        full.soon();
        full.server("c").list(call("c2", null, null));
        full.soon();
        return full.loop.turnsRun() - before;
    }

    private SeenUpdates fillBothAndFollow() {
        a.list(fill("a"));
        b.list(fill("b"));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        cluster.soon();
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(199, 198, 1, 0));
        return route;
    }

    /** With the list of calls, as many as one socket takes. */
    private static List<Map<String, Object>> fill(String server) {
        return calls(server + " fills ", "only " + server, 99);
    }

    private static List<Map<String, Object>> calls(String prefix, String correlator, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> call(prefix + i, null, correlator + i))
                .toList();
    }
}
