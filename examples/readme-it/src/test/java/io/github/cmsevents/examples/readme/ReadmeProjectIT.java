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
package io.github.cmsevents.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The projects that the README and the page of the starter show, each built and run with the command there. */
class ReadmeProjectIT {

    private static final Path ROOT = Path.of("..", "..");
    private static final String VERSION = System.getProperty("project.version");
    // The first run may download some of Camel's jars.
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofMinutes(1);

    @RegisterExtension
    final MeetingServerExtension cms =
            MeetingServerExtension.create(builder -> builder.credentials("apiuser", "s3cret"));

    @TempDir
    Path folder;

    private Path repository;
    private final HttpClient client = HttpClient.newHttpClient();

    /** As "./mvnw install" does it. */
    @BeforeEach
    void install() throws IOException {
        repository = folder.resolve("repository");
        install("camel-cms-events-parent", ".pom", ROOT.resolve("pom.xml"));
        installModule("camel-cms-events");
        installModule("camel-cms-events-starter");
    }

    private void installModule(String artifact) throws IOException {
        Path module = ROOT.resolve(Path.of("components", artifact));
        install(artifact, ".pom", module.resolve("pom.xml"));
        install(artifact, ".jar", module.resolve(Path.of("target", artifact + "-" + VERSION + ".jar")));
    }

    private void install(String artifact, String extension, Path file) throws IOException {
        Path target = repository.resolve(Path.of("io", "github", "cmsevents", artifact, VERSION));
        Files.createDirectories(target);
        Files.copy(file, target.resolve(artifact + "-" + VERSION + extension));
    }

    @Test
    void receivesUpdates() throws Exception {
        cms.server().createCall("Board meeting");

        try (RunningMaven maven = start(ShownProject.ofReadme())) {
            awaitOutput(maven, "INFO calls - (add: Board meeting has 0 participants)");

            assertThat(maven.output()).doesNotContain("s3cret", "WARN", "ERROR");
        }
    }

    @Test
    void hasHealthMetricsAndConsole() throws Exception {
        ShownProject project = ShownProject.ofReadme().withObservability().with("9876", "0");

        try (RunningMaven maven = start(project)) {
            String port = awaitOutput(maven, "HttpServer started on 0\\.0\\.0\\.0:(\\d+)");
            awaitHealth(port, 200, "UP");
            assertThat(get(port, "observe/metrics").body()).containsPattern(openedSockets());
            assertThat(get(port, "q/dev/cms-events").body())
                    .contains(cms.server().url(), "calls: active");

            cms.server().stop();
            awaitHealth(port, 503, "DOWN");
            assertThat(maven.output()).doesNotContain("s3cret");
        }
    }

    @Test
    @Tag("runtimes")
    void runsOnSpringBoot() throws Exception {
        cms.server().createCall("Board meeting");

        try (RunningMaven maven = start(ShownProject.ofStarter())) {
            awaitOutput(maven, "INFO .* calls +: (add: Board meeting has 0 participants)");
            String port = awaitOutput(maven, "Tomcat started on port (\\d+)");
            awaitReadiness(port, 200, "UP");
            assertThat(get(port, "actuator/prometheus").body()).containsPattern(openedSockets());

            cms.server().stop();
            awaitReadiness(port, 503, "OUT_OF_SERVICE");
            assertThat(maven.output()).doesNotContain("s3cret");
        }
    }

    private RunningMaven start(ShownProject project) throws IOException {
        Path target = Files.createDirectory(folder.resolve("project"));
        project.with("cms.example.com:445", cms.server().url()).writeTo(target);
        return RunningMaven.start(
                target,
                project.command(),
                repository,
                // The last is for Spring Boot: a free port.
                Map.of("CMS_USERNAME", "apiuser", "CMS_PASSWORD", "s3cret", "SERVER_PORT", "0"));
    }

    private String openedSockets() {
        return "(?m)^cms_events_sockets_opened_total\\{[^}]*server=\"127\\.0\\.0\\.1:"
                + cms.server().port() + "\"[^}]*} 1\\.0$";
    }

    /** The first group of the regular expression. */
    private static String awaitOutput(RunningMaven maven, String regex) {
        await().atMost(START).untilAsserted(() -> {
            assertThat(maven.output()).containsPattern(regex);
        });
        return maven.find(regex);
    }

    private void awaitHealth(String port, int status, String state) {
        awaitAnswer(port, "observe/health", status, "{\"name\":\"consumer:calls\",\"status\":\"" + state + "\"");
    }

    private void awaitReadiness(String port, int status, String state) {
        awaitAnswer(port, "actuator/health/readiness", status, "\"status\":\"" + state + "\"");
    }

    private void awaitAnswer(String port, String path, int status, String content) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            HttpResponse<String> answer = get(port, path);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).contains(content);
        });
    }

    private HttpResponse<String> get(String port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
