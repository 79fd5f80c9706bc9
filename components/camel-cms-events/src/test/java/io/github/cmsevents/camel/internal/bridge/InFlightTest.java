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
package io.github.cmsevents.camel.internal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private final InFlight inFlight = new InFlight(1_000L);
    private final List<String> resumed = new ArrayList<>();

    @Test
    void isFullAboveTheLimit() {
        inFlight.add(1_000);
        assertThat(inFlight.isFull()).isFalse();
        inFlight.add(1);
        assertThat(inFlight.isFull()).isTrue();
    }

    @Test
    void resumesEverythingThatWaitsOnceHalfIsFree() {
        inFlight.add(1_500);
        inFlight.whenRoom(() -> resumed.add("a"));
        inFlight.whenRoom(() -> resumed.add("b"));
        inFlight.remove(999);
        assertThat(resumed).isEmpty();
        inFlight.remove(1);
        assertThat(resumed).containsExactly("a", "b");
        inFlight.remove(500);
        assertThat(resumed).as("each once").hasSize(2);
    }

    @Test
    void doesNotResumeWhatWasForgotten() {
        Runnable resume = () -> resumed.add("a");
        inFlight.add(1_500);
        inFlight.whenRoom(resume);
        inFlight.forget(resume);
        inFlight.remove(1_500);
        assertThat(resumed).isEmpty();
    }
}
