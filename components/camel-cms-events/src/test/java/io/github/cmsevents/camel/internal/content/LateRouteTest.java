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

import java.util.List;
import org.junit.jupiter.api.Test;

class LateRouteTest extends ContentFixture {

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
