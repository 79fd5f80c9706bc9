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
package io.github.cmsevents.camel.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuthTokenTest {

    @Test
    void neverShowsItself() {
        assertThat(new AuthToken("5f5b27f1")).asString().doesNotContain("5f5b27f1");
    }

    @Test
    void isPartOfTheUriOfTheSocket() {
        assertThat(new AuthToken("5f5b27f1-0a").toEventsUri()).isEqualTo("/events/v1?authToken=5f5b27f1-0a");
    }

    @Test
    void canNotBreakOutOfTheUri() {
        assertThat(new AuthToken("a&b=c#d e\r\n/").toEventsUri())
                .isEqualTo("/events/v1?authToken=a%26b%3Dc%23d+e%0D%0A%2F");
    }
}
