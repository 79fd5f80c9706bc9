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
package io.github.cmsevents.benchmark;

import io.github.cmsevents.benchmark.client.Client;
import io.github.cmsevents.benchmark.client.ClientReport;
import io.github.cmsevents.benchmark.load.LoadReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The runs of one scenario. */
final class Result {

    static final ToDoubleFunction<Run> RATE = run -> run.server().messagesPerSecond();
    static final ToDoubleFunction<Run> CPU = run -> run.client().cpuMicrosPerMessage();
    static final ToDoubleFunction<Run> IDLE = run -> run.client().idlePercent();
    static final ToDoubleFunction<Run> OUT_OF_ORDER = run -> run.client().outOfOrder();
    static final ToDoubleFunction<Run> SECONDS_TO_FIRST = run -> run.client().secondsToFirst();
    static final ToDoubleFunction<Run> LIVE_HEAP = run -> run.client().liveHeapMiB();

    private final Scenario scenario;
    private final Map<Client, List<Run>> runs = new EnumMap<>(Client.class);

    /** What both sides of one run report. */
    record Run(ClientReport client, LoadReport server) {

        /** Whether each update came exactly once and each message was acknowledged exactly once. */
        boolean isComplete() {
            return client.missing() + client.twice() + server.unacknowledged() + server.unexpected() == 0;
        }
    }

    Result(Scenario scenario) {
        this.scenario = scenario;
    }

    Scenario scenario() {
        return scenario;
    }

    void add(Client client, Run run) {
        runs.computeIfAbsent(client, none -> new ArrayList<>()).add(run);
    }

    double median(Client client, ToDoubleFunction<Run> figure) {
        double[] sorted = runs.get(client).stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double highest(Client client, ToDoubleFunction<Run> figure) {
        return runs.get(client).stream().mapToDouble(figure).max().orElseThrow();
    }

    /** The ratio of two medians. */
    double ratio(Client client, Client other, ToDoubleFunction<Run> figure) {
        return median(client, figure) / median(other, figure);
    }

    /** Whether no client lost a message; order is promised by all but the hand-written route. */
    boolean isCorrect() {
        return runs.entrySet().stream().allMatch(entry -> entry.getValue().stream()
                .allMatch(run -> run.isComplete()
                        && (entry.getKey() == Client.HAND_WRITTEN
                                || run.client().outOfOrder() == 0)));
    }
}
