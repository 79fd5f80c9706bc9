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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the page "Test your own client" says, against the jar as users run it. */
@Timeout(300)
class ClientPageIT {

    private static final Pattern ROW = Pattern.compile("^\\| (client|server) \\| `(.*)` \\|$", Pattern.MULTILINE);
    private static final Pattern TOKEN = Pattern.compile("X-Cisco-CMS-Auth-Token: [0-9a-f-]{36}");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path folder;

    private String page;

    @BeforeEach
    void writeTheFilesOfThePage() throws Exception {
        page = Files.readString(Path.of("docs", "test-your-own-client.md"));
        Files.writeString(folder.resolve("client.py"), block("python"));
        Files.writeString(folder.resolve("first-steps.json"), block("json"));
    }

    @Test
    void theShellCommandsWork() throws Exception {
        InstalledTool.require("curl", "--version");
        InstalledTool.require("python3", "--version");
        try (RunningJar simulator = RunningJar.start(folder, "--port", "0")) {
            String commands = String.join("\n", blocks("sh")).replace("127.0.0.1:8080", simulator.address());
            String output = InstalledTool.run(folder, "bash", "-c", commands);

            assertThat(output).containsPattern(TOKEN).contains("HTTP/1.1 101 Switching Protocols");
            assertThat(output.lines().filter(line -> line.startsWith("{\"type\"")))
                    .hasSize(10);
        }
    }

    @Test
    void thePythonClientPassesTheConversation() throws Exception {
        InstalledTool.require("python3", "--version");
        try (RunningJar simulator = RunningJar.start(folder, "--port", "0", "--play", "first-steps.json")) {
            String output = InstalledTool.run(folder, "python3", "client.py", simulator.address(), "4");

            assertThat(output.lines())
                    .containsExactlyElementsOf(frames().stream()
                            .filter(Frame::isFromServer)
                            .map(Frame::text)
                            .toList());
            assertThat(page).contains(simulator.remainingOutput());
            assertThat(simulator.exitCode()).isZero();
        }
    }

    /** Sends the table's frames as they are, which needs neither Python nor curl. */
    @Test
    void theFramesOfTheTableAreThoseOfTheConversation() throws Exception {
        try (RunningJar simulator = RunningJar.start(folder, "--port", "0", "--play", "first-steps.json")) {
            HttpClient http = HttpClient.newHttpClient();
            Received received = new Received();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://" + simulator.address() + "/events/v1?authToken="
                                    + simulator.token(http, "admin", "admin")),
                            received)
                    .join();
            List<Frame> frames = frames();
            assertThat(frames).hasSizeGreaterThan(7);
            for (Frame frame : frames) {
                if (frame.isFromServer()) {
                    assertThat(json.readTree(received.next())).isEqualTo(json.readTree(frame.text()));
                } else {
                    socket.sendText(frame.text(), true).join();
                }
            }
            assertThat(simulator.remainingOutput()).contains("Breaches counted: 0");
            assertThat(simulator.exitCode()).isZero();
        }
    }

    private List<Frame> frames() {
        return ROW.matcher(page)
                .results()
                .map(row -> new Frame(row.group(1).equals("server"), row.group(2)))
                .toList();
    }

    private String block(String language) {
        return blocks(language).get(0);
    }

    private List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.toList());
    }

    private record Frame(boolean isFromServer, String text) {}

    private static final class Received implements WebSocket.Listener {

        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            assertThat(last).isTrue();
            texts.add(data.toString());
            socket.request(1);
            return null;
        }

        String next() throws InterruptedException {
            String text = texts.poll(60, TimeUnit.SECONDS);
            assertThat(text).as("a frame from the server").isNotNull();
            return text;
        }
    }
}
