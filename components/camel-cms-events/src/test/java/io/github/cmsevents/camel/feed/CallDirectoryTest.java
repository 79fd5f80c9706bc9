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
package io.github.cmsevents.camel.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.protocol.Resource;
import io.github.cmsevents.camel.subscription.Want;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallDirectoryTest {

    private static final Want SOURCE = new Want(Resource.CALLS, null);
    private static final Want OTHER = new Want(Resource.CALL_INFO, "a");

    private final CallDirectory directory = new CallDirectory();

    @Test
    void knowsNothingAtFirst() {
        assertThat(directory.name("a")).isNull();
        assertThat(directory.correlator("a")).isNull();
        assertThat(directory.name(null)).isNull();
        assertThat(directory.correlator(null)).isNull();
    }

    @Test
    void putsTogetherWhatSeveralSubscriptionsTell() {
        directory.learn(SOURCE, "a", Map.of("name", "One"));
        directory.learn(SOURCE, "a", Map.of("callCorrelator", "k"));
        directory.learn(SOURCE, "b", Map.of("name", "Two"));

        assertThat(directory.name("a")).isEqualTo("One");
        assertThat(directory.correlator("a")).isEqualTo("k");
        assertThat(directory.name("b")).isEqualTo("Two");
        assertThat(directory.correlator("b")).isNull();
    }

    @Test
    void takesTheLastName() {
        directory.learn(SOURCE, "a", Map.of("name", "One"));
        directory.learn(SOURCE, "a", Map.of("name", "Two"));

        assertThat(directory.name("a")).isEqualTo("Two");
    }

    @Test
    void takesNoNoticeOfNamesThatAreNoText() {
        Map<String, Object> odd = new HashMap<>();
        odd.put("name", null);
        odd.put("callCorrelator", 7);
        directory.learn(SOURCE, "a", Map.of("name", "One"));
        directory.learn(SOURCE, "a", odd);

        assertThat(directory.name("a")).isEqualTo("One");
        assertThat(directory.correlator("a")).isNull();
    }

    @Test
    void forgetsACallThatIsGone() {
        directory.learn(SOURCE, "a", Map.of("name", "One", "callCorrelator", "k"));
        directory.forget(SOURCE, "a");
        directory.forget(SOURCE, "never known");

        assertThat(directory.name("a")).isNull();
        assertThat(directory.correlator("a")).isNull();
    }

    @Test
    void keepsACallForAsLongAsAnySubscriptionKnowsIt() {
        directory.learn(SOURCE, "a", Map.of("name", "One"));
        directory.learn(OTHER, "a", Map.of("name", "One"));

        directory.forget(OTHER, "a");
        directory.forget(OTHER, "a");
        assertThat(directory.name("a")).isEqualTo("One");

        directory.forget(SOURCE, "a");
        assertThat(directory.name("a")).isNull();
    }

    @Test
    void doesNotForgetForASubscriptionThatNeverKnewTheCall() {
        directory.learn(SOURCE, "a", Map.of("name", "One"));

        directory.forget(OTHER, "a");
        directory.forgetAll(OTHER);

        assertThat(directory.name("a")).isEqualTo("One");
    }

    @Test
    void forgetsAllThatOnlyOneSubscriptionKnewWhenItEnds() {
        directory.learn(SOURCE, "a", Map.of("name", "One"));
        directory.learn(OTHER, "a", Map.of("name", "One"));
        directory.learn(SOURCE, "b", Map.of("name", "Two"));

        directory.forgetAll(SOURCE);

        assertThat(directory.name("a")).isEqualTo("One");
        assertThat(directory.name("b")).isNull();
    }
}
