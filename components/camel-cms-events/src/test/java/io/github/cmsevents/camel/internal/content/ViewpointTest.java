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
import io.github.cmsevents.camel.internal.content.Viewpoint.View;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewpointTest {

    private static final Interest RECONCILED = new Interest(List.of("name"), true, false, false);
    private static final Interest RAW = new Interest(List.of("name"), false, false, false);
    private static final Interest MERGED = new Interest(List.of("name", "layout"), true, true, false);

    @Test
    void isToldTheNews() {
        View view = of(RECONCILED).of(added("name", "One")).orElseThrow();

        assertThat(view.type()).isEqualTo(UpdateType.ADD);
        assertThat(view.body()).containsExactly(entry("call", "a"), entry("updateType", "add"), entry("name", "One"));
        assertThat(view.changedElements()).isNull();
    }

    @Test
    void doesNotSeeWhatOnlyOthersAskedFor() {
        assertThat(of(RECONCILED, "layout")
                        .of(added("name", "One", "layout", "stacked"))
                        .orElseThrow()
                        .body())
                .containsOnlyKeys("call", "updateType", "name");
    }

    @Test
    void seesWhatNobodyAskedFor() {
        assertThat(of(RECONCILED, "layout")
                        .of(added("raisedHands", 1))
                        .orElseThrow()
                        .body())
                .containsEntry("raisedHands", 1);
    }

    @Test
    void isNotToldWhenOnlyOthersElementsChanged() {
        Change change = updated(Map.of("name", "One"), "layout", "stacked");

        assertThat(of(RECONCILED, "layout").of(change)).isEmpty();
        assertThat(of(RAW, "layout").of(change)).isEmpty();
        assertThat(of(new Interest(List.of("name"), true, true, false), "layout")
                        .of(change))
                .isEmpty();
    }

    @Test
    void isToldOfAnAddOrARemovalEvenWithNoneOfItsElements() {
        assertThat(of(RECONCILED, "layout")
                        .of(added("layout", "stacked"))
                        .orElseThrow()
                        .body())
                .containsOnlyKeys("call", "updateType");
        assertThat(of(RECONCILED, "layout")
                        .of(removed(Map.of("call", "a")))
                        .orElseThrow()
                        .type())
                .isEqualTo(UpdateType.REMOVE);
    }

    @Test
    void isToldOfAnUpdateWithoutElementsWhenTheServerSentItSo() {
        assertThat(of(RECONCILED, "layout").of(updated(Map.of()))).isPresent();
    }

    @Test
    void isNotToldTwiceWhatIsNoNews() {
        Change again = new Change(
                "a", Cause.RECEIVED, UpdateType.ADD, body("add", "name", "One"), null, null, record("name", "One"), 1);

        assertThat(of(RECONCILED).of(again)).isEmpty();
        assertThat(of(RAW).of(again).orElseThrow().type()).isEqualTo(UpdateType.ADD);
    }

    @Test
    void isToldEverythingOfWhatItWasNotToldBefore() {
        Change update = new Change(
                "a",
                Cause.RECEIVED,
                UpdateType.UPDATE,
                body("update", "layout", "stacked"),
                UpdateType.UPDATE,
                body("update", "layout", "stacked"),
                record("name", "One", "layout", "stacked"),
                1);

        View view = of(new Interest(List.of("name", "layout"), true, false, false))
                .from(2)
                .of(update)
                .orElseThrow();

        assertThat(view.type()).isEqualTo(UpdateType.ADD);
        assertThat(view.body())
                .containsExactly(
                        entry("call", "a"),
                        entry("updateType", "add"),
                        entry("name", "One"),
                        entry("layout", "stacked"));
    }

    @Test
    void isNotToldOfTheEndOfWhatItWasNeverToldOf() {
        assertThat(of(RECONCILED).from(2).of(removed(record("name", "One")))).isEmpty();
        assertThat(of(RECONCILED).from(1).of(removed(record("name", "One")))).isPresent();
    }

    @Test
    void isToldOnlyWhatTheServerSentWithoutReconciliation() {
        Change gone = new Change(
                "a",
                Cause.GONE_IN_GAP,
                UpdateType.REMOVE,
                body("remove"),
                UpdateType.REMOVE,
                body("remove"),
                record("name", "One"),
                1);

        assertThat(of(RAW).of(gone)).isEmpty();
        assertThat(of(RECONCILED).of(gone)).isPresent();
    }

    @Test
    void isToldTheWholeRecordWhenMerging() {
        Change change = updated(Map.of("name", "One", "importance", 1), "layout", "stacked");

        View view = of(MERGED, "importance").of(change).orElseThrow();

        assertThat(view.type()).isEqualTo(UpdateType.UPDATE);
        assertThat(view.body())
                .containsOnly(
                        entry("call", "a"),
                        entry("updateType", "update"),
                        entry("name", "One"),
                        entry("layout", "stacked"));
        assertThat(view.changedElements()).containsExactly("layout");
    }

    @Test
    void namesEveryOwnElementOfAnAddAsChangedWhenMerging() {
        assertThat(of(MERGED, "importance")
                        .of(added("name", "One", "importance", 1, "layout", null))
                        .orElseThrow()
                        .changedElements())
                .containsExactly("name", "layout");
    }

    @Test
    void isToldTheLastRecordAndTheReasonOfARemovalWhenMerging() {
        View view = of(MERGED, "importance")
                .of(new Change(
                        "a",
                        Cause.RECEIVED,
                        UpdateType.REMOVE,
                        body("remove", "reason", "timeout"),
                        UpdateType.REMOVE,
                        body("remove", "reason", "timeout"),
                        record("name", "One", "importance", 1),
                        1))
                .orElseThrow();

        assertThat(view.body())
                .containsOnly(
                        entry("call", "a"),
                        entry("updateType", "remove"),
                        entry("name", "One"),
                        entry("reason", "timeout"));
        assertThat(view.changedElements()).isEmpty();
    }

    @Test
    void sharesNothingThatCanBeModified() {
        List<Object> rows = new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("deep", new ArrayList<>(List.of(1))))));
        Change change = added("layout", rows);

        for (Interest interest : List.of(RAW, RECONCILED, MERGED)) {
            Map<String, Object> body = of(interest).of(change).orElseThrow().body();
            assertThat(body).containsEntry("layout", List.of(Map.of("deep", List.of(1))));
            Map<?, ?> nested = (Map<?, ?>) ((List<?>) body.get("layout")).get(0);
            ((List<?>) nested.get("deep")).clear();
            nested.clear();
            ((List<?>) body.get("layout")).clear();
            body.clear();
        }

        assertThat(rows).isEqualTo(List.of(Map.of("deep", List.of(1))));
        assertThat(change.record()).containsKey("layout");
    }

    private static Viewpoint of(Interest interest, String... hidden) {
        return new Viewpoint(Resource.CALLS, interest, Set.of(hidden), 1);
    }

    private static Change added(Object... elements) {
        Map<String, Object> sent = body("add", elements);
        return new Change(
                "a", Cause.RECEIVED, UpdateType.ADD, sent, UpdateType.ADD, sent, record(elements), Change.NEVER);
    }

    private static Change updated(Map<String, Object> before, Object... elements) {
        Map<String, Object> sent = body("update", elements);
        Map<String, Object> record = record(elements);
        before.forEach(record::putIfAbsent);
        return new Change("a", Cause.RECEIVED, UpdateType.UPDATE, sent, UpdateType.UPDATE, sent, record, 1);
    }

    private static Change removed(Map<String, Object> record) {
        return new Change(
                "a", Cause.RECEIVED, UpdateType.REMOVE, body("remove"), UpdateType.REMOVE, body("remove"), record, 1);
    }

    private static Map<String, Object> body(String type, Object... elements) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("call", "a");
        body.put("updateType", type);
        put(body, elements);
        return body;
    }

    private static Map<String, Object> record(Object... elements) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("call", "a");
        put(record, elements);
        return record;
    }

    private static void put(Map<String, Object> fields, Object... elements) {
        for (int i = 0; i < elements.length; i += 2) {
            fields.put((String) elements[i], elements[i + 1]);
        }
    }
}
