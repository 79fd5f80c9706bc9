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

import io.github.cmsevents.camel.CapturedLog;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which server a conference is subscribed to on, when it moves, and what a route sees of that. */
class ConferenceSubscriptionsTest {

    private static final CallSelector EVERY = new CallSelector.Every();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster("a", "b");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");

    @Nested
    class WhenItsServerDeactivatesIt {

        @Test
        void itMovesAndEqualParticipantsAreNotDeliveredAgain() {
            SeenUpdates route = followOnBoth();

            a.deactivate("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 1, 0, 0));
        }

        @Test
        void onlyWhatDiffersOnTheNextServerIsDelivered() {
            SeenUpdates route = followOnBoth();
            b.participant("b1", "ann", "Anna");
            b.leaves("b1", "bo", "timeout");
            b.participant("b1", "cy", "Cy");

            a.deactivate("a1");
            cluster.soon();
            assertThat(route.news()).containsExactly("update ann Anna", "add cy Cy");
            assertThat(route.updates()).extracting(Update::call).containsOnly("b1");

            cluster.after(QUIET);
            assertThat(route.news()).containsExactly("update ann Anna", "add cy Cy", "remove bo");
            assertThat(route.last().synthetic()).isTrue();
            assertThat(route.last().origin().server()).isEqualTo("b:443");
        }

        @Test
        void itMovesWhicheverOfListAndSubscriptionEndsFirst() {
            SeenUpdates route = followOnBoth();

            a.unlist("a1");
            cluster.soon();
            assertThat(rosters()).containsExactly("callRoster a1");
            a.deactivate("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void detailsMoveAndOnlyWhatDiffersIsDelivered() {
            a.list(with(call("a1", "Board", "k"), "recording", "inactive"));
            SeenUpdates route = cluster.attach(new Topic.InCalls(CALL_INFO, EVERY), interest("name", "recording"));
            b.list(with(call("b1", "Board", "k"), "recording", "active"));
            cluster.soon();
            route.forget();

            a.end("a1");
            cluster.soon();

            assertThat(route.updates()).singleElement().satisfies(update -> {
                assertThat(update.type().wireName()).isEqualTo("update");
                assertThat(update.body()).containsEntry("recording", "active").doesNotContainKey("name");
                assertThat(update.call()).isEqualTo("b1");
            });
        }

        @Test
        void itIsAskedAgainWhenNoOtherReportsTheConference() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            a.deactivate("a1");
            cluster.after(Duration.ofSeconds(1).plus(QUIET));

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void itComesBackWhenTheOtherDeactivatesItToo() {
            SeenUpdates route = followOnBoth();
            a.end("a1");
            cluster.soon();
            a.list(call("a2", "Board", "k"));
            a.participant("a2", "ann", "Ann");
            a.participant("a2", "bo", "Bo");
            cluster.soon();

            b.end("b1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster a2");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void theStatesOfTheSubscriptionAreDelivered() {
            a.list(call("a1", "Board", "k"));
            SeenUpdates route = cluster.attach(
                    new Topic.InCalls(CALL_ROSTER, EVERY), new Interest(List.of("name"), true, false, true));
            b.list(call("b1", "Board", "k"));
            cluster.soon();

            a.deactivate("a1");
            cluster.soon();

            assertThat(route.news()).containsExactly("pending", "active", "deactivated", "pending", "active");
            assertThat(route.updates()).extracting(Update::call).containsExactly("a1", "a1", "a1", "b1", "b1");
        }

        @Test
        void eachOfFourServersThatLeaveOneAfterTheOtherIsReplacedAtOnce() {
            VirtualCluster four = new VirtualCluster("a", "b", "c", "d");
            Stream.of("a", "b", "c", "d").forEach(name -> four.server(name).list(call(name + "1", "Board", "k")));
            SeenUpdates route = four.follow(CALL_ROSTER, EVERY);

            for (String name : List.of("a", "b", "c")) {
                four.server(name).end(name + "1");
                four.soon();
                assertThat(four.status(route).active()).isEqualTo(1);
            }

            assertThat(four.server("d").rosters()).containsExactly("callRoster d1");
        }
    }

    @Nested
    class WhenItIsOver {

        @Test
        void eachParticipantIsRemovedBecauseTheCallEnded() {
            SeenUpdates route = followOnBoth();

            a.end("a1");
            b.end("b1");
            cluster.soon();

            assertThat(route.news()).containsExactlyInAnyOrder("remove ann callEnded", "remove bo callEnded");
            assertThat(route.updates()).allMatch(Update::synthetic).allSatisfy(update -> {
                assertThat(update.callName()).isEqualTo("Board");
                assertThat(update.callCorrelator()).isEqualTo("k");
            });
            assertThat(cluster.status(route)).isEqualTo(FollowingStatus.NOTHING);
            assertThat(rosters()).isEmpty();
        }

        @Test
        void aReasonThatComesAfterTheListsRemovalIsDelivered() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "ann", "Ann");
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();

            a.unlist("a1");
            cluster.soon();
            a.leaves("a1", "ann", "timeout");
            cluster.soon();
            assertThat(route.news()).containsExactly("remove ann timeout");
            a.deactivate("a1");
            cluster.soon();

            assertThat(route.news()).containsExactly("remove ann timeout", "remove bo callEnded");
            assertThat(a.subscriptions()).containsExactly("calls");
        }

        @Test
        void lastUpdatesAreAwaitedForOneQuietPeriodAtMost() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();

            a.unlist("a1");
            cluster.after(QUIET.minusMillis(100));
            assertThat(route.news()).isEmpty();
            cluster.after(Duration.ofMillis(300));

            assertThat(route.news()).containsExactly("remove bo callEnded");
            assertThat(a.subscriptions()).containsExactly("calls");
        }

        @Test
        void lastUpdatesAreAwaitedWhileARouteHoldsTheServerUp() {
            a.list(call("a1", "Board", null));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();
            route.stall();
            a.participant("a1", "ann", "Ann");

            a.unlist("a1");
            a.leaves("a1", "bo", "timeout");
            a.deactivate("a1");
            cluster.after(MINUTE);
            route.recover();
            cluster.after(QUIET.plusSeconds(1));

            assertThat(route.news()).containsExactly("add ann Ann", "remove bo timeout", "remove ann callEnded");
        }

        @Test
        void itsLastUpdateNamesItAlthoughTheNextServerHasSaidNothingYet() {
            a.list(call("a1", "Board", "k"));
            SeenUpdates route = cluster.attach(new Topic.InCalls(CALL_INFO, EVERY), interest("participants", "name"));
            b.list(call("b1", "Board", "k"));
            cluster.soon();
            b.pending.add("b1");
            route.forget();

            a.end("a1");
            cluster.soon();
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
    class WhenItsServerIsLost {

        @Test
        void itMovesAtOnceToAnotherThatReportsTheConference() {
            SeenUpdates route = followOnBoth();

            a.die();
            cluster.soon();
            b.participant("b1", "cy", "Cy");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add cy Cy");
        }

        @Test
        void itDoesNotMoveBackWithoutNeed() {
            followOnBoth();
            a.die();
            cluster.soon();

            a.comeBack();
            cluster.after(MAX_DELAY);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(a.subscriptions()).containsExactly("calls");
        }

        @Test
        void itWaitsWhenNoOtherReportsTheConference() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "ann", "Ann");
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();

            a.die();
            cluster.after(MINUTE);
            assertThat(route.news()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 0, 0, 0));

            a.participant("a1", "ann", "Anna");
            a.leaves("a1", "bo", "timeout");
            a.comeBack();
            cluster.after(MAX_DELAY.plus(QUIET).plusSeconds(1));
            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("update ann Anna", "remove bo");
        }

        @Test
        void itMovesOnceAnotherBeginsToReportTheConference() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
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
        void aConferenceThatTheServerNoLongerListsWhenItIsBackIsOver() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            a.die();
            a.unlist("a1");
            a.list(call("a2", "Lounge", null));
            a.comeBack();
            cluster.after(Duration.ofSeconds(2).plus(QUIET).plus(QUIET));

            assertThat(route.news()).containsExactly("add bo Bo", "remove bo callEnded");
            assertThat(rosters()).containsExactly("callRoster a2");
        }

        @Test
        void aConferenceThatEndsOnTheOtherServerMayStillGoOnThere() {
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

        @Test
        void aChangedCorrelatorWhileTheOtherServerIsAwayLosesNobodyAndDeliversNothingTwice() {
            SeenUpdates route = followOnBoth();
            b.die();
            cluster.soon();

            a.change("a1", "callCorrelator", "k2");
            b.change("b1", "callCorrelator", "k2");
            cluster.soon();
            a.participant("a1", "cy", "Cy");
            b.participant("b1", "cy", "Cy");
            b.comeBack();
            cluster.after(MAX_DELAY.plus(QUIET).plus(QUIET));

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add cy Cy");
            assertThat(route.last().callCorrelator()).isEqualTo("k2");
        }
    }

    @Nested
    class WhenServersTurnItDown {

        @Test
        void byDeactivatingItAnotherIsTaken() {
            listOnBoth();
            a.turnDown("a1");

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
            int asked = a.requests();
            cluster.after(MINUTE);
            assertThat(a.requests()).isEqualTo(asked);
        }

        @Test
        void byRefusingTheRequestAnotherIsTaken() {
            listOnBoth();
            a.refuses = line -> line.has("call");

            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(a.subscriptions()).containsExactly("calls");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        }

        @Test
        void byLeavingItPendingForEverAnotherIsTaken() {
            listOnBoth();
            a.pending.add("a1");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(rosters()).containsExactly("callRoster a1");

            cluster.after(Duration.ofSeconds(11));

            assertThat(rosters()).containsExactly("callRoster b1");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        }

        @Test
        void allOfThemAreAskedAgainInTurnWithDelays() {
            listOnBoth();
            a.turnDown("a1");
            b.turnDown("b1");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests() + b.requests();

            cluster.after(MINUTE);
            // Each attempt takes two requests: one with the line, and one without it.
            assertThat(a.requests() + b.requests() - before).isBetween(6, 100);
            assertThat(route.news()).isEmpty();
            assertThat(cluster.status(route)).isEqualTo(new FollowingStatus(1, 0, 0, 1));

            a.acceptAgain("a1");
            cluster.after(MAX_DELAY.multipliedBy(3));
            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
            assertThat(cluster.status(route).refused()).isZero();
        }

        @Test
        void afterActivatingItTheyAreNotAskedInATightLoop() {
            listOnBoth();
            a.fickle = true;
            b.fickle = true;
            cluster.follow(CALL_ROSTER, EVERY);
            int before = a.requests() + b.requests();

            cluster.after(MINUTE);

            assertThat(a.requests() + b.requests() - before).isLessThan(250);
        }

        @Test
        void aServerIsAskedAgainWhenTheOneThatAcceptedDies() {
            listOnBoth();
            a.turnDown("a1");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            route.forget();
            a.acceptAgain("a1");

            b.die();
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).isEmpty();
        }

        @Test
        void aServerThatReportsTheConferenceAnewIsAskedAgain() {
            listOnBoth();
            a.turnDown("a1");
            b.turnDown("b1");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            cluster.after(MINUTE);

            a.acceptAgain("a1");
            a.loseSockets();
            cluster.after(Duration.ofSeconds(2));

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        }

        @Test
        void aServerThatListsTheCallIsReportedOnce() {
            VirtualCluster one = new VirtualCluster("a");
            one.server("a").list(call("a1", "Board", null));
            one.server("a").turnDown("a1");

            try (CapturedLog log = new CapturedLog(Level.WARN)) {
                SeenUpdates route = one.follow(CALL_ROSTER, EVERY);
                one.after(MINUTE);

                String warning = "Meeting Server a:443 turns down the subscription to callRoster of call a1 although it"
                        + " lists the call; retrying";
                assertThat(route.problems()).containsExactly(warning);
                assertThat(log.lines()).containsExactly("WARN " + warning);
            }
        }

        @Test
        void aServerThatRestartedAndHasNoSuchCallAnyMoreIsNotReported() {
            VirtualCluster one = new VirtualCluster("a");
            one.server("a").list(call("a1", "Board", null));
            SeenUpdates route = one.follow(CALL_ROSTER, EVERY);
            one.server("a").unlist("a1");

            try (CapturedLog log = new CapturedLog(Level.WARN)) {
                one.server("a").loseSockets();
                one.after(MINUTE);

                assertThat(log.lines()).noneMatch(line -> line.contains("although it lists the call"));
                assertThat(one.status(route)).isEqualTo(FollowingStatus.NOTHING);
            }
        }
    }

    @Nested
    class ForARouteWithItsOwnView {

        @Test
        void theNextServersContentIsDeliveredAgainWithoutReconciling() {
            listOnBoth();
            SeenUpdates route = cluster.attach(
                    new Topic.InCalls(CALL_ROSTER, EVERY), new Interest(List.of("name"), false, false, false));
            assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
            route.forget();
            b.leaves("b1", "bo", "timeout");

            a.end("a1");
            cluster.soon();
            cluster.after(QUIET);
            assertThat(route.news()).containsExactly("add ann Ann");

            route.forget();
            b.end("b1");
            cluster.soon();
            assertThat(route.news()).containsExactly("remove ann callEnded");
        }

        @Test
        void wholeRecordsAreDeliveredAcrossAMove() {
            listOnBoth();
            SeenUpdates route = cluster.attach(
                    new Topic.InCalls(CALL_ROSTER, EVERY), new Interest(List.of("name"), true, true, false));
            route.forget();
            b.leaves("b1", "bo", "timeout");

            a.end("a1");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(route.updates()).singleElement().satisfies(update -> {
                assertThat(update.body())
                        .containsEntry("participant", "bo")
                        .containsEntry("updateType", "remove")
                        .containsEntry("name", "Bo");
                assertThat(update.changedElements()).isEmpty();
            });
        }

        @Test
        void currentContentIsDeliveredOnceItIsOnAServerAgain() {
            a.list(call("a1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates first = cluster.follow(CALL_ROSTER, EVERY);
            a.die();
            cluster.soon();

            SeenUpdates late = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(late.news()).isEmpty();
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            cluster.soon();

            assertThat(late.news()).containsExactly("add bo Bo");
            assertThat(first.news()).containsExactly("add bo Bo");
        }
    }

    @Nested
    class WhenACallTurnsOutToBelongToAnotherConference {

        @Test
        void bothAreFollowed() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            b.participant("b1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            assertThat(rosters()).containsExactly("callRoster a1");

            b.change("b1", "callCorrelator", "other");
            cluster.soon();

            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
            assertThat(route.news()).containsExactly("add bo Bo");
        }

        @Test
        void theParticipantsOfTheOneThatIsSubscribedToGoWithIt() {
            a.list(call("a1", "Board", "k"));
            b.list(call("b1", "Board", "k"));
            a.participant("a1", "bo", "Bo");
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);

            a.change("a1", "callCorrelator", "other");
            cluster.soon();
            cluster.after(QUIET);

            assertThat(rosters()).containsExactlyInAnyOrder("callRoster a1", "callRoster b1");
            assertThat(route.news()).containsExactlyInAnyOrder("add bo Bo", "remove bo", "add bo Bo");
        }

        @Test
        void itIsFollowedOnceWhenItsCorrelatorComesLate() {
            a.list(call("a1", "Board", "k"));
            SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
            b.list(call("b1", "Board", null));
            a.participant("a1", "bo", "Bo");
            b.participant("b1", "bo", "Bo");
            cluster.soon();
            route.forget();

            b.change("b1", "callCorrelator", "k");
            cluster.soon();
            a.participant("a1", "cy", "Cy");
            b.participant("b1", "cy", "Cy");
            cluster.soon();

            assertThat(rosters()).containsExactly("callRoster a1");
            assertThat(route.news()).containsExactly("add cy Cy");
        }
    }

    @Test
    void everyMessageIsAcknowledged() {
        SeenUpdates route = followOnBoth();

        a.end("a1");
        cluster.soon();
        b.participant("b1", "cy", "Cy");
        b.end("b1");
        cluster.soon();

        assertThat(a.unacknowledged() + b.unacknowledged()).isZero();
        assertThat(route.problems()).isEmpty();
    }

    private void listOnBoth() {
        a.list(call("a1", "Board", "k"));
        a.participant("a1", "ann", "Ann");
        a.participant("a1", "bo", "Bo");
        b.list(call("b1", "Board", "k"));
        b.participant("b1", "ann", "Ann");
        b.participant("b1", "bo", "Bo");
    }

    /** One conference on both servers; the route has received its two participants from the first. */
    private SeenUpdates followOnBoth() {
        listOnBoth();
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        route.forget();
        return route;
    }

    private static Map<String, Object> with(Map<String, Object> call, String element, Object value) {
        call.put(element, value);
        return call;
    }

    private List<String> rosters() {
        return Stream.of(a, b).flatMap(server -> server.rosters().stream()).toList();
    }
}
