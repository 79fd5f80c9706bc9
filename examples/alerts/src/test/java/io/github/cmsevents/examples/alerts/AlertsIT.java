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
package io.github.cmsevents.examples.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as a user runs it: in its own process. */
class AlertsIT {

    @TempDir
    private Path directory;

    private Process process;

    @AfterEach
    void leaveNothingBehind() {
        process.destroyForcibly().onExit().join();
    }

    @Test
    void printsWhatTheChatWouldGetAndStopsCleanly() throws Exception {
        start();
        await().atMost(Duration.ofSeconds(120)).until(() -> lines().stream()
                .anyMatch(line -> line.startsWith("The chat got {\"text\": \"") && line.contains(" participants")));

        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(lines()).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }

    @Test
    void sendsToTheWebhookThatTheEnvironmentNames() throws Exception {
        try (Chat chat = new Chat()) {
            start("ALERTS_WEBHOOK", chat.url());

            await().atMost(Duration.ofSeconds(120)).until(() -> !chat.alerts().isEmpty());

            assertThat(lines()).noneMatch(line -> line.contains("SECRET"));
        }
    }

    private void start(String... environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AlertsMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        process = builder.start();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("output"));
    }
}
