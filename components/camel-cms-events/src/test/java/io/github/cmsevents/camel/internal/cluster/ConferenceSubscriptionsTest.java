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
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.interest;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_INFO;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which server a conference is subscribed to on, when it moves, and what a route sees of that. */
class ConferenceSubscriptionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster("a", "b");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");

    // The server deactivates it.

    @Test
    void aDeactivatedRosterMovesAndOnlyWhatDiffersIsDelivered() {
        SeenUpdates route = followOnBoth();
        b.participant("b1", "ann", "Anna");
        b.leaves("b1", "bo", "timeout");
        b.participant("b1", "cy", "Cy");

        a.deactivate("a1");
        cluster.soon();
        assertThat(cluster.rosters()).containsExactly("callRoster b1");
        assertThat(route.news()).containsExactly("update ann Anna", "add cy Cy");
        assertThat(route.updates).extracting(Update::call).containsOnly("b1");

        cluster.after(QUIET);
        assertThat(route.news()).containsExactly("update ann Anna", "add cy Cy", "remove bo");
        assertThat(route.last().synthetic()).isTrue();
        assertThat(route.last().origin().server()).isEqualTo("b:443");
    }

    @Test
    void aRosterMovesWithoutUpdatesAlsoWhenTheListEndsFirst() {
        SeenUpdates route = followOnBoth();

        a.unlist("a1");
        cluster.soon();
        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        a.deactivate("a1");
        cluster.soon();
        cluster.after(QUIET);

        assertThat(cluster.rosters()).containsExactly("callRoster b1");
        assertThat(route.news()).isEmpty();
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 1, 0, 0));
    }

    @Test
    void detailsMoveAndOnlyWhatDiffersIsDelivered() {
        a.list(call("a1", "Board", "k"));
        a.change("a1", "recording", "inactive");
        SeenUpdates route = cluster.follow(CALL_INFO, EVERY, interest("name", "recording"));
        b.list(call("b1", "Board", "k"));
        b.change("b1", "recording", "active");
        cluster.soon();
        route.forget();

        a.end("a1");
        cluster.soon();

        assertThat(route.news()).containsExactly("update b1");
        assertThat(route.last().body()).containsEntry("recording", "active").doesNotContainKey("name");
    }

    @Test
    void aRosterIsAskedForAgainWhenNoOtherServerReportsTheConference() {
        a.list(call("a1", "Board", "k"));
        a.participant("a1", "bo", "Bo");
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

        a.deactivate("a1");
        cluster.after(QUIET.plusSeconds(1));

        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add bo Bo");
    }

    @Test
    void aRosterFollowsServersThatLeaveOneAfterTheOther() {
        SeenUpdates route = followOnBoth();
        a.end("a1");
        cluster.soon();
        a.list(call("a2", "Board", "k"));
        a.participant("a2", "ann", "Ann");
        a.participant("a2", "bo", "Bo");
        cluster.soon();
        assertThat(cluster.rosters()).containsExactly("callRoster b1");

        b.end("b1");
        cluster.soon();
        cluster.after(QUIET);

        assertThat(cluster.rosters()).containsExactly("callRoster a2");
        assertThat(route.news()).isEmpty();
    }

    // The conference is over.

    @Test
    void theEndOfAConferenceRemovesEachParticipant() {
        SeenUpdates route = followOnBoth();

        a.end("a1");
        b.end("b1");
        cluster.soon();

        assertThat(route.news()).containsExactlyInAnyOrder("remove ann callEnded", "remove bo callEnded");
        assertThat(route.updates).allMatch(Update::synthetic).allSatisfy(update -> {
            assertThat(update.callName()).isEqualTo("Board");
            assertThat(update.callCorrelator()).isEqualTo("k");
        });
        assertThat(cluster.status(route)).isEqualTo(FollowingStatus.NOTHING);
        assertThat(cluster.rosters()).isEmpty();
    }

    @Test
    void aReasonThatComesAfterTheListsRemovalIsDelivered() {
        SeenUpdates route = followOnBoth();
        b.end("b1");

        a.unlist("a1");
        cluster.soon();
        a.leaves("a1", "ann", "timeout");
        cluster.soon();
        assertThat(route.news()).containsExactly("remove ann timeout");
        a.deactivate("a1");
        cluster.soon();

        assertThat(route.news()).containsExactly("remove ann timeout", "remove bo callEnded");
        assertThat(cluster.rosters()).isEmpty();
    }

    @Test
    void lastUpdatesAreAwaitedForAQuietPeriodAtMost() {
        SeenUpdates route = followOnBoth();
        b.end("b1");

        a.unlist("a1");
        cluster.after(QUIET.minusMillis(100));
        assertThat(route.news()).isEmpty();
        cluster.after(Duration.ofMillis(300));

        assertThat(route.news()).containsExactlyInAnyOrder("remove ann callEnded", "remove bo callEnded");
        assertThat(cluster.rosters()).isEmpty();
    }

    @Test
    void lastUpdatesAreAwaitedWhileARouteKeepsTheServerFromSendingThem() {
        SeenUpdates route = followOnBoth();
        b.end("b1");
        cluster.soon();
        route.stall();
        a.participant("a1", "cy", "Cy");

        a.unlist("a1");
        a.leaves("a1", "bo", "timeout");
        a.deactivate("a1");
        cluster.after(MINUTE);
        route.recover();
        cluster.after(QUIET.plusSeconds(1));

        assertThat(route.news())
                .containsExactly("add cy Cy", "remove bo timeout", "remove ann callEnded", "remove cy callEnded");
    }

    // Its server is lost.

    @Test
    void aRosterOfALostServerMovesAtOnceAndNotBackWithoutNeed() {
        SeenUpdates route = followOnBoth();

        a.die();
        cluster.soon();
        b.participant("b1", "cy", "Cy");
        cluster.soon();
        a.comeBack();
        cluster.after(MAX_DELAY);

        assertThat(cluster.rosters()).containsExactly("callRoster b1");
        assertThat(a.subscriptions()).containsExactly("calls");
        assertThat(route.news()).containsExactly("add cy Cy");
    }

    @Test
    void aRosterWaitsForALostServerWhenNoOtherReportsTheConference() {
        SeenUpdates route = followOnBoth();
        b.end("b1");
        cluster.soon();

        a.die();
        cluster.after(MINUTE);
        assertThat(route.news()).isEmpty();
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 0, 0, 0));

        a.participant("a1", "ann", "Anna");
        a.leaves("a1", "bo", "timeout");
        a.comeBack();
        cluster.after(MAX_DELAY.plus(QUIET).plusSeconds(1));
        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("update ann Anna", "remove bo");
    }

    @Test
    void aRosterOfALostServerMovesOnceAnotherBeginsToReportTheConference() {
        a.list(call("a1", "Board", "k"));
        a.participant("a1", "bo", "Bo");
        SeenUpdates first = cluster.follow(CALL_ROSTER, EVERY);
        a.die();
        cluster.after(MINUTE);
        SeenUpdates late = cluster.follow(CALL_ROSTER, EVERY);

        b.list(call("b1", "Board", "k"));
        b.participant("b1", "bo", "Bo");
        cluster.soon();
        cluster.after(QUIET);

        assertThat(cluster.rosters()).containsExactly("callRoster b1");
        assertThat(first.news()).containsExactly("add bo Bo");
        assertThat(late.news()).containsExactly("add bo Bo");
    }

    @Test
    void aConferenceIsOverOnceTheLostServerIsBackWithoutIt() {
        SeenUpdates route = followOnBoth();
        a.die();
        cluster.soon();
        b.end("b1");
        cluster.after(QUIET);
        assertThat(route.news()).isEmpty();

        a.unlist("a1");
        a.comeBack();
        cluster.after(MAX_DELAY.plus(QUIET).plusSeconds(1));

        assertThat(route.news()).containsExactlyInAnyOrder("remove ann callEnded", "remove bo callEnded");
    }

    // Its correlator changes.

    @ParameterizedTest
    @CsvSource({"b, callRoster a1", "a, callRoster b1"})
    void aChangedCorrelatorWhileAServerIsAwayLosesNoParticipantAndDeliversNothingTwice(String away, String roster) {
        SeenUpdates route = followOnBoth();
        cluster.server(away).die();
        cluster.soon();

        a.change("a1", "callCorrelator", "k2");
        b.change("b1", "callCorrelator", "k2");
        cluster.soon();
        a.participant("a1", "cy", "Cy");
        b.participant("b1", "cy", "Cy");
        cluster.after(QUIET);
        cluster.server(away).comeBack();
        cluster.after(MAX_DELAY.plus(QUIET).plus(QUIET));

        assertThat(cluster.rosters()).containsExactly(roster);
        assertThat(route.news()).containsExactly("add cy Cy");
        assertThat(route.last().callCorrelator()).isEqualTo("k2");
    }

    @Test
    void aCorrelatorThatComesLateLeavesOneSubscription() {
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", null));
        a.participant("a1", "bo", "Bo");
        b.participant("b1", "bo", "Bo");
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(cluster.rosters()).containsExactly("callRoster a1", "callRoster b1");
        route.forget();

        b.change("b1", "callCorrelator", "k");
        cluster.soon();
        a.participant("a1", "cy", "Cy");
        b.participant("b1", "cy", "Cy");
        cluster.soon();

        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add cy Cy");
    }

    @Test
    void aCallThatTurnsOutToBeAnotherConferenceIsFollowedBesideIt() {
        SeenUpdates route = followOnBoth();

        a.change("a1", "callCorrelator", "other");
        cluster.soon();
        cluster.after(QUIET);

        assertThat(cluster.rosters()).containsExactly("callRoster a1", "callRoster b1");
        // The first conference's picture is confirmed by b; what is on a is new.
        assertThat(route.news()).containsExactlyInAnyOrder("add ann Ann", "add bo Bo");
    }

    /** One conference on both servers; the route has received its two participants from the first. */
    private SeenUpdates followOnBoth() {
        cluster.boardOnAAndB();
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(cluster.rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        route.forget();
        return route;
    }
}
