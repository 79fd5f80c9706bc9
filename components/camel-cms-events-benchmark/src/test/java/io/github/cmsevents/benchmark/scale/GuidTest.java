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

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 50_000, Integer.MAX_VALUE})
    void tellsItsNumber(int number) {
        String guid = Guid.PARTICIPANT.of(number);

        assertThat(UUID.fromString(guid)).hasToString(guid);
        assertThat(Guid.numberOf(guid)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void isAnotherOneForAnotherKind(int number) {
        assertThat(Guid.CALL.of(number))
                .isNotEqualTo(Guid.CORRELATOR.of(number))
                .isNotEqualTo(Guid.PARTICIPANT.of(number));
    }
}
