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
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.MAX_DELAY;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.QUIET;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.interest;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_INFO;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cmsevents.camel.CapturedLog;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which conferences a route follows, and what it receives as they come and go. */
class FollowingTest {

    private static final CallSelector EVERY = new CallSelector.Every();
    private static final CallSelector BOARD = new CallSelector.Named(name -> name.startsWith("Board"));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster("a", "b", "c");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");
    private final FakeServer c = cluster.server("c");

    @Nested
    class ManyConferences {

        @Test
        void inOneMessageTakeAFewRequests() {
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests();

            a.list(IntStream.range(0, 250)
                    .mapToObj(i -> call("a" + i, "Call " + i, null))
                    .toList());
            cluster.soon();

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(250, 250, 0, 0));
            // One for each of three sockets; one more for each that was open before it was full.
            assertThat(a.requests() - before).isLessThanOrEqualTo(6);
            assertThat(b.requests()).isEqualTo(1);
        }

        @Test
        void areSpreadEvenlyOverTheServersThatReportThem() {
            a.list(distributed("a", 300));
            b.list(distributed("b", 300));

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(300, 300, 0, 0));
            assertThat(a.rosters()).hasSize(150);
            assertThat(b.rosters()).hasSize(150);
            assertThat(c.rosters()).isEmpty();
            assertThat(a.requests() + b.requests()).isLessThanOrEqualTo(12);
        }

        @Test
        void stayWhereTheyAreAndNewOnesGoWhereThereAreFewest() {
            cluster.follow(CALL_ROSTER, EVERY);
            a.list(distributed("a", 60));
            cluster.soon();
            assertThat(a.rosters()).hasSize(60);

            b.list(Stream.concat(
                            distributed("b", 60).stream(),
                            IntStream.range(0, 40).mapToObj(i -> call("new b" + i, null, "new " + i)))
                    .toList());
            a.list(IntStream.range(0, 40)
                    .mapToObj(i -> call("new a" + i, null, "new " + i))
                    .toList());
            cluster.soon();

            assertThat(a.rosters()).hasSize(60);
            assertThat(b.rosters()).hasSize(40);
        }

        @Test
        void areSpreadOverTheOthersWhenAServerIsAway() {
            a.list(distributed("a", 90));
            b.list(distributed("b", 90));
            c.die();

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(90, 90, 0, 0));
            assertThat(a.rosters()).hasSize(45);
            assertThat(b.rosters()).hasSize(45);
        }

        @Test
        void doNotWaitLongForTheListOfAServerThatDoesNotAnswer() {
            a.list(distributed("a", 90));
            c.answersLogins = false;

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(a.rosters()).isEmpty();
            cluster.after(Duration.ofSeconds(1));

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(90, 90, 0, 0));
        }

        @Test
        void thatEndInOneMessageEachTakeAFewRequests() {
            a.list(distributed("a", 90));
            cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests();

            IntStream.range(0, 90).forEach(i -> a.end("a" + i));
            cluster.soon();

            assertThat(a.subscriptions()).containsExactly("calls");
            assertThat(a.requests() - before).isLessThanOrEqualTo(2);
        }

        private static List<Map<String, Object>> distributed(String server, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> call(server + i, "Call " + i, "correlator " + i))
                    .toList();
        }
    }

    @Nested
    class EveryConference {

        @Test
        void isFollowedOnceHoweverManyServersReportIt() {
            Stream.of(a, b).forEach(server -> server.list(call(nameOf(server) + "1", "Board", "k")));
            a.participant("a1", "bo", "Bo");
            b.participant("b1", "bo", "Bo");

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            c.list(call("c1", "Board", "k"));
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add bo Bo");
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 1, 0, 0));
        }

        @Test
        void isFollowedWithoutACorrelator() {
            a.list(call("a1", null, null));
            b.list(call("b1", null, ""));

            cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
        }

        @Test
        void isFollowedWhenAnEarlierListLacksTheElementsThatIdentifyIt() {
            cluster.attach(new Topic.Calls(), interest("participants"));
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            b.participant("b1", "bo", "Bo");
            cluster.soon();

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).hasSize(1);
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void isNamedOnEveryUpdateToTheLast() {
            a.list(call("a1", "Board", "k"));
            SeenUpdates route = cluster.attach(new Topic.InCalls(CALL_ROSTER, EVERY), interest("name"));

            a.participant("a1", "bo", "Bo");
            a.change("a1", "name", "Lounge");
            a.leaves("a1", "bo", "timeout");
            a.participant("a1", "cy", "Cy");
            a.end("a1");
            cluster.soon();

            assertThat(route.updates())
                    .extracting(Update::participant, Update::call, Update::callName, Update::callCorrelator)
                    .containsExactly(
                            tuple("bo", "a1", "Board", "k"),
                            tuple("bo", "a1", "Lounge", "k"),
                            tuple("cy", "a1", "Lounge", "k"),
                            tuple("cy", "a1", "Lounge", "k"));
        }
    }

    @Nested
    class AName {

        @Test
        void selectsTheConferencesThatMatch() {
            a.list(List.of(call("a1", "Board", null), call("a2", "Lounge", null), call("a3", null, null)));

            cluster.follow(CALL_ROSTER, BOARD);

            assertThat(rosters()).containsExactly("callRoster a1");
        }

        @Test
        void isFollowedOnceAConferenceIsRenamedToIt() {
            a.list(call("a1", "Lounge", null));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, BOARD);
            assertThat(rosters()).isEmpty();

            a.change("a1", "name", "Boardroom");
            cluster.soon();

            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void thatNoLongerMatchesRemovesTheParticipantsFromThisRouteOnly() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, BOARD);
            SeenUpdates other = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();
            other.forget();

            a.change("a1", "name", "Lounge");
            cluster.soon();
            assertThat(route.news()).containsExactly("remove bo");
            assertThat(route.last().synthetic()).isTrue();
            assertThat(route.last().callName()).isEqualTo("Lounge");

            a.participant("a1", "ann", "Ann");
            a.change("a1", "name", "Board II");
            cluster.soon();
            assertThat(route.news()).containsExactlyInAnyOrder("remove bo", "add bo Bo", "add ann Ann");
            assertThat(other.news()).containsExactly("add ann Ann");
        }

        @Test
        void thatNoLongerMatchesEndsTheSubscription() {
            a.list(call("a1", "Board", null));
            SeenUpdates route = cluster.follow(CALL_ROSTER, BOARD);

            a.change("a1", "name", "Lounge");
            cluster.soon();

            assertThat(rosters()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(FollowingStatus.NOTHING);
        }

        @Test
        void thatNoLongerMatchesTakesTheElementsThatOnlyThisRouteNeededAway() {
            a.list(call("a1", "Board", null));
            cluster.follow(CALL_ROSTER, EVERY);
            cluster.attach(new Topic.InCalls(CALL_ROSTER, BOARD), interest("name", "layout"));
            assertThat(a.elements("callRoster a1")).containsExactly("name", "layout");

            a.change("a1", "name", "Lounge");
            cluster.soon();

            assertThat(a.elements("callRoster a1")).containsExactly("name");
        }

        @Test
        void thatNoLongerMatchesRemovesNothingThatTheRouteNeverReceived() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            cluster.follow(CALL_ROSTER, EVERY);
            SeenUpdates late = cluster.begin(
                    new Topic.InCalls(CALL_ROSTER, BOARD),
                    new Interest(List.of("name", "layout"), false, false, false));
            cluster.loop.runTurns();

            a.change("a1", "name", "Lounge");
            cluster.loop.runTurns();

            assertThat(late.news()).isEmpty();
        }

        @Test
        void fromLongAgoIsNotFollowed() {
            a.list(call("a1", "Board", null));
            cluster.attach(new Topic.Calls(), interest("participants"));
            cluster.detach(cluster.follow(CALL_ROSTER, EVERY));
            a.change("a1", "name", "Lounge");
            cluster.soon();

            cluster.follow(CALL_ROSTER, BOARD);

            assertThat(rosters()).isEmpty();
        }
    }

    @Nested
    class ACorrelator {

        @Test
        void isFollowedWheneverAndWhereverItIsActive() {
            SeenUpdates route = cluster.follow(CALL_ROSTER, new CallSelector.Correlated("K"));
            a.list(List.of(call("a1", "Board", "k"), call("a2", "Board", "other"), call("a3", "Board", null)));
            a.participant("a1", "bo", "Bo");
            cluster.soon();
            assertThat(rosters()).containsExactly("callRoster a1");

            a.end("a1");
            cluster.soon();
            assertThat(rosters()).isEmpty();

            b.list(call("b1", "Board", "k"));
            b.participant("b1", "ann", "Ann");
            cluster.soon();
            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo", "remove bo callEnded", "add ann Ann");
        }

        @Test
        void isFollowedThroughAnEndAndABeginningInOneMessage() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, new CallSelector.Correlated("k"));

            a.replace("a1", call("a2", "Board", "k"));
            a.participant("a2", "bo", "Bo");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a2");
            assertThat(route.news()).containsExactlyInAnyOrder("add bo Bo", "remove bo callEnded", "add bo Bo");
            assertThat(route.updates()).extracting(Update::call).contains("a2");
        }
    }

    @Nested
    class AGuidOnSeveralServers {

        @Test
        void isFollowedWhereItIsReportedAndAcrossAMove() {
            SeenUpdates route = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("B1"));
            assertThat(rosters()).isEmpty();
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            cluster.soon();
            a.list(List.of(call("a1", "Board", "k"), call("a2", "Lounge", null)));
            a.participant("a1", "bo", "Bo");
            cluster.soon();

            b.end("b1");
            cluster.soon();
            a.participant("a1", "ann", "Ann");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add bo Bo", "add ann Ann");
        }

        @Test
        void isNotTheCallThatComesNextInTheSameSpace() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            a.replace("a1", call("a2", "Board", "k"));
            cluster.soon();

            assertThat(route.news()).containsExactly("add bo Bo", "remove bo callEnded");
            assertThat(rosters()).isEmpty();
        }
    }

    @Nested
    class AGuidOnTheOnlyServer {

        private final VirtualCluster alone = new VirtualCluster("a");
        private final FakeServer only = alone.server("a");

        @Test
        void needsNoListOfCalls() {
            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");

            SeenUpdates route = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            assertThat(only.subscriptions()).containsExactly("callRoster a1");
            assertThat(only.requests()).isEqualTo(1);
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void thatIsNotActiveIsReportedOnceAndAskedForAgainWithDelays() {
            try (CapturedLog log = new CapturedLog(Level.WARN)) {
                SeenUpdates route = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
                alone.after(MINUTE);
                assertThat(only.requests()).isBetween(4, 30);
                assertThat(route.problems()).singleElement().asString().contains("no active call with the GUID a1");
                assertThat(log.lines()).hasSize(1);

                only.list(call("a1", "Board", null));
                only.participant("a1", "bo", "Bo");
                alone.after(MAX_DELAY.plusSeconds(1));
                assertThat(route.news()).containsExactly("add bo Bo");
            }
        }

        @Test
        void endsAndComesBack() {
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
            assertThat(route.problems()).isEmpty();
        }

        @Test
        void sharesItsSubscriptionWithARouteThatFollowsByList() {
            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");
            SeenUpdates fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
            SeenUpdates every = alone.follow(CALL_ROSTER, EVERY);
            assertThat(only.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a1");
            assertThat(every.news()).containsExactly("add bo Bo");

            alone.detach(every);
            only.participant("a1", "ann", "Ann");
            alone.soon();
            assertThat(only.subscriptions()).containsExactly("callRoster a1");
            assertThat(fixed.news()).containsExactly("add bo Bo", "add ann Ann");

            alone.detach(fixed);
            assertThat(only.openSockets()).isZero();
        }

        @Test
        void thatEndsIsRemovedOnceFromBothRoutes() {
            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");
            SeenUpdates every = alone.follow(CALL_ROSTER, EVERY);
            SeenUpdates fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            only.unlist("a1");
            alone.soon();
            only.leaves("a1", "bo", "timeout");
            only.end("a1");
            alone.soon();

            assertThat(fixed.news()).containsExactly("add bo Bo", "remove bo timeout");
            assertThat(every.news()).containsExactly("add bo Bo", "remove bo timeout");
        }

        @Test
        void isTheSameCallForRosterAndDetails() {
            only.list(call("a1", "Board", null));
            SeenUpdates roster = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
            SeenUpdates info = alone.follow(CALL_INFO, new CallSelector.OfCall("a1"));
            assertThat(info.news()).containsExactly("add a1 Board");

            alone.detach(info);
            only.participant("a1", "bo", "Bo");
            alone.soon();

            assertThat(only.subscriptions()).containsExactly("callRoster a1");
            assertThat(roster.news()).containsExactly("add bo Bo");
        }
    }

    @Nested
    class ASecondRoute {

        @Test
        void receivesTheConferenceAsItIsNowFromTheSameSubscription() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            cluster.follow(CALL_ROSTER, EVERY);

            SeenUpdates late = cluster.follow(CALL_ROSTER, BOARD);

            assertThat(late.news()).containsExactly("add bo Bo");
            assertThat(late.last().callName()).isEqualTo("Board");
            assertThat(rosters()).containsExactly("callRoster a1");
        }

        @Test
        void withOtherElementsReceivesOnlyItsOwn() {
            a.list(call("a1", "Board", "k"));
            a.change("a1", "recording", "inactive");
            SeenUpdates names = cluster.attach(new Topic.InCalls(CALL_INFO, EVERY), interest("name"));
            SeenUpdates recordings = cluster.attach(new Topic.InCalls(CALL_INFO, EVERY), interest("recording"));
            assertThat(a.elements("callInfo a1")).containsExactly("name", "recording");
            names.forget();
            recordings.forget();

            a.change("a1", "recording", "active");
            cluster.soon();

            assertThat(names.news()).isEmpty();
            assertThat(recordings.updates()).singleElement().satisfies(update -> assertThat(update.body())
                    .containsEntry("recording", "active")
                    .doesNotContainKey("name"));
        }

        @Test
        void goesOnWhenTheFirstLeaves() {
            a.list(call("a1", "Board", null));
            SeenUpdates first = cluster.follow(CALL_ROSTER, EVERY);
            SeenUpdates second = cluster.follow(CALL_ROSTER, EVERY);

            cluster.detach(first);
            a.participant("a1", "bo", "Bo");
            cluster.soon();

            assertThat(second.news()).containsExactly("add bo Bo");
            assertThat(first.news()).isEmpty();
        }
    }

    @Nested
    class ARouteThatLeaves {

        @Test
        void leavesNothingBehindAndReceivesNothing() {
            a.list(List.of(call("a1", "Board", "k"), call("a2", "Lounge", null)));
            b.list(call("b1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates roster = cluster.follow(CALL_ROSTER, EVERY);
            SeenUpdates info = cluster.follow(CALL_INFO, BOARD);
            roster.forget();

            cluster.detach(roster);
            cluster.detach(info);

            assertThat(roster.news()).isEmpty();
            assertThat(List.of(a, b, c))
                    .allSatisfy(server -> assertThat(server.openSockets()).isZero());
            assertThat(cluster.cluster.status())
                    .allSatisfy(server -> assertThat(server.subscriptions()).isEmpty());
            cluster.after(MINUTE);
            assertThat(cluster.loop.pendingTimers()).isZero();
        }

        @Test
        void leavesTheListToARouteThatReceivesCalls() {
            a.list(call("a1", "Board", null));
            SeenUpdates list = cluster.attach(new Topic.Calls(), interest("participants"));
            SeenUpdates roster = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(a.elements("calls")).containsExactly("name", "participants", "callCorrelator");
            a.change("a1", "name", "Lounge");
            cluster.soon();

            cluster.detach(roster);

            assertThat(a.elements("calls")).containsExactly("participants");
            assertThat(list.news()).containsExactly("add a1");
            cluster.detach(list);
            assertThat(a.openSockets()).isZero();
        }

        @Test
        void receivesEverythingAnewWhenItComesBack() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            cluster.detach(cluster.follow(CALL_ROSTER, EVERY));
            a.participant("a1", "ann", "Ann");

            SeenUpdates again = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(again.news()).containsExactlyInAnyOrder("add bo Bo", "add ann Ann");
        }

        @Test
        void closesEverythingWithTheCluster() {
            a.list(call("a1", "Board", null));
            cluster.follow(CALL_ROSTER, EVERY);

            assertThat(cluster.cluster.close().succeeded()).isFalse();
            cluster.after(QUIET);

            assertThat(List.of(a, b, c))
                    .allSatisfy(server -> assertThat(server.openSockets()).isZero());
        }
    }

    @Test
    void aRouteIsNotifiedOnceOfAServerThatIsAway() {
        a.die();
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);
        assertThat(route.problems()).hasSize(1);
        a.comeBack();
        a.list(IntStream.range(0, 50).mapToObj(i -> call("x" + i, null, null)).toList());
        cluster.after(MINUTE);
        route.forget();

        a.die();
        cluster.after(MINUTE);

        assertThat(route.problems()).hasSize(1);
    }

    private String nameOf(FakeServer server) {
        return server == a ? "a" : "b";
    }

    private List<String> rosters() {
        return Stream.of(a, b, c).flatMap(server -> server.rosters().stream()).toList();
    }
}
