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
package io.github.cmsevents.camel.internal.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentTest {

    private static final String SERVER = "cms.example.com:443";
    private static final String OTHER_SERVER = "other.example.com:443";
    private static final long CLOCK = 1_000;
    private static final long RECEIVED_AT = 999;

    private final ConferenceIndex index = new ConferenceIndex(List.of(SERVER, OTHER_SERVER), () -> {});
    private final Content calls = Content.ofCalls(SERVER, index, () -> CLOCK);
    private final RecordingRoute route = new RecordingRoute();
    private final RecordingRoute other = new RecordingRoute();
    private int written;

    @Nested
    class OneSubscriptionForSeveralRoutes {

        @Test
        void hasTheUnionOfElementsInTheGuidesOrder() {
            calls.add(route, interest("streaming", "name", "reason", "updateType"));
            calls.add(other, interest("zebra", "participants", "name", "aardvark"));
            assertThat(calls.elements()).containsExactly("name", "participants", "streaming", "aardvark", "zebra");

            calls.remove(other);
            assertThat(calls.elements()).containsExactly("name", "streaming");

            calls.require(Set.of("callCorrelator"), Set.of(other));
            calls.remove(route);
            assertThat(calls.elements()).containsExactly("callCorrelator");
            assertThat(calls.dependents()).containsExactly(other);
            assertThat(calls.isUnused()).isFalse();

            calls.require(Set.of(), Set.of());
            assertThat(calls.isUnused()).isTrue();
        }

        @Test
        void deliversToEachRouteItsOwnElementsInOneBatchInOrder() {
            calls.add(route, interest("name"));
            calls.add(other, interest("participants"));
            activate(calls);

            receive(calls, Rows.add("a", "name", "One", "participants", 2), Rows.add("b"), Rows.remove("a"));

            assertThat(route.batches()).hasSize(1);
            assertThat(route.received()).containsExactly("add a name=One", "add b", "remove a");
            assertThat(other.received()).containsExactly("add a participants=2", "add b", "remove a");
        }

        @Test
        void deliversNothingWhenOnlyOthersElementsChanged() {
            calls.add(route, interest("name"));
            calls.add(other, interest("name", "participants"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One", "participants", 2));
            forget();

            receive(calls, Rows.update("a", "participants", 3));

            assertThat(route.batches()).isEmpty();
            assertThat(other.received()).containsExactly("update a participants=3");
        }

        @Test
        void givesEachRouteABodyOfItsOwn() {
            calls.add(route, interest("layout"));
            calls.add(other, interest("layout"));
            activate(calls);

            receive(calls, Rows.add("a", "layout", new LinkedHashMap<>(Map.of("rows", new ArrayList<>(List.of(1))))));
            Map<?, ?> layout = (Map<?, ?>) route.last().body().get("layout");
            ((List<?>) layout.get("rows")).clear();
            layout.clear();
            route.last().body().clear();

            assertThat(other.last().body()).containsEntry("layout", Map.of("rows", List.of(1)));
            activate(calls);
            receive(calls, Rows.add("a", "layout", Map.of("rows", List.of(1))));
            assertThat(other.updates()).hasSize(1);
        }

        @Test
        void deliversNothingToARouteThatLeftAndReportsProblemsToTheOthers() {
            calls.add(route, interest("name"));
            calls.add(other, interest("name"));
            activate(calls);
            calls.remove(route);

            receive(calls, Rows.add("a", "name", "One"));
            calls.problem(new Exception("refused"));

            assertThat(route.batches()).isEmpty();
            assertThat(route.problems()).isEmpty();
            assertThat(other.received()).hasSize(1);
            assertThat(other.problems()).hasSize(1);
        }

        @Test
        void hidesTheElementsOfARouteThatLeftWhileTheServerStillSendsThem() {
            RecordingRoute merging = new RecordingRoute();
            calls.add(route, interest("name"));
            calls.add(merging, new Interest(List.of("name"), true, true, false));
            calls.add(other, interest("name", "participants"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One", "participants", 1));
            calls.remove(other);
            forget();
            merging.forget();

            receive(
                    calls,
                    Rows.update("a", "participants", 2),
                    Rows.update("a", "name", "Uno"),
                    Rows.add("b", "participants", 5));

            assertThat(route.received()).containsExactly("update a name=Uno", "add b");
            assertThat(merging.received()).containsExactly("update a name=Uno", "add b");
        }

        @Test
        void deliversTheWholeRecordToAMergingRoute() {
            calls.add(route, new Interest(List.of("name", "participants"), true, true, false));
            calls.add(other, interest("streaming"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One", "participants", 1, "streaming", "active"));
            forget();

            receive(
                    calls,
                    Rows.update("a", "participants", 2),
                    Rows.update("a", "streaming", "inactive"),
                    Rows.update("a", "name", ""),
                    Rows.remove("a", "reason", "allLeft"));

            assertThat(route.received())
                    .containsExactly(
                            "update a name=One participants=2",
                            "update a name= participants=2",
                            "remove a name=One participants=2 reason=allLeft");
            assertThat(route.updates())
                    .extracting(Update::changedElements)
                    .containsExactly(List.of("participants"), List.of("name"), List.of());
            assertThat(route.last().reason()).isEqualTo("allLeft");
            assertThat(other.updates()).extracting(Update::changedElements).containsOnlyNulls();
        }
    }

    @Nested
    class Acknowledging {

        @Test
        void waitsForEveryRouteThatReceivesTheMessageAndForNoOther() {
            RecordingRoute third = new RecordingRoute();
            calls.add(route, interest("name"));
            calls.add(other, interest("name"));
            calls.add(third, interest("participants"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            third.acknowledgeAll();
            acknowledgeAll();
            forget();
            written = 0;

            receive(calls, Rows.update("a", "name", "Two"));
            route.acknowledgeAll();
            assertThat(written).isZero();

            other.acknowledgeAll();
            assertThat(written).isEqualTo(1);
        }

        @Test
        void isAtOnceWhenNoRouteReceivesTheMessageAndIgnoredRowsAreCounted() {
            calls.add(route, interest("name"));
            activate(calls);

            int ignored = receive(calls, Rows.update("never added", "name", "One"), Rows.update("b"));

            assertThat(ignored).isEqualTo(2);
            assertThat(written).isEqualTo(1);
            assertThat(route.batches()).isEmpty();
        }

        @Test
        void waitsForStatesToo() {
            calls.add(route, new Interest(List.of("name"), true, false, true));
            Acknowledgement acknowledgement = acknowledgement();

            calls.stateReceived(SubscriptionState.PENDING, acknowledgement);
            acknowledgement.handedOut();
            assertThat(written).isZero();

            acknowledgeAll();
            assertThat(written).isEqualTo(1);
        }
    }

    @Nested
    class ALateRoute {

        @Test
        void receivesTheCurrentContentAsAdds() {
            calls.add(route, interest("name", "participants"));
            activate(calls);
            receive(
                    calls,
                    Rows.add("a", "name", "One", "participants", 2),
                    Rows.add("b", "name", "Two"),
                    Rows.update("a", "participants", 3),
                    Rows.remove("b"));
            forget();

            calls.add(other, interest("participants"));
            assertThat(other.received()).containsExactly("add a participants=3");
            assertThat(other.last().origin()).isEqualTo(new Origin(SERVER, "callListUpdate", CLOCK));
            assertThat(route.batches()).isEmpty();

            receive(calls, Rows.update("a", "participants", 4));
            assertThat(other.received()).containsExactly("add a participants=3", "update a participants=4");
        }

        @Test
        void receivesTheStateFirstIfItWantsStates() {
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));

            calls.add(other, new Interest(List.of("name"), true, false, true));

            assertThat(other.received()).containsExactly("active", "add a name=One");
            assertThat(other.updates()).extracting(Update::synthetic).containsExactly(true, false);
        }

        @Test
        void withMoreElementsReceivesEverythingOnceTheSubscriptionWithThemIsActive() {
            RecordingRoute third = new RecordingRoute();
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"), Rows.add("b", "name", "Two"));
            forget();

            calls.add(other, interest("name", "participants"));
            calls.add(third, interest("participants"));
            receive(
                    calls,
                    Rows.update("a", "name", "Three"),
                    Rows.remove("b"),
                    Rows.add("c", "name", "Four", "participants", 0));
            assertThat(other.batches()).isEmpty();
            assertThat(third.batches()).isEmpty();
            assertThat(route.received()).containsExactly("update a name=Three", "remove b", "add c name=Four");
            forget();

            activate(calls);
            receive(calls, Rows.add("a", "name", "Three", "participants", 1));
            calls.snapshotComplete();

            assertThat(other.received()).containsExactly("add a name=Three participants=1");
            assertThat(third.received()).containsExactly("add a participants=1");
            assertThat(route.received()).containsExactly("remove c");
        }

        @Test
        void receivesTheContentWithoutItsElementsWhenTheServerRefusesThem() {
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            calls.add(other, interest("name", "participants"));
            forget();

            calls.acceptFewerElements();
            receive(calls, Rows.update("a", "name", "Uno"));
            calls.acceptFewerElements();

            assertThat(other.received()).containsExactly("add a name=One", "update a name=Uno");
            assertThat(route.received()).containsExactly("update a name=Uno");
        }

        @Test
        void duringTheSnapshotReceivesEverythingOnce() {
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"), Rows.add("b", "name", "Two"), Rows.add("c", "name", "Three"));
            calls.interrupted();
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            forget();

            calls.add(other, interest("name"));
            receive(calls, Rows.update("b", "name", "Dos"), Rows.add("b", "name", "Dos"));
            calls.snapshotComplete();

            assertThat(other.received()).containsExactly("add a name=One", "add b name=Dos");
            assertThat(route.received()).containsExactly("update b name=Dos", "remove c");
        }

        @Test
        void duringAGapReceivesTheContentOnceItIsOver() {
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"), Rows.add("b", "name", "Two"));
            calls.interrupted();
            forget();

            calls.add(other, interest("name"));
            assertThat(other.batches()).isEmpty();
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            calls.snapshotComplete();

            assertThat(other.received()).containsExactly("add a name=One");
            assertThat(route.received()).containsExactly("remove b");
        }

        @Test
        void receivesNothingThatComesBeforeTheFirstActiveState() {
            calls.add(route, interest("name"));
            receive(calls, Rows.add("a", "name", "One"));
            assertThat(route.batches()).isEmpty();
            assertThat(written).isEqualTo(1);

            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            assertThat(route.received()).containsExactly("add a name=One");
        }
    }

    @Nested
    class AGap {

        @Test
        void costsNothingWhenNothingHappened() {
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"), Rows.add("b", "name", "Two"));
            forget();

            calls.interrupted();
            assertThat(calls.unconfirmed()).isZero();
            activate(calls);
            assertThat(calls.unconfirmed()).isEqualTo(2);
            receive(calls, Rows.add("b", "name", "Two"), Rows.add("a", "name", "One"));
            assertThat(calls.unconfirmed()).isZero();
            calls.snapshotComplete();

            assertThat(route.batches()).isEmpty();
        }

        @Test
        void deliversWhatHappened() {
            calls.add(route, interest("name", "streaming"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One", "streaming", "active"), Rows.add("b", "name", "Two"));
            forget();

            deactivate(calls);
            activate(calls);
            receive(calls, Rows.add("a", "name", "Uno"), Rows.add("c", "name", "Three"));
            calls.snapshotComplete();

            assertThat(route.received())
                    .containsExactly("update a name=Uno streaming=null", "add c name=Three", "remove b");
            assertThat(route.updates()).extracting(Update::synthetic).containsExactly(false, false, true);
        }

        @Test
        void deliversEverythingAgainWithoutReconciliation() {
            calls.add(route, new Interest(List.of("name"), false, false, false));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"), Rows.add("b", "name", "Two"));
            calls.interrupted();
            activate(calls);
            forget();

            receive(calls, Rows.add("a", "name", "One"));
            calls.snapshotComplete();

            assertThat(route.received()).containsExactly("add a name=One");
        }

        @Test
        void endsThatAnIndexEntryIsCurrentUntilTheServerAddsTheCallAgain() {
            calls.add(route, interest("name", "callCorrelator"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            assertThat(isFresh("a")).isTrue();

            calls.interrupted();
            activate(calls);
            assertThat(isFresh("a")).isFalse();
            receive(calls, Rows.update("a", "name", "Uno"));
            assertThat(isFresh("a")).isFalse();
            assertThat(calls.unconfirmed()).isEqualTo(1);

            receive(calls, Rows.add("a", "name", "Uno"));
            assertThat(isFresh("a")).isTrue();
        }

        @Test
        void removesACallThatWasOnlyUpdatedInIt() {
            calls.add(route, interest("name"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            calls.interrupted();
            activate(calls);
            receive(calls, Rows.update("a", "name", "Uno"));
            forget();

            calls.snapshotComplete();

            assertThat(route.received()).containsExactly("remove a");
            assertThat(index.conferenceOf(SERVER, "a")).isEmpty();
        }

        private boolean isFresh(String call) {
            return index.conferenceOf(SERVER, call).orElseThrow().calls().get(0).isFresh();
        }
    }

    @Nested
    class RostersAndDetails {

        private final Content list = calls;

        @Test
        void bodiesStandAlone() {
            Content roster = contentOf(Resource.CALL_ROSTER, "name", "Andy's coSpace", "callCorrelator", "k");
            roster.add(route, interest("name"));
            activate(roster);

            receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
            receive(roster, Rows.participant(UpdateType.REMOVE, "p", "reason", "timeout"));

            assertThat(route.updates()).allSatisfy(update -> {
                assertThat(update.call()).isEqualTo("call");
                assertThat(update.callName()).isEqualTo("Andy's coSpace");
                assertThat(update.callCorrelator()).isEqualTo("k");
                assertThat(update.conference())
                        .isEqualTo(roster.conference().key())
                        .isEqualTo("call");
                assertThat(update.participant()).isEqualTo("p");
                assertThat(update.origin()).isEqualTo(new Origin(SERVER, "rosterUpdate", RECEIVED_AT));
                assertThat(update.body())
                        .contains(
                                entry("call", "call"),
                                entry("callName", "Andy's coSpace"),
                                entry("callCorrelator", "k"));
            });
            assertThat(route.updates()).extracting(Update::reason).containsExactly(null, "timeout");
        }

        @Test
        void unknownNamesAndCorrelatorsAreNotInTheBody() {
            Content roster = contentOf(Resource.CALL_ROSTER);
            roster.add(route, interest());
            activate(roster);

            receive(roster, Rows.participant(UpdateType.ADD, "p"));

            assertThat(route.last().body()).containsOnlyKeys("participant", "updateType", "call");
            assertThat(route.last().callName()).isNull();
            assertThat(route.last().callCorrelator()).isNull();
        }

        @Test
        void detailsAreAnAddThenUpdatesThenARemove() {
            index.expect(SERVER, "call");
            Content details = contentOf(Resource.CALL_INFO);
            details.add(route, interest("name", "participants"));
            activate(details);

            receive(details, Rows.details("name", "One", "participants", 1));
            receive(details, Rows.details("participants", 2));
            details.callEnded(null);

            assertThat(route.received())
                    .containsExactly("add call name=One participants=1", "update call participants=2", "remove call");
            assertThat(route.updates()).extracting(Update::callName).containsOnly("One");
            assertThat(route.updates()).extracting(Update::participant).containsOnlyNulls();
        }

        @Test
        void theCorrelatorOfTheDetailsThemselvesWins() {
            Content details = contentOf(Resource.CALL_INFO, "callCorrelator", "of the list");
            details.add(route, interest("callCorrelator"));
            details.add(other, interest("name"));
            activate(details);

            receive(details, Rows.details("name", "One", "callCorrelator", "own"));
            assertThat(route.last().body()).containsEntry("callCorrelator", "own");
            assertThat(other.last().body()).containsEntry("callCorrelator", "of the list");

            receive(details, Rows.details("callCorrelator", null));
            assertThat(route.last().body()).containsEntry("callCorrelator", null);
        }

        @Test
        void theDetailsNameTheConferenceUntilAListDoes() {
            Conference conference = index.expect(SERVER, "call");
            Content details = Content.of(conference, Resource.CALL_INFO, index, () -> CLOCK);
            details.carriedBy(SERVER, "call");
            details.add(route, interest("name", "callCorrelator"));
            activate(details);
            receive(details, Rows.details("name", "One", "callCorrelator", "k"));
            receive(details, Rows.details("name", " ", "callCorrelator", ""));
            assertThat(conference.name()).isEqualTo("One");
            assertThat(conference.correlator()).isEqualTo("k");

            index.listed(SERVER, "call", Map.of("name", "Uno", "callCorrelator", "l"), ConferenceIndex.IDENTITY);
            receive(details, Rows.details("name", "One", "callCorrelator", "k"));

            assertThat(conference.name()).isEqualTo("Uno");
            assertThat(conference.correlator()).isEqualTo("l");
        }

        @Test
        void theEndOfTheCallRemovesTheParticipantsAndWaitsForTheRoutes() {
            Content roster = contentOf(Resource.CALL_ROSTER);
            roster.add(route, new Interest(List.of("name"), true, true, true));
            activate(roster);
            receive(
                    roster,
                    Rows.participant(UpdateType.ADD, "p", "name", "Bo"),
                    Rows.participant(UpdateType.UPDATE, "p", "name", ""));
            acknowledgeAll();
            forget();
            written = 0;

            Acknowledgement acknowledgement = acknowledgement();
            roster.callEnded(acknowledgement);
            roster.stateReceived(SubscriptionState.DEACTIVATED, acknowledgement);
            acknowledgement.handedOut();

            assertThat(route.received()).containsExactly("remove p name=Bo reason=callEnded", "deactivated");
            assertThat(route.updates()).extracting(Update::synthetic).containsExactly(true, false);
            assertThat(route.updates().get(0).reason()).isEqualTo("callEnded");
            assertThat(written).isZero();
            acknowledgeAll();
            assertThat(written).isEqualTo(1);
        }

        @Test
        void anotherServerCarriesOnWithTheDifference() {
            list.require(ConferenceIndex.IDENTITY, Set.of());
            activate(list);
            receive(list, Rows.add("call", "callCorrelator", "k"));
            index.listed(OTHER_SERVER, "far", Map.of("callCorrelator", "k"), ConferenceIndex.IDENTITY);
            Content roster = contentOf(Resource.CALL_ROSTER);
            Content details = contentOf(Resource.CALL_INFO);
            roster.add(route, interest("name"));
            details.add(other, interest("name"));
            activate(roster);
            activate(details);
            receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
            receive(roster, Rows.participant(UpdateType.ADD, "q", "name", "Al"));
            receive(details, Rows.details("name", "One"));
            forget();

            for (Content content : List.of(roster, details)) {
                content.interrupted();
                content.carriedBy(OTHER_SERVER, "far");
                activate(content);
            }
            receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bob"));
            receive(details, Rows.details("name", "Uno"));
            roster.snapshotComplete();
            details.snapshotComplete();

            assertThat(route.received())
                    .containsExactly("update p callCorrelator=k name=Bob", "remove q callCorrelator=k");
            assertThat(other.received()).containsExactly("update far callCorrelator=k name=Uno");
            assertThat(other.last().conference()).isEqualTo("call");
            assertThat(other.last().origin().server()).isEqualTo(OTHER_SERVER);
        }

        @Test
        void aRouteThatGoesOnWithoutTheConferenceReceivesRemovals() {
            Content roster = contentOf(Resource.CALL_ROSTER);
            roster.add(route, interest("name"));
            roster.add(other, interest("name"));
            activate(roster);
            receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
            forget();

            roster.removeAndDeliver(route);

            assertThat(route.received()).containsExactly("remove p");
            assertThat(route.last().synthetic()).isTrue();
            assertThat(other.batches()).isEmpty();
            assertThat(roster.known()).isEqualTo(1);
            assertThat(roster.receivers()).isEqualTo(1);
        }

        @Test
        void aConferenceThatIsMergedIntoAnotherRemovesOnlyWhatTheOtherDoesNotHave() {
            Content one = contentOf(Resource.CALL_ROSTER);
            index.listed(OTHER_SERVER, "far", Map.of(), Set.of());
            Content two = Content.of(
                    index.conferenceOf(OTHER_SERVER, "far").orElseThrow(), Resource.CALL_ROSTER, index, () -> CLOCK);
            two.carriedBy(OTHER_SERVER, "far");
            one.add(route, interest("name"));
            one.add(other, interest("name"));
            two.add(route, interest("name"));
            activate(one);
            activate(two);
            receive(one, Rows.participant(UpdateType.ADD, "p"), Rows.participant(UpdateType.ADD, "q"));
            receive(two, Rows.participant(UpdateType.ADD, "q"));
            forget();

            one.mergedInto(two);

            assertThat(route.received()).containsExactly("remove p reason=callEnded");
            assertThat(other.received()).containsExactly("remove p reason=callEnded", "remove q reason=callEnded");
        }

        private Content contentOf(Resource resource, Object... listed) {
            if (index.conferenceOf(SERVER, "call").isEmpty()) {
                index.listed(SERVER, "call", Rows.fields(listed), ConferenceIndex.IDENTITY);
            }
            Content content =
                    Content.of(index.conferenceOf(SERVER, "call").orElseThrow(), resource, index, () -> CLOCK);
            content.carriedBy(SERVER, "call");
            return content;
        }
    }

    @Nested
    class AListOfCalls {

        @Test
        void fillsTheIndexWhicheverRouteAskedForTheElements() {
            calls.add(route, interest("participants"));
            calls.add(other, interest("name", "callCorrelator"));
            activate(calls);

            receive(calls, Rows.add("a", "name", "One", "callCorrelator", "k"));
            receive(calls, Rows.update("a", "name", "Two"));
            receive(calls, Rows.remove("a"));

            assertThat(route.received()).containsExactly("add a", "remove a");
            assertThat(route.updates()).extracting(Update::callName).containsExactly("One", "Two");
            assertThat(other.updates()).extracting(Update::callName).containsExactly("One", "Two", "Two");
            assertThat(other.updates()).extracting(Update::callCorrelator).containsOnly("k");
            assertThat(index.conferenceOf(SERVER, "a")).isEmpty();
        }

        @Test
        void deliversConferencesToARouteThatWantsThem() {
            ConferenceRecords records = new ConferenceRecords(route, interest("participants"));
            calls.add(records);
            assertThat(calls.elements()).containsExactly("name", "participants", "callCorrelator");
            activate(calls);

            receive(calls, Rows.add("a", "name", "One", "callCorrelator", "k", "participants", 1));
            receive(calls, Rows.update("a", "participants", 2));
            assertThat(written).isZero();
            receive(calls, Rows.remove("a", "reason", "allLeft"));

            assertThat(route.received())
                    .containsExactly("add a participants=1", "update a participants=2", "remove a reason=allLeft");
            assertThat(route.updates()).extracting(Update::conference).containsOnly("a");
            assertThat(route.last().reason()).isEqualTo("allLeft");
            acknowledgeAll();
            assertThat(written).isEqualTo(3);
        }

        @Test
        void deliversConferencesWithoutElementsThatTheServerRefuses() {
            calls.add(other, interest("name", "callCorrelator"));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"), Rows.add("b", "name", "Two"));

            calls.add(new ConferenceRecords(route, interest("name", "participants")));
            assertThat(route.batches()).isEmpty();
            calls.acceptFewerElements();

            assertThat(route.received()).containsExactly("add a name=One", "add b name=Two");
        }

        @Test
        void deliversTheRemovalOfAConferenceThatWasGoneAfterAGap() {
            calls.add(new ConferenceRecords(route, interest("name")));
            activate(calls);
            receive(calls, Rows.add("a", "name", "One"));
            calls.interrupted();
            activate(calls);

            calls.snapshotComplete();

            assertThat(route.received()).containsExactly("add a name=One", "remove a");
            assertThat(route.last().synthetic()).isTrue();
        }
    }

    @Nested
    class States {

        @ParameterizedTest
        @EnumSource(SubscriptionState.class)
        void areDeliveredToRoutesThatWantThem(SubscriptionState state) {
            RecordingRoute ofConferences = new RecordingRoute();
            calls.add(route, new Interest(List.of("name"), true, false, true));
            calls.add(other, interest("name"));
            calls.add(new ConferenceRecords(ofConferences, new Interest(List.of("name"), true, false, true)));

            if (state == SubscriptionState.ACTIVE) {
                activate(calls);
            } else {
                calls.stateReceived(state, acknowledgement());
            }

            assertThat(other.batches()).isEmpty();
            for (RecordingRoute each : List.of(route, ofConferences)) {
                assertThat(each.updates()).singleElement().satisfies(update -> {
                    assertThat(update.state()).isEqualTo(state);
                    assertThat(update.call()).isNull();
                    assertThat(update.synthetic()).isFalse();
                    assertThat(update.origin()).isEqualTo(new Origin(SERVER, "subscriptionUpdate", RECEIVED_AT));
                    assertThat(update.body()).isEqualTo(Map.of("state", state.wireName()));
                });
            }
            assertThat(route.last().body()).isNotSameAs(ofConferences.last().body());
        }

        @Test
        void aLostSocketIsDeactivatedOnce() {
            calls.add(route, new Interest(List.of("name"), true, false, true));
            calls.interrupted();
            assertThat(route.batches()).isEmpty();

            activate(calls);
            calls.interrupted();
            calls.interrupted();

            assertThat(route.updates())
                    .extracting(Update::state, Update::synthetic)
                    .containsExactly(
                            tuple(SubscriptionState.ACTIVE, false), tuple(SubscriptionState.DEACTIVATED, true));
        }

        @Test
        void ofARosterNameTheCall() {
            index.listed(SERVER, "call", Map.of("name", "One", "callCorrelator", "k"), ConferenceIndex.IDENTITY);
            Content roster = Content.of(
                    index.conferenceOf(SERVER, "call").orElseThrow(), Resource.CALL_ROSTER, index, () -> CLOCK);
            roster.carriedBy(SERVER, "call");
            roster.add(route, new Interest(List.of(), true, false, true));

            activate(roster);

            assertThat(route.last().conference()).isEqualTo("call");
            assertThat(route.last().body())
                    .containsOnly(
                            entry("state", "active"),
                            entry("call", "call"),
                            entry("callName", "One"),
                            entry("callCorrelator", "k"));
        }
    }

    private void activate(Content content) {
        content.begin(content.elements(), new Acknowledgement(RECEIVED_AT, 0, () -> {}));
    }

    private void deactivate(Content content) {
        content.stateReceived(SubscriptionState.DEACTIVATED, new Acknowledgement(RECEIVED_AT, 0, () -> {}));
    }

    private int receive(Content content, Row... rows) {
        Resource resource = content.conference() == null ? Resource.CALLS : Resource.CALL_ROSTER;
        Resource sent = rows[0].type() == null ? Resource.CALL_INFO : resource;
        Acknowledgement acknowledgement = acknowledgement();
        int ignored = content.received(new ContentUpdate(3, sent, 7, List.of(rows), List.of()), acknowledgement);
        acknowledgement.handedOut();
        return ignored;
    }

    private Acknowledgement acknowledgement() {
        return new Acknowledgement(RECEIVED_AT, 10, () -> written++);
    }

    private void acknowledgeAll() {
        route.acknowledgeAll();
        other.acknowledgeAll();
    }

    private void forget() {
        route.forget();
        other.forget();
    }

    private static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }
}
