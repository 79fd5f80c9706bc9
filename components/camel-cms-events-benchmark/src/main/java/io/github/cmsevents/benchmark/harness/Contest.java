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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Clients that take turns: a round has one run of each, and each round begins with another. */
final class Contest {

    /** A client and what it is sent. */
    record Entry(Contender contender, LoadPlan plan) {}

    private final Laboratory laboratory;
    private final Consumer<String> progress;

    Contest(Laboratory laboratory, Consumer<String> progress) {
        this.laboratory = laboratory;
        this.progress = progress;
    }

    /** @return a series for each entry, in their order */
    List<Series> hold(String title, List<Entry> entries, int rounds) throws IOException, InterruptedException {
        List<Series> series = new ArrayList<>();
        entries.forEach(entry -> series.add(new Series(entry.contender().name(), entry.plan())));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < entries.size(); turn++) {
                int next = (round + turn) % entries.size();
                Entry entry = entries.get(next);
                Measurement measurement = laboratory.measure(entry.contender(), entry.plan());
                series.get(next).rounds().add(measurement);
                progress.accept(String.format(
                        "%s, round %d of %d: %s %.0f messages/s",
                        title,
                        round + 1,
                        rounds,
                        entry.contender().name(),
                        measurement.server().messagesPerSecond()));
            }
        }
        return series;
    }
}
