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
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.interest;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_INFO;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which conferences a route follows, and what it receives as they come and go. */
class FollowingTest {

    private static final CallSelector BOARD = new CallSelector.Named(name -> name.startsWith("Board"));
    private static final CallSelector A1 = new CallSelector.OfCall("A1");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster("a", "b", "c");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");
    private final FakeServer c = cluster.server("c");
    private final VirtualCluster alone = new VirtualCluster("a");
    private final FakeServer only = alone.server("a");

    // Many conferences.

    @Test
    void conferencesInOneMessageTakeAFewRequestsAndSoDoTheirEnds() {
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        int before = a.requests;
        a.list(calls("a", 250));
        cluster.soon();
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(250, 250, 0, 0));
        // One for each of three sockets; one more for each that was open before it was full.
        assertThat(a.requests - before).isLessThanOrEqualTo(6);

        IntStream.range(0, 250).forEach(i -> a.end("a" + i));
        cluster.soon();

        assertThat(a.subscriptions()).containsExactly("calls");
        assertThat(a.requests - before).isLessThanOrEqualTo(12);
        assertThat(b.requests).isEqualTo(1);
    }

    @Test
    void conferencesAreSpreadOverTheServersThatReportThemAlsoWhenOneIsAway() {
        a.list(calls("a", 300));
        b.list(calls("b", 300));
        c.die();

        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(300, 300, 0, 0));
        assertThat(a.rosters()).hasSize(150);
        assertThat(b.rosters()).hasSize(150);
        assertThat(a.requests + b.requests).isLessThanOrEqualTo(12);
    }

    @Test
    void conferencesStayWhereTheyAreAndNewOnesGoWhereThereAreFewest() {
        cluster.follow(CALL_ROSTER, EVERY);
        a.list(calls("a", 60));
        cluster.soon();

        b.list(calls("b", 100));
        a.list(calls("a", 100).subList(60, 100));
        cluster.soon();

        assertThat(a.rosters()).hasSize(60);
        assertThat(b.rosters()).hasSize(40);
    }

    @Test
    void conferencesWaitForTheFirstListsButNotLong() {
        a.list(calls("a", 90));
        c.answersLogins = false;

        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(cluster.rosters()).isEmpty();
        cluster.after(Duration.ofSeconds(1));

        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(90, 90, 0, 0));
    }

    // One conference.

    @Test
    void aConferenceIsFollowedOnceHoweverManyServersReportIt() {
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        a.participant("a1", "bo", "Bo");
        b.participant("b1", "bo", "Bo");
        // A list without the elements that identify a conference is there before.
        cluster.attach(new Topic.Calls(), interest("participants"));

        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        c.list(call("c1", "Board", "k"));
        cluster.soon();

        assertThat(cluster.rosters()).hasSize(1);
        assertThat(route.news()).containsExactly("add bo Bo");
        assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 1, 0, 0));
    }

    @Test
    void callsWithoutACorrelatorAreConferencesOfTheirOwn() {
        a.list(call("a1", null, null));
        b.list(call("b1", null, ""));

        cluster.follow(CALL_ROSTER, EVERY);

        assertThat(cluster.rosters()).containsExactly("callRoster a1", "callRoster b1");
    }

    @Test
    void aConferenceIsNamedOnEveryUpdateToTheLast() {
        a.list(call("a1", "Board", "k"));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY, interest("state"));

        a.participant("a1", "bo", "Bo");
        a.change("a1", "name", "Lounge");
        a.end("a1");
        cluster.soon();

        assertThat(route.news()).containsExactly("add bo", "remove bo callEnded");
        assertThat(route.updates).extracting(Update::callName).containsExactly("Board", "Lounge");
        assertThat(route.updates).extracting(Update::callCorrelator).containsOnly("k");
    }

    // By name.

    @Test
    void aConferenceThatIsRenamedEntersAndLeaves() {
        a.list(List.of(call("a1", "Lounge", "k"), call("a2", null, null)));
        a.participant("a1", "bo", "Bo");
        SeenUpdates other = cluster.follow(CALL_ROSTER, A1);
        SeenUpdates route = cluster.follow(CALL_ROSTER, BOARD);
        assertThat(route.news()).isEmpty();

        a.change("a1", "name", "Boardroom");
        cluster.soon();
        assertThat(route.news()).containsExactly("add bo Bo");
        a.change("a1", "name", "Lounge");
        cluster.soon();
        assertThat(route.news()).containsExactly("add bo Bo", "remove bo");
        assertThat(route.last().synthetic()).isTrue();
        assertThat(route.last().callName()).isEqualTo("Lounge");

        a.participant("a1", "ann", "Ann");
        cluster.soon();
        a.change("a1", "name", "Board II");
        cluster.soon();
        assertThat(route.news()).containsExactly("add bo Bo", "remove bo", "add bo Bo", "add ann Ann");
        assertThat(other.news()).containsExactly("add bo Bo", "add ann Ann");
    }

    @Test
    void aRouteThatReceivedNothingOfAConferenceReceivesNoRemovals() {
        a.list(call("a1", "Board", null));
        a.participant("a1", "bo", "Bo");
        cluster.follow(CALL_ROSTER, EVERY);
        Interest more = new Interest(List.of("name", "layout"), false, false, false);
        SeenUpdates late = cluster.begin(new Topic.InCalls(CALL_ROSTER, BOARD), more);
        cluster.loop.runTurns();

        a.change("a1", "name", "Lounge");
        cluster.loop.runTurns();

        assertThat(late.news()).isEmpty();
    }

    @Test
    void anOutdatedNameIsNotFollowed() {
        a.list(call("a1", "Board", null));
        cluster.attach(new Topic.Calls(), interest("participants"));
        cluster.detach(cluster.follow(CALL_ROSTER, EVERY));
        a.change("a1", "name", "Lounge");
        cluster.soon();

        cluster.follow(CALL_ROSTER, BOARD);

        assertThat(cluster.rosters()).isEmpty();
    }

    // By correlator.

    @Test
    void aCorrelatorIsFollowedWheneverAndWhereverItIsActive() {
        SeenUpdates route = cluster.follow(CALL_ROSTER, new CallSelector.Correlated("K"));
        a.list(List.of(call("a1", "Board", "k"), call("a2", "Board", "other"), call("a3", "Board", null)));
        a.participant("a1", "bo", "Bo");
        cluster.soon();
        assertThat(cluster.rosters()).containsExactly("callRoster a1");

        a.replace("a1", call("a4", "Board", "k"));
        a.participant("a4", "cy", "Cy");
        cluster.soon();
        assertThat(cluster.rosters()).containsExactly("callRoster a4");
        a.end("a4");
        cluster.soon();
        assertThat(cluster.rosters()).isEmpty();
        b.list(call("b1", "Board", "k"));
        cluster.soon();

        assertThat(cluster.rosters()).containsExactly("callRoster b1");
        assertThat(route.news())
                .containsExactlyInAnyOrder("add bo Bo", "remove bo callEnded", "add cy Cy", "remove cy callEnded");
    }

    // By GUID.

    @Test
    void aGuidOnSeveralServersIsFollowedAcrossAMoveButNotIntoTheNextCall() {
        SeenUpdates route = cluster.follow(CALL_ROSTER, A1);
        a.list(call("a1", "Board", "k"));
        a.participant("a1", "bo", "Bo");
        cluster.soon();
        b.list(List.of(call("b1", "Board", "k"), call("b2", "Lounge", null)));
        b.participant("b1", "bo", "Bo");
        cluster.soon();

        a.end("a1");
        cluster.soon();
        assertThat(cluster.rosters()).containsExactly("callRoster b1");
        assertThat(route.news()).containsExactly("add bo Bo");
        b.replace("b1", call("b3", "Board", "k"));
        cluster.soon();

        assertThat(cluster.rosters()).isEmpty();
        assertThat(route.news()).containsExactly("add bo Bo", "remove bo callEnded");
    }

    @Test
    void aGuidOnTheOnlyServerNeedsNoListAndIsReportedOnceWhileItIsNotActive() {
        SeenUpdates route = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
        alone.after(MINUTE);
        assertThat(only.requests).isBetween(4, 30);
        assertThat(route.problems).singleElement().asString().contains("no active call with the GUID a1");

        only.list(call("a1", "Board", null));
        only.participant("a1", "bo", "Bo");
        alone.after(MAX_DELAY.plusSeconds(1));
        assertThat(only.subscriptions()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add bo Bo");
    }

    @Test
    void aGuidOnTheOnlyServerEndsAndComesBack() {
        only.list(call("a1", "Board", null));
        only.participant("a1", "bo", "Bo");
        SeenUpdates route = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

        only.end("a1");
        alone.soon();
        assertThat(route.news()).containsExactly("add bo Bo", "remove bo callEnded");
        only.list(call("a1", "Board", null));
        only.participant("a1", "bo", "Bo");
        alone.after(MAX_DELAY.plusSeconds(1));

        assertThat(route.news()).containsExactly("add bo Bo", "remove bo callEnded", "add bo Bo");
        assertThat(route.problems).isEmpty();
    }

    @Test
    void aGuidOnTheOnlyServerSharesItsSubscriptionWithRoutesThatFollowByList() {
        only.list(call("a1", "Board", null));
        only.participant("a1", "bo", "Bo");
        SeenUpdates fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
        SeenUpdates every = alone.follow(CALL_ROSTER, EVERY);
        SeenUpdates info = alone.follow(CALL_INFO, new CallSelector.OfCall("a1"));
        assertThat(only.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a1", "callInfo a1");
        assertThat(every.news()).containsExactly("add bo Bo");
        assertThat(info.news()).containsExactly("add a1 Board");

        alone.detach(info);
        alone.detach(every);
        only.participant("a1", "ann", "Ann");
        alone.soon();
        assertThat(only.subscriptions()).containsExactly("callRoster a1");
        assertThat(fixed.news()).containsExactly("add bo Bo", "add ann Ann");

        alone.detach(fixed);
        assertThat(only.openSockets()).isZero();
    }

    @Test
    void aGuidOnTheOnlyServerThatEndsIsRemovedOnceWithTheReasonFromEachRoute() {
        only.list(call("a1", "Board", null));
        only.participant("a1", "bo", "Bo");
        SeenUpdates every = alone.follow(CALL_ROSTER, EVERY);
        SeenUpdates fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

        only.unlist("a1");
        alone.soon();
        only.leaves("a1", "bo", "timeout");
        only.deactivate("a1");
        alone.soon();

        assertThat(fixed.news()).containsExactly("add bo Bo", "remove bo timeout");
        assertThat(every.news()).containsExactly("add bo Bo", "remove bo timeout");
    }

    // Several routes.

    @Test
    void routesWithOtherElementsShareASubscriptionAndReceiveTheirOwn() {
        a.list(call("a1", "Board", "k"));
        a.change("a1", "recording", "inactive");
        SeenUpdates names = cluster.follow(CALL_INFO, EVERY);
        SeenUpdates recordings = cluster.follow(CALL_INFO, EVERY, interest("recording"));
        assertThat(a.elements("callInfo a1")).containsExactly("name", "recording");
        assertThat(names.news()).containsExactly("add a1 Board");
        assertThat(recordings.news()).containsExactly("add a1");

        a.change("a1", "recording", "active");
        cluster.soon();
        assertThat(names.updates).hasSize(1);
        assertThat(recordings.last().body())
                .containsEntry("recording", "active")
                .doesNotContainKey("name");

        cluster.detach(recordings);
        assertThat(a.elements("callInfo a1")).containsExactly("name");
        a.change("a1", "name", "Lounge");
        cluster.soon();
        assertThat(names.news()).containsExactly("add a1 Board", "update a1 Lounge");
        assertThat(recordings.updates).hasSize(2);
    }

    @Test
    void routesThatLeaveLeaveNothingBehind() {
        a.list(List.of(call("a1", "Board", "k"), call("a2", "Lounge", null)));
        b.list(call("b1", "Board", "k"));
        a.participant("a1", "bo", "Bo");
        SeenUpdates list = cluster.attach(new Topic.Calls(), interest("participants"));
        SeenUpdates roster = cluster.follow(CALL_ROSTER, EVERY);
        SeenUpdates info = cluster.follow(CALL_INFO, BOARD);
        assertThat(a.elements("calls")).containsExactly("name", "participants", "callCorrelator");

        cluster.detach(roster);
        cluster.detach(info);
        assertThat(roster.news()).containsExactly("add bo Bo");
        assertThat(a.elements("calls")).containsExactly("participants");
        cluster.detach(list);
        cluster.after(MINUTE);

        assertThat(List.of(a, b, c)).allMatch(server -> server.openSockets() == 0);
        assertThat(cluster.cluster.status())
                .allMatch(server -> server.subscriptions().isEmpty());
        assertThat(cluster.loop.pendingTimers()).isZero();
    }

    @Test
    void aRouteIsNotifiedOnceInEachOutageOfAServer() {
        a.die();
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);
        assertThat(route.problems).hasSize(1);
        a.comeBack();
        a.list(calls("a", 50));
        cluster.after(MINUTE);

        a.die();
        cluster.after(MINUTE);

        assertThat(route.problems).hasSize(2);
    }

    private static List<Map<String, Object>> calls(String server, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> call(server + i, "Call " + i, "correlator " + i))
                .toList();
    }
}
