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
import static org.assertj.core.api.Assertions.tuple;

import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentTest extends ContentFixture {

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

        private boolean isFresh(String call) {
            return index.conferenceOf(SERVER, call).orElseThrow().calls().get(0).isFresh();
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
    }
}
