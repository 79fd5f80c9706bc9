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

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PausesTest {

    @Test
    void areNoneWhenThereWereNone() {
        assertThat(Pauses.of(List.of())).isEqualTo(new Pauses(0, 0, 0, 0));
    }

    @Test
    void haveTheLongestForTheirP99WhenThereAreFew() {
        assertThat(Pauses.of(List.of(7L, 3L, 5L))).isEqualTo(new Pauses(3, 7, 7, 15));
    }

    @Test
    void leaveTheLongestOfAHundredOutOfTheirP99() {
        List<Long> millis = LongStream.rangeClosed(1, 100).boxed().toList();

        assertThat(Pauses.of(millis)).isEqualTo(new Pauses(100, 99, 100, 5_050));
    }
}
