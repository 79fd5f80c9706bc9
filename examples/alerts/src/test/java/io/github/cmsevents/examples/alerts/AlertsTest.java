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

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.junit.MeetingServerClusterExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The alerts as they are shipped, with shorter times and a lower number of participants. */
class AlertsTest {

    @RegisterExtension
    final MeetingServerClusterExtension cms = MeetingServerClusterExtension.create(
            builder -> builder.bridges(2).server(server -> server.credentials("apiuser", "secret")));

    @TempDir
    private Path directory;

    private Chat chat;
    private Main main;

    @BeforeEach
    void openTheChat() throws IOException {
        chat = new Chat();
    }

    @AfterEach
    void stop() {
        if (main != null) {
            main.stop();
        }
        chat.close();
    }

    @Test
    void saysWhenARecordingStartsInAMeetingOfThatName() throws Exception {
        start();
        DistributedCall board = meeting("Interview \"A\" meeting\\", "Ada");
        DistributedCall lunch = meeting("Lunch", "Bo");

        lunch.set("recording", "active");
        board.set("recording", "active");

        theChatGets("Recording started: Interview \"A\" meeting\\");

        board.set("recording", "inactive");
        board.set("recording", "active");

        theChatGets("Recording started: Interview \"A\" meeting\\", "Recording started: Interview \"A\" meeting\\");
    }

    @Test
    void saysOnceWhenAMeetingIsFull() throws Exception {
        start();
        DistributedCall town = meeting("Town hall", "Ada", "Bo");
        DistributedParticipant third = town.addParticipant(1, "Cy", "cy@example.com");
        theChatGets("Town hall has 3 participants");

        third.leave("clientInitiated");
        town.addParticipant(0, "Di", "di@example.com");
        meeting("Lecture", "Ed", "Fi", "Gus");

        theChatGets("Town hall has 3 participants", "Lecture has 3 participants");
    }

    @Test
    void saysWhoIsKeptWaitingInALockedMeeting() throws Exception {
        start();
        DistributedCall locked = meeting("Talk", "Ada");
        DistributedCall open = meeting("Lunch", "Bo");
        locked.set("lockState", "locked");
        open.set("lockState", "notLocked");

        DistributedParticipant admitted = locked.addParticipant(0, "Di", "di@example.com");
        admitted.set("state", "initial");
        admitted.set("state", "connected");
        locked.addParticipant(0, "Fi", "fi@example.com").set(Map.of("direction", "outgoing", "state", "initial"));
        open.addParticipant(0, "Ed", "ed@example.com").set("state", "initial");
        locked.addParticipant(0, "Cy", "cy@example.com").set("state", "initial");

        // The number of participants is another alert.
        eventually(alerts -> assertThat(alerts)
                .filteredOn(alert -> !alert.endsWith(" participants"))
                .containsExactly("Cy has been waiting for two minutes to be let into Talk"));
    }

    @Test
    void saysWhenACallBridgeIsLost() throws Exception {
        start();
        meeting("Lunch", "Bo");

        cms.cluster().kill(1);

        String bridge = cms.cluster().urls().split(",")[1].substring("http://".length());
        eventually(alerts -> assertThat(alerts)
                .singleElement()
                .asString()
                .startsWith("A Call Bridge has been lost for a minute. Meeting Server http://" + bridge));
    }

    @Test
    void doesNotReportACallBridgeThatIsBackInTime() throws Exception {
        start();
        ProducerTemplate bridges = main.getCamelTemplate();
        bridges.sendBodyAndHeader("seda:bridges?multipleConsumers=true", "lost", "CamelCmsEventsServer", "cms8:445");
        bridges.sendBodyAndHeaders(
                "seda:bridges?multipleConsumers=true",
                null,
                Map.of("CamelCmsEventsServer", "cms8:445", "CamelCmsEventsSubscriptionState", "active"));
        bridges.sendBodyAndHeader("seda:bridges?multipleConsumers=true", "gone", "CamelCmsEventsServer", "cms9:445");

        theChatGets("A Call Bridge has been lost for a minute. gone");
    }

    @Test
    void repeatsNothingAfterAReconnect() throws Exception {
        start();
        meeting("Interview", "Ada", "Bo", "Cy").set("recording", "active");
        theChatGets("Recording started: Interview", "Interview has 3 participants");

        cms.cluster().bridge(0).dropSockets();
        cms.cluster().bridge(1).dropSockets();
        // Is reported after all that the reconnect brings.
        meeting("Interview, second part", "Di").set("recording", "active");

        theChatGets(
                "Recording started: Interview",
                "Interview has 3 participants",
                "Recording started: Interview, second part");
    }

    @Test
    void keepsAnAlertUntilTheChatTakesIt() throws Exception {
        chat.answer(503);
        start();
        meeting("Interview", "Ada").set("recording", "active");

        await().atMost(Duration.ofSeconds(60)).until(() -> chat.refused() > 1);
        chat.answer(200);

        theChatGets("Recording started: Interview");
    }

    @Test
    void takesAnyPartOfAName() throws Exception {
        start(alerts -> alerts.replace("\"interview\"", "\"\"").replace("\"\"", "\"andy's R&D + 100% (B\""));
        meeting("Lunch", "Ed", "Fi", "Gus").set("recording", "active");

        DistributedCall call = meeting("At Andy's R&D + 100% (Basel)", "Ada", "Bo");
        call.set(Map.of("recording", "active", "lockState", "locked"));
        call.addParticipant(0, "Di", "di@example.com").set("state", "initial");

        theChatGets(
                "Recording started: At Andy's R&D + 100% (Basel)",
                "At Andy's R&D + 100% (Basel) has 3 participants",
                "Di has been waiting for two minutes to be let into At Andy's R&D + 100% (Basel)");
    }

    @Test
    void keepsNothingForAnAlertThatWasDeleted() throws Exception {
        start(alerts -> alerts.substring(0, alerts.lastIndexOf("- templatedRoute")));
        meeting("Interview", "Ada").set("recording", "active");

        theChatGets("Recording started: Interview");

        assertThat(main.getCamelContext().getEndpoints())
                .filteredOn(endpoint -> endpoint.getEndpointUri().startsWith("seda://bridges"))
                .isNotEmpty()
                .allSatisfy(endpoint ->
                        assertThat(((SedaEndpoint) endpoint).getQueue()).isEmpty());
    }

    @Test
    void doesNotRepeatAnAlertThatTheChatRefuses() throws Exception {
        chat.answer(404);
        start();
        meeting("Interview", "Ada").set("recording", "active");
        await().atMost(Duration.ofSeconds(60)).until(() -> chat.refused() == 1);

        chat.answer(200);
        meeting("Interview, second part", "Di").set("recording", "active");

        theChatGets("Recording started: Interview, second part");
    }

    private DistributedCall meeting(String name, String... people) {
        DistributedCall call = cms.cluster().createCall(name);
        for (int i = 0; i < people.length; i++) {
            call.addParticipant(i % 2, people[i], people[i] + "@example.com");
        }
        return call;
    }

    private void theChatGets(String... expected) {
        eventually(alerts -> assertThat(alerts).containsExactlyInAnyOrder(expected));
    }

    private void eventually(Consumer<List<String>> expectation) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> expectation.accept(chat.alerts()));
    }

    private void start() throws IOException {
        start(alerts -> alerts);
    }

    private void start(UnaryOperator<String> edit) throws IOException {
        Path alerts = directory.resolve("alerts.camel.yaml");
        Files.writeString(
                alerts,
                edit.apply(shipped("alerts.camel.yaml"))
                        .replace("\"2m\"", "\"5s\"")
                        .replace("\"1m\"", "\"5s\"")
                        .replace("\"5\"", "\"3\""));
        main = new Main();
        main.addOverrideProperty("cms.servers", cms.cluster().urls());
        main.addOverrideProperty("cms.username", "apiuser");
        main.addOverrideProperty("cms.password", "secret");
        main.addOverrideProperty("alerts.webhook", chat.url());
        main.addOverrideProperty("camel.main.routesIncludePattern", alerts.toUri() + ",classpath:parts/*.camel.yaml");
        main.start();
    }

    private static String shipped(String resource) throws IOException {
        try (InputStream in = AlertsTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
