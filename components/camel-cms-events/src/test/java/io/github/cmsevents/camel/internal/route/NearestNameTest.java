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
package io.github.cmsevents.camel.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.protocol.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    @ParameterizedTest
    @CsvSource({
        "participant, participants",
        "Particpants, participants",
        "NAME, name",
        "nmae, name",
        "lockstate, lockState",
        "callcorelator, callCorrelator",
        "endpointrecord, endpointRecording"
    })
    void isTheNameThatWasMeant(String written, String meant) {
        assertThat(NearestName.to(written, Resource.CALLS.elements())).isEqualTo(meant);
    }

    @Test
    void isAlwaysAKnownOne() {
        assertThat(NearestName.to("?!", List.of("one", "two"))).isIn("one", "two");
        assertThat(NearestName.to("", List.of("one"))).isEqualTo("one");
    }
}
