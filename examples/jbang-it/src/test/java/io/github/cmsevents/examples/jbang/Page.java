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
package io.github.cmsevents.examples.jbang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The page README.md.
 *
 * @param commands the commands of each section that has some, by its heading
 */
record Page(Map<String, List<String>> commands) {

    static Page read() throws IOException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        String heading = "";
        boolean inBlock = false;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            if (line.startsWith("```")) {
                inBlock = !inBlock;
            } else if (inBlock) {
                commands.computeIfAbsent(heading, section -> new ArrayList<>()).add(line);
            } else if (line.startsWith("## ")) {
                heading = line.substring(3);
            }
        }
        return new Page(commands);
    }

    Set<String> headings() {
        return commands.keySet();
    }

    List<String> commandsOf(String heading) {
        return commands.get(heading);
    }
}
