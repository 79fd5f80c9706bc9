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
package io.github.cmsevents.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The routes of the README run as they are printed, with the properties that are printed there. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
    private static final String USERNAME = "a&b";
    private static final String PASSWORD = "p+s&w=r%41#x";

    @RegisterExtension
    static final MeetingServerExtension cms =
            MeetingServerExtension.create(builder -> builder.credentials(USERNAME, PASSWORD));

    @TempDir
    Path folder;

    record Block(String kind, String text) {
        boolean isRoute() {
            return kind.equals("yaml") || (kind.equals("xml") && text.contains("<route>"));
        }

        @Override
        public String toString() {
            return text.lines()
                    .filter(line -> line.contains("kamelet:") || line.contains("name: "))
                    .findFirst()
                    .orElse(kind)
                    .strip();
        }
    }

    static List<Block> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }

    static Stream<Block> routes() throws IOException {
        return blocks().stream().filter(Block::isRoute);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteReceivesUpdates(Block route) throws Exception {
        String file = route.kind().equals("xml") ? "routes.camel.xml" : "routes.yaml";
        try (Application application = Application.start(folder, file, withTheSimulator(route.text()), properties())) {
            cms.server().createCall("Board meeting").addParticipant("Ada", "ada@example.com");

            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(application.bodies())
                    .anyMatch(body -> body.toString().contains("\"updateType\":\"add\"")));
        }
    }

    @Test
    void eachKindOfRouteIsThere() throws Exception {
        assertThat(routes().filter(block -> block.kind().equals("xml"))).isNotEmpty();
        assertThat(routes().filter(block -> block.text().contains("kind: Pipe")))
                .isNotEmpty();
        assertThat(routes().filter(block -> block.text().startsWith("- route:")))
                .isNotEmpty();
    }

    @Test
    void eachKameletIsNamed() throws Exception {
        assertThat(Files.readString(Path.of("README.md")))
                .contains(KameletFile.all().map(KameletFile::name).toList());
    }

    private static Map<String, String> properties() throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("cms.username", USERNAME, "cms.password", PASSWORD));
        for (Block block : blocks()) {
            if (block.kind().equals("properties")) {
                Properties properties = new Properties();
                properties.load(new StringReader(withTheSimulator(block.text())
                        .replace("{{env:CMS_USERNAME}}", USERNAME)
                        .replace("{{env:CMS_PASSWORD}}", PASSWORD)));
                properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
            }
        }
        return all;
    }

    private static String withTheSimulator(String text) {
        return text.replace("cms.example.com:445", cms.server().url());
    }
}
