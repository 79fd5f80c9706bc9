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

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTest {

    private static final double MOST = Math.nextDown(1.0);

    private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "8, 60000", "1000, 60000"})
    void doublesFromTheInitialDelayUpToTheLongest(int failures, long millis) {
        assertThat(backOff.delay(failures, MOST).toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 500", "1, 0.5, 750", "4, 0, 4000", "4, 0.25, 5000", "50, 0, 30000", "50, 0.5, 45000"})
    void isBetweenHalfOfWhatIsDueAndAllOfIt(int failures, double random, long millis) {
        assertThat(backOff.delay(failures, random).toMillis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 30, 31, 32, 33, 63, 64, 65, 1_000_000, Integer.MAX_VALUE})
    void neverOverflows(int failures) {
        BackOff longest = new BackOff(Duration.ofMillis(Integer.MAX_VALUE), Duration.ofMillis(Integer.MAX_VALUE));
        assertThat(longest.delay(failures, MOST).toMillis()).isEqualTo(Integer.MAX_VALUE);
        assertThat(new BackOff(Duration.ofDays(10_000), Duration.ofDays(36_500)).delay(failures, 0))
                .isBetween(Duration.ofDays(5_000), Duration.ofDays(18_250));
    }

    @Test
    void comesFromTheReconnectDelaysOfTheOptions() {
        assertThat(BridgeFixture.options(0, 3, Duration.ZERO).backOff()).isEqualTo(backOff);
    }
}
