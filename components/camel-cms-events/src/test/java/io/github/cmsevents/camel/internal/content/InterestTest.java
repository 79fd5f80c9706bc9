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

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterestTest {

    @Test
    void keysAndTypeAndReasonMayBeNamedWithoutEffect() {
        List<String> elements = List.of("reason", "name", "call", "participant", "updateType", "uri");

        assertThat(new Interest(elements, true, false, false).elements()).containsExactly("name", "uri");
    }

    @Test
    void keepsItsElementsWhenTheListThatTheyCameInChanges() {
        List<String> elements = new ArrayList<>(List.of("name"));
        Interest interest = new Interest(elements, true, false, false);

        elements.add("layout");

        assertThat(interest.elements()).containsExactly("name");
    }
}
