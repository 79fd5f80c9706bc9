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
package io.github.cmsevents.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatorTls;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The application that the README describes: its properties and its route, with TLS, health and metrics. */
@ExtendWith(OutputCaptureExtension.class)
class ReadmeApplicationTest {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials("apiuser", "s3cret").tls(SimulatorTls.selfSigned()));

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private String readme;

    @BeforeEach
    void readTheReadme() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void theRouteReceivesUpdatesAndHealthAndMetricsShowTheServer(CapturedOutput output) throws Exception {
        MeetingServerSimulator server = cms.server();
        server.createCall("Board meeting");

        try (ConfigurableApplicationContext application = start()) {
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(output.getOut()).contains("add: Board meeting has 0 participants"));
            awaitReadiness(application, 200, "UP");
            assertThat(get(application, "prometheus").body())
                    .containsPattern("(?m)^cms_events_sockets_opened_total\\{[^}]*server=\"127\\.0\\.0\\.1:"
                            + server.port() + "\"[^}]*} 1\\.0$");

            server.stop();
            awaitReadiness(application, 503, "OUT_OF_SERVICE");

            server.start();
            awaitReadiness(application, 200, "UP");
        }
        // Camel 4.22, on which this runs too, warns about the compact notation of YAML.
        assertThat(output.getAll()).doesNotContain("s3cret", "compact notation");
    }

    @Test
    void theDependenciesAreThoseOfThisTest() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        List<String> artifacts = Pattern.compile(
                        "<dependency>\\s*<groupId>.+</groupId>\\s*<artifactId>(.+)</artifactId>")
                .matcher(readme)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(artifacts).hasSize(8).allSatisfy(artifact -> assertThat(pom)
                .contains("<artifactId>" + artifact + "</artifactId>"));
    }

    private void awaitReadiness(ConfigurableApplicationContext application, int status, String state) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    HttpResponse<String> readiness = get(application, "health/readiness");
                    assertThat(readiness.body()).contains("\"status\":\"" + state + "\"");
                    assertThat(readiness.statusCode()).isEqualTo(status);
                });
    }

    private HttpResponse<String> get(ConfigurableApplicationContext application, String path) throws Exception {
        String port = application.getEnvironment().getProperty("local.server.port");
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private ConfigurableApplicationContext start() throws Exception {
        Path trustStore = trustStore(cms.server().certificatePem());
        Path route = Files.writeString(folder.resolve("calls.camel.yaml"), blocks("yaml"));
        Path properties = Files.writeString(
                folder.resolve("application.properties"),
                replace(
                        replace(
                                blocks("properties"),
                                "cms.example.com:445",
                                "127.0.0.1:" + cms.server().port()),
                        "file:meeting-server.p12",
                        trustStore.toUri().toString()));
        return SpringApplication.run(
                Application.class,
                "--spring.config.location=" + properties.toUri(),
                "--camel.main.routes-include-pattern=" + route.toUri(),
                "--CMS_USERNAME=apiuser",
                "--CMS_PASSWORD=s3cret",
                "--server.port=0",
                "--spring.main.banner-mode=off");
    }

    private String blocks(String language) {
        String blocks = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        assertThat(blocks).as(language).isNotEmpty();
        return blocks;
    }

    private static String replace(String text, String example, String own) {
        assertThat(text).contains(example);
        return text.replace(example, own);
    }

    private Path trustStore(String pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "cms",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        Path file = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
