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
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.QUIET;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CapturedLog;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** Servers that turn down the subscription to a conference that they report. */
class TurnedDownTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster("a", "b");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");

    @Test
    void aRosterThatAServerDeactivatesRefusesOrLeavesPendingIsTakenFromAnother() {
        for (Runnable trouble : List.<Runnable>of(
                () -> a.turnedDown.add("a1"), () -> a.refusesCalls = true, () -> a.pending.add("a1"))) {
            a.turnedDown.clear();
            a.refusesCalls = false;
            trouble.run();
            cluster.boardOnAAndB();

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            cluster.after(Duration.ofSeconds(11));

            assertThat(cluster.rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
            int asked = a.requests;
            cluster.after(MINUTE);
            assertThat(a.requests).isEqualTo(asked);
            cluster.detach(route);
        }
    }

    @Test
    void allServersAreAskedInTurnWithDelaysWhenAllTurnItDown() {
        cluster.boardOnAAndB();
        a.turnedDown.add("a1");
        b.turnedDown.add("b1");
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        int before = a.requests + b.requests;

        cluster.after(MINUTE);
        // Each attempt takes two requests: one with the line, and one without it.
        assertThat(a.requests + b.requests - before).isBetween(6, 100);
        assertThat(route.news()).isEmpty();
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 0, 0, 1));

        a.turnedDown.clear();
        cluster.after(MAX_DELAY.multipliedBy(3));
        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        assertThat(cluster.status(route).refused()).isZero();
    }

    @Test
    void serversThatDeactivateWhatTheyActivatedAreNotAskedInATightLoop() {
        cluster.boardOnAAndB();
        a.fickle = true;
        b.fickle = true;
        cluster.follow(CALL_ROSTER, EVERY);
        int before = a.requests + b.requests;

        cluster.after(MINUTE);

        assertThat(a.requests + b.requests - before).isLessThan(250);
    }

    @Test
    void aServerIsAskedAgainWhenTheOneThatAcceptedDies() {
        cluster.boardOnAAndB();
        a.turnedDown.add("a1");
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        route.forget();
        a.turnedDown.clear();

        b.die();
        cluster.soon();
        cluster.after(QUIET);

        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).isEmpty();
    }

    @Test
    void aServerThatReportsTheConferenceAnewIsAskedAtOnce() {
        cluster.boardOnAAndB();
        a.turnedDown.add("a1");
        b.turnedDown.add("b1");
        cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);

        a.turnedDown.clear();
        a.loseSockets();
        cluster.after(Duration.ofSeconds(2));

        assertThat(cluster.rosters()).containsExactly("callRoster a1");
    }

    @Test
    void aServerThatTurnsDownACallThatItListsIsReportedOnce() {
        a.list(call("a1", "Board", null));
        a.turnedDown.add("a1");
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            cluster.after(MINUTE);

            String warning =
                    "Meeting Server https://a:443 deactivated the subscription to callRoster of call a1 although it lists"
                            + " the call; retrying";
            assertThat(route.problems).containsExactly(warning);
            assertThat(log.lines()).containsExactly("WARN " + warning);
        }
    }

    @Test
    void aServerThatRefusesACallThatItListsIsReportedOnce() {
        a.list(call("a1", "Board", null));
        a.refusesCalls = true;
        assertOneWarning("Meeting Server https://a:443 refused the subscription to callRoster of call a1; retrying");
    }

    @Test
    void serversThatAllRefuseAreReportedOnce() {
        cluster.boardOnAAndB();
        a.refusesCalls = true;
        b.refusesCalls = true;
        assertOneWarning("Meeting Server https://a:443 refused the subscription to callRoster of call a1; retrying");
    }

    @Test
    void aServerThatRefusesAgainAfterItWorkedIsReportedAgain() {
        a.list(call("a1", "Board", null));
        a.refusesCalls = true;
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);
        a.refusesCalls = false;
        cluster.after(MINUTE.multipliedBy(5));
        a.refusesCalls = true;
        a.loseSockets();
        cluster.after(MINUTE);

        assertThat(route.problems)
                .filteredOn(problem -> problem.contains(" refused "))
                .hasSize(2);
    }

    private void assertOneWarning(String warning) {
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            cluster.after(MINUTE);

            assertThat(route.problems).containsExactly(warning);
            assertThat(log.lines())
                    .filteredOn(line -> !line.contains("violated the events protocol"))
                    .containsExactly("WARN " + warning);
        }
    }

    @Test
    void aServerThatRestartedWithoutTheCallIsNotReported() {
        a.list(call("a1", "Board", null));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        a.unlist("a1");
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            a.loseSockets();
            cluster.after(MINUTE);

            assertThat(log.lines()).noneMatch(line -> line.contains("although it lists the call"));
            assertThat(cluster.status(route)).isEqualTo(FollowingStatus.NOTHING);
        }
    }
}
