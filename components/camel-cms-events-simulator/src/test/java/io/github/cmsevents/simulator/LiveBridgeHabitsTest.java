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
package io.github.cmsevents.simulator;

import static io.github.cmsevents.simulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behaviour of live bridges that the guide does not describe. */
@Timeout(120)
class LiveBridgeHabitsTest {

    private static final String CORRECTED = "'lockState', 'participants', 'distributedInstances'";

    private MeetingServerSimulator server;
    private TestClient client;

    @BeforeEach
    void start() {
        use(MeetingServerSimulator.builder().callsCorrectedAfter(Duration.ofDays(1)));
    }

    @AfterEach
    void stop() {
        client.close();
        assertThat(server.breaches()).isEmpty();
        server.close();
    }

    private void use(SimulatorBuilder builder) {
        if (server != null) {
            stop();
        }
        server = builder.build().start();
        client = TestClient.connect(server);
    }

    private void subscribe(String subscriptions) {
        client.subscribe(1, subscriptions);
        client.next();
        client.nextAcked();
        client.nextAcked();
    }

    private JsonNode update() {
        JsonNode message = client.nextAcked();
        return message.has("callInfo") ? message.get("callInfo") : message.get("updates");
    }

    // ---- New calls

    @Test
    void aNewCallIsLockedAndEmptyUntilItIsCorrected() {
        subscribe("{'index': 1, 'type': 'calls', 'elements': [" + CORRECTED + "]}");
        SimulatedCall call = server.createCall("Board", "board");
        call.addParticipant("Bo", "bo@example.com");
        call.correct();
        call.addParticipant("Ada", "ada@example.com");
        call.correct();

        assertThat(update())
                .isEqualTo(json("[{'call': 'board', 'updateType': 'add', 'lockState': 'locked', 'participants': 0,"
                        + " 'distributedInstances': 0}]"));
        assertThat(update())
                .isEqualTo(json("[{'call': 'board', 'updateType': 'update', 'lockState': 'notLocked',"
                        + " 'participants': 1}]"));
        assertThat(update()).isEqualTo(json("[{'call': 'board', 'updateType': 'update', 'participants': 2}]"));
        client.expectNothingBeforeAckOf(9);
    }

    @Test
    void theModelAlwaysHasTheTrueValues() {
        SimulatedCall call = server.createCall("Board", "board");
        assertThat(call.get("lockState").asText()).isEqualTo("notLocked");
    }

    @Test
    void callInfoIsCorrectedTheSameWay() {
        SimulatedCall call = server.createCall("Board", "board");
        subscribe("{'index': 1, 'type': 'callInfo', 'call': 'board', 'elements': ['lockState']}");
        assertThat(update()).isEqualTo(json("{'lockState': 'locked'}"));
        call.correct();
        assertThat(update()).isEqualTo(json("{'lockState': 'notLocked'}"));
    }

    @Test
    void theServerCorrectsByItself() {
        use(MeetingServerSimulator.builder());
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['lockState']}");
        server.createCall("Board", "board");
        assertThat(update().at("/0/lockState").asText()).isEqualTo("locked");
        assertThat(update().at("/0/lockState").asText()).isEqualTo("notLocked");
    }

    @Test
    void aCallThatHasEndedIsNotCorrected() {
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['lockState']}");
        SimulatedCall call = server.createCall("Board", "board");
        call.end();
        call.correct();
        assertThat(update().at("/0/updateType").asText()).isEqualTo("add");
        assertThat(update().at("/0/updateType").asText()).isEqualTo("remove");
        client.expectNothingBeforeAckOf(9);
    }

    @Test
    void aBridgeThatJoinsAConferenceCorrectsItself() {
        try (MeetingServerCluster cluster = MeetingServerCluster.builder()
                        .bridges(2)
                        .server(bridge -> bridge.callsCorrectedAfter(Duration.ofDays(1)))
                        .build()
                        .start();
                TestClient second = TestClient.connect(cluster.bridge(1))) {
            second.subscribe(1, "{'index': 1, 'type': 'calls', 'elements': [" + CORRECTED + "]}");
            second.next();
            second.nextAcked();
            second.nextAcked();
            DistributedCall board = cluster.createCall("Board");
            board.addParticipant(0, "Ada", "ada@example.com");
            SimulatedCall there = board.join(1);
            there.correct();

            JsonNode added = second.nextAcked().at("/updates/0");
            assertThat(added.path("lockState").asText()).isEqualTo("locked");
            assertThat(added.path("participants").asInt()).isZero();
            assertThat(added.path("distributedInstances").asInt()).isZero();
            JsonNode corrected = second.nextAcked().at("/updates/0");
            assertThat(corrected.path("lockState").asText()).isEqualTo("notLocked");
            assertThat(corrected.path("participants").asInt()).isEqualTo(1);
            assertThat(corrected.path("distributedInstances").asInt()).isEqualTo(2);
        }
    }

    @Test
    void refusesANegativeDelay() {
        SimulatorBuilder builder = MeetingServerSimulator.builder();
        assertThatThrownBy(() -> builder.callsCorrectedAfter(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("callsCorrectedAfter must not be negative: PT-0.001S");
    }

    // ---- The end of calls

    @Test
    void theRemovalOfACallHasAReason() {
        subscribe("{'index': 1, 'type': 'calls'}");
        server.createCall("Board", "board").end();
        SimulatedCall full = server.createCall("Full", "full");
        full.addParticipant("Bo", "bo@example.com");
        full.end();
        server.createCall("Odd", "odd").end("someReason");

        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            JsonNode row = update().get(0);
            if (row.path("updateType").asText().equals("remove")) {
                reasons.add(row.path("reason").asText());
            }
        }
        assertThat(reasons).containsExactly("allLeft", "participantInitiated", "someReason");
    }

    // ---- Participants

    @Test
    void aNameIsEmptiedJustBeforeTheRemoval() {
        SimulatedParticipant bo = server.createCall("Board", "board").addParticipant("Bo", "bo@example.com", "p-bo");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}");
        update();
        bo.leave("timeout");
        assertThat(update()).isEqualTo(json("[{'participant': 'p-bo', 'updateType': 'update', 'name': ''}]"));
        assertThat(update()).isEqualTo(json("[{'participant': 'p-bo', 'updateType': 'remove', 'reason': 'timeout'}]"));
    }

    @Test
    void namesCanStay() {
        use(MeetingServerSimulator.builder().blankNames(false));
        SimulatedParticipant bo = server.createCall("Board", "board").addParticipant("Bo", "bo@example.com", "p-bo");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}");
        update();
        bo.leave("timeout");
        assertThat(update().at("/0/updateType").asText()).isEqualTo("remove");
    }

    @Test
    void aTransactionWithALeaveIsOneChange() {
        SimulatedParticipant bo = server.createCall("Board", "board").addParticipant("Bo", "bo@example.com", "p-bo");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}");
        update();
        server.transaction(() -> bo.leave("timeout"));
        assertThat(update().at("/0/updateType").asText()).isEqualTo("remove");
    }

    @Test
    void recordersAndStreamersAreInTheRoster() {
        SimulatedCall call = server.createCall("Board", "board");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name']},"
                + " {'index': 2, 'type': 'callInfo', 'call': 'board', 'elements': ['recording', 'streaming']}");
        update();
        SimulatedParticipant recorder = call.addRecorder();
        assertThat(update().at("/0/name").asText()).isEqualTo("recording");
        assertThat(update()).isEqualTo(json("{'recording': 'active'}"));
        call.addStreamer();
        assertThat(update().at("/0/name").asText()).isEqualTo("streaming");
        assertThat(update()).isEqualTo(json("{'streaming': 'active'}"));
        assertThat(call.participants()).hasSize(2).contains(recorder);
    }

    // ---- First content

    @Test
    void theFirstRosterComesInTensAndOthersInBetween() {
        SimulatedCall call = server.createCall("Board", "board");
        for (int i = 0; i < 25; i++) {
            call.addParticipant("P" + i, "");
        }
        subscribe(
                "{'index': 1, 'type': 'callRoster', 'call': 'board'}, {'index': 2, 'type': 'callInfo', 'call': 'board'}");
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rows.add(client.nextAcked().path("updates").size());
        }
        // The callInfo has none.
        assertThat(rows).containsExactly(10, 0, 10, 5);
    }

    @Test
    void nothingIsSetAtFirst() {
        SimulatedCall call = server.createCall("Board", "board");
        call.addParticipant("Bo", "bo@example.com", "p-bo");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['importance']},"
                + " {'index': 2, 'type': 'callInfo', 'call': 'board', 'elements': ['joinAudioMuteOverride']}");
        assertThat(update()).isEqualTo(json("[{'participant': 'p-bo', 'updateType': 'add', 'importance': null}]"));
        assertThat(update()).isEqualTo(json("{'joinAudioMuteOverride': null}"));
    }
}
