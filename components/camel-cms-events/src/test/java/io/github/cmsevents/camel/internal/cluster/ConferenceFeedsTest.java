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

import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.MAX_DELAY;
import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.QUIET;
import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.interest;
import static io.github.cmsevents.camel.internal.cluster.FakeBridge.call;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_INFO;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the feed of a conference goes from server to server, on servers that are not there. */
class ConferenceFeedsTest {

    private static final CallSelector EVERY = new CallSelector.Every();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ClusterStandIn cluster = new ClusterStandIn("a", "b");
    private final FakeBridge a = cluster.bridge("a");
    private final FakeBridge b = cluster.bridge("b");

    @Nested
    class AServerThatDeactivates {

        @Test
        void losesTheFeedToAnotherAndEqualParticipantsAreNoNews() {
            Told route = followOnBoth();

            a.deactivate("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 1, 0));
        }

        @Test
        void losesTheFeedToAnotherWithUpdatesAndRemovesForWhatIsDifferentThere() {
            Told route = followOnBoth();
            b.participant("b1", "ann", "Anna");
            b.leaves("b1", "bo");
            b.participant("b1", "cy", "Cy");

            a.deactivate("a1");
            cluster.soon();
            assertThat(route.news()).containsExactly("update ann Anna", "add cy Cy");
            assertThat(route.updates()).extracting(Update::call).containsOnly("b1");

            cluster.after(QUIET.minusMillis(400));
            assertThat(route.news()).hasSize(2);
            cluster.after(Duration.ofMillis(400));
            assertThat(route.news()).containsExactly("update ann Anna", "add cy Cy", "remove bo");
            assertThat(route.last().synthetic()).isTrue();
            assertThat(route.last().origin().server()).isEqualTo("b:443");
        }

        @Test
        void losesTheFeedToAnotherAlthoughItCeasesToListTheCallFirst() {
            Told route = followOnBoth();

            a.unlist("a1");
            a.deactivate("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void losesTheDetailsToAnotherAndOnlyWhatIsDifferentIsNews() {
            a.list(call("a1", "Board", "k").put("recording", "inactive"));
            Told route = cluster.follow(CALL_INFO, EVERY, interest("name", "recording"));
            b.list(call("b1", "Board", "k").put("recording", "active"));
            cluster.soon();
            route.forget();

            a.withdraw("a1");
            cluster.soon();

            assertThat(route.updates()).singleElement().satisfies(update -> {
                assertThat(update.type().wireName()).isEqualTo("update");
                assertThat(update.body()).containsEntry("recording", "active").doesNotContainKey("name");
                assertThat(update.call()).isEqualTo("b1");
            });
        }

        @Test
        void isNotTakenToTellOfDetailsThatMovedToAnother() {
            a.list(call("a1", "Board", "k"));
            cluster.follow(CALL_INFO, EVERY);
            b.list(call("b1", "Board", "k"));
            cluster.soon();
            a.deactivate("a1");
            cluster.soon();
            assertThat(b.subscriptions()).containsExactlyInAnyOrder("calls", "callInfo b1");

            a.unlist("a1");
            cluster.soon();

            assertThat(cluster.directory().conferenceOf("a:443", "a1")).isEmpty();
        }

        @Test
        void isAskedAgainWhenNoOtherReportsTheConference() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests();

            a.deactivate("a1");
            cluster.soon();
            assertThat(a.requests() - before).isLessThanOrEqualTo(1);
            cluster.after(Duration.ofSeconds(1));
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void getsTheFeedBackWhenTheOtherDeactivatesTooAndItTakesPartAgain() {
            Told route = followOnBoth();
            a.withdraw("a1");
            cluster.soon();

            a.list(call("a2", "Board", "k"));
            a.participant("a2", "ann", "Ann");
            a.participant("a2", "bo", "Bo");
            cluster.soon();
            b.withdraw("b1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster a2");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void tellsTheStatesOfTheSubscriptionToWhoeverWantsThem() {
            a.list(call("a1", "Board", "k"));
            Told route = cluster.follow(CALL_ROSTER, EVERY, new Interest(List.of("name"), true, false, true));
            b.list(call("b1", "Board", "k"));
            cluster.soon();

            a.deactivate("a1");
            cluster.soon();

            assertThat(route.news()).containsExactly("active", "deactivated", "active");
            assertThat(route.updates()).extracting(Update::call).containsExactly("a1", "a1", "b1");
        }
    }

    @Nested
    class AConferenceThatIsOver {

        @Test
        void isTakenBackParticipantByParticipant() {
            Told route = followOnBoth();

            a.withdraw("a1");
            b.withdraw("b1");
            cluster.soon();

            assertThat(route.news()).containsExactlyInAnyOrder("remove ann", "remove bo");
            assertThat(route.updates()).allMatch(Update::synthetic).allSatisfy(update -> {
                assertThat(update.callName()).isEqualTo("Board");
                assertThat(update.callCorrelator()).isEqualTo("k");
            });
            assertThat(cluster.status(route)).isEqualTo(FollowingStatus.NOTHING);
        }

        @Test
        void freesItsPlaceInTheNextList() {
            a.list(call("a1", "Board", "k"), call("a2", "Lounge", null));
            cluster.follow(CALL_ROSTER, EVERY);

            a.unlist("a1");
            cluster.soon();

            assertThat(a.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a2");
            assertThat(cluster.server("a").subscriptions()).isEqualTo(2);
        }

        @Test
        void isToldOnceWhetherItsSubscriptionEndsFirstOrItself() {
            a.list(call("a1", "Board", null), call("a2", "Lounge", null));
            a.participant("a1", "bo", "Bo");
            a.participant("a2", "ann", "Ann");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();

            a.deactivate("a1");
            a.unlist("a1");
            a.unlist("a2");
            a.deactivate("a2");
            cluster.soon();
            cluster.after(MINUTE);

            assertThat(route.news()).containsExactlyInAnyOrder("remove bo", "remove ann");
            assertThat(a.subscriptions()).containsExactly("calls");
        }

        @Test
        void isNamedInItsDetailsToTheLast() {
            a.list(call("a1", "Board", "k"));
            Told route = cluster.follow(CALL_INFO, EVERY, interest("recording"));
            b.list(call("b1", "Board", "k"));
            cluster.soon();
            route.forget();

            // It has moved to b, which has not said anything yet when it is over.
            a.withdraw("a1");
            cluster.now();
            b.unlist("b1");
            cluster.soon();

            assertThat(route.updates()).singleElement().satisfies(update -> {
                assertThat(update.type().wireName()).isEqualTo("remove");
                assertThat(update.callName()).isEqualTo("Board");
                assertThat(update.callCorrelator()).isEqualTo("k");
            });
        }
    }

    @Nested
    class AServerThatIsLost {

        @Test
        void losesTheFeedAtOnceWhenAnotherReportsTheConference() {
            Told route = followOnBoth();

            a.die();
            cluster.soon();
            b.participant("b1", "cy", "Cy");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add cy Cy");
        }

        @Test
        void losesNothingElseOfTheOthers() {
            followOnBoth();
            b.list(call("b2", "Lounge", null));
            Told other = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("b2"));
            b.participant("b2", "dan", "Dan");
            cluster.soon();
            other.forget();

            a.die();
            cluster.soon();
            b.participant("b2", "eve", "Eve");
            cluster.after(MINUTE);

            assertThat(other.news()).containsExactly("add eve Eve");
            // It follows calls by the lists of both, and is told once that one of them is missing.
            assertThat(other.troubles()).hasSize(1);
            assertThat(b.logins()).isEqualTo(1);
        }

        @Test
        void isWaitedForWhenNoOtherReportsTheConference() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "ann", "Ann");
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();

            a.die();
            cluster.after(MINUTE);
            assertThat(route.news()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 0, 0));

            a.participant("a1", "ann", "Anna");
            a.leaves("a1", "bo");
            a.comeBack();
            cluster.after(MAX_DELAY.plus(QUIET).plusSeconds(1));

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("update ann Anna", "remove bo");
        }

        @Test
        void isWaitedForUntilAnotherReportsTheConference() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            a.die();
            cluster.after(MINUTE);

            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void takesTheConferenceWithItThatIsOverWhenItIsBack() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);

            a.die();
            a.unlist("a1");
            a.list(call("a2", "Lounge", null));
            a.comeBack();
            cluster.after(Duration.ofSeconds(2));
            cluster.after(QUIET);

            assertThat(route.news()).containsExactly("add bo Bo", "remove bo");
            assertThat(rosters()).containsExactly("callRoster a2");
        }

        @Test
        void doesNotGetTheFeedBackFromWhereItWorks() {
            followOnBoth();
            a.die();
            cluster.soon();

            a.comeBack();
            cluster.after(MAX_DELAY);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(a.subscriptions()).containsExactly("calls");
        }

        @Test
        void leavesAConferenceThatEndsElsewhereToItself() {
            Told route = followOnBoth();
            a.die();
            cluster.soon();

            // As far as anybody knows it may still go on where nobody can look.
            b.withdraw("b1");
            cluster.after(QUIET);
            assertThat(route.news()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 0, 0));

            a.unlist("a1");
            a.comeBack();
            cluster.after(MAX_DELAY.plus(QUIET).plusSeconds(1));
            assertThat(route.news()).containsExactlyInAnyOrder("remove ann", "remove bo");
        }
    }

    @Nested
    class AServerThatTurnsTheSubscriptionDown {

        @Test
        void byDeactivatingItIsNotTakenWhenThereIsAnother() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            a.turnDown("a1");

            Told route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo");
            int asked = a.requests();
            cluster.after(MINUTE);
            assertThat(a.requests()).isEqualTo(asked);
        }

        @Test
        void byRefusingTheRequestIsNotTakenWhenThereIsAnother() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            a.refused = line -> line.has("call");

            Told route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(a.subscriptions()).containsExactly("calls");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void isAskedAgainWithDelayWhenTheOtherDoesTheSame() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            a.turnDown("a1");
            b.turnDown("b1");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests() + b.requests();

            cluster.after(MINUTE);
            // Each time it is tried takes two requests: one with it, and one without again. Each server is asked again
            // by itself, and
            // in its turn with the other.
            assertThat(a.requests() + b.requests() - before).isBetween(6, 100);
            assertThat(route.news()).isEmpty();

            b.turnDownNoLonger("b1");
            // They are asked in turn.
            cluster.after(MAX_DELAY.multipliedBy(2).plusSeconds(1));
            assertThat(route.news()).containsExactly("add bo Bo");
            assertThat(rosters()).containsExactly("callRoster b1");
        }

        @Test
        void isForgivenWhenAnotherActivatesIt() {
            listOnBoth();
            a.turnDown("a1");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(rosters()).containsExactly("callRoster b1");
            route.forget();
            a.turnDownNoLonger("a1");

            b.die();
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void isForgivenWhenItHasBeenLost() {
            listOnBoth();
            a.turnDown("a1");
            b.turnDown("b1");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            cluster.after(MINUTE);

            a.turnDownNoLonger("a1");
            a.loseSockets();
            // When it comes back the other may just be asked, and is to answer first.
            cluster.after(MAX_DELAY.plusSeconds(2));
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        }
    }

    @Nested
    class WhereThereIsNoRoom {

        private final ClusterStandIn small = new ClusterStandIn(1, "a", "b");
        private final FakeBridge first = small.bridge("a");
        private final FakeBridge second = small.bridge("b");

        @Test
        void aConferenceWaitsAndIsPlacedWhenRoomComesOnTheServerWhereItWaits() {
            Told route = fillBothAndFollow();
            first.participant("a1", "bo", "Bo");

            first.withdraw("full 5");
            small.soon();

            assertThat(rosters(first)).contains("callRoster a1");
            assertThat(small.status(route).waiting()).isZero();
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void aConferenceWaitsAndIsPlacedWhenRoomComesOnAnyServerThatReportsIt() {
            Told route = fillBothAndFollow();
            second.participant("b1", "bo", "Bo");

            second.withdraw("full 5");
            small.soon();

            assertThat(rosters(second)).contains("callRoster b1");
            assertThat(small.status(route).waiting()).isZero();
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void aConferenceWaitsAndIsPlacedWhenAServerWithRoomBeginsToReportIt() {
            ClusterStandIn three = new ClusterStandIn(1, "a", "b", "c");
            fill(three.bridge("a"));
            three.bridge("a").list(call("a1", "Board", "k"));
            Told route = three.follow(CALL_ROSTER, EVERY);
            assertThat(three.status(route)).isEqualTo(new FollowingStatus(100, 99, 1));

            three.bridge("c").list(call("c1", "Board", "k"));
            three.soon();

            assertThat(rosters(three.bridge("c"))).containsExactly("callRoster c1");
            assertThat(three.status(route)).isEqualTo(new FollowingStatus(100, 100, 0));
        }

        @Test
        void oneFreePlaceGoesToOneOfThoseThatWait() {
            fill(first);
            first.list(call("a1", null, "k1"), call("a2", null, "k2"), call("a3", null, "k3"));
            Told route = small.follow(CALL_ROSTER, EVERY);
            assertThat(small.status(route).waiting()).isEqualTo(3);

            first.withdraw("full 5");
            small.soon();

            assertThat(small.status(route)).isEqualTo(new FollowingStatus(101, 99, 2));
            assertThat(rosters(first)).hasSize(99);
        }

        @Test
        void theRouteIsToldOnceAndNothingIsAskedInVain() {
            Told route = fillBothAndFollow();
            assertThat(route.troubles()).hasSize(1);
            assertThat(route.troubles().get(0)).hasMessageContaining("no room");
            int before = first.requests() + second.requests();

            small.after(MINUTE);

            assertThat(route.troubles()).hasSize(1);
            assertThat(first.requests() + second.requests()).isEqualTo(before);
        }

        @Test
        void aConferenceThatIsOverWaitsNoLonger() {
            Told route = fillBothAndFollow();

            first.unlist("a1");
            second.unlist("b1");
            small.soon();

            assertThat(small.status(route)).isEqualTo(new FollowingStatus(198, 198, 0));
        }

        @Test
        void aFullServerThatLosesNothingElseKeepsAFeedThatItCarries() {
            fill(second);
            Told route = small.follow(CALL_ROSTER, EVERY);
            first.list(call("a1", "Board", "k"));
            second.list(call("b1", "Board", "k"));
            small.soon();

            first.die();
            small.soon();
            assertThat(rosters(second)).hasSize(99).doesNotContain("callRoster b1");

            first.comeBack();
            small.after(MAX_DELAY);
            assertThat(rosters(first)).containsExactly("callRoster a1");
            assertThat(small.status(route)).isEqualTo(new FollowingStatus(100, 100, 0));
        }

        private Told fillBothAndFollow() {
            fill(first);
            fill(second);
            Told route = small.follow(CALL_ROSTER, EVERY);
            first.list(call("a1", "Board", "k"));
            second.list(call("b1", "Board", "k"));
            small.soon();
            assertThat(small.status(route)).isEqualTo(new FollowingStatus(199, 198, 1));
            return route;
        }
    }

    @Nested
    class ARouteWithItsOwnView {

        @Test
        void isToldEverythingAnewByTheNextServerWithoutReconciling() {
            listOnBoth();
            Told route = cluster.follow(CALL_ROSTER, EVERY, new Interest(List.of("name"), false, false, false));
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
            route.forget();
            b.leaves("b1", "bo");

            a.withdraw("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(route.news()).containsExactly("add ann Ann");
            route.forget();
            b.withdraw("b1");
            cluster.soon();
            assertThat(route.news()).containsExactly("remove ann");
        }

        @Test
        void isToldWholeRecordsAcrossAMove() {
            a.list(call("a1", "Board", "k").put("recording", "inactive"));
            b.list(call("b1", "Board", "k").put("recording", "active"));
            Told route =
                    cluster.follow(CALL_INFO, EVERY, new Interest(List.of("name", "recording"), true, true, false));
            route.forget();

            a.withdraw("a1");
            cluster.soon();

            assertThat(route.updates()).singleElement().satisfies(update -> {
                assertThat(update.changedElements()).containsExactly("recording");
                assertThat(update.body())
                        .containsEntry("updateType", "update")
                        .containsEntry("name", "Board")
                        .containsEntry("recording", "active");
            });
        }

        @Test
        void isToldWholeRecordsOfWhatIsGone() {
            listOnBoth();
            Told route = cluster.follow(CALL_ROSTER, EVERY, new Interest(List.of("name"), true, true, false));
            route.forget();
            b.leaves("b1", "bo");

            a.withdraw("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(route.updates()).singleElement().satisfies(update -> {
                assertThat(update.body()).isEqualTo(Map.of("participant", "bo", "updateType", "remove", "name", "Bo"));
                assertThat(update.changedElements()).isEmpty();
            });
        }

        @Test
        void mayJoinWhileTheFeedIsBetweenServers() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told first = cluster.follow(CALL_ROSTER, EVERY);
            a.die();
            cluster.soon();

            Told late = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(late.news()).isEmpty();
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            cluster.soon();

            assertThat(late.news()).containsExactly("add bo Bo");
            assertThat(first.news()).containsExactly("add bo Bo");
        }
    }

    @Nested
    class ACallThatIsTakenForAnotherConference {

        @Test
        void isFollowedOnAlthoughItIsFoundOutWhileARouteStarts() {
            // There is more on a than on b, so that everything else goes to b.
            a.list(call("a1", "Board", "k"), call("a2", "Lounge", null), call("a3", "Lounge", null));
            cluster.follow(CALL_ROSTER, new CallSelector.Named("Lounge", "Lounge"::equals));
            b.list(call("b1", "Board", null));
            b.participant("b1", "bo", "Bo");
            Told first = cluster.follow(CALL_ROSTER, new CallSelector.OfCall("b1"));

            b.change("b1", "callCorrelator", "k");
            Told second = new Told();
            cluster.follow(CALL_ROSTER, EVERY, interest("name"), second);
            cluster.soon();
            cluster.soon();

            assertThat(rosters(b)).containsExactly("callRoster b1");
            assertThat(rosters(a)).containsExactlyInAnyOrder("callRoster a2", "callRoster a3");
            assertThat(second.news()).containsExactly("add bo Bo");
            assertThat(first.news()).containsExactly("add bo Bo", "remove bo", "add bo Bo");
        }

        @Test
        void isFollowedOnWhereverItBelongs() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(rosters()).containsExactly("callRoster a1");

            b.change("b1", "callCorrelator", "other");
            cluster.soon();

            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void isTakenBackFromWhereItDoesNotBelong() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            Told route = cluster.follow(CALL_ROSTER, EVERY);

            a.change("a1", "callCorrelator", "other");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
            assertThat(route.news()).containsExactlyInAnyOrder("add bo Bo", "remove bo", "add bo Bo");
        }
    }

    @Test
    void everyMessageIsAcknowledged() {
        Told route = followOnBoth();
        a.withdraw("a1");
        cluster.soon();
        b.participant("b1", "cy", "Cy");
        b.withdraw("b1");
        cluster.soon();

        assertThat(a.unacknowledged()).isZero();
        assertThat(b.unacknowledged()).isZero();
        assertThat(route.troubles()).isEmpty();
    }

    private void listOnBoth() {
        a.list(call("a1", "Board", "k"));
        a.participant("a1", "ann", "Ann");
        a.participant("a1", "bo", "Bo");
        b.list(call("b1", "Board", "k"));
        b.participant("b1", "ann", "Ann");
        b.participant("b1", "bo", "Bo");
    }

    /** One conference on both servers, whose two participants the route has been told of by the first. */
    private Told followOnBoth() {
        listOnBoth();
        Told route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        route.forget();
        return route;
    }

    /** Calls enough to leave no room on one socket, with the list of calls. */
    private static void fill(FakeBridge bridge) {
        bridge.list(IntStream.range(0, 99)
                .mapToObj(i -> call("full " + i, null, null))
                .toArray(ObjectNode[]::new));
    }

    private static List<String> rosters(FakeBridge bridge) {
        return bridge.subscriptions().stream()
                .filter(line -> line.startsWith("callRoster"))
                .toList();
    }

    private List<String> rosters() {
        return IntStream.range(0, 2)
                .mapToObj(i -> rosters(i == 0 ? a : b))
                .flatMap(List::stream)
                .toList();
    }
}
