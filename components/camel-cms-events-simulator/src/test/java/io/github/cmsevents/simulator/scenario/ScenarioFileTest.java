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
package io.github.cmsevents.simulator.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {

    @TempDir
    private Path folder;

    @Test
    void playsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                calls:
                  board: {id: board-id, name: Board meeting, callType: adHoc, callCorrelator: c-1}
                  later: {}
                steps:
                  - at: 0
                    join: {call: board, participant: bo, id: bo-id, name: Bo, uri: bo@example.com, importance: 3}
                  - at: 10ms
                    change: {participant: bo, audioMuted: true, importance: null}
                  - at: 0.02s
                    change: {call: board, recording: active}
                  - at: 0.02s
                    start: later
                """);
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            ScenarioFile.read(file).start(server);

            SimulatedCall board = server.call("board-id").orElseThrow();
            assertThat(board.name()).isEqualTo("Board meeting");
            assertThat(board.correlator()).isEqualTo("c-1");
            SimulatedParticipant bo = board.participant("bo-id").orElseThrow();
            assertThat(bo.name()).isEqualTo("Bo");
            await().atMost(30, SECONDS).until(() -> server.calls().size() == 2);
            assertThat(server.calls().get(1).name()).isEqualTo("later");
            assertThat(bo.get("audioMuted").asBoolean()).isTrue();
            assertThat(bo.get("importance").isNull()).isTrue();
            assertThat(board.get("recording").asText()).isEqualTo("active");
        }
    }

    @Test
    void repeatsWithFreshParticipants() {
        ScenarioFile scenario = ScenarioFile.parse("s.json", """
                        {"calls": {"board": {"id": "board-id"}},
                         "steps": [{"at": "0s", "join": {"call": "board", "participant": "bo"}},
                                   {"at": "1s", "leave": {"participant": "bo", "reason": "clientInitiated"}}],
                         "repeat": true}
                        """).speed(100);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            ScenarioRun run = scenario.start(server);
            await().atMost(30, SECONDS)
                    .pollInterval(java.time.Duration.ofMillis(5))
                    .until(() -> {
                        server.call("board-id").ifPresent(call -> call.participants()
                                .forEach(participant -> seen.add(participant.id())));
                        return seen.size() >= 2;
                    });
            run.close();
        }
    }

    @Test
    void makesTheSameGuidsInEveryRun() {
        ScenarioFile scenario = ScenarioFile.parse("s.yaml", """
                calls: {board: {}}
                steps: [{at: 0s, join: {call: board, participant: bo}}]
                """);
        assertThat(guids(scenario)).isEqualTo(guids(scenario)).contains(" ");
    }

    private static String guids(ScenarioFile scenario) {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            scenario.start(server);
            SimulatedCall call = server.calls().get(0);
            return call.id() + " " + call.correlator() + " "
                    + call.participants().get(0).id();
        }
    }

    @Test
    void theExamplePlaysThrough() throws IOException {
        try (InputStream in = ScenarioFile.class.getResourceAsStream("board-meeting.yaml");
                MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");
            client.next();
            client.nextAcked();
            client.nextAcked();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ScenarioFile.parse("board-meeting.yaml", text).speed(100).start(server);

            List<String> board = new ArrayList<>();
            while (board.size() < 4) {
                for (JsonNode row : client.nextAcked().path("updates")) {
                    if (row.path("call").asText().equals(LivelyScenario.FIRST_CALL)) {
                        board.add(row.path("updateType").asText());
                    }
                }
            }
            assertThat(board).containsExactly("add", "remove", "add", "remove");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | s.yaml: must be an object
            [] | s.yaml: must be an object
            '{calls: {a: {}}, steps: [], loop: 1}' | s.yaml: loop: unknown field; known: [calls, steps, repeat]
            '{steps: []}' | s.yaml: calls: is missing
            '{calls: {}, steps: []}' | s.yaml: calls: must be an object with at least one call
            '{calls: {a: {}}}' | s.yaml: steps: is missing
            '{calls: {a: {}}, steps: {}}' | s.yaml: steps: must be a list
            '{calls: {a: {}}, steps: [], repeat: often}' | s.yaml: repeat: must be true or false
            '{calls: {a: 5}, steps: []}' | s.yaml: calls: a: must be an object
            '{calls: {a: {id: 5}}, steps: []}' | s.yaml: calls: a: id: must be a text
            '{calls: {a: {}}, steps: [{end: a}]}' | s.yaml: step 1: at: is missing
            '{calls: {a: {}}, steps: [{at: soon, end: a}]}' | s.yaml: step 1: at: must be a time such as 500ms, 1.5s or 2m
            '{calls: {a: {}}, steps: [{at: 2s, change: {call: a, name: b}}, {at: 1s, end: a}]}' | s.yaml: step 2: at: is earlier than the step before
            '{calls: {a: {}}, steps: [{at: 1s}]}' | s.yaml: step 1: needs exactly one of [start, join, change, leave, end], has []
            '{calls: {a: {}}, steps: [{at: 1s, end: a, start: a}]}' | s.yaml: step 1: needs exactly one of [start, join, change, leave, end], has [start, end]
            '{calls: {a: {}}, steps: [{at: 1s, end: b}]}' | s.yaml: step 1: end: no call 'b' under 'calls'
            '{calls: {a: {}}, steps: [{at: 1s, end: a}, {at: 1s, end: a}]}' | s.yaml: step 2: end: call 'a' is not active at this time
            '{calls: {a: {}}, steps: [{at: 1s, start: a}, {at: 2s, start: a}]}' | s.yaml: step 2: start: call 'a' is active already
            '{calls: {a: {}}, steps: [{at: 1s, join: {call: a}}]}' | s.yaml: step 1: join: participant: is missing
            '{calls: {a: {}}, steps: [{at: 1s, join: {call: b, participant: bo}}]}' | s.yaml: step 1: join: call: no call 'b' under 'calls'
            '{calls: {a: {}}, steps: [{at: 1s, change: {participant: bo, audioMuted: true}}]}' | s.yaml: step 1: change: participant: 'bo' is in no call at this time
            '{calls: {a: {}}, steps: [{at: 1s, change: {call: a, participant: bo}}]}' | s.yaml: step 1: change: needs either 'call' or 'participant'
            '{calls: {a: {}}, steps: [{at: 1s, change: {call: a}}]}' | s.yaml: step 1: change: names no element to change
            '{calls: {a: {}}, steps: [{at: 1s, leave: {participant: bo}}]}' | s.yaml: step 1: leave: participant: 'bo' is in no call at this time
            '{calls: {a: {}}, steps: [{at: 1s, leave: {participant: bo, why: x}}]}' | s.yaml: step 1: leave: why: unknown field; known: [participant, reason]
            '{calls: {a: {}}, steps: [{at: 1s, leave: bo}]}' | s.yaml: step 1: leave: must be an object
            """)
    void namesTheMistake(String text, String message) {
        assertThatThrownBy(() -> ScenarioFile.parse("s.yaml", text))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(message);
    }

    @Test
    void namesTheKnownElements() {
        assertThatThrownBy(() -> ScenarioFile.parse(
                        "s.yaml", "{calls: {a: {}}, steps: [{at: 1s, change: {call: a, audioMuted: true}}]}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(
                        "s.yaml: step 1: change: audioMuted: unknown field; known: [call, callCorrelator,")
                .hasMessageNotContaining("participants");
        assertThatThrownBy(() -> ScenarioFile.parse(
                        "s.yaml", "{calls: {a: {}}, steps: [{at: 1s, join: {call: a, participant: bo, nmae: Bo}}]}"))
                .hasMessageStartingWith(
                        "s.yaml: step 1: join: nmae: unknown field; known: [call, participant, id, name,");
    }

    @Test
    void namesTheLineOfBrokenYaml() {
        assertThatThrownBy(() -> ScenarioFile.parse("s.yaml", "calls:\n  a: {id: x\nsteps: []\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageMatching("s\\.yaml: line \\d+: .+");
        assertThatThrownBy(() -> ScenarioFile.parse("s.yaml", "calls: {a: {}, a: {}}\nsteps: []\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> ScenarioFile.read(folder.resolve("missing.yaml")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("missing.yaml: cannot be read");
    }

    @Test
    void endsWhenOtherCodeEndsItsCalls() throws Exception {
        ScenarioFile scenario = ScenarioFile.parse("s.yaml", """
                calls: {a: {id: a-id}, b: {id: b-id}}
                steps:
                  - {at: 50ms, change: {call: a, name: New}}
                  - {at: 60ms, end: b}
                """);
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            // On the server's thread, or the first step might come before the end.
            ScenarioRun run = server.scheduler()
                    .submit(() -> {
                        ScenarioRun started = scenario.start(server);
                        server.call("a-id").orElseThrow().end();
                        return started;
                    })
                    .get();
            await().during(java.time.Duration.ofMillis(150))
                    .until(() -> server.call("b-id").isPresent());
            run.close();
        }
    }
}
