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

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConferenceRecordsTest {

    private static final String A = "a.example:443";
    private static final String B = "b.example:443";
    private static final String C = "c.example:443";
    private static final Origin ORIGIN = new Origin(A, "callListUpdate", 1);

    private ConferenceIndex index = new ConferenceIndex(List.of(A, B, C), () -> {});
    private ConferenceRecords records =
            records(false, "name", "participants", "recording", "lockState", "somethingNew");

    @Nested
    class OneRecordForEachConference {

        @Test
        void isAddedByTheFirstServerAndUpdatedByOthersUnderTheFirstGuid() {
            Update added = only(list(B, "two", "callCorrelator", "x", "name", "Board", "participants", 2));
            Update joined = only(list(A, "one", "callCorrelator", "x", "name", "Board", "participants", 3));

            assertThat(added.type()).isEqualTo(UpdateType.ADD);
            assertThat(added.conference()).isEqualTo("two");
            assertThat(added.callName()).isEqualTo("Board");
            assertThat(added.callCorrelator()).isEqualTo("x");
            assertThat(added.changedElements()).isNull();
            assertThat(added.body())
                    .isEqualTo(Rows.fields("call", "two", "updateType", "add", "name", "Board", "participants", 2));
            assertThat(added.servers()).containsExactly(B);
            assertThat(joined.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(joined.call()).isEqualTo("one");
            assertThat(joined.conference()).isEqualTo("two");
            assertThat(joined.body()).isEqualTo(Rows.fields("call", "two", "updateType", "update", "participants", 3));
            assertThat(joined.servers()).containsExactly(A, B);
        }

        @Test
        void isUpdatedWithoutElementsWhenOnlyItsServersChange() {
            list(A, "one", "callCorrelator", "x", "name", "Board");

            Update joined = only(list(B, "two", "callCorrelator", "x", "name", "Board"));
            Update left = only(unlist(B, "two", null));

            assertThat(joined.body()).containsOnlyKeys("call", "updateType");
            assertThat(joined.servers()).containsExactly(A, B);
            assertThat(left.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(left.servers()).containsExactly(A);
        }

        @Test
        void keepsItsKeyWhenTheFirstServerLeavesAndIsRemovedWithTheLast() {
            records = records(true, "name", "participants");
            list(A, "one", "callCorrelator", "x", "participants", 3, "name", "Board");
            list(B, "two", "callCorrelator", "x", "participants", 2, "name", "Board");

            Update left = only(unlist(A, "one", "allLeft"));
            only(list(B, "two", "callCorrelator", "x", "participants", 2, "name", ""));
            Update removed = only(unlist(B, "two", "allLeft"));

            assertThat(left.conference()).isEqualTo("one");
            assertThat(left.reason()).isNull();
            assertThat(left.changedElements()).containsExactly("participants");
            assertThat(removed.type()).isEqualTo(UpdateType.REMOVE);
            assertThat(removed.conference()).isEqualTo("one");
            assertThat(removed.reason()).isEqualTo("allLeft");
            assertThat(removed.callName()).isEqualTo("Board");
            assertThat(removed.body())
                    .isEqualTo(Rows.fields(
                            "call",
                            "one",
                            "updateType",
                            "remove",
                            "name",
                            "Board",
                            "participants",
                            2,
                            "reason",
                            "allLeft"));
            assertThat(removed.changedElements()).isEmpty();
            assertThat(removed.servers()).containsExactly(B);
        }

        @Test
        void staysOneWhenItsCorrelatorComesLater() {
            list(A, "one", "name", "Board");

            assertThat(list(A, "one", "name", "Board", "callCorrelator", "x")).isEmpty();
        }

        @Test
        void givesUpTheKeyOfACallThatGoesOnAsAnother() {
            list(A, "one", "callCorrelator", "x");
            list(B, "two", "callCorrelator", "x");

            assertThat(inShort(list(A, "one", "callCorrelator", "y")))
                    .containsExactly("remove one", "add two", "add one");
        }

        @Test
        void givesUpTheKeyOfACallThatItLeavesBehind() {
            list(B, "two", "callCorrelator", "x");
            list(A, "one", "callCorrelator", "x");
            interrupt(B);

            assertThat(inShort(list(A, "one", "callCorrelator", "y")))
                    .containsExactly("remove two", "add one", "add two");
        }

        @Test
        void waitsForAListWithTheElementsUnlessTheServerRefusesThem() {
            assertThat(review(index.listed(A, "one", Rows.fields("name", "Board"), Set.of("name")), null))
                    .isEmpty();

            records.acceptFewerElements(A);

            assertThat(inShort(review(List.of(index.conferenceOf(A, "one").orElseThrow()), null)))
                    .containsExactly("add one");
        }

        @Test
        void hasABodyOfItsOwn() {
            List<Object> rows = new ArrayList<>(List.of(1));

            Update added = only(list(A, "one", "somethingNew", rows));
            ((List<?>) added.body().get("somethingNew")).clear();

            assertThat(rows).containsExactly(1);
            assertThat(list(A, "one", "somethingNew", rows)).isEmpty();
        }
    }

    @Nested
    class ServersThatAreAway {

        @Test
        void countOnlyForElementsThatNoOtherServerHas() {
            list(A, "one", "callCorrelator", "x", "name", "Board", "participants", 9, "recording", "active");
            list(B, "two", "callCorrelator", "x", "name", "Board", "participants", 9);
            interrupt(A);

            Update update = only(list(B, "two", "callCorrelator", "x", "name", "Bored", "participants", 2));

            assertThat(update.body()).contains(entry("name", "Bored"), entry("participants", 2));
            assertThat(update.body()).doesNotContainKey("recording");
            assertThat(update.servers()).containsExactly(A, B);
        }

        @Test
        void leaveTheRecordAsItIsWhenAllAreAway() {
            list(A, "one", "callCorrelator", "x", "name", "Board");
            list(B, "two", "callCorrelator", "x", "name", "Board");
            interrupt(A);
            list(B, "two", "callCorrelator", "x", "name", "Bored");

            assertThat(interrupt(B)).isEmpty();
            Update left = only(unlist(B, "two", null));

            assertThat(left.body()).containsOnlyKeys("call", "updateType");
            assertThat(left.servers()).containsExactly(A);
        }
    }

    @Nested
    class MergedElements {

        @Test
        void numbersAreTheLargestWhateverTheirType() {
            assertThat(merged("participants", 9, 10L, 9.5)).isEqualTo(10L);
            assertThat(merged("participants", 9.5, 9, new BigDecimal("9.25"))).isEqualTo(9.5);
            assertThat(merged("participants", 1, Long.MAX_VALUE, new BigInteger("9223372036854775808")))
                    .isEqualTo(new BigInteger("9223372036854775808"));
            assertThat(merged("distributedInstances", null, 0, null)).isEqualTo(0);
            assertThat(merged("participants", 2, 2.0, 2L)).isEqualTo(2);
        }

        @Test
        void otherValuesAreTheFirstServersThatHasOne() {
            assertThat(merged("participants", 1, "many", 3)).isEqualTo(1);
            assertThat(merged("participants", null, true, 4)).isEqualTo(true);
            assertThat(merged("participants", 3, Double.NaN, 4)).isEqualTo(3);
            assertThat(merged("name", null, "Council", "Assembly")).isEqualTo("Council");
            assertThat(merged("callType", "coSpace", "active", "locked")).isEqualTo("coSpace");
            assertThat(merged("somethingNew", false, true, true)).isEqualTo(false);
            assertThat(merged("somethingNew", null, null, null)).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"recording", "endpointRecording", "streaming"})
        void oneActiveServerIsEnough(String element) {
            assertThat(merged(element, "inactive", null, "active")).isEqualTo("active");
            assertThat(merged(element, "inactive", "paused", null)).isEqualTo("inactive");
        }

        @Test
        void lockedIsEnoughOnceFromAServerThatHasParticipants() {
            assertThat(merged("lockState", "notLocked", "unlocked", "locked")).isEqualTo("locked");
            assertThat(merged("lockState", "unlocked", "notLocked", null)).isEqualTo("unlocked");
        }

        @Test
        void aServerThatJoinsDoesNotLock() {
            list(A, "one", "callCorrelator", "x", "participants", 3, "lockState", "notLocked");

            Update joined = only(list(B, "two", "callCorrelator", "x", "participants", 0, "lockState", "locked"));
            assertThat(joined.body()).doesNotContainKey("lockState");

            Update locked = only(list(B, "two", "callCorrelator", "x", "participants", 1, "lockState", "locked"));
            assertThat(locked.body()).containsEntry("lockState", "locked");
        }

        @Test
        void participantsAreNeededForTheLockStateButNotDelivered() {
            records = records(false, "lockState");

            assertThat(records.needed())
                    .containsExactlyInAnyOrder("lockState", "participants", "name", "callCorrelator");
            assertThat(only(list(A, "one", "participants", 3, "lockState", "locked"))
                            .body())
                    .containsOnlyKeys("call", "updateType", "lockState");
        }

        @Test
        void theCorrelatorIsTheOneOfTheConference() {
            records = records(false, "callCorrelator");
            list(A, "one", "callCorrelator", null);
            list(B, "two", "callCorrelator", "x");

            Update update = list(A, "one", "callCorrelator", "x").get(1);

            assertThat(update.callCorrelator()).isEqualTo("x");
            assertThat(only(list(C, "three", "callCorrelator", "y")).body()).containsEntry("callCorrelator", "y");
        }

        @Test
        void nullAndAbsentStayApartAndWhatNoServerHasAnyMoreIsNull() {
            Update absent = only(list(A, "one", "callCorrelator", "x"));
            Update cleared = only(list(B, "two", "callCorrelator", "x", "name", null));
            list(C, "three", "callCorrelator", "x", "participants", 1);
            Update gone = only(unlist(C, "three", null));

            assertThat(absent.body()).doesNotContainKey("name");
            assertThat(cleared.body()).containsEntry("name", null);
            assertThat(gone.body()).containsEntry("participants", null);
            assertThat(list(A, "one", "callCorrelator", "x")).isEmpty();
        }

        @Test
        void equalValuesAreNoChangeHoweverTheirNumbersAreWritten() {
            list(A, "one", "somethingNew", Rows.fields("list", List.of(1, "b"), "none", null));

            assertThat(list(A, "one", "somethingNew", Rows.fields("list", List.of(1.0, "b"), "none", null)))
                    .isEmpty();
            assertThat(list(A, "one", "somethingNew", Rows.fields("list", List.of(1, "b"), "other", null)))
                    .hasSize(1);
            assertThat(list(A, "one", "somethingNew", Rows.fields("list", List.of(1), "other", null)))
                    .hasSize(1);
            assertThat(list(A, "one", "somethingNew", Map.of())).hasSize(1);
        }

        private Object merged(String element, Object first, Object second, Object third) {
            index = new ConferenceIndex(List.of(A, B, C), () -> {});
            records = records(true, element);
            list(C, "three", "callCorrelator", "x", element, third);
            list(A, "one", "callCorrelator", "x", element, first);
            return only(list(B, "two", "callCorrelator", "x", element, second))
                    .body()
                    .get(element);
        }
    }

    private List<Update> list(String server, String guid, Object... elements) {
        return review(index.listed(server, guid, Rows.fields(elements), records.needed()), null);
    }

    private List<Update> unlist(String server, String guid, String reason) {
        return review(index.unlisted(server, guid).stream().toList(), reason);
    }

    private List<Update> interrupt(String server) {
        index.takeChanged();
        index.outdate(server);
        return review(List.copyOf(index.takeChanged()), null);
    }

    private List<Update> review(List<Conference> conferences, String reason) {
        List<Update> updates = new ArrayList<>();
        for (Conference conference : conferences) {
            String guid = conference.calls().isEmpty()
                    ? conference.key()
                    : conference.calls().get(0).guid();
            updates.addAll(records.review(conference, ORIGIN, guid, reason, false));
        }
        return updates;
    }

    private static ConferenceRecords records(boolean merge, String... elements) {
        return new ConferenceRecords(new RecordingRoute(), new Interest(List.of(elements), true, merge, false));
    }

    private static List<String> inShort(List<Update> updates) {
        return updates.stream()
                .map(update -> update.type().wireName() + " " + update.conference())
                .toList();
    }

    private static Update only(List<Update> updates) {
        assertThat(updates).hasSize(1);
        return updates.get(0);
    }
}
