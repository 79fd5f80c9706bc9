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
package io.github.cmsevents.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Prometheus with the configuration of the example, which scrapes twice a second. */
final class Prometheus implements AutoCloseable {

    private static final Path CONFIGURATION = Path.of("prometheus", "prometheus.yml");
    private static final Pattern ADDRESS = Pattern.compile("Listening on.* address=(127\\.0\\.0\\.1:\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Path output;
    private final Process process;

    private Prometheus(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** @param target what to scrape, as host:port */
    static Prometheus start(Path folder, String target) throws IOException {
        Tool prometheus = Tool.named("prometheus");
        Path configuration = Files.writeString(
                folder.resolve("prometheus.yml"),
                replace(replace(Files.readString(CONFIGURATION), "127.0.0.1:9876", target), "15s", "500ms"));
        Files.copy(AlertRules.FILE, folder.resolve(AlertRules.FILE.getFileName()));
        Path output = folder.resolve("prometheus.txt");
        Process process = prometheus
                .builder(
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Prometheus(output, process);
    }

    private static String replace(String text, String example, String own) {
        assertThat(text).contains(example);
        return text.replace(example, own);
    }

    /** The series that an expression yields now. */
    List<JsonNode> query(Expression expression) throws IOException, InterruptedException {
        return Dashboard.elements(get("query?query=" + URLEncoder.encode(expression.text(), StandardCharsets.UTF_8))
                        .get("result"))
                .toList();
    }

    /** The alerts that it has loaded. */
    List<JsonNode> alerts() throws IOException, InterruptedException {
        return Dashboard.elements(get("rules").at("/groups/0/rules")).toList();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/api/v1/" + path))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body()).get("data");
    }

    private String address() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> ADDRESS.matcher(Files.readString(output))
                                .results()
                                .map(match -> match.group(1))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
