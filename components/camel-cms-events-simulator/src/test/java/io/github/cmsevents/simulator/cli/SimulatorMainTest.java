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

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as users run it: in its own process. */
@Timeout(120)
class SimulatorMainTest {

    private static final Pattern READY = Pattern.compile("Meeting Server simulator ready at"
            + " (https?)://127\\.0\\.0\\.1:(\\d+)/ \\(events at (wss?)://127\\.0\\.0\\.1:\\d+/events/v1\\)");

    @TempDir
    private Path folder;

    @Test
    void servesLivelyMeetingsAndReportsBreachesAtCtrlC() throws Exception {
        Process process = start("--port", "0", "--user", "me", "--password", "hunter2", "--verbose", "--speed", "10");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String base = "127.0.0.1:" + ready(out, "http").group(2);
            HttpClient http = HttpClient.newHttpClient();
            String token = token(http, base, "me:hunter2");
            CompletableFuture<String> rows = new CompletableFuture<>();
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://" + base + "/events/v1?authToken=" + token), new Listener(rows, closed))
                    .join();
            socket.sendText(
                            "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\",\"subscriptions\":"
                                    + "[{\"index\":1,\"type\":\"calls\",\"elements\":[\"name\"]}]}}",
                            true)
                    .join();
            assertThat(rows.get(40, SECONDS)).contains("Andy's coSpace");
            socket.sendPing(ByteBuffer.allocate(0)).join();
            assertThat(closed.get(40, SECONDS)).isEqualTo(1008);

            // What Ctrl-C does; Process.destroy() would close the streams as well.
            process.toHandle().destroy();
            List<String> rest = out.lines().toList();
            assertThat(rest)
                    .contains("Breaches counted: 1", "  PING on socket 1: ping frame")
                    .anyMatch(line -> line.endsWith(" login 200"))
                    .anyMatch(line -> line.endsWith(" upgrade 101 socket 1"))
                    .anyMatch(line -> line.contains(" socket 1 -> {\"type\":\"message\""))
                    .anyMatch(line -> line.contains(" socket 1 <- {\"type\":\"messageAck\""))
                    .anyMatch(line -> line.endsWith(" socket 1 -> (ping frame)"))
                    .noneMatch(line -> line.contains(token) || line.contains("hunter2"));
        }
        assertThat(process.waitFor(40, SECONDS)).isTrue();
    }

    @Test
    void playsAConversation() throws Exception {
        Path file = folder.resolve("case.json");
        Files.writeString(file, "{\"server\": [{\"logins\": 1}]}");
        Process process = start("--port", "0", "--user", "me", "--password", "hunter2", "--play", file.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            token(HttpClient.newHttpClient(), "127.0.0.1:" + ready(out, "http").group(2), "me:hunter2");
            assertThat(out.lines().toList())
                    .contains("Conversation played: the client did all that its steps wait for.");
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aFailedConversationExitsWithOne() throws Exception {
        Path file = folder.resolve("case.json");
        Files.writeString(file, "{\"server\": [{\"logins\": 1, \"within\": 10}]}");
        Process process = start("--port", "0", "--play", file.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines().toList())
                    .contains(
                            "Conversation failed: case.json: step 1 (logins): 0 of 1 logins came (waited 10 ms)",
                            "Breaches counted: 0");
        }
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** Acknowledges messages until one has rows. */
    private record Listener(CompletableFuture<String> rows, CompletableFuture<Integer> closed)
            implements WebSocket.Listener {
        private static final Pattern ID = Pattern.compile("\"message\":\\{\"messageId\":(\\d+)");

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            socket.request(1);
            Matcher id = ID.matcher(data);
            if (id.find()) {
                socket.sendText(
                        "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + id.group(1)
                                + ",\"status\":\"success\"}}",
                        true);
            }
            if (data.toString().contains("callListUpdate")) {
                rows.complete(data.toString());
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }
    }

    @Test
    void printsTheAddressOfEachBridgeAndAllBreaches() throws Exception {
        Path certificates = folder.resolve("cms.pem");
        Process process = start(
                "--bridges",
                "3",
                "--port",
                "0",
                "--tls",
                "--certificate-out",
                certificates.toString(),
                "--seconds",
                "0",
                "--scenario",
                "none");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("This is a simulator, no Meeting Server: user admin, password admin.");
            Set<String> ports = new HashSet<>();
            for (int bridge = 0; bridge < 3; bridge++) {
                ports.add(ready(out, "https").group(2));
            }
            assertThat(ports).hasSize(3);
            assertThat(out.lines()).containsExactly("Breaches counted: 0");
        }
        assertThat(process.waitFor()).isZero();
        assertThat(errors(process)).isEmpty();
        assertThat(certificates).content().containsPattern("(?s)(-----BEGIN CERTIFICATE-----.*){3}");
    }

    @Test
    void aClusterServesLivelyConferencesOnEveryBridge() throws Exception {
        Process process = start("--bridges", "2", "--port", "0", "--verbose", "--speed", "20");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String first = "127.0.0.1:" + ready(out, "http").group(2);
            String second = "127.0.0.1:" + ready(out, "http").group(2);
            HttpClient http = HttpClient.newHttpClient();
            for (String base : List.of(first, second)) {
                CompletableFuture<String> rows = new CompletableFuture<>();
                CompletableFuture<Integer> closed = new CompletableFuture<>();
                WebSocket socket = http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://" + base + "/events/v1?authToken=" + token(http, base, "admin:admin")),
                                new Listener(rows, closed))
                        .join();
                socket.sendText(
                                "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\","
                                        + "\"subscriptions\":[{\"index\":1,\"type\":\"calls\",\"elements\":"
                                        + "[\"name\",\"callCorrelator\"]}]}}",
                                true)
                        .join();
                assertThat(rows.get(40, SECONDS)).contains("callCorrelator");
                socket.sendPing(ByteBuffer.allocate(0)).join();
                assertThat(closed.get(40, SECONDS)).isEqualTo(1008);
            }
            process.toHandle().destroy();
            List<String> lines = out.lines().toList();
            assertThat(lines)
                    .contains(
                            "Breaches counted: 2",
                            "  bridge 0: PING on socket 1: ping frame",
                            "  bridge 1: PING on socket 1: ping frame");
            assertThat(lines).anyMatch(line -> line.contains(" bridge 0 login 200"));
            assertThat(lines).anyMatch(line -> line.contains(" bridge 1 socket 1 <- {\"type\":\"message"));
        }
    }

    @Test
    void stopsByItselfAndWritesItsCertificate() throws Exception {
        Path certificate = folder.resolve("cms.pem");
        Path scenario = Files.writeString(folder.resolve("s.yaml"), "calls: {a: {}}\nsteps: []\n");
        Process process = start(
                "--port",
                "0",
                "--tls",
                "--certificate-out",
                certificate.toString(),
                "--seconds",
                "0",
                "--lenient",
                "--reusable-tokens",
                "--scenario",
                scenario.toString());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("This is a simulator, no Meeting Server: user admin, password admin.");
            ready(out, "https");
            assertThat(out.lines()).containsExactly("Breaches counted: 0");
        }
        assertThat(process.waitFor()).isZero();
        assertThat(errors(process)).isEmpty();
        assertThat(certificate).content().startsWith("-----BEGIN CERTIFICATE-----");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port x                  | Invalid value for option '--port': 'x' is not an int (see --help)
            --port 70000              | port must be 0 to 65535: 70000
            --colour red              | Unknown options: '--colour', 'red' (see --help)
            --tls-cert a.pem          | --tls-cert and --tls-key go together (see --help)
            --certificate-out a.pem   | --certificate-out needs --tls or --tls-cert (see --help)
            --seconds -1              | --seconds must not be negative (see --help)
            --bridges 0               | --bridges must be at least 1 (see --help)
            --bridges 2 --scenario s  | --bridges plays no scenario files, only 'lively' or 'none' (see --help)
            --bridges 2 --port 65535  | port must be 0 to 65535: 65536
            --speed 0                 | speed must be more than 0 and at most 1000: 0.0
            --scenario missing.yaml   | missing.yaml: cannot be read: java.nio.file.NoSuchFileException: missing.yaml
            --tls-cert a --tls-key b  | Cannot read certificate or key: b
            """)
    void printsAMistakeInOneLine(String arguments, String message) throws Exception {
        Process process = start(arguments.split(" "));
        assertThat(errors(process)).isEqualTo("meeting-server-simulator: " + message + "\n");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void helpNamesEveryOption() throws Exception {
        Process process = start("--help");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines().collect(Collectors.joining("\n")))
                    .contains(
                            "--port",
                            "--host",
                            "--tls",
                            "--tls-cert",
                            "--tls-key",
                            "--certificate-out",
                            "--user",
                            "--password",
                            "--bridges",
                            "--scenario",
                            "--seed",
                            "--speed",
                            "--reusable-tokens",
                            "--lenient",
                            "--seconds",
                            "--verbose",
                            "8443 with TLS, 8080");
        }
        assertThat(process.waitFor()).isZero();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static Matcher ready(BufferedReader out, String scheme) throws IOException {
        // Requests may be printed before.
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = READY.matcher(line);
            if (matcher.matches()) {
                assertThat(matcher.group(1)).isEqualTo(scheme);
                assertThat(matcher.group(3)).isEqualTo(scheme.replace("http", "ws"));
                return matcher;
            }
        }
        throw new AssertionError("Never ready");
    }

    private static String errors(Process process) throws IOException {
        try (var errors = new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)) {
            return new BufferedReader(errors).lines().map(line -> line + "\n").collect(Collectors.joining());
        }
    }

    private static String token(HttpClient http, String base, String account) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + base + "/api/v1/authTokens"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account.getBytes()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .join()
                .headers()
                .firstValue("X-Cisco-CMS-Auth-Token")
                .orElseThrow();
    }
}
