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
package io.github.cmsevents.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatorTls;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packaged example in its own process, with the page's properties for TLS. */
@Tag("runtimes")
class QuarkusIT {

    private static final Path APPLICATION =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final String PASSWORD = "s3cret+&=%41#)";
    private static final Pattern ADDRESS = Pattern.compile("Listening on: http://0\\.0\\.0\\.0:(\\d+)");
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials("apiuser", PASSWORD)
            .tls(SimulatorTls.selfSigned())
            .callsCorrectedAfter(Duration.ZERO)
            .blankNames(false));

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path output;
    private Process application;

    @BeforeEach
    void start() throws Exception {
        Path config = Files.createDirectory(directory.resolve("config"));
        Files.writeString(config.resolve("application.properties"), Page.read().propertiesFor("TLS"));
        writeTrustStore(directory.resolve("meeting-server.p12"));
        output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        APPLICATION.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CMS_SERVERS",
                        cms.server().url(),
                        "CMS_USERNAME",
                        "apiuser",
                        "CMS_PASSWORD",
                        PASSWORD,
                        "QUARKUS_HTTP_PORT",
                        "0"));
        application = builder.start();
    }

    @AfterEach
    void leaveNothingRunning() {
        application.destroyForcibly().onExit().join();
    }

    @Test
    void receivesUpdatesAndShowsHealthAndMetrics() throws Exception {
        MeetingServerSimulator server = cms.server();
        SimulatedCall call = server.createCall("Board meeting");

        awaitOutput("add Board meeting: 0 participants, recording inactive [name, participants, recording]");
        call.set(Map.of("recording", "active"));
        awaitOutput("update Board meeting: 0 participants, recording active [recording]");

        awaitReadiness(200, "UP");
        assertThat(get("q/metrics").body())
                .containsPattern("(?m)^cms_events_sockets_opened_total\\{[^}]*server=\"127\\.0\\.0\\.1:" + server.port()
                        + "\"[^}]*} 1\\.0$");

        server.stop();
        awaitReadiness(503, "DOWN");
        assertThat(get("q/health/live").statusCode()).isEqualTo(200);

        server.start();
        awaitReadiness(200, "UP");

        application.destroy();
        assertThat(application.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(output()).doesNotContain("s3cret").doesNotContain(" ERROR ");
    }

    private void awaitOutput(String text) {
        await().atMost(AT_MOST).untilAsserted(() -> {
            assertThat(output()).contains(text);
        });
    }

    private void awaitReadiness(int status, String state) {
        await().atMost(AT_MOST).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            HttpResponse<String> readiness = get("q/health/ready");
            assertThat(readiness.body()).contains("\"status\": \"" + state + "\"");
            assertThat(readiness.statusCode()).isEqualTo(status);
        });
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        Matcher address = ADDRESS.matcher(output());
        assertThat(address.find()).isTrue();
        URI uri = URI.create("http://127.0.0.1:" + address.group(1) + "/" + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String output() throws IOException {
        return Files.readString(output);
    }

    private void writeTrustStore(Path file) throws Exception {
        byte[] certificate = cms.server().certificatePem().getBytes(StandardCharsets.US_ASCII);
        KeyStore trustStore = KeyStore.getInstance("PKCS12");
        trustStore.load(null, null);
        trustStore.setCertificateEntry(
                "meeting-server",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate)));
        try (OutputStream to = Files.newOutputStream(file)) {
            trustStore.store(to, "changeit".toCharArray());
        }
    }
}
