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
package io.github.cmsevents.simulator.cli;

import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.scenario.ScenarioRun;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A cluster of bridges, counted from 0. */
record WholeCluster(MeetingServerCluster cluster, Function<MeetingServerCluster, ScenarioRun> scenario)
        implements Site {

    @Override
    public List<MeetingServerSimulator> servers() {
        return cluster.bridges();
    }

    @Override
    public String certificatesPem() {
        return cluster.certificatesPem();
    }

    @Override
    public ScenarioRun play() {
        return scenario.apply(cluster);
    }

    @Override
    public List<String> breaches() {
        return IntStream.range(0, cluster.size())
                .boxed()
                .flatMap(bridge ->
                        cluster.bridge(bridge).breaches().stream().map(breach -> "bridge " + bridge + ": " + breach))
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
