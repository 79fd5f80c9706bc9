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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConferenceViewTest {

    private static final String A = "a.example:443";
    private static final String B = "b.example:443";
    private static final String C = "c.example:443";
    private static final List<String> SERVERS = List.of(A, B, C);

    /** Servers that are not heard of. */
    private final Set<String> away = new HashSet<>();

    private final ConferenceView view = view("name", "participants", "recording", "lockState", "callType");

    @Nested
    class ServersThatAreNotHeardOf {

        @Test
        void countLessThanOthersWhateverTheirOrder() {
            reported(A, "one", "callCorrelator", "x", "name", "Board", "participants", 9);
            reported(B, "two", "callCorrelator", "x", "name", "Board", "participants", 9);
            away.add(A);

            ConferenceChange change =
                    only(reported(B, "two", "callCorrelator", "x", "name", "Bored", "participants", 2));

            assertThat(change.changed()).containsExactly(entry("name", "Bored"), entry("participants", 2));
            assertThat(change.servers()).containsExactly(A, B);
        }

        @Test
        void countAgainWhenTheyAreHeardOfAgain() {
            reported(A, "one", "callCorrelator", "x", "recording", "active");
            reported(B, "two", "callCorrelator", "x", "recording", "inactive");
            away.add(A);
            assertThat(only(view.reviewed("one")).changed()).containsExactly(entry("recording", "inactive"));

            away.clear();

            assertThat(only(view.reviewed("one")).changed()).containsExactly(entry("recording", "active"));
            assertThat(view.reviewed("one")).isEmpty();
            assertThat(view.reviewed("never reported")).isEmpty();
        }

        @Test
        void doNotTurnBackTime() {
            reported(A, "one", "callCorrelator", "x", "name", "Board");
            reported(B, "two", "callCorrelator", "x", "name", "Board");
            away.add(A);
            reported(B, "two", "callCorrelator", "x", "name", "Bored");

            ConferenceChange change = only(view.gone(B, "two"));

            assertThat(change.changed()).isEmpty();
            assertThat(change.record()).contains(entry("name", "Bored"));
            assertThat(change.servers()).containsExactly(A);
        }

        @Test
        void countForWhatNobodyElseSays() {
            reported(A, "one", "callCorrelator", "x", "name", "Board", "lockState", "locked");
            reported(B, "two", "callCorrelator", "x", "name", "Board");

            away.add(A);
            assertThat(view.reviewed("one")).isEmpty();
            away.add(B);
            assertThat(view.reviewed("two")).isEmpty();
        }
    }

    @Nested
    class WhatIsOneConference {

        @Test
        void theFirstServerThatReportsItAddsIt() {
            ConferenceChange change =
                    only(reported(A, "one", "callCorrelator", "x", "participants", 2, "name", "Board"));

            assertThat(change.type()).isEqualTo(UpdateType.ADD);
            assertThat(change.call()).isEqualTo("one");
            assertThat(change.correlator()).isEqualTo("x");
            assertThat(change.name()).isEqualTo("Board");
            assertThat(change.changed()).containsExactly(entry("name", "Board"), entry("participants", 2));
            assertThat(change.record())
                    .containsExactly(entry("call", "one"), entry("name", "Board"), entry("participants", 2));
            assertThat(change.servers()).containsExactly(A);
        }

        @Test
        void aSecondServerWithTheSameCorrelatorUpdatesItUnderTheFirstGuid() {
            reported(B, "two", "callCorrelator", "x", "participants", 2, "name", "Board");

            ConferenceChange change =
                    only(reported(A, "one", "callCorrelator", "x", "participants", 3, "name", "Board"));

            assertThat(change.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.call()).isEqualTo("two");
            assertThat(change.changed()).containsExactly(entry("participants", 3));
            assertThat(change.record())
                    .containsExactly(entry("call", "two"), entry("name", "Board"), entry("participants", 3));
            assertThat(change.servers()).containsExactly(A, B);
        }

        @Test
        void aServerThatOnlyJoinsTheOthersIsAnUpdateWithoutChangedElements() {
            reported(A, "one", "callCorrelator", "x", "name", "Board");

            ConferenceChange joined = only(reported(B, "two", "callCorrelator", "x", "name", "Board"));
            ConferenceChange left = only(view.gone(B, "two"));

            assertThat(joined.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(joined.changed()).isEmpty();
            assertThat(joined.servers()).containsExactly(A, B);
            assertThat(left.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(left.changed()).isEmpty();
            assertThat(left.record()).containsExactly(entry("call", "one"), entry("name", "Board"));
            assertThat(left.servers()).containsExactly(A);
        }

        @Test
        void whatLeavesTheRecordAsItWasIsNoChange() {
            reported(A, "one", "callCorrelator", "x", "participants", 3);
            reported(B, "two", "callCorrelator", "x", "participants", 2);

            assertThat(reported(A, "one", "callCorrelator", "x", "participants", 3))
                    .isEmpty();
            assertThat(reported(B, "two", "callCorrelator", "x", "participants", 1))
                    .isEmpty();
        }

        @Test
        void itKeepsItsGuidWhenTheServerThatGaveItLeaves() {
            reported(A, "one", "callCorrelator", "x", "participants", 3);
            reported(B, "two", "callCorrelator", "x", "participants", 2);

            ConferenceChange change = only(view.gone(A, "one"));

            assertThat(change.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.call()).isEqualTo("one");
            assertThat(change.changed()).containsExactly(entry("participants", 2));
            assertThat(change.servers()).containsExactly(B);
        }

        @Test
        void itIsRemovedAsItWasLastKnownWhenTheLastServerLeaves() {
            reported(A, "one", "callCorrelator", "x", "participants", 3, "name", "Board");
            reported(B, "two", "callCorrelator", "x", "participants", 2, "name", "Board");
            view.gone(A, "one");

            ConferenceChange change = only(view.gone(B, "two"));

            assertThat(change.type()).isEqualTo(UpdateType.REMOVE);
            assertThat(change.call()).isEqualTo("one");
            assertThat(change.correlator()).isEqualTo("x");
            assertThat(change.name()).isEqualTo("Board");
            assertThat(change.changed()).isEmpty();
            assertThat(change.record())
                    .containsExactly(entry("call", "one"), entry("name", "Board"), entry("participants", 2));
            assertThat(change.servers()).containsExactly(B);
            assertThat(view.isEmpty()).isTrue();
        }

        @Test
        void theNextConferenceOfACoSpaceIsAnother() {
            reported(A, "one", "callCorrelator", "x", "name", "Board");
            view.gone(A, "one");

            ConferenceChange change = only(reported(B, "two", "callCorrelator", "x"));

            assertThat(change.type()).isEqualTo(UpdateType.ADD);
            assertThat(change.call()).isEqualTo("two");
            assertThat(change.record()).containsExactly(entry("call", "two"));
        }

        @Test
        void aCallWithoutCorrelatorIsOneOfItsOwn() {
            reported(A, "one", "name", "Board");

            ConferenceChange change = only(reported(B, "two", "name", "Board", "callCorrelator", null));

            assertThat(change.type()).isEqualTo(UpdateType.ADD);
            assertThat(change.call()).isEqualTo("two");
            assertThat(change.correlator()).isNull();
            assertThat(change.servers()).containsExactly(B);
        }

        @Test
        void aCorrelatorThatIsNoTextOrBlankTiesNothingTogether() {
            for (Object odd : List.of(7, true, "", " ", List.of("x"), Map.of("x", "x"))) {
                ConferenceView odds = view("name");
                Map<String, Object> record = record("callCorrelator", odd);
                odds.reported(A, "one", record);

                ConferenceChange change = only(odds.reported(B, "two", record));

                assertThat(change.type()).isEqualTo(UpdateType.ADD);
                assertThat(change.correlator()).isNull();
            }
        }

        @Test
        void aCallThatEntersAnotherConferenceLeavesItsOwnFirst() {
            reported(A, "one", "name", "Board");
            reported(B, "two", "callCorrelator", "x", "name", "Council");

            List<ConferenceChange> changes = reported(A, "one", "callCorrelator", "x", "name", "Board");

            assertThat(changes).hasSize(2);
            assertThat(changes.get(0).type()).isEqualTo(UpdateType.REMOVE);
            assertThat(changes.get(0).call()).isEqualTo("one");
            assertThat(changes.get(0).correlator()).isNull();
            assertThat(changes.get(1).type()).isEqualTo(UpdateType.UPDATE);
            assertThat(changes.get(1).call()).isEqualTo("two");
            assertThat(changes.get(1).changed()).containsExactly(entry("name", "Board"));
            assertThat(changes.get(1).servers()).containsExactly(A, B);
        }

        @Test
        void aCallWhoseCorrelatorComesLaterIsRemovedAndAdded() {
            reported(A, "one", "name", "Board");

            List<ConferenceChange> changes = reported(A, "one", "callCorrelator", "x", "name", "Board");

            assertThat(changes).extracting(ConferenceChange::type).containsExactly(UpdateType.REMOVE, UpdateType.ADD);
            assertThat(changes).extracting(ConferenceChange::call).containsExactly("one", "one");
            assertThat(changes).extracting(ConferenceChange::correlator).containsExactly(null, "x");
        }

        @Test
        void aCallThatLeavesOthersBehindUpdatesTheirs() {
            reported(A, "one", "callCorrelator", "x", "participants", 1);
            reported(B, "two", "callCorrelator", "x", "participants", 5);

            List<ConferenceChange> changes = reported(B, "two", "callCorrelator", "y", "participants", 5);

            assertThat(changes).extracting(ConferenceChange::type).containsExactly(UpdateType.UPDATE, UpdateType.ADD);
            assertThat(changes.get(0).call()).isEqualTo("one");
            assertThat(changes.get(0).changed()).containsExactly(entry("participants", 1));
            assertThat(changes.get(0).servers()).containsExactly(A);
            assertThat(changes.get(1).call()).isEqualTo("two");
            assertThat(changes.get(1).correlator()).isEqualTo("y");
        }

        @Test
        void aConferenceGivesUpTheGuidOfACallThatIsNowPartOfAnother() {
            reported(A, "one", "callCorrelator", "x", "participants", 4);
            reported(C, "three", "callCorrelator", "x", "participants", 3);
            reported(B, "two", "callCorrelator", "x", "participants", 2);

            List<ConferenceChange> changes = reported(A, "one", "callCorrelator", "y", "participants", 4);

            assertThat(changes)
                    .extracting(ConferenceChange::type)
                    .containsExactly(UpdateType.REMOVE, UpdateType.ADD, UpdateType.ADD);
            assertThat(changes).extracting(ConferenceChange::call).containsExactly("one", "three", "one");
            assertThat(changes).extracting(ConferenceChange::correlator).containsExactly("x", "x", "y");
            assertThat(changes.get(0).record()).containsEntry("participants", 4);
            assertThat(changes.get(0).servers()).containsExactly(A, B, C);
            assertThat(changes.get(1).changed()).containsExactly(entry("participants", 3));
            assertThat(changes.get(1).servers()).containsExactly(B, C);
        }

        @Test
        void aGuidThatComesBackInAnotherConferenceIsGivenUpToo() {
            reported(A, "one", "callCorrelator", "x");
            reported(B, "two", "callCorrelator", "x");
            view.gone(A, "one");

            List<ConferenceChange> changes = reported(A, "one", "callCorrelator", "y");

            assertThat(changes)
                    .extracting(ConferenceChange::type)
                    .containsExactly(UpdateType.REMOVE, UpdateType.ADD, UpdateType.ADD);
            assertThat(changes).extracting(ConferenceChange::call).containsExactly("one", "two", "one");
            // Its new name is for good.
            assertThat(only(reported(B, "two", "callCorrelator", "x", "name", "Board"))
                            .call())
                    .isEqualTo("two");
        }

        @Test
        void aGuidThatComesBackInItsOwnConferenceIsNothingSpecial() {
            reported(A, "one", "callCorrelator", "x");
            reported(B, "two", "callCorrelator", "x");
            view.gone(A, "one");

            ConferenceChange change = only(reported(A, "one", "callCorrelator", "x"));

            assertThat(change.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.call()).isEqualTo("one");
            assertThat(change.servers()).containsExactly(A, B);
        }

        @Test
        void oneGuidOnTwoServersIsOneCall() {
            reported(B, "one", "participants", 2);

            ConferenceChange joined = only(reported(A, "one", "participants", 3));
            ConferenceChange left = only(view.gone(B, "one"));

            assertThat(joined.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(joined.servers()).containsExactly(A, B);
            assertThat(left.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(left.servers()).containsExactly(A);
        }

        @Test
        void oneGuidWithTwoCorrelatorsIsWhereTheFirstServerInOrderHasIt() {
            reported(B, "one", "callCorrelator", "y");

            List<ConferenceChange> changes = reported(A, "one", "callCorrelator", "x");

            assertThat(changes).extracting(ConferenceChange::type).containsExactly(UpdateType.REMOVE, UpdateType.ADD);
            assertThat(changes.get(1).correlator()).isEqualTo("x");
            assertThat(changes.get(1).servers()).containsExactly(A, B);

            List<ConferenceChange> back = view.gone(A, "one");

            assertThat(back).extracting(ConferenceChange::correlator).containsExactly("x", "y");
            assertThat(back.get(1).servers()).containsExactly(B);
        }

        @Test
        void theEndOfWhatWasNeverReportedIsNothing() {
            reported(A, "one", "callCorrelator", "x");

            assertThat(view.gone(A, "two")).isEmpty();
            assertThat(view.gone(B, "one")).isEmpty();
            assertThat(view.gone("elsewhere.example:443", "one")).isEmpty();
            assertThat(only(view.gone(A, "one")).type()).isEqualTo(UpdateType.REMOVE);
            assertThat(view.gone(A, "one")).isEmpty();
        }

        @Test
        void anEmptyRecordIsACallLikeAnyOther() {
            ConferenceChange added = only(view.reported(A, "one", Map.of()));

            assertThat(added.type()).isEqualTo(UpdateType.ADD);
            assertThat(added.name()).isNull();
            assertThat(added.changed()).isEmpty();
            assertThat(added.record()).containsExactly(entry("call", "one"));
            assertThat(view.reported(A, "one", Map.of())).isEmpty();
            assertThat(only(view.gone(A, "one")).type()).isEqualTo(UpdateType.REMOVE);
        }

        @Test
        void aServerThatIsNotConfiguredHasNoPlaceInTheOrder() {
            assertThatThrownBy(() -> view.reported("elsewhere.example:443", "one", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("elsewhere.example:443");
            assertThat(view.isEmpty()).isTrue();
        }
    }

    @Nested
    class WhatItsElementsAre {

        @Test
        void onlyThoseThatWereAskedForInTheirOrder() {
            ConferenceView some = view("participants", "name");

            ConferenceChange change =
                    only(some.reported(A, "one", record("name", "Board", "streaming", "active", "participants", 1)));

            assertThat(change.record())
                    .containsExactly(entry("call", "one"), entry("participants", 1), entry("name", "Board"));
            assertThat(change.changed()).containsExactly(entry("participants", 1), entry("name", "Board"));
        }

        @Test
        void whatWasNotAskedForIsNoChange() {
            ConferenceView some = view("participants");
            some.reported(A, "one", record("participants", 1, "name", "Board", "recording", "inactive"));

            assertThat(some.reported(A, "one", record("participants", 1, "name", "Council", "recording", "active")))
                    .isEmpty();
            assertThat(only(some.gone(A, "one")).name()).isEqualTo("Council");
        }

        @Test
        void theCorrelatorIsOneOfThemOnlyWhenAskedFor() {
            assertThat(only(reported(A, "one", "callCorrelator", "x")).record()).containsOnlyKeys("call");

            ConferenceView withIt = view("callCorrelator");
            ConferenceChange added = only(withIt.reported(B, "two", record("callCorrelator", "x")));
            ConferenceChange joined = only(withIt.reported(A, "one", record("callCorrelator", "x")));

            assertThat(added.changed()).containsExactly(entry("callCorrelator", "x"));
            assertThat(joined.changed()).isEmpty();
            assertThat(joined.record()).containsExactly(entry("call", "two"), entry("callCorrelator", "x"));
        }

        @Test
        void aCorrelatorThatTiesNothingTogetherIsShownAsItCame() {
            ConferenceView withIt = view("callCorrelator");

            assertThat(only(withIt.reported(A, "one", record("callCorrelator", 7)))
                            .changed())
                    .containsExactly(entry("callCorrelator", 7));
            assertThat(only(withIt.reported(A, "two", record("callCorrelator", null)))
                            .changed())
                    .containsExactly(entry("callCorrelator", null));
            assertThat(only(withIt.reported(A, "three", record())).changed()).isEmpty();
        }

        @Test
        void theCorrelatorThatTiesCallsTogetherIsTheOneShown() {
            ConferenceView withIt = view("callCorrelator");
            withIt.reported(A, "one", record("callCorrelator", 7));

            List<ConferenceChange> changes = withIt.reported(B, "one", record("callCorrelator", "x"));

            assertThat(changes).extracting(ConferenceChange::type).containsExactly(UpdateType.REMOVE, UpdateType.ADD);
            assertThat(changes.get(1).correlator()).isEqualTo("x");
            assertThat(changes.get(1).changed()).containsExactly(entry("callCorrelator", "x"));
        }

        @Test
        void theRecordsKeyCanNotBeOverwritten() {
            ConferenceView odd = view("call", "name");

            ConferenceChange change = only(odd.reported(A, "one", record("call", "other", "name", "Board")));

            assertThat(change.record()).containsExactly(entry("call", "one"), entry("name", "Board"));
            assertThat(change.changed()).containsExactly(entry("name", "Board"));
        }

        @Test
        void theLargestNumberByItsValueWhateverItsType() {
            assertThat(merged("participants", 9, 10L, 9.5)).isEqualTo(10L);
            assertThat(merged("participants", 9.5, 9, new BigDecimal("9.25"))).isEqualTo(9.5);
            assertThat(merged("participants", 1, Long.MAX_VALUE, new BigInteger("9223372036854775808")))
                    .isEqualTo(new BigInteger("9223372036854775808"));
            assertThat(merged("participants", 0.1, new BigDecimal("0.10000000000000000001"), 0))
                    .isEqualTo(new BigDecimal("0.10000000000000000001"));
            assertThat(merged("participants", -3, -2, -4)).isEqualTo(-2);
            assertThat(merged("distributedInstances", null, 0, null)).isEqualTo(0);
            assertThat(merged("somethingNew", 1, 2, 3)).isEqualTo(3);
        }

        @Test
        void theFirstServersOfEqualNumbers() {
            assertThat(merged("participants", 2, 2.0, 2L)).isEqualTo(2);
            assertThat(merged("participants", 1, 2.0, 2L)).isEqualTo(2.0);
        }

        @Test
        void theFirstServersValueWhenNotAllAreNumbers() {
            assertThat(merged("participants", 1, "many", 3)).isEqualTo(1);
            assertThat(merged("participants", "many", 3, 4)).isEqualTo("many");
            assertThat(merged("participants", null, true, 4)).isEqualTo(true);
            assertThat(merged("participants", List.of(9), 3, 4)).isEqualTo(List.of(9));
            assertThat(merged("participants", 3, Double.NaN, 4)).isEqualTo(3);
            assertThat(merged("participants", 3, Double.POSITIVE_INFINITY, 4)).isEqualTo(3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"recording", "endpointRecording", "streaming"})
        void activeAsSoonAsOneServerSaysSo(String element) {
            assertThat(merged(element, "inactive", "inactive", "active")).isEqualTo("active");
            assertThat(merged(element, null, 5, "active")).isEqualTo("active");
            assertThat(merged(element, "inactive", "paused", null)).isEqualTo("inactive");
            assertThat(merged(element, true, "inactive", "inactive")).isEqualTo(true);
            assertThat(merged(element, "inactive", "locked", "inactive")).isEqualTo("inactive");
        }

        @Test
        void lockedAsSoonAsOneServerSaysSo() {
            assertThat(merged("lockState", "notLocked", "unlocked", "locked")).isEqualTo("locked");
            assertThat(merged("lockState", "unlocked", "notLocked", null)).isEqualTo("unlocked");
            assertThat(merged("lockState", "notLocked", "active", null)).isEqualTo("notLocked");
        }

        @Test
        void theFirstServersValueOfEverythingElse() {
            assertThat(merged("name", "Board", "Council", "Assembly")).isEqualTo("Board");
            assertThat(merged("name", null, "Council", "Assembly")).isEqualTo("Council");
            assertThat(merged("name", null, null, "")).isEqualTo("");
            assertThat(merged("callType", "coSpace", "active", "locked")).isEqualTo("coSpace");
            assertThat(merged("somethingNew", false, true, true)).isEqualTo(false);
        }

        @Test
        void theOrderOfArrivalDoesNotMatter() {
            reported(C, "three", "callCorrelator", "x", "name", "Assembly");

            ConferenceChange nearer = only(reported(B, "two", "callCorrelator", "x", "name", "Council"));
            ConferenceChange first = only(reported(A, "one", "callCorrelator", "x", "name", "Board"));

            assertThat(nearer.changed()).containsExactly(entry("name", "Council"));
            assertThat(first.changed()).containsExactly(entry("name", "Board"));
            assertThat(reported(B, "two", "callCorrelator", "x", "name", "Council of Elders"))
                    .isEmpty();
        }

        @Test
        void nullAndAbsentStayApart() {
            ConferenceChange absent = only(reported(A, "one", "callCorrelator", "x"));
            ConferenceChange cleared = only(reported(B, "two", "callCorrelator", "x", "name", null));
            ConferenceChange set = only(reported(A, "one", "callCorrelator", "x", "name", "Board"));

            assertThat(absent.record()).doesNotContainKey("name");
            assertThat(cleared.changed()).containsExactly(entry("name", null));
            assertThat(set.changed()).containsExactly(entry("name", "Board"));
        }

        @Test
        void whatNobodyHasAnyMoreIsCleared() {
            reported(A, "one", "callCorrelator", "x", "name", "Board");
            reported(B, "two", "callCorrelator", "x");

            ConferenceChange change = only(view.gone(A, "one"));

            assertThat(change.changed()).containsExactly(entry("name", null));
            assertThat(change.record()).containsExactly(entry("call", "one"), entry("name", null));
            assertThat(change.name()).isNull();
            assertThat(reported(B, "two", "callCorrelator", "x")).isEmpty();
        }

        @Test
        void equalNumbersAreNoChangeHoweverTheyAreWritten() {
            ConferenceView any = view("somethingNew");
            any.reported(A, "one", record("somethingNew", 1));

            assertThat(any.reported(A, "one", record("somethingNew", 1L))).isEmpty();
            assertThat(any.reported(A, "one", record("somethingNew", 1.0))).isEmpty();
            assertThat(any.reported(A, "one", record("somethingNew", new BigDecimal("1.00"))))
                    .isEmpty();
            assertThat(any.reported(A, "one", record("somethingNew", BigInteger.ONE)))
                    .isEmpty();
            assertThat(only(any.reported(A, "one", record("somethingNew", 1.5))).changed())
                    .containsExactly(entry("somethingNew", 1.5));
            assertThat(only(any.reported(A, "one", record("somethingNew", "1.5")))
                            .changed())
                    .containsExactly(entry("somethingNew", "1.5"));
        }

        @Test
        void whatIsInsideListsAndObjectsIsComparedByValueToo() {
            ConferenceView any = view("somethingNew");
            any.reported(A, "one", record("somethingNew", record("list", List.of(1, "b"), "none", null)));

            assertThat(any.reported(A, "one", record("somethingNew", record("list", List.of(1.0, "b"), "none", null))))
                    .isEmpty();
            assertThat(any.reported(A, "one", record("somethingNew", record("list", List.of(1.0, "b"), "other", null))))
                    .hasSize(1);
            assertThat(any.reported(A, "one", record("somethingNew", record("list", List.of(1, "c"), "other", null))))
                    .hasSize(1);
            assertThat(any.reported(A, "one", record("somethingNew", record("list", List.of(1), "other", null))))
                    .hasSize(1);
            assertThat(any.reported(A, "one", record("somethingNew", record("list", List.of(1)))))
                    .hasSize(1);
        }

        @Test
        void aListOrObjectThatGrowsIsAChange() {
            ConferenceView any = view("somethingNew");
            any.reported(A, "one", record("somethingNew", List.of(1)));

            assertThat(any.reported(A, "one", record("somethingNew", List.of(1, 2))))
                    .hasSize(1);
            assertThat(any.reported(A, "one", record("somethingNew", Map.of("a", 1))))
                    .hasSize(1);
            assertThat(any.reported(A, "one", record("somethingNew", Map.of("a", 1, "b", 2))))
                    .hasSize(1);
        }

        @Test
        void ofTwoCallsOnOneServerTheLaterCountsFirst() {
            reported(A, "old", "callCorrelator", "x", "name", "Board", "participants", 4, "recording", "active");

            ConferenceChange change = only(reported(
                    A, "new", "callCorrelator", "x", "name", "Council", "participants", 1, "recording", "inactive"));

            assertThat(change.call()).isEqualTo("old");
            assertThat(change.changed()).containsExactly(entry("name", "Council"));
            assertThat(change.servers()).containsExactly(A);
            // A late word of the old call does not make it the later one.
            assertThat(reported(
                            A, "old", "callCorrelator", "x", "name", "Bored", "participants", 4, "recording", "active"))
                    .isEmpty();

            ConferenceChange afterwards = only(view.gone(A, "old"));

            assertThat(afterwards.call()).isEqualTo("old");
            assertThat(afterwards.changed()).containsExactly(entry("participants", 1), entry("recording", "inactive"));
            assertThat(afterwards.servers()).containsExactly(A);
        }

        @Test
        void aSuccessorThatIsEqualIsNoChange() {
            reported(A, "old", "callCorrelator", "x", "name", "Board");

            assertThat(reported(A, "new", "callCorrelator", "x", "name", "Board"))
                    .isEmpty();
            assertThat(view.gone(A, "old")).isEmpty();
            assertThat(only(view.gone(A, "new")).call()).isEqualTo("old");
        }

        @Test
        void theNameIsKnownWhetherAskedForOrNot() {
            ConferenceView some = view("participants");

            ConferenceChange odd =
                    only(some.reported(B, "two", record("callCorrelator", "x", "name", 7, "participants", 1)));
            ConferenceChange named =
                    only(some.reported(A, "one", record("callCorrelator", "x", "name", "Board", "participants", 1)));

            assertThat(odd.name()).isNull();
            assertThat(named.name()).isEqualTo("Board");
            assertThat(named.record()).doesNotContainKey("name");
        }

        private Object merged(String element, Object first, Object second, Object third) {
            ConferenceView any = view(element);
            any.reported(C, "three", record("callCorrelator", "x", element, third));
            any.reported(A, "one", record("callCorrelator", "x", element, first));
            List<ConferenceChange> changes = any.reported(B, "two", record("callCorrelator", "x", element, second));
            return only(changes).record().get(element);
        }
    }

    @Test
    void aChangeIsASnapshot() {
        Map<String, Object> record = record("callCorrelator", "x", "name", "Board");
        ConferenceChange added = only(view.reported(A, "one", record));
        record.put("name", "Council");

        ConferenceChange joined = only(reported(B, "two", "callCorrelator", "x", "participants", 1));

        assertThat(joined.record()).containsEntry("name", "Board");
        assertThat(added.record()).containsExactly(entry("call", "one"), entry("name", "Board"));
        assertThat(added.changed()).containsExactly(entry("name", "Board"));
        assertThat(added.servers()).containsExactly(A);
        for (Map<String, Object> map : List.of(added.record(), added.changed(), joined.changed())) {
            assertThatThrownBy(() -> map.put("name", "Bored")).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aServerThatIsConfiguredTwiceHasItsFirstPlace() {
        ConferenceView twice = new ConferenceView(List.of(A, B, A), Set.of("name"), (server, call) -> true);
        twice.reported(B, "two", record("callCorrelator", "x", "name", "Council"));

        ConferenceChange change = only(twice.reported(A, "one", record("callCorrelator", "x", "name", "Board")));

        assertThat(change.changed()).containsExactly(entry("name", "Board"));
        assertThat(change.servers()).containsExactly(A, B);
    }

    /** Takes well under a second; were each report to look at every conference, it would take minutes. */
    @Test
    @Timeout(60)
    void twelveThousandConferencesAreNotLookedThroughForEachReport() {
        int conferences = 12_000;
        List<UpdateType> told = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < conferences; i++) {
                for (String server : SERVERS) {
                    Map<String, Object> record =
                            record("callCorrelator", "x" + i, "name", "Board " + i, "participants", round);
                    view.reported(server, server + i, record).forEach(change -> told.add(change.type()));
                }
            }
        }
        for (String server : SERVERS) {
            for (int i = 0; i < conferences; i++) {
                view.gone(server, server + i).forEach(change -> told.add(change.type()));
            }
        }

        assertThat(Collections.frequency(told, UpdateType.ADD)).isEqualTo(conferences);
        assertThat(Collections.frequency(told, UpdateType.REMOVE)).isEqualTo(conferences);
        // Two servers join and two leave; in between the first to tell of another number of participants.
        assertThat(Collections.frequency(told, UpdateType.UPDATE)).isEqualTo(conferences * (2 + 4 + 2));
        assertThat(view.isEmpty()).isTrue();
    }

    private List<ConferenceChange> reported(String server, String call, Object... elements) {
        return view.reported(server, call, record(elements));
    }

    private ConferenceView view(String... elements) {
        return new ConferenceView(
                SERVERS, new LinkedHashSet<>(List.of(elements)), (server, call) -> !away.contains(server));
    }

    private static ConferenceChange only(List<ConferenceChange> changes) {
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static Map<String, Object> record(Object... elements) {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < elements.length; i += 2) {
            record.put((String) elements[i], elements[i + 1]);
        }
        return record;
    }
}
