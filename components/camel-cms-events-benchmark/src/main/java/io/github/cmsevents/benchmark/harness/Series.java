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

import io.github.cmsevents.benchmark.load.LoadPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What was measured of one client with one plan, round by round. */
record Series(String name, LoadPlan plan, List<Measurement> rounds) {

    Series(String name, LoadPlan plan) {
        this(name, plan, new ArrayList<>());
    }

    Spread messagesPerSecond() {
        return spread(round -> round.server().messagesPerSecond());
    }

    Spread bytesPerUpdate() {
        return spread(round -> round.client().bytesPerUpdate());
    }

    Spread cpuMicrosPerUpdate() {
        return spread(round -> round.client().cpuMicrosPerUpdate());
    }

    Spread spread(ToDoubleFunction<Measurement> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    /** This to that, each round by itself: what disturbs a round disturbs both. */
    Spread ratio(Series other, ToDoubleFunction<Measurement> figure) {
        return Spread.of(IntStream.range(0, Math.min(rounds.size(), other.rounds.size()))
                .mapToObj(round ->
                        figure.applyAsDouble(rounds.get(round)) / figure.applyAsDouble(other.rounds.get(round)))
                .toList());
    }

    int outOfOrder() {
        return rounds.stream().mapToInt(round -> round.client().outOfOrder()).sum();
    }

    int lostOrTwice() {
        return rounds.stream().mapToInt(Measurement::lostOrTwice).sum();
    }

    /** All messages of all rounds. */
    int messages() {
        return rounds.size() * plan.messages();
    }
}
