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

import io.github.cmsevents.camel.internal.content.Change.Cause;
import io.github.cmsevents.camel.internal.content.RouteView.Seen;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteViewTest {

    private static final Interest RECONCILED = new Interest(List.of("name"), true, false, false);
    private static final Interest RAW = new Interest(List.of("name"), false, false, false);
    private static final Interest MERGED = new Interest(List.of("name", "layout"), true, true, false);

    @Test
    void seesItsOwnElementsOnly() {
        Seen seen = see(RECONCILED, added("name", "One", "layout", "stacked"));

        assertThat(seen.type()).isEqualTo(UpdateType.ADD);
        assertThat(seen.body()).isEqualTo(Rows.fields("call", "a", "updateType", "add", "name", "One"));
        assertThat(seen.changedElements()).isNull();
    }

    @Test
    void seesNothingWhenOnlyOthersElementsChanged() {
        Change change = updated(Rows.fields("name", "One"), "layout", "stacked");

        assertThat(view(RECONCILED).of(change)).isEmpty();
        assertThat(view(RAW).of(change)).isEmpty();
        assertThat(view(new Interest(List.of("name"), true, true, false)).of(change))
                .isEmpty();
    }

    @Test
    void seesAddsAndRemovalsEvenWithNoneOfItsElements() {
        assertThat(see(RECONCILED, added("layout", "stacked")).body()).containsOnlyKeys("call", "updateType");
        assertThat(see(RECONCILED, removed(Cause.RECEIVED, "layout", "stacked")).type())
                .isEqualTo(UpdateType.REMOVE);
    }

    @Test
    void neverLosesKeysTypeAndReasonToTheElementsOfOthers() {
        RouteView view = new RouteView(Resource.CALLS, RECONCILED, Set.of(), 1)
                .among(new Interest(List.of("call", "updateType", "reason", "layout"), true, false, false).elements());

        Seen seen = view.of(removed(Cause.RECEIVED)).orElseThrow();

        assertThat(seen.body()).isEqualTo(Rows.fields("call", "a", "updateType", "remove", "reason", "timeout"));
        assertThat(seen.reason()).isEqualTo("timeout");
    }

    @Test
    void seesWhatIsNotNewOnlyWithoutReconciliation() {
        Change again = new Change(
                "a", Cause.RECEIVED, UpdateType.ADD, body("add", "name", "One"), null, null, record("name", "One"), 1);

        assertThat(view(RECONCILED).of(again)).isEmpty();
        assertThat(see(RAW, again).type()).isEqualTo(UpdateType.ADD);
    }

    @Test
    void seesWhatWasGoneAfterAGapOnlyWithReconciliation() {
        Change gone = removed(Cause.GONE_IN_GAP, "name", "One");

        assertThat(view(RAW).of(gone)).isEmpty();
        assertThat(view(RECONCILED).of(gone)).isPresent();
    }

    @Test
    void seesTheWholeRecordWhenItIsAddedAgainForARouteThatCameLater() {
        Change difference = new Change(
                "a",
                Cause.RECEIVED,
                UpdateType.ADD,
                body("add", "name", "One", "layout", "stacked"),
                UpdateType.UPDATE,
                body("update", "layout", "stacked"),
                record("name", "One", "layout", "stacked"),
                1);

        Seen seen = view(new Interest(List.of("name", "layout"), true, false, false))
                .from(2)
                .of(difference)
                .orElseThrow();

        assertThat(seen.type()).isEqualTo(UpdateType.ADD);
        assertThat(seen.body())
                .isEqualTo(Rows.fields("call", "a", "updateType", "add", "name", "One", "layout", "stacked"));
    }

    @Test
    void seesNothingOfUpdatesAndRemovalsOfARecordThatItNeverReceived() {
        RouteView late = view(RECONCILED).from(2);

        assertThat(late.of(updated(Map.of(), "name", "Two"))).isEmpty();
        for (Cause cause : Cause.values()) {
            assertThat(late.of(removed(cause, "name", "One"))).isEmpty();
            assertThat(view(RECONCILED).of(removed(cause, "name", "One"))).isPresent();
        }
    }

    @Test
    void withoutReconciliationItSeesNoConcludedRemovalOfARecordThatItNeverReceived() {
        RouteView late = view(RAW).from(2);

        assertThat(late.of(removed(Cause.CALL_ENDED, "name", "One"))).isEmpty();
        assertThat(late.of(removed(Cause.NOT_FOLLOWED, "name", "One"))).isEmpty();
        assertThat(view(RAW).of(removed(Cause.CALL_ENDED, "name", "One"))).isPresent();
    }

    @Test
    void namesEveryOwnElementOfAnAddAsChangedWhenMerging() {
        assertThat(see(MERGED, added("name", "One", "importance", 1, "layout", null))
                        .changedElements())
                .containsExactly("name", "layout");
    }

    @Test
    void sharesNothingThatCanBeModified() {
        List<Object> rows = new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("deep", new ArrayList<>(List.of(1))))));
        Change change = added("layout", rows);

        for (Interest interest : List.of(RAW, RECONCILED, MERGED)) {
            Map<String, Object> body = new RouteView(Resource.CALLS, interest, Set.of(), 1)
                    .of(change)
                    .orElseThrow()
                    .body();
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

    private static Seen see(Interest interest, Change change) {
        Optional<Seen> seen = view(interest).of(change);
        return seen.orElseThrow();
    }

    /** Beside others that asked for every element in here. */
    private static RouteView view(Interest interest) {
        return new RouteView(Resource.CALLS, interest, Set.of(), 1).among(Set.of("name", "layout", "importance"));
    }

    private static Change added(Object... elements) {
        return Change.received("a", UpdateType.ADD, body("add", elements), record(elements), Change.NEVER);
    }

    private static Change updated(Map<String, Object> before, Object... elements) {
        Map<String, Object> record = record(elements);
        before.forEach(record::putIfAbsent);
        return Change.received("a", UpdateType.UPDATE, body("update", elements), record, 1);
    }

    private static Change removed(Cause cause, Object... record) {
        Map<String, Object> sent = body("remove", "reason", "timeout");
        return new Change("a", cause, UpdateType.REMOVE, sent, UpdateType.REMOVE, sent, record(record), 1);
    }

    private static Map<String, Object> body(String type, Object... elements) {
        Map<String, Object> body = Rows.fields("call", "a", "updateType", type);
        body.putAll(Rows.fields(elements));
        return body;
    }

    private static Map<String, Object> record(Object... elements) {
        Map<String, Object> record = Rows.fields("call", "a");
        record.putAll(Rows.fields(elements));
        return record;
    }
}
