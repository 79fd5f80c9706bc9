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
package io.github.cmsevents.examples.jbang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import io.github.cmsevents.simulator.scenario.LivelyScenario;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the page, in its order. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are for a Unix shell")
class CamelJBangIT {

    private static final String PASSWORD = "s3cret+&=%41#)";

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials("apiuser", PASSWORD)
            .callsCorrectedAfter(Duration.ZERO)
            .blankNames(false));

    @TempDir
    private Path folder;

    private Page page;
    private Terminal terminal;
    private SimulatedCall call;

    @BeforeEach
    void openATerminal() throws Exception {
        call = cms.server().createCall("Board meeting", LivelyScenario.FIRST_CALL);
        call.addParticipant(ParticipantOptions.named("Ada"));

        page = Page.read();
        terminal = Terminal.open(
                folder,
                LocalRepository.install(),
                Map.of("CMS_SERVERS", cms.server().url(), "CMS_USERNAME", "apiuser", "CMS_PASSWORD", PASSWORD));
        for (String line : page.commandsOf("A folder to work in")) {
            terminal.run(line);
        }
    }

    @AfterEach
    void nothingPrintedTheSecret() throws IOException {
        terminal.close();

        assertThat(terminal.lines())
                .noneMatch(line -> line.contains("s3cret"))
                // Camel JBang requests Kamelets, which are optional, and continues without them when offline.
                .noneMatch(line -> line.contains(" ERROR ") && !line.contains("MavenDependencyDownloader"));
    }

    @Test
    void thisTestRunsTheCommandsOfAllSections() {
        assertThat(page.headings())
                .containsExactly(
                        "Install",
                        "A folder to work in",
                        "Run a YAML route",
                        "Run an XML and a Java route",
                        "Edit a running route",
                        "Health and console",
                        "Kamelets",
                        "Export to Camel Main",
                        "Export to Spring Boot",
                        "Export to Quarkus");
    }

    @Test
    void runsAYamlRoute() throws Exception {
        RunningCommand camel = terminal.start(only("Run a YAML route"));

        camel.awaitLine(": add Board meeting: 1 participants, recording inactive [name, participants, recording]");
        call.set(Map.of("recording", "active"));
        camel.awaitLine(": update Board meeting: 1 participants, recording active [recording]");

        camel.stop();
    }

    @Test
    @Tag("runtimes")
    void runsAnXmlAndAJavaRoute() throws Exception {
        List<String> commands = page.commandsOf("Run an XML and a Java route");
        assertThat(commands).hasSize(2);

        RunningCommand xml = terminal.start(commands.get(0));
        xml.awaitLine(": add Ada: connected, muted false, speaking false");
        xml.stop();

        RunningCommand java = terminal.start(commands.get(1));
        java.awaitLine(": add Board meeting: name Board meeting, participants 1, recording inactive");
        java.stop();
    }

    @Test
    @Tag("runtimes")
    void loadsAnEditedRouteAndRecoversFromABadEdit() throws Exception {
        Path file = terminal.directory().resolve("calls.camel.yaml");
        String route = Files.readString(file);
        RunningCommand camel = terminal.start(only("Edit a running route"));
        camel.awaitLine(": add Board meeting: 1 participants");

        Files.writeString(file, edited(route, "First edit"));
        camel.awaitLine(": First edit add Board meeting: 1 participants");
        call.set(Map.of("recording", "active"));
        camel.awaitLine(": First edit update Board meeting: 1 participants, recording active");

        Files.writeString(file, route + "- [");
        camel.awaitLine("Error reloading routes from file");

        Files.writeString(file, edited(route, "Second edit"));
        camel.awaitLine(": Second edit add Board meeting: 1 participants");
        call.set(Map.of("recording", "inactive"));
        camel.awaitLine(": Second edit update Board meeting: 1 participants, recording inactive");

        camel.stop();
    }

    @Test
    @Tag("runtimes")
    void showsHealthAndConsole() throws Exception {
        List<String> commands = page.commandsOf("Health and console");
        assertThat(commands).hasSize(3);
        String port = freePort();
        RunningCommand camel = terminal.start(onPort(commands.get(0), port));
        camel.awaitLine(": add Board meeting: 1 participants");

        awaitHealth(commands.get(1), "UP");
        assertThat(get(onPort(commands.get(2), port).replace("curl ", "")))
                .contains(cms.server().url())
                .contains("calls: active, 1 routes, 1 known");

        cms.server().stop();
        awaitHealth(commands.get(1), "DOWN");

        camel.stop();
    }

    @Test
    @Tag("runtimes")
    void runsKamelets() throws Exception {
        List<String> commands = page.commandsOf("Kamelets");
        assertThat(commands).hasSize(4);

        awaitLine(commands.get(0), "\"name\":\"Board meeting\",\"participants\":1}");
        awaitLine(commands.get(1), "\"name\":\"Ada\",\"state\":\"connected\",\"audioMuted\":false");
        awaitLine(commands.get(2), "\"name\":\"Board meeting\",\"recording\":\"inactive\"");
        awaitLine(commands.get(3), "\"name\":\"Board meeting\",\"recording\":\"inactive\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Camel Main", "Spring Boot", "Quarkus"})
    @Tag("runtimes")
    void exports(String runtime) throws Exception {
        List<String> commands = page.commandsOf("Export to " + runtime);
        assertThat(commands).hasSize(3);
        terminal.run(commands.get(0));
        terminal.run(commands.get(1));

        RunningCommand application = terminal.start(commands.get(2));

        application.awaitLine("add Board meeting: 1 participants, recording inactive");
        application.awaitLine("add Ada: connected, muted false, speaking false");
        call.set(Map.of("recording", "active"));
        application.awaitLine("update Board meeting: 1 participants, recording active");

        application.stop();
    }

    private String only(String heading) {
        assertThat(page.commandsOf(heading)).hasSize(1);
        return page.commandsOf(heading).get(0);
    }

    private void awaitLine(String command, String text) throws Exception {
        RunningCommand camel = terminal.start(command);
        camel.awaitLine(text);
        camel.stop();
    }

    private void awaitHealth(String command, String status) {
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(terminal.run(command))
                .containsPattern("consumer:calls +R +" + status + " "));
    }

    private static String edited(String route, String mark) {
        String message = "message: \"";
        assertThat(route).containsOnlyOnce(message);
        return route.replace(message, message + mark + " ");
    }

    private static String onPort(String command, String port) {
        assertThat(command).contains("8081");
        return command.replace("8081", port);
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
