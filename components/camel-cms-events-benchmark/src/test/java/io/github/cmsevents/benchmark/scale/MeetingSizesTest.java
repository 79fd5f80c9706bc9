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
package io.github.cmsevents.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetingSizesTest {

    @ParameterizedTest
    @CsvSource({"2083, 499", "499, 499", "500, 499", "1, 1", "50000, 3"})
    void placesEverybodyAndLeavesNoCallEmpty(int participants, int calls) {
        int[] sizes = MeetingSizes.of(participants, calls);

        assertThat(sizes).hasSize(calls);
        assertThat(Arrays.stream(sizes).sum()).isEqualTo(participants);
        assertThat(sizes).doesNotContain(0);
    }

    @Test
    void makesManyMeetingsSmallAndFewLarge() {
        int[] sizes = MeetingSizes.of(2_083, 499);

        assertThat(Arrays.stream(sizes).filter(size -> size <= 3).count()).isGreaterThan(300);
        assertThat(Arrays.stream(sizes).filter(size -> size >= 25).count()).isBetween(3L, 25L);
        assertThat(sizes[0]).isGreaterThan(100);
    }

    @Test
    void refusesCallsWithoutAnybody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeetingSizes.of(9, 10))
                .withMessageContaining("10 calls, 9 participants");
    }
}
