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
package io.github.cmsevents.benchmark.harness;

import java.util.List;

/**
 * Everything that was measured. What was not asked for is null.
 *
 * @param environment   what it was measured on
 * @param gated         side by side, each message after the last one's acknowledgement
 * @param windowed      side by side, several messages at once
 * @param subscriptions from few subscriptions to many
 * @param known         from few known participants to many
 * @param scale         from one server to a large cluster
 */
record Results(
        List<String> environment,
        List<Series> gated,
        List<Series> windowed,
        List<Series> subscriptions,
        List<Series> known,
        Starts starts,
        Scale scale) {

    static Results none(List<String> environment) {
        return new Results(environment, null, null, null, null, null, null);
    }

    Results with(Scale measured) {
        return new Results(environment, gated, windowed, subscriptions, known, starts, measured);
    }

    static Series of(List<Series> series, Contender contender) {
        return series.stream()
                .filter(one -> one.name().equals(contender.name()))
                .findFirst()
                .orElseThrow();
    }
}
