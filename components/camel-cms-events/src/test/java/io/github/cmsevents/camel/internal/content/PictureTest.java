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

import io.github.cmsevents.camel.internal.content.Change.Cause;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PictureTest {

    private static final List<String> ELEMENTS = List.of("name", "importance", "layout");

    private final Picture picture = new Picture(Resource.CALLS, null);

    @Nested
    class InOneGeneration {

        @Test
        void anAddIsNewsAsItCame() {
            begin();

            Change change = apply(UpdateType.ADD, "a", "name", "One").orElseThrow();

            assertThat(change.cause()).isEqualTo(Cause.RECEIVED);
            assertThat(change.key()).isEqualTo("a");
            assertThat(change.sentType()).isEqualTo(UpdateType.ADD);
            assertThat(change.newsType()).isEqualTo(UpdateType.ADD);
            assertThat(change.news())
                    .isEqualTo(change.sent())
                    .containsExactly(entry("call", "a"), entry("updateType", "add"), entry("name", "One"));
            assertThat(change.record()).containsExactly(entry("call", "a"), entry("name", "One"));
            assertThat(change.toldSince()).isEqualTo(Change.NEVER);
            assertThat(picture.size()).isEqualTo(1);
        }

        @Test
        void anUpdateIsNewsAsItCameAndChangesTheRecord() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "layout", "automatic");

            Change change = apply(UpdateType.UPDATE, "a", "name", "Two").orElseThrow();

            assertThat(change.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.news())
                    .containsOnly(entry("call", "a"), entry("updateType", "update"), entry("name", "Two"));
            assertThat(change.record())
                    .containsOnly(entry("call", "a"), entry("name", "Two"), entry("layout", "automatic"));
            assertThat(change.toldSince()).isEqualTo(1);
        }

        @Test
        void anUpdateThatChangesNothingIsStillWhatTheServerSaid() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");

            assertThat(apply(UpdateType.UPDATE, "a", "name", "One")
                            .orElseThrow()
                            .newsType())
                    .isEqualTo(UpdateType.UPDATE);
        }

        @Test
        void aRemovalIsNewsWithTheRecordAsItWas() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");

            Change change = apply(UpdateType.REMOVE, "a", "reason", "timeout").orElseThrow();

            assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
            assertThat(change.news()).containsEntry("reason", "timeout");
            assertThat(change.record()).containsOnly(entry("call", "a"), entry("name", "One"));
            assertThat(picture.size()).isZero();
            assertThat(picture.record("a")).isNull();
        }

        @Test
        void aClearedElementStaysInTheRecordAndAnAbsentOneIsNotTouched() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", 3);

            Change change = apply(UpdateType.UPDATE, "a", "importance", null).orElseThrow();

            assertThat(change.news()).containsEntry("importance", null).doesNotContainKey("name");
            assertThat(change.record()).containsEntry("importance", null).containsEntry("name", "One");
        }

        @Test
        void anElementThatWasNeverSetIsNotInTheRecord() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");

            assertThat(picture.record("a")).doesNotContainKey("importance");
        }

        @Test
        void anUpdateBeforeTheAddIsPassedOnAndSoIsTheAdd() {
            begin();

            Change update = apply(UpdateType.UPDATE, "a", "name", "One").orElseThrow();
            Change add =
                    apply(UpdateType.ADD, "a", "name", "One", "importance", 1).orElseThrow();

            assertThat(update.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(update.toldSince()).isEqualTo(Change.NEVER);
            assertThat(add.newsType()).isEqualTo(UpdateType.ADD);
            assertThat(add.news()).containsEntry("importance", 1);
            assertThat(picture.ignored()).isZero();
        }

        @Test
        void anUpdateAfterTheRemovalIsIgnoredAndCounted() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");
            apply(UpdateType.REMOVE, "a");

            assertThat(apply(UpdateType.UPDATE, "a", "name", "Two")).isEmpty();
            assertThat(apply(UpdateType.UPDATE, "a", "name", "Three")).isEmpty();

            assertThat(picture.ignored()).isEqualTo(2);
            assertThat(picture.size()).isZero();
        }

        @Test
        void aSecondRemovalIsIgnoredAndCounted() {
            begin();
            apply(UpdateType.ADD, "a");
            apply(UpdateType.REMOVE, "a");

            assertThat(apply(UpdateType.REMOVE, "a")).isEmpty();
            assertThat(picture.ignored()).isEqualTo(1);
        }

        @Test
        void aRemovalOfWhatWasNeverKnownIsPassedOnOnce() {
            begin();

            Change change = apply(UpdateType.REMOVE, "a", "reason", "timeout").orElseThrow();

            assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
            assertThat(change.toldSince()).isEqualTo(Change.NEVER);
            assertThat(change.record()).containsOnly(entry("call", "a"));
            assertThat(apply(UpdateType.REMOVE, "a")).isEmpty();
        }

        @Test
        void whatComesBackAfterItsRemovalIsNewAgain() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", 3);
            apply(UpdateType.REMOVE, "a");

            Change change = apply(UpdateType.ADD, "a", "name", "One").orElseThrow();
            Change update = apply(UpdateType.UPDATE, "a", "name", "Two").orElseThrow();

            assertThat(change.newsType()).isEqualTo(UpdateType.ADD);
            assertThat(change.record()).doesNotContainKey("importance");
            assertThat(update.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(picture.ignored()).isZero();
        }

        @Test
        void aDuplicateAddIsNoNews() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");

            Change change = apply(UpdateType.ADD, "a", "name", "One").orElseThrow();

            assertThat(change.newsType()).isNull();
            assertThat(change.news()).isNull();
            assertThat(change.sentType()).isEqualTo(UpdateType.ADD);
            assertThat(change.sent()).containsEntry("name", "One");
        }

        @Test
        void aSecondAddWithOtherValuesIsAnUpdate() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "layout", "automatic");

            Change change = apply(UpdateType.ADD, "a", "name", "Two", "layout", "automatic")
                    .orElseThrow();

            assertThat(change.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.news())
                    .containsExactly(entry("call", "a"), entry("updateType", "update"), entry("name", "Two"));
        }

        @Test
        void remembersOnlySoManyRemovedKeys() {
            begin();
            apply(UpdateType.ADD, "first");
            apply(UpdateType.REMOVE, "first");
            for (int i = 0; i < 1_000; i++) {
                apply(UpdateType.ADD, "k" + i);
                apply(UpdateType.REMOVE, "k" + i);
            }

            assertThat(apply(UpdateType.UPDATE, "k0")).isEmpty();
            assertThat(apply(UpdateType.UPDATE, "first")).isPresent();
        }

        @Test
        void theRecordIsNotTheMapThatCameIn() {
            begin();
            Map<String, Object> fields = fields("add", "a", "name", "One");

            picture.apply(new Row(UpdateType.ADD, "a", fields));
            fields.put("name", "changed by its owner");

            assertThat(picture.record("a")).containsEntry("name", "One");
        }
    }

    @Nested
    class AfterAGap {

        @Test
        void whatIsSentAgainAndEqualIsNoNews() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", null);
            begin();

            Change change = apply(UpdateType.ADD, "a", "name", "One", "importance", null)
                    .orElseThrow();

            assertThat(change.newsType()).isNull();
            assertThat(change.toldSince()).isEqualTo(1);
            assertThat(picture.hasUnconfirmed()).isFalse();
            assertThat(picture.dropUnconfirmed()).isEmpty();
        }

        @Test
        void theOrderOfKeysIsNoNews() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "layout", "automatic");
            begin();

            assertThat(apply(UpdateType.ADD, "a", "layout", "automatic", "name", "One")
                            .orElseThrow()
                            .newsType())
                    .isNull();
        }

        @Test
        void equalNestedValuesAreNoNewsAndOtherOnesAre() {
            begin();
            apply(UpdateType.ADD, "a", "layout", Map.of("rows", List.of(1, 2)));
            apply(UpdateType.ADD, "b", "layout", Map.of("rows", List.of(1, 2)));
            begin();

            assertThat(apply(UpdateType.ADD, "a", "layout", Map.of("rows", List.of(1, 2)))
                            .orElseThrow()
                            .newsType())
                    .isNull();
            assertThat(apply(UpdateType.ADD, "b", "layout", Map.of("rows", List.of(1, 3)))
                            .orElseThrow()
                            .newsType())
                    .isEqualTo(UpdateType.UPDATE);
        }

        @Test
        void whatIsDifferentIsAnUpdateWithTheDifference() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "layout", "automatic", "importance", 1);
            begin();

            Change change = apply(UpdateType.ADD, "a", "name", "One", "layout", "stacked", "importance", null)
                    .orElseThrow();

            assertThat(change.sentType()).isEqualTo(UpdateType.ADD);
            assertThat(change.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.news())
                    .containsExactly(
                            entry("call", "a"),
                            entry("updateType", "update"),
                            entry("layout", "stacked"),
                            entry("importance", null));
        }

        @Test
        void anElementThatIsNotSetAnyMoreIsToldAsCleared() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", 1);
            begin();

            Change change = apply(UpdateType.ADD, "a", "name", "One").orElseThrow();

            assertThat(change.news())
                    .containsOnly(entry("call", "a"), entry("updateType", "update"), entry("importance", null));
            assertThat(change.record()).containsEntry("importance", null);
        }

        @Test
        void anElementThatWasClearedBeforeIsNotToldAgain() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", null);
            begin();

            assertThat(apply(UpdateType.ADD, "a", "name", "One").orElseThrow().newsType())
                    .isNull();
        }

        @Test
        void anElementThatIsNotSubscribedAnyMoreIsNotToldAsCleared() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", 1);
            picture.beginGeneration(List.of("name"));

            Change change = apply(UpdateType.ADD, "a", "name", "One").orElseThrow();

            assertThat(change.newsType()).isNull();
            assertThat(change.record()).doesNotContainKey("importance");
        }

        @Test
        void anElementThatIsNewlySubscribedIsAnUpdate() {
            picture.beginGeneration(List.of("name"));
            apply(UpdateType.ADD, "a", "name", "One");
            begin();

            assertThat(apply(UpdateType.ADD, "a", "name", "One", "importance", 1)
                            .orElseThrow()
                            .news())
                    .containsOnly(entry("call", "a"), entry("updateType", "update"), entry("importance", 1));
        }

        @Test
        void anUpdateBeforeTheFreshAddConfirmsAndTellsOnlyTheDifference() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "layout", "automatic");
            begin();

            Change same = apply(UpdateType.UPDATE, "a", "name", "One").orElseThrow();
            Change then = apply(UpdateType.ADD, "a", "name", "Two", "layout", "automatic")
                    .orElseThrow();

            assertThat(same.newsType()).isNull();
            assertThat(then.news())
                    .containsOnly(entry("call", "a"), entry("updateType", "update"), entry("name", "Two"));
            assertThat(picture.hasUnconfirmed()).isFalse();
        }

        @Test
        void whatIsNotSentAgainIsConcludedToBeGone() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");
            apply(UpdateType.ADD, "b", "name", "Two");
            begin();
            apply(UpdateType.ADD, "b", "name", "Two");
            assertThat(picture.hasUnconfirmed()).isTrue();

            List<Change> gone = picture.dropUnconfirmed();

            assertThat(gone).singleElement().satisfies(change -> {
                assertThat(change.key()).isEqualTo("a");
                assertThat(change.cause()).isEqualTo(Cause.GONE_IN_GAP);
                assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
                assertThat(change.news()).containsExactly(entry("call", "a"), entry("updateType", "remove"));
                assertThat(change.record()).containsEntry("name", "One");
                assertThat(change.toldSince()).isEqualTo(1);
            });
            assertThat(picture.hasUnconfirmed()).isFalse();
            assertThat(picture.size()).isEqualTo(1);
            assertThat(picture.dropUnconfirmed()).isEmpty();
        }

        @Test
        void whatWasConcludedToBeGoneIsNewWhenItComesAfterAll() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");
            begin();
            picture.dropUnconfirmed();

            assertThat(apply(UpdateType.UPDATE, "a", "name", "One")).isEmpty();
            assertThat(apply(UpdateType.ADD, "a", "name", "One").orElseThrow().newsType())
                    .isEqualTo(UpdateType.ADD);
        }

        @Test
        void aRemovalOfWhatIsNotConfirmedYetIsReceivedNotConcluded() {
            begin();
            apply(UpdateType.ADD, "a");
            begin();

            Change change = apply(UpdateType.REMOVE, "a").orElseThrow();

            assertThat(change.cause()).isEqualTo(Cause.RECEIVED);
            assertThat(change.toldSince()).isEqualTo(1);
            assertThat(picture.dropUnconfirmed()).isEmpty();
        }

        @Test
        void aSecondGapBeforeTheContentCameLosesNothing() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One");
            begin();
            begin();

            Change change = apply(UpdateType.ADD, "a", "name", "One").orElseThrow();

            assertThat(change.newsType()).isNull();
            assertThat(change.toldSince()).isEqualTo(1);
            assertThat(picture.generation()).isEqualTo(3);
        }
    }

    @Nested
    class ForLateJoiners {

        @Test
        void theCurrentContentIsAddsInTheOrderOfTheFirstAdd() {
            begin();
            apply(UpdateType.ADD, "a", "name", "One", "importance", 1);
            apply(UpdateType.ADD, "b", "name", "Two");
            apply(UpdateType.UPDATE, "a", "importance", null);

            List<Change> current = picture.current();

            assertThat(current).extracting(Change::key).containsExactly("a", "b");
            assertThat(current).allSatisfy(change -> {
                assertThat(change.newsType()).isEqualTo(UpdateType.ADD);
                assertThat(change.sentType()).isEqualTo(UpdateType.ADD);
                assertThat(change.toldSince()).isEqualTo(Change.NEVER);
            });
            assertThat(current.get(0).news())
                    .containsExactly(
                            entry("call", "a"),
                            entry("updateType", "add"),
                            entry("name", "One"),
                            entry("importance", null));
        }

        @Test
        void whatIsNotConfirmedAfterAGapIsNotToldYet() {
            begin();
            apply(UpdateType.ADD, "a");
            apply(UpdateType.ADD, "b");
            begin();
            apply(UpdateType.ADD, "b");

            assertThat(picture.current()).extracting(Change::key).containsExactly("b");
        }

        @Test
        void whatWasOnlyUpdatedIsNotToldBeforeItsAddCame() {
            begin();
            apply(UpdateType.UPDATE, "a", "name", "One");
            assertThat(picture.current()).isEmpty();

            apply(UpdateType.ADD, "a", "name", "One", "importance", 1);

            assertThat(picture.current()).singleElement().satisfies(change -> assertThat(change.news())
                    .containsEntry("importance", 1));
        }

        @Test
        void thereIsNothingBeforeTheFirstContent() {
            assertThat(picture.current()).isEmpty();
            assertThat(picture.generation()).isZero();
            assertThat(picture.hasUnconfirmed()).isFalse();
        }
    }

    @Nested
    class OfOneCall {

        @Test
        void theEndOfTheCallRemovesEverybody() {
            Picture roster = new Picture(Resource.CALL_ROSTER, "call");
            roster.beginGeneration(ELEMENTS);
            roster.apply(new Row(UpdateType.ADD, "p", Map.of("participant", "p", "updateType", "add", "name", "Bo")));
            roster.apply(new Row(UpdateType.ADD, "q", Map.of("participant", "q", "updateType", "add")));
            roster.beginGeneration(ELEMENTS);
            roster.apply(new Row(UpdateType.ADD, "q", Map.of("participant", "q", "updateType", "add")));

            List<Change> gone = roster.dropAll();

            assertThat(gone).extracting(Change::key).containsExactly("p", "q");
            assertThat(gone).allSatisfy(change -> {
                assertThat(change.cause()).isEqualTo(Cause.CALL_ENDED);
                assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
                assertThat(change.news()).containsOnlyKeys("participant", "updateType");
            });
            assertThat(gone.get(0).record()).containsEntry("name", "Bo");
            assertThat(roster.size()).isZero();
            assertThat(roster.dropAll()).isEmpty();
        }

        @Test
        void theFirstDetailsAreAnAddAndLaterOnesAreUpdates() {
            Picture info = new Picture(Resource.CALL_INFO, "call");
            info.beginGeneration(ELEMENTS);

            Change first =
                    info.apply(new Row(null, null, Map.of("name", "One"))).orElseThrow();
            Change second = info.apply(new Row(null, "call", Map.of("call", "call", "layout", "stacked")))
                    .orElseThrow();

            assertThat(first.newsType()).isEqualTo(UpdateType.ADD);
            assertThat(first.news())
                    .containsExactly(entry("call", "call"), entry("updateType", "add"), entry("name", "One"));
            assertThat(second.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(second.news())
                    .containsExactly(entry("call", "call"), entry("updateType", "update"), entry("layout", "stacked"));
            assertThat(second.record())
                    .containsOnly(entry("call", "call"), entry("name", "One"), entry("layout", "stacked"));
        }

        @Test
        void detailsAreAboutTheSubscribedCallWhateverTheySay() {
            Picture info = new Picture(Resource.CALL_INFO, "call");
            info.beginGeneration(ELEMENTS);

            Change change = info.apply(new Row(null, "other", Map.of("call", "other", "updateType", "remove")))
                    .orElseThrow();

            assertThat(change.key()).isEqualTo("call");
            assertThat(change.news()).containsOnly(entry("call", "call"), entry("updateType", "add"));
        }

        @Test
        void detailsSentAgainAfterAGapAreNewsOnlyInWhatDiffers() {
            Picture info = new Picture(Resource.CALL_INFO, "call");
            info.beginGeneration(ELEMENTS);
            info.apply(new Row(null, null, Map.of("name", "One", "layout", "stacked", "importance", 1)));
            info.beginGeneration(ELEMENTS);

            Change change = info.apply(new Row(null, null, Map.of("name", "Two", "layout", "stacked")))
                    .orElseThrow();

            assertThat(change.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.news())
                    .containsOnly(
                            entry("call", "call"),
                            entry("updateType", "update"),
                            entry("name", "Two"),
                            entry("importance", null));
            assertThat(info.hasUnconfirmed()).isFalse();
        }

        @Test
        void detailsAfterTheCallCameBackAreAnAddAgain() {
            Picture info = new Picture(Resource.CALL_INFO, "call");
            info.beginGeneration(ELEMENTS);
            info.apply(new Row(null, null, Map.of("name", "One")));
            assertThat(info.dropAll())
                    .singleElement()
                    .extracting(Change::newsType)
                    .isEqualTo(UpdateType.REMOVE);
            info.beginGeneration(ELEMENTS);

            assertThat(info.apply(new Row(null, null, Map.of("name", "One")))
                            .orElseThrow()
                            .newsType())
                    .isEqualTo(UpdateType.ADD);
        }
    }

    private void begin() {
        picture.beginGeneration(ELEMENTS);
    }

    private Optional<Change> apply(UpdateType type, String key, Object... elements) {
        return picture.apply(new Row(type, key, fields(type.wireName(), key, elements)));
    }

    private static Map<String, Object> fields(String type, String key, Object... elements) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("call", key);
        fields.put("updateType", type);
        for (int i = 0; i < elements.length; i += 2) {
            fields.put((String) elements[i], elements[i + 1]);
        }
        return fields;
    }
}
