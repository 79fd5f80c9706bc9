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
package io.github.cmsevents.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as a user runs it: in its own process. */
class QuickstartIT {

    private static final String TIME = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";

    @TempDir
    private Path directory;

    private Path output;
    private Process process;

    @BeforeEach
    void nameTheOutput() {
        output = directory.resolve("output");
    }

    @AfterEach
    void leaveNothingBehind() {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void printsALineForEachUpdateOfAllRoutesAndStopsByItself() throws Exception {
        start("-Dquickstart.seconds=4");

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isZero();
        List<String> lines = lines();
        assertThat(lines.get(0)).startsWith("Simulated Meeting Server at http://127.0.0.1:");
        List<String> updates = lines.subList(1, lines.size());
        assertThat(updates).allSatisfy(line -> assertThat(line)
                .matches(TIME + "(calls     |callRoster|callInfo  ) (add|update|remove) .+"));
        assertThat(updates)
                .anySatisfy(line -> assertThat(line).containsPattern("calls      add Andy's coSpace: \\d participants"))
                .anySatisfy(line -> assertThat(line).contains("calls      update "))
                .anySatisfy(line -> assertThat(line).containsPattern("callRoster add \\w+: connected"))
                .anySatisfy(line -> assertThat(line).contains("callInfo   add Andy's coSpace: name Andy's coSpace"));
    }

    @Test
    void stopsCleanlyWhenItIsTerminated() throws Exception {
        start();
        await().atMost(Duration.ofSeconds(60)).until(() -> lines().size() > 5);

        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines())
                .noneMatch(line -> line.matches(TIME + "(WARN|ERROR).*"))
                .noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
    }

    @Test
    void printsTheUpdatesOfTheServerThatTheEnvironmentNames() throws Exception {
        Map<String, String> environment = exportsOnTheStartPage();
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .credentials(environment.get("CMS_USERNAME"), environment.get("CMS_PASSWORD"))
                .build()
                .start()) {
            server.createCall("Board meeting").addParticipant("Bo", "bo@example.com");
            assertThat(environment.put("CMS_SERVERS", server.url())).isEqualTo("cms.example.com:445");

            start(environment, List.of(), Main.class);

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(lines())
                    .anyMatch(line -> line.contains("calls      add Board meeting: 1 participants"))
                    .anyMatch(line -> line.contains("callRoster add Bo: ")));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Map<String, String> exportsOnTheStartPage() throws IOException {
        String page = Files.readString(Path.of("..", "..", "docs", "start.md"));
        return Pattern.compile("(?m)^export (\\w+)='?(.*?)'?$")
                .matcher(page)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    private void start(String... options) throws IOException {
        start(Map.of(), List.of(options), QuickstartMain.class);
    }

    private void start(Map<String, String> environment, List<String> options, Class<?> main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }
}
