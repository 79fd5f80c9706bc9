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

import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.scenario.Scenario;
import io.github.cmsevents.simulator.scenario.ScenarioRun;
import java.util.List;

/** A single server. */
record OneServer(MeetingServerSimulator server, Scenario scenario) implements Site {

    @Override
    public List<MeetingServerSimulator> servers() {
        return List.of(server);
    }

    @Override
    public String certificatesPem() {
        return server.certificatePem();
    }

    @Override
    public ScenarioRun play() {
        return scenario.start(server);
    }

    @Override
    public List<String> breaches() {
        return server.breaches().stream().map(Breach::toString).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
