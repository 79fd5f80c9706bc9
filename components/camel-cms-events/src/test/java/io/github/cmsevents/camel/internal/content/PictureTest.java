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

import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PictureTest {

    private static final List<String> ELEMENTS = List.of("name", "importance", "layout");

    private final Picture picture = new Picture(Resource.CALLS);

    @Nested
    class InOneGeneration {

        @Test
        void anUpdateIsPassedOnAsItCameAndChangesTheRecord() {
            begin();
            apply(Rows.add("a", "name", "One", "layout", "automatic", "importance", 3));

            Change change = apply(Rows.update("a", "name", "Two", "importance", null));

            assertThat(change.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.news())
                    .isEqualTo(Rows.fields("call", "a", "updateType", "update", "name", "Two", "importance", null));
            assertThat(change.record())
                    .isEqualTo(Rows.fields("call", "a", "name", "Two", "layout", "automatic", "importance", null));
            assertThat(change.knownSince()).isEqualTo(1);
        }

        @Test
        void aRemovalHasItsReasonAndTheLastRecord() {
            begin();
            apply(Rows.add("a", "name", "One"));

            Change change = apply(Rows.remove("a", "reason", "timeout"));

            assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
            assertThat(change.news()).containsEntry("reason", "timeout");
            assertThat(change.record()).isEqualTo(Rows.fields("call", "a", "name", "One"));
            assertThat(picture.size()).isZero();
        }

        @Test
        void theLastRecordKeepsTheLastNameThatWasNotEmpty() {
            begin();
            apply(Rows.add("a", "name", "Bo"));
            apply(Rows.update("a", "name", ""));
            apply(Rows.add("b", "name", "Al"));
            apply(Rows.add("b", "name", " "));
            apply(Rows.add("never named", "name", ""));

            assertThat(apply(Rows.remove("a")).record()).containsEntry("name", "Bo");
            assertThat(apply(Rows.remove("b")).record()).containsEntry("name", "Al");
            assertThat(apply(Rows.remove("never named")).record()).containsEntry("name", "");
        }

        @Test
        void anUpdateOfSomethingNeverAddedIsIgnored() {
            begin();

            assertThat(tryApply(Rows.update("a", "name", "One"))).isEmpty();

            assertThat(picture.size()).isZero();
            assertThat(apply(Rows.add("a", "name", "One")).newsType()).isEqualTo(UpdateType.ADD);
        }

        @Test
        void updatesAndRemovalsAfterTheRemovalAreIgnored() {
            begin();
            apply(Rows.add("a", "name", "One"));
            apply(Rows.remove("a"));

            assertThat(tryApply(Rows.update("a", "name", "Two"))).isEmpty();
            assertThat(tryApply(Rows.remove("a"))).isEmpty();
            assertThat(picture.size()).isZero();
        }

        @Test
        void aRemovalOfSomethingNeverAddedIsPassedOnOnce() {
            begin();

            Change change = apply(Rows.remove("a", "reason", "noAnswer"));

            assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
            assertThat(change.news()).containsEntry("reason", "noAnswer");
            assertThat(change.knownSince()).isEqualTo(Change.NEVER);
            assertThat(change.record()).isEqualTo(Rows.fields("call", "a"));
            assertThat(tryApply(Rows.remove("a"))).isEmpty();
        }

        @Test
        void whatComesBackAfterItsRemovalIsNewAgain() {
            begin();
            apply(Rows.add("a", "name", "One", "importance", 3));
            apply(Rows.remove("a"));

            Change change = apply(Rows.add("a", "name", "One"));

            assertThat(change.newsType()).isEqualTo(UpdateType.ADD);
            assertThat(change.record()).doesNotContainKey("importance");
            assertThat(apply(Rows.update("a", "name", "Two")).newsType()).isEqualTo(UpdateType.UPDATE);
        }

        @Test
        void theRecordHasOnlySubscribedElementsAndIsNotTheMapThatCameIn() {
            begin();
            Row row = Rows.add("a", "name", "One", "raisedHands", 1);

            Map<String, Object> record = apply(row).record();
            row.fields().put("name", "changed by its owner");
            apply(Rows.update("a", "raisedHands", 2));

            assertThat(record).isEqualTo(Rows.fields("call", "a", "name", "One"));
        }

        @Test
        void whatIsBeyondTheLimitIsIgnored() {
            begin();
            for (int i = 0; i < Picture.MAX_RECORDS; i++) {
                apply(Rows.add("k" + i));
            }

            assertThat(tryApply(Rows.add("one more"))).isEmpty();
            assertThat(tryApply(Rows.update("one more"))).isEmpty();
            assertThat(tryApply(Rows.add("k0", "name", "still known"))).isPresent();

            apply(Rows.remove("k1"));
            assertThat(tryApply(Rows.add("one more"))).isPresent();
            assertThat(picture.size()).isEqualTo(Picture.MAX_RECORDS);
        }
    }

    @Nested
    class AfterAGap {

        @Test
        void whatIsSentAgainAndEqualIsNothing() {
            begin();
            apply(Rows.add("a", "name", "One", "importance", null, "layout", Map.of("rows", List.of(1, 2))));
            begin();
            assertThat(picture.unconfirmed()).isEqualTo(1);

            Change change =
                    apply(Rows.add("a", "layout", Map.of("rows", List.of(1, 2)), "importance", null, "name", "One"));

            assertThat(change.newsType()).isNull();
            assertThat(change.knownSince()).isEqualTo(1);
            assertThat(picture.unconfirmed()).isZero();
            assertThat(picture.dropUnconfirmed()).isEmpty();
        }

        @Test
        void whatIsDifferentIsAnUpdateWithTheDifference() {
            begin();
            apply(Rows.add("a", "name", "One", "layout", "automatic", "importance", 1));
            begin();

            Change change = apply(Rows.add("a", "name", "One", "layout", "stacked", "importance", null));

            assertThat(change.sentType()).isEqualTo(UpdateType.ADD);
            assertThat(change.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(change.news())
                    .isEqualTo(
                            Rows.fields("call", "a", "updateType", "update", "layout", "stacked", "importance", null));
        }

        @Test
        void anElementThatIsNoLongerSetIsNull() {
            begin();
            apply(Rows.add("a", "name", "One", "importance", 1, "layout", null));
            begin();

            Change change = apply(Rows.add("a", "name", "One"));

            assertThat(change.news()).isEqualTo(Rows.fields("call", "a", "updateType", "update", "importance", null));
            assertThat(change.record()).containsEntry("importance", null);
        }

        @Test
        void anElementThatIsNoLongerSubscribedIsNotCleared() {
            begin();
            apply(Rows.add("a", "name", "One", "importance", 1));
            picture.beginGeneration(List.of("name"));

            Change change = apply(Rows.add("a", "name", "One"));

            assertThat(change.newsType()).isNull();
            assertThat(change.record()).doesNotContainKey("importance");
        }

        @Test
        void anUpdateBeforeTheAddPassesOnTheDifferenceAndConfirmsNothing() {
            begin();
            apply(Rows.add("a", "name", "One", "layout", "automatic"));
            begin();

            Change same = apply(Rows.update("a", "name", "One"));
            Change different = apply(Rows.update("a", "name", "Two"));

            assertThat(same.newsType()).isNull();
            assertThat(different.news()).isEqualTo(Rows.fields("call", "a", "updateType", "update", "name", "Two"));
            assertThat(picture.unconfirmed()).isEqualTo(1);
            assertThat(picture.dropUnconfirmed()).extracting(Change::key).containsExactly("a");
        }

        @Test
        void anAddAfterSuchAnUpdateConfirmsTheRecord() {
            begin();
            apply(Rows.add("a", "name", "One", "layout", "automatic"));
            begin();
            apply(Rows.update("a", "name", "Two"));

            Change add = apply(Rows.add("a", "name", "Two", "layout", "stacked"));

            assertThat(add.news()).isEqualTo(Rows.fields("call", "a", "updateType", "update", "layout", "stacked"));
            assertThat(picture.unconfirmed()).isZero();
        }

        @Test
        void whatIsNotSentAgainIsRemoved() {
            begin();
            apply(Rows.add("a", "name", "One"));
            apply(Rows.add("b", "name", "Two"));
            begin();
            begin();
            apply(Rows.add("b", "name", "Two"));

            List<Change> gone = picture.dropUnconfirmed();

            assertThat(gone).singleElement().satisfies(change -> {
                assertThat(change.key()).isEqualTo("a");
                assertThat(change.isSynthetic()).isTrue();
                assertThat(change.newsType()).isEqualTo(UpdateType.REMOVE);
                assertThat(change.news()).isEqualTo(Rows.fields("call", "a", "updateType", "remove"));
                assertThat(change.record()).containsEntry("name", "One");
                assertThat(change.knownSince()).isEqualTo(1);
            });
            assertThat(picture.unconfirmed()).isZero();
            assertThat(picture.dropUnconfirmed()).isEmpty();
            assertThat(tryApply(Rows.update("a", "name", "Three"))).isEmpty();
            assertThat(apply(Rows.add("a", "name", "One")).newsType()).isEqualTo(UpdateType.ADD);
        }

        @Test
        void aRemovalOfAnUnconfirmedRecordIsTheServersOwn() {
            begin();
            apply(Rows.add("a"));
            begin();

            assertThat(apply(Rows.remove("a")).isSynthetic()).isFalse();
            assertThat(picture.unconfirmed()).isZero();
            assertThat(picture.dropUnconfirmed()).isEmpty();
        }

        @Test
        void onlyConfirmedRecordsAreCurrent() {
            begin();
            apply(Rows.add("a", "name", "One"));
            apply(Rows.add("b", "name", "Two"));
            begin();
            apply(Rows.update("a", "name", "Uno"));
            apply(Rows.add("b", "name", "Dos"));

            assertThat(picture.current()).singleElement().satisfies(change -> {
                assertThat(change.newsType()).isEqualTo(UpdateType.ADD);
                assertThat(change.news()).isEqualTo(Rows.fields("call", "b", "updateType", "add", "name", "Dos"));
            });
        }
    }

    @Nested
    class OfOneCall {

        private final Picture roster = new Picture(Resource.CALL_ROSTER);
        private final Picture details = new Picture(Resource.CALL_INFO);

        @Test
        void theEndOfTheCallRemovesEveryParticipantWithAReason() {
            roster.beginGeneration(ELEMENTS);
            roster.apply("p", Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
            roster.apply("q", Rows.participant(UpdateType.ADD, "q"));
            roster.beginGeneration(ELEMENTS);
            roster.apply("q", Rows.participant(UpdateType.ADD, "q"));

            List<Change> gone = roster.dropAll();

            assertThat(gone).extracting(Change::key).containsExactly("p", "q");
            assertThat(gone).allSatisfy(change -> {
                assertThat(change.isSynthetic()).isTrue();
                assertThat(change.news())
                        .isEqualTo(Rows.fields(
                                "participant", change.key(), "updateType", "remove", "reason", "callEnded"));
            });
            assertThat(gone.get(0).record()).containsEntry("name", "Bo");
            assertThat(roster.dropAll()).isEmpty();
        }

        @Test
        void participantsThatLeftInAGapHaveNoReason() {
            roster.beginGeneration(ELEMENTS);
            roster.apply("p", Rows.participant(UpdateType.ADD, "p"));
            roster.beginGeneration(ELEMENTS);

            assertThat(roster.dropUnconfirmed()).singleElement().satisfies(change -> assertThat(change.news())
                    .doesNotContainKey("reason"));
        }

        @Test
        void theFirstDetailsAreAnAddLaterOnesUpdatesAndTheEndIsARemove() {
            details.beginGeneration(ELEMENTS);

            Change first = applyDetails("name", "One");
            Change second = applyDetails("call", "other", "updateType", "remove", "layout", "stacked");
            List<Change> end = details.dropAll();

            assertThat(first.news()).isEqualTo(Rows.fields("call", "call", "updateType", "add", "name", "One"));
            assertThat(second.newsType()).isEqualTo(UpdateType.UPDATE);
            assertThat(second.news())
                    .isEqualTo(Rows.fields("call", "call", "updateType", "update", "layout", "stacked"));
            assertThat(end).singleElement().satisfies(change -> {
                assertThat(change.news()).isEqualTo(Rows.fields("call", "call", "updateType", "remove"));
                assertThat(change.record()).containsEntry("name", "One").containsEntry("layout", "stacked");
            });
            details.beginGeneration(ELEMENTS);
            assertThat(applyDetails("name", "One").newsType()).isEqualTo(UpdateType.ADD);
        }

        private Change applyDetails(Object... elements) {
            return details.apply("call", Rows.details(elements)).orElseThrow();
        }
    }

    private void begin() {
        picture.beginGeneration(ELEMENTS);
    }

    private Change apply(Row row) {
        return tryApply(row).orElseThrow();
    }

    private Optional<Change> tryApply(Row row) {
        return picture.apply(row.key(), row);
    }
}
