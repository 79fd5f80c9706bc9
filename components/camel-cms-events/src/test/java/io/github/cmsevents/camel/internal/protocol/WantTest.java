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
package io.github.cmsevents.camel.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WantTest {

    @Test
    void isTheSameForTheSameResourceOfTheSameCall() {
        Want want = new Want(Resource.CALL_ROSTER, "c1");

        assertThat(want)
                .isEqualTo(new Want(Resource.CALL_ROSTER, "c1"))
                .hasSameHashCodeAs(new Want(Resource.CALL_ROSTER, "c1"))
                .isNotEqualTo(new Want(Resource.CALL_ROSTER, "c2"))
                .isNotEqualTo(new Want(Resource.CALL_INFO, "c1"))
                .isNotEqualTo(new Want(Resource.CALL_ROSTER, null));
        assertThat(new Want(Resource.CALLS, null)).isEqualTo(new Want(Resource.CALLS, null));
    }
}
