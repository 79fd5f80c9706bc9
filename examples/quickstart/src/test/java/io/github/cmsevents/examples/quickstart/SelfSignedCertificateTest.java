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

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatorTls;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the steps of the README for a server with a self-signed certificate. */
class SelfSignedCertificateTest {

    private static final Path README = Path.of("..", "..", "README.md");
    private static final String SERVER_IN_README = "cms.example.com:445";
    private static final String TRUST_STORE_IN_README = "file:meeting-server.p12";

    @TempDir
    private Path directory;

    @Test
    void isTrustedAfterTheStepsOfTheReadme() throws Exception {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .credentials("admin", "admin")
                .tls(SimulatorTls.selfSigned())
                .build()
                .start()) {
            server.createCall("Board meeting");
            String address = "127.0.0.1:" + server.port();

            for (String command : commands()) {
                run(command.replace(SERVER_IN_README, address));
            }
            List<String> properties = properties();
            properties.addAll(List.of("camel.component.cms-events.servers", address));

            try (RunningRoute route = RunningRoute.file("camel/calls.camel.yaml", properties.toArray(String[]::new))) {
                route.logs(lines ->
                        assertThat(lines).singleElement().asString().startsWith("add Board meeting: 0 participants"));
            }
            assertThat(server.breaches()).isEmpty();
        }
    }

    private static List<String> commands() throws IOException {
        List<String> commands = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("keytool "))
                .toList();
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).contains(SERVER_IN_README);
        return commands;
    }

    /** Each name followed by its value. */
    private List<String> properties() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf("camel.ssl.enabled");
        Properties block = new Properties();
        block.load(new StringReader(readme.substring(start, readme.indexOf("```", start))));
        assertThat(block).containsEntry("camel.ssl.trustStore", TRUST_STORE_IN_README);

        List<String> properties = new ArrayList<>();
        block.stringPropertyNames().forEach(name -> {
            properties.add(name);
            properties.add(block.getProperty(name)
                    .replace(TRUST_STORE_IN_README, "file:" + directory.resolve("meeting-server.p12")));
        });
        return properties;
    }

    private void run(String command) throws IOException, InterruptedException {
        String[] parts = command.split(" > ");
        List<String> words = new ArrayList<>(List.of(parts[0].split(" ")));
        words.set(
                0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());
        Path output = directory.resolve(parts.length > 1 ? parts[1] : "output");
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(output))
                .isZero();
    }
}
