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
package io.github.cmsevents.simulator.scenario;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scenario in a YAML or JSON file: calls, and a list of timed steps. The module's README has the format. */
public final class ScenarioFile implements Scenario {

    private final String name;
    private final Timeline timeline;
    private final double speed;

    private ScenarioFile(String name, Timeline timeline, double speed) {
        this.name = name;
        this.timeline = timeline;
        this.speed = speed;
    }

    /** @throws ScenarioException when the file cannot be read or played */
    public static ScenarioFile read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ScenarioException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * @param name of the file, for messages
     * @throws ScenarioException when the text cannot be played
     */
    public static ScenarioFile parse(String name, String text) {
        return new ScenarioFile(name, new TimelineReader(name).read(FileTree.parse(name, text)), 1);
    }

    /** The same scenario, faster (more than 1) or slower (less). */
    public ScenarioFile speed(double factor) {
        return new ScenarioFile(name, timeline, new LivelyOptions(0, factor).speed());
    }

    @Override
    public ScenarioRun start(MeetingServerSimulator server) {
        TimelinePlayer player = new TimelinePlayer(name, timeline, speed, server);
        player.start();
        return player;
    }
}
