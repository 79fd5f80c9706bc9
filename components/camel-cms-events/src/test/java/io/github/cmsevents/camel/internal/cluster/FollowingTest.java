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

import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.interest;
import static io.github.cmsevents.camel.internal.cluster.FakeBridge.call;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_INFO;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Routes that follow conferences, on servers that are not there. */
class FollowingTest {

    private static final CallSelector EVERY = new CallSelector.Every();
    private static final CallSelector BOARD = new CallSelector.Named("Board*", name -> name.startsWith("Board"));

    private final ClusterStandIn cluster = new ClusterStandIn("a", "b", "c");
    private final FakeBridge a = cluster.bridge("a");
    private final FakeBridge b = cluster.bridge("b");
    private final FakeBridge c = cluster.bridge("c");

    @Nested
    class ManyCalls {

        @Test
        void inOneMessageLeadToAFewRequests() {
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests();
            ObjectNode[] calls = IntStream.range(0, 450)
                    .mapToObj(i -> call("a" + i, "Call " + i, null))
                    .toArray(ObjectNode[]::new);

            a.list(calls);
            cluster.soon();

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(450, 450, 0));
            // One for each of five sockets; one more for each that was open before it was full.
            assertThat(a.requests() - before).isLessThanOrEqualTo(10);
            assertThat(b.requests()).isEqualTo(1);
        }

        @Test
        void thatThreeServersReportAreSpreadEvenly() {
            Told route = cluster.follow(CALL_ROSTER, EVERY);

            a.list(distributed("a", 500));
            b.list(distributed("b", 500));
            c.list(distributed("c", 500));
            cluster.soon();

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(500, 500, 0));
            assertThat(rosters()).hasSize(500);
            assertThat(List.of(rosters(a), rosters(b), rosters(c)))
                    .extracting(List::size)
                    .containsExactlyInAnyOrder(166, 167, 167);
            assertThat(a.requests() + b.requests() + c.requests()).isLessThanOrEqualTo(15);
        }

        @Test
        void thatSomeServersReportAreSpreadOverThese() {
            cluster.follow(CALL_ROSTER, EVERY);
            cluster.soon();

            a.list(distributed("a", 60));
            cluster.soon();
            assertThat(rosters(a)).hasSize(60);

            // What is there stays; what comes goes where there is less.
            b.list(Stream.concat(
                            Stream.of(distributed("b", 60)),
                            IntStream.range(0, 40).mapToObj(i -> call("new b" + i, null, "new " + i)))
                    .toArray(ObjectNode[]::new));
            a.list(IntStream.range(0, 40)
                    .mapToObj(i -> call("new a" + i, null, "new " + i))
                    .toArray(ObjectNode[]::new));
            cluster.soon();

            assertThat(rosters(a)).hasSize(60);
            assertThat(rosters(b)).hasSize(40);
            assertThat(rosters(c)).isEmpty();
        }

        @Test
        void thatAreThereWhenARouteStartsLeadToAFewRequests() {
            a.list(distributed("a", 300));
            b.list(distributed("b", 300));

            Told route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(300, 300, 0));
            assertThat(rosters(a)).hasSize(150);
            assertThat(rosters(b)).hasSize(150);
            assertThat(a.requests()).isLessThanOrEqualTo(6);
            assertThat(b.requests()).isLessThanOrEqualTo(6);
        }

        @Test
        void areSpreadOverTheServersThatAreThere() {
            a.list(distributed("a", 90));
            b.list(distributed("b", 90));
            c.die();

            Told route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(90, 90, 0));
            assertThat(rosters(a)).hasSize(45);
            assertThat(rosters(b)).hasSize(45);
        }

        @Test
        void doNotWaitLongForAServerThatDoesNotAnswer() {
            a.list(distributed("a", 90));
            c.answersLogins = false;

            Told route = cluster.follow(CALL_ROSTER, EVERY);
            cluster.after(Duration.ofSeconds(1));

            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(90, 90, 0));
        }

        @Test
        void thatEndInOneMessageEachLeadToAFewRequests() {
            a.list(distributed("a", 90));
            cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests();

            for (int i = 0; i < 90; i++) {
                a.withdraw("a" + i);
            }
            cluster.soon();

            assertThat(a.subscriptions()).containsExactly("calls");
            assertThat(a.requests() - before).isLessThanOrEqualTo(2);
        }

        private ObjectNode[] distributed(String server, int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> call(server + i, "Call " + i, "correlator " + i))
                    .toArray(ObjectNode[]::new);
        }
    }

    @Nested
    class EveryConference {

        @Test
        void isFollowedOnceHoweverManyServersReportIt() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            a.participant("a1", "bo", "Bo");

            Told route = cluster.follow(CALL_ROSTER, EVERY);
            c.list(call("c1", "Board", "k"));
            cluster.soon();

            assertThat(rosters()).hasSize(1);
            assertThat(route.news()).containsExactly("add bo Bo");
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 1, 0));
        }

        @Test
        void isFollowedWhereItHasNoCorrelator() {
            a.list(call("a1", null, null));
            b.list(call("b1", null, ""));

            cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
        }

        @Test
        void isFollowedOnceWhenItsCorrelatorComesLate() {
            a.list(call("a1", "Board", "k"));
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            b.list(call("b1", "Board", null));
            b.participant("b1", "bo", "Bo");
            a.participant("a1", "bo", "Bo");
            cluster.soon();
            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
            route.forget();

            b.change("b1", "callCorrelator", "k");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a1");
            // Bo is told by the other subscription too, and is still there.
            assertThat(route.news()).isEmpty();
        }

        @Test
        void isLeftToWhoeverStillFollowsIt() {
            a.list(call("a1", "Board", null));
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            Told other = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(rosters()).containsExactly("callRoster a1");

            cluster.stop(route);
            a.participant("a1", "bo", "Bo");
            cluster.soon();

            assertThat(other.news()).containsExactly("add bo Bo");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void isToldToWhoeverComesLateAsItIsNow() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            cluster.follow(CALL_ROSTER, EVERY);

            Told late = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(late.news()).containsExactly("add bo Bo");
            assertThat(late.last().callName()).isEqualTo("Board");
            assertThat(late.last().callCorrelator()).isEqualTo("k");
            assertThat(rosters()).containsExactly("callRoster a1");
        }

        @Test
        void isNamedOnEveryUpdate() {
            a.list(call("a1", "Board", "k"));
            Told route = cluster.follow(CALL_ROSTER, EVERY);

            a.participant("a1", "bo", "Bo");
            a.change("a1", "name", "Lounge");
            a.participant("a1", "bo", "Bob");
            a.leaves("a1", "bo");
            cluster.soon();

            assertThat(route.updates())
                    .extracting(Update::call, Update::callName, Update::callCorrelator)
                    .containsExactly(tuple("a1", "Board", "k"), tuple("a1", "Lounge", "k"), tuple("a1", "Lounge", "k"));
        }

        @Test
        void isNamedOnItsLastUpdateAlthoughTheRouteDidNotAskForNames() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_INFO, EVERY, interest("participants"));

            a.withdraw("a1");
            cluster.soon();

            assertThat(route.news()).containsExactly("add a1", "remove a1");
            assertThat(route.last().callName()).isEqualTo("Board");
            assertThat(route.last().callCorrelator()).isEqualTo("k");
        }
    }

    @Nested
    class ANameThatMatches {

        @Test
        void isFollowedAndOthersAreNot() {
            a.list(call("a1", "Board", null), call("a2", "Lounge", null), call("a3", null, null));

            cluster.follow(CALL_ROSTER, BOARD);

            assertThat(rosters()).containsExactly("callRoster a1");
        }

        @Test
        void entersWhenACallIsRenamed() {
            a.list(call("a1", "Lounge", null));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, BOARD);
            assertThat(rosters()).isEmpty();

            a.change("a1", "name", "Boardroom");
            cluster.soon();

            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void leavesWithRemovesToldToTheRouteThatLosesItOnly() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            a.participant("a1", "ann", "Ann");
            Told route = cluster.follow(CALL_ROSTER, BOARD);
            Told other = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();
            other.forget();

            a.change("a1", "name", "Lounge");
            cluster.soon();

            assertThat(route.news()).containsExactlyInAnyOrder("remove bo", "remove ann");
            assertThat(route.updates()).allMatch(Update::synthetic).allSatisfy(update -> {
                assertThat(update.call()).isEqualTo("a1");
                assertThat(update.callName()).isEqualTo("Lounge");
                assertThat(update.callCorrelator()).isEqualTo("k");
                assertThat(update.origin().server()).isEqualTo("a:443");
            });
            assertThat(other.news()).isEmpty();
            assertThat(rosters()).containsExactly("callRoster a1");
        }

        @Test
        void leavesTheServerWhenNobodyElseWantsIt() {
            a.list(call("a1", "Board", null));
            Told route = cluster.follow(CALL_ROSTER, BOARD);

            a.change("a1", "name", "Lounge");
            cluster.soon();

            assertThat(rosters()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(FollowingStatus.NOTHING);
        }

        @Test
        void tellsNothingMoreAfterItHasLeft() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, BOARD);
            cluster.follow(CALL_ROSTER, EVERY);
            a.change("a1", "name", "Lounge");
            cluster.soon();
            route.forget();

            a.participant("a1", "ann", "Ann");
            a.withdraw("a1");
            cluster.soon();

            assertThat(route.news()).isEmpty();
        }

        @Test
        void isToldAnewWhenItEntersAgain() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, BOARD);
            cluster.follow(CALL_ROSTER, EVERY);
            a.change("a1", "name", "Lounge");
            cluster.soon();
            route.forget();

            a.change("a1", "name", "Board II");
            cluster.soon();

            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void takesAnElementThatOnlyItWantedAwayWhenItLeaves() {
            a.list(call("a1", "Board", null));
            cluster.follow(CALL_ROSTER, EVERY);
            cluster.follow(CALL_ROSTER, BOARD, interest("name", "layout"));
            assertThat(a.elements("callRoster", "a1")).containsExactly("name", "layout");

            a.change("a1", "name", "Lounge");
            cluster.soon();

            assertThat(a.elements("callRoster", "a1")).containsExactly("name");
        }
    }

    @Nested
    class ACorrelator {

        @Test
        void isFollowedWheneverAndWhereverItIsActive() {
            Told route = cluster.follow(CALL_ROSTER, new CallSelector.Correlated("K"));
            a.list(call("a1", "Board", "k"), call("a2", "Board", "other"));
            a.participant("a1", "bo", "Bo");
            cluster.soon();
            assertThat(rosters()).containsExactly("callRoster a1");

            a.withdraw("a1");
            cluster.soon();
            assertThat(rosters()).isEmpty();

            b.list(call("b1", "Board", "k"));
            b.participant("b1", "ann", "Ann");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo", "remove bo", "add ann Ann");
        }

        @Test
        void isFollowedThroughAnEndAndAStartInOneMessage() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, new CallSelector.Correlated("k"));

            a.replace("a1", call("a2", "Board", "k"));
            a.participant("a2", "bo", "Bo");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a2");
            assertThat(route.news()).containsExactly("add bo Bo", "remove bo", "add bo Bo");
            assertThat(route.last().call()).isEqualTo("a2");
        }
    }

    @Nested
    class AFixedCallOnSeveralServers {

        @Test
        void isFollowedWhereItIsReported() {
            Told route = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("b1"));
            assertThat(rosters()).isEmpty();

            a.list(call("a1", "Lounge", null));
            b.list(call("b1", "Board", null));
            b.participant("b1", "bo", "Bo");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void followsTheConferenceAcrossAMove() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            cluster.soon();

            a.withdraw("a1");
            cluster.soon();
            b.participant("b1", "ann", "Ann");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo", "add ann Ann");
            assertThat(route.last().call()).isEqualTo("b1");
        }

        @Test
        void mayBeThePartOfItsConferenceThatIsNotSubscribedTo() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            Told route = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("b1"));
            assertThat(rosters()).containsExactly("callRoster a1");

            a.participant("a1", "bo", "Bo");
            b.withdraw("b1");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void sharesItsSubscriptionWithARouteThatFollowsEveryCall() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            Told every = cluster.follow(CALL_ROSTER, EVERY);
            Told fixed = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(every.news()).containsExactly("add bo Bo");
            assertThat(fixed.news()).containsExactly("add bo Bo");
        }

        @Test
        void isNotTheCallThatFollowsInTheSameRoom() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            a.replace("a1", call("a2", "Board", "k"));
            cluster.soon();

            assertThat(route.news()).containsExactly("add bo Bo", "remove bo");
            assertThat(rosters()).isEmpty();
        }
    }

    @Nested
    class OnOneServer {

        private final ClusterStandIn alone = new ClusterStandIn("a");
        private final FakeBridge only = alone.bridge("a");

        @Test
        void aFixedCallNeedsNoListOfCalls() {
            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");

            Told route = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            assertThat(only.subscriptions()).containsExactly("callRoster a1");
            assertThat(only.requests()).isEqualTo(1);
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void aFixedCallThatIsNotThereIsAskedForAgainWithDelay() {
            Told route = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
            assertThat(route.troubles()).hasSize(1);

            alone.after(Duration.ofMinutes(1));
            assertThat(only.requests()).isBetween(4, 30);
            assertThat(route.troubles()).hasSize(1);

            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");
            alone.after(ClusterStandIn.MAX_DELAY.plusSeconds(1));
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void aFixedCallSharesItsSubscriptionWithARouteThatFollowsEveryCall() {
            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");
            Told fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
            Told every = alone.follow(CALL_ROSTER, EVERY);

            assertThat(only.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a1");
            assertThat(every.news()).containsExactly("add bo Bo");

            alone.stop(fixed);
            assertThat(only.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a1");
            alone.stop(every);
            assertThat(only.openSockets()).isZero();
        }

        @Test
        void aFixedCallStaysWhenARouteThatFollowsEveryCallStops() {
            only.list(call("a1", "Board", null));
            Told every = alone.follow(CALL_ROSTER, EVERY);
            Told fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            alone.stop(every);
            only.participant("a1", "bo", "Bo");
            alone.soon();

            assertThat(only.subscriptions()).containsExactly("callRoster a1");
            assertThat(fixed.news()).containsExactly("add bo Bo");
        }

        @Test
        void twoRoutesMayBeAboutOneFixedCall() {
            only.list(call("a1", "Board", null));
            Told roster = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
            Told info = alone.follow(CALL_INFO, new CallSelector.OfCall("a1"));

            alone.stop(info);
            only.participant("a1", "bo", "Bo");
            alone.soon();

            assertThat(only.subscriptions()).containsExactly("callRoster a1");
            assertThat(roster.news()).containsExactly("add bo Bo");
        }

        @Test
        void aFixedCallThatEndsIsToldOnceAlthoughTwoRoutesFollowIt() {
            only.list(call("a1", "Board", null));
            only.participant("a1", "bo", "Bo");
            Told every = alone.follow(CALL_ROSTER, EVERY);
            Told fixed = alone.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));

            only.withdraw("a1");
            alone.soon();

            assertThat(every.news()).containsExactly("add bo Bo", "remove bo");
            assertThat(fixed.news()).containsExactly("add bo Bo", "remove bo");
        }

        @Test
        void aRoomThatEndsAndStartsAgainIsAnotherConference() {
            only.list(call("a1", "Board", "k"));
            only.participant("a1", "bo", "Bo");
            Told route = alone.follow(CALL_ROSTER, EVERY);

            only.list(call("a2", "Board", "k"));
            only.participant("a2", "bo", "Bo");
            only.withdraw("a1");
            alone.soon();

            assertThat(route.news()).containsExactlyInAnyOrder("add bo Bo", "add bo Bo", "remove bo");
            assertThat(only.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a2");
        }
    }

    @Nested
    class ARouteThatStops {

        @Test
        void leavesNothingBehind() {
            a.list(call("a1", "Board", "k"), call("a2", "Lounge", null));
            b.list(call("b1", "Board", "k"));
            Told roster = cluster.follow(CALL_ROSTER, EVERY);
            Told info = cluster.follow(CALL_INFO, BOARD);
            var conferences = List.copyOf(cluster.directory().conferences());
            assertThat(conferences).hasSize(2).allMatch(cluster::isWanted);

            cluster.stop(roster);
            cluster.stop(info);

            assertThat(List.of(a, b, c)).allSatisfy(bridge -> {
                assertThat(bridge.openSockets()).isZero();
                assertThat(bridge.unacknowledged()).isZero();
            });
            assertThat(List.of("a", "b", "c"))
                    .allSatisfy(name ->
                            assertThat(cluster.server(name).subscriptions()).isZero());
            assertThat(cluster.directory().conferences()).isEmpty();
            assertThat(cluster.directory().conferenceOf("a:443", "a1")).isEmpty();
            assertThat(cluster.directory().conferenceOf("b:443", "b1")).isEmpty();
            assertThat(conferences).noneMatch(cluster::isWanted);
        }

        @Test
        void leavesNothingBehindOfAFixedCallOnOneServer() {
            ClusterStandIn alone = new ClusterStandIn("a");
            alone.bridge("a").list(call("a1", "Board", null));
            Told route = alone.follow(CALL_INFO, new CallSelector.OfCall("a1"));

            alone.stop(route);

            assertThat(alone.bridge("a").openSockets()).isZero();
            assertThat(alone.directory().conferenceOf("a:443", "a1")).isEmpty();
        }

        @Test
        void isNotToldAnythingByStopping() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();

            cluster.stop(route);

            assertThat(route.news()).isEmpty();
        }

        @Test
        void leavesAListOfCallsToARouteThatWantsIt() {
            a.list(call("a1", "Board", null));
            Told list = cluster.list(interest("participants"));
            Told roster = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(a.elements("calls", null)).containsExactly("name", "participants", "callCorrelator");

            cluster.stop(roster);

            assertThat(a.subscriptions()).containsExactly("calls");
            assertThat(a.elements("calls", null)).containsExactly("participants");
            cluster.stopListing(list);
            assertThat(a.openSockets()).isZero();
        }

        @Test
        void andStartsAgainIsToldEverythingAnew() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            Told first = cluster.follow(CALL_ROSTER, EVERY);
            cluster.stop(first);

            a.participant("a1", "ann", "Ann");
            Told second = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(second.news()).containsExactlyInAnyOrder("add bo Bo", "add ann Ann");
        }
    }

    @Nested
    class AListOfCallsOfAnotherRoute {

        @Test
        void isNotDisturbedByWhatHasToBeKnown() {
            a.list(call("a1", "Board", "k"));
            Told list = cluster.list(interest("participants"));
            assertThat(list.news()).containsExactly("add a1");

            cluster.follow(CALL_ROSTER, EVERY);
            a.change("a1", "name", "Lounge");
            cluster.soon();

            assertThat(list.news()).containsExactly("add a1");
        }

        @Test
        void isNotFollowedBeforeItTellsWhichCallsAreOneConference() {
            cluster.list(interest("participants"));
            cluster.stop(cluster.follow(CALL_ROSTER, EVERY));
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            b.participant("b1", "bo", "Bo");
            cluster.soon();

            Told route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).hasSize(1);
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void doesNotLetARouteFollowANameOfLongAgo() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            cluster.list(interest("participants"));
            cluster.stop(cluster.follow(CALL_ROSTER, EVERY));
            a.change("a1", "name", "Lounge");
            cluster.soon();

            Told route = cluster.follow(CALL_ROSTER, BOARD);

            assertThat(route.news()).isEmpty();
            assertThat(rosters()).isEmpty();
        }
    }

    private static List<String> rosters(FakeBridge bridge) {
        return bridge.subscriptions().stream()
                .filter(line -> line.startsWith("callRoster"))
                .toList();
    }

    private List<String> rosters() {
        List<String> rosters = new ArrayList<>(rosters(a));
        rosters.addAll(rosters(b));
        rosters.addAll(rosters(c));
        return rosters;
    }
}
