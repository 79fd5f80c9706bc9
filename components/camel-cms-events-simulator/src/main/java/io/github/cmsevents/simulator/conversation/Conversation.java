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
package io.github.cmsevents.simulator.conversation;

import io.github.cmsevents.simulator.scenario.FileTree;
import io.github.cmsevents.simulator.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one or several servers do, step by step, read from a YAML or JSON file. The module's README has the format.
 *
 * @param name of the file, for messages
 * @param title what the conversation is about; empty when the file has none
 * @param servers the names of the servers, at least one
 * @param bindAddress the address to listen on, where the file has one
 */
public record Conversation(
        String name, String title, List<String> servers, Optional<String> bindAddress, List<Step> steps) {

    public Conversation {
        servers = List.copyOf(servers);
        steps = List.copyOf(steps);
    }

    /** @throws ScenarioException when the file cannot be read or played; the message names the step and the field */
    public static Conversation read(Path file) {
        try {
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ScenarioException(file + ": cannot be read: " + e, e);
        }
    }

    /**
     * @param name of the file, for messages
     * @throws ScenarioException when the text cannot be played; the message names the step and the field
     */
    public static Conversation parse(String name, String text) {
        return new ConversationReader(name).read(FileTree.parse(name, text));
    }
}
