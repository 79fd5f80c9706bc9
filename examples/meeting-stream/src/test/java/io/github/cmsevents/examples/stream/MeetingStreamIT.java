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
package io.github.cmsevents.examples.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Instances, the broker and the site in a process each. */
class MeetingStreamIT {

    private static final Duration SOON = Duration.ofSeconds(90);

    /** A busy machine must not take a slow first list for a complete one, which would remove and add what is missing in it. */
    private static final Map<String, String> PATIENT = Map.of("stream.quiet-seconds", "10");

    private TestBed bed;
    private TopicReader topics;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        bed = new TestBed(test, 4);
        topics = bed.topics();
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void standbyTakesOverFromAKilledInstance() throws Exception {
        Instance first = bed.start("first", PATIENT);
        await().atMost(SOON).until(first::isActive);
        Instance second = bed.start("second", PATIENT);
        await().atMost(SOON).until(second::standsBy);
        DistributedCall board = bed.call("Board", 0, 1);
        DistributedCall design = bed.call("Design", 1, 2);
        DistributedCall short1 = bed.call("Short", 2);
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
        design.addParticipant(2, "Cy", "cy@example.com");
        short1.addParticipant(2, "Di", "di@example.com");
        bed.awaitAgreement();
        assertThat(second.isActive()).isFalse();

        first.kill();
        long killed = System.nanoTime();
        short1.end();
        bo.leave("clientInitiated");
        ada.set("audioMuted", true);
        board.set("recording", "active");
        DistributedCall late = bed.call("Late", 3);
        late.addParticipant(3, "Ed", "ed@example.com");

        await().atMost(SOON).until(second::isActive);
        System.out.printf(
                "Active after %d ms%n",
                Duration.ofNanos(System.nanoTime() - killed).toMillis());
        bed.awaitAgreement();
        System.out.printf(
                "Topics correct after %d ms%n",
                Duration.ofNanos(System.nanoTime() - killed).toMillis());

        design.set("recording", "active");
        bed.awaitAgreement();
        assertThat(eventsOf(board))
                .as("one add of each")
                .filteredOn(MeetingStreamIT::isAdd)
                .hasSize(3);
        assertThat(eventsOf(short1))
                .filteredOn(event -> event.path("type").asText().equals("remove"))
                .hasSize(2)
                .allSatisfy(
                        event -> assertThat(event.path("synthetic").asBoolean()).isTrue());
    }

    @Test
    void nothingIsLostWhileTheBrokerIsAway() throws Exception {
        // Short, so that the test need not wait for long.
        Instance instance = bed.start("only", Map.of("camel.component.kafka.max-block-ms", "3000"));
        DistributedCall board = bed.call("Board", 0);
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        DistributedCall ended = bed.call("Ended", 1);
        bed.awaitAgreement();

        bed.broker().kill();
        for (int i = 0; i < 10; i++) {
            ada.set("audioMuted", i % 2 == 0);
            board.set("recording", i % 2 == 0 ? "active" : "inactive");
        }
        ended.end();
        DistributedCall late = bed.call("Late", 2);
        await().atMost(SOON).until(() -> instance.lines().stream().anyMatch(line -> line.contains("can't be written")));
        bed.broker().start();

        bed.awaitAgreement();
        assertThat(eventsOf(board))
                .filteredOn(event -> event.path("changed").toString().equals("[\"audioMuted\"]"))
                .hasSize(10);
        assertThat(eventsOf(board))
                .filteredOn(event -> event.path("changed").toString().equals("[\"recording\"]"))
                .hasSize(10);
        assertThat(eventsOf(late)).filteredOn(MeetingStreamIT::isAdd).hasSize(1);
        assertThat(instance.stop()).isTrue();
    }

    @Test
    void eachGroupKeepsItsOwnRecordOfAConferenceThatSpansTheGroups() throws Exception {
        Instance east = startGroup("east", "east", 0, 1);
        Instance west = startGroup("west", "west", 2, 3);
        await().atMost(SOON).until(() -> east.isActive() && west.isActive());
        DistributedCall shared = bed.call("Shared", 1, 2);
        DistributedCall western = bed.call("Western", 3);
        shared.addParticipant(1, "Ada", "ada@example.com");
        DistributedParticipant bo = shared.addParticipant(2, "Bo", "bo@example.com");
        String conference = shared.correlator();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.read().conferences())
                    .containsOnlyKeys(conference + "@east", conference + "@west", western.correlator() + "@west");
            assertThat(topics.participants()).hasSize(4);
        });

        bo.leave("clientInitiated");
        shared.leave(2);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(topics.read().conferences())
                    .containsOnlyKeys(conference + "@east", western.correlator() + "@west");
            assertThat(topics.participants()).hasSize(1);
        });
        west.kill();
        Instance again = startGroup("west", "west-again", 2, 3);
        await().atMost(SOON).until(again::isActive);
        western.end();
        await().atMost(SOON).untilAsserted(() -> assertThat(topics.read().conferences())
                .as("what the other group wrote stays")
                .containsOnlyKeys(conference + "@east"));
    }

    private Instance startGroup(String group, String name, int... bridges) throws IOException {
        return bed.start(name, bridges, Map.of("stream.group", group));
    }

    private List<JsonNode> eventsOf(DistributedCall call) {
        return topics.events().stream()
                .filter(event -> event.path("conference").asText().equals(call.correlator()))
                .toList();
    }

    private static boolean isAdd(JsonNode event) {
        return event.path("type").asText().equals("add");
    }
}
