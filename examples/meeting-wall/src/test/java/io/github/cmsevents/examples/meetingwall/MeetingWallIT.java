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
package io.github.cmsevents.examples.meetingwall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.examples.site.Example;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as a user runs it: in its own process. */
class MeetingWallIT {

    private static final String PASSWORD = "very secret";

    @TempDir
    private Path directory;

    private final int port = RunningWall.freePort();
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
    void showsTheMeetingsOfSimulatedCallBridgesAndStopsCleanly() throws Exception {
        start(Map.of());
        try (WallSocket socket = new WallSocket(port)) {
            JsonNode snapshot = socket.awaitFirst(message -> message.toString().contains("\"Andy's coSpace\""));
            assertThat(snapshot).isNotNull();
            socket.awaitFirst(message -> message.toString().contains("\"speaking\":true"));

            // While a browser is connected.
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("No cms.servers is set: simulated Call Bridges run at "))
                .anyMatch(line -> line.endsWith("The meeting wall is at http://127.0.0.1:" + port + "/"));
    }

    @Test
    void showsTheMeetingsOfTheServersInTheEnvironment() throws Exception {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .credentials("apiuser", PASSWORD)
                .build()) {
            server.start();
            server.createCall("Board");

            start(Map.of("CMS_SERVERS", server.url(), "CMS_USERNAME", "apiuser", "CMS_PASSWORD", PASSWORD));

            try (WallSocket socket = new WallSocket(port)) {
                socket.awaitFirst(message -> message.toString().contains("\"Board\""));
                assertThat(socket.messages().toString()).doesNotContain(PASSWORD, "apiuser");
            }
            assertThat(lines()).hasSize(1).noneMatch(line -> line.contains(PASSWORD));
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dwall.port=" + port,
                        Example.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> lines().stream().anyMatch(line -> line.contains("The meeting wall is at ")));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }
}
