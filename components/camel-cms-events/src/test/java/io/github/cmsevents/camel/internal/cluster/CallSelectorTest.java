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
package io.github.cmsevents.camel.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.protocol.Resource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CallSelectorTest {

    private static final String CORRELATOR = "6a5b21bc-0d1c-4c3a-9e37-8f0f3c6d2b11";

    private final CallDirectory directory = new CallDirectory(List.of("a", "b"), () -> {});

    @Test
    void everyConferenceIsSelectedWhateverIsKnownOfIt() {
        CallSelector every = new CallSelector.Every();

        assertThat(every.selects(conference("a", "a1", Map.of()), false)).isTrue();
        assertThat(every.selects(conference("a", "a2", Map.of("name", "Board")), true))
                .isTrue();
    }

    @Test
    void aCallSelectsTheConferenceThatItIsAPartOf() {
        CallSelector call = new CallSelector.OfCall("b1");
        conference("a", "a1", Map.of("callCorrelator", CORRELATOR));
        Conference both = conference("b", "b1", Map.of("callCorrelator", CORRELATOR));

        assertThat(call.selects(both, false)).isTrue();
        assertThat(call.selects(conference("a", "a2", Map.of()), false)).isFalse();
    }

    @Test
    void aCallStillSelectsItsConferenceWhenThatGoesOnElsewhereOnly() {
        CallSelector call = new CallSelector.OfCall("b1");
        conference("a", "a1", Map.of("callCorrelator", CORRELATOR));
        Conference conference = conference("b", "b1", Map.of("callCorrelator", CORRELATOR));

        directory.forget("b", Resource.CALLS, "b1");

        assertThat(call.selects(conference, true)).isTrue();
        assertThat(call.selects(conference, false)).isFalse();
    }

    @Test
    void aNameSelectsWhileItMatches() {
        Pattern pattern = Pattern.compile("Board.*");
        CallSelector named =
                new CallSelector.Named("Board.*", name -> pattern.matcher(name).matches());
        Conference conference = conference("a", "a1", Map.of("name", "Boardroom"));
        assertThat(named.selects(conference, false)).isTrue();
        assertThat(named.selects(conference, true)).isTrue();

        conference("a", "a1", Map.of("name", "Lounge"));

        assertThat(named.selects(conference, true)).isFalse();
        assertThat(named.selects(conference, false)).isFalse();
    }

    @Test
    void aNameIsNeverAskedForAConferenceWithoutOne() {
        CallSelector named = new CallSelector.Named("*", name -> {
            throw new AssertionError("asked for " + name);
        });

        assertThat(named.selects(conference("a", "a1", Map.of()), false)).isFalse();
        assertThat(named.selects(conference("a", "a1", Map.of()), true)).isFalse();
    }

    @Test
    void aCorrelatorSelectsItsConferenceInUpperAndLowerCase() {
        Conference conference = conference("a", "a1", Map.of("callCorrelator", CORRELATOR));

        assertThat(new CallSelector.Correlated(CORRELATOR).selects(conference, false))
                .isTrue();
        assertThat(new CallSelector.Correlated(CORRELATOR.toUpperCase()).selects(conference, false))
                .isTrue();
        assertThat(new CallSelector.Correlated("another").selects(conference, true))
                .isFalse();
    }

    @Test
    void aCorrelatorSelectsNoConferenceWithoutOne() {
        assertThat(new CallSelector.Correlated(CORRELATOR).selects(conference("a", "a1", Map.of()), true))
                .isFalse();
    }

    private Conference conference(String server, String call, Map<String, Object> record) {
        directory.learn(server, Resource.CALLS, call, record, true);
        return directory.conferenceOf(server, call).orElseThrow();
    }
}
