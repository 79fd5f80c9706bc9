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

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client that keeps to the protocol, on a socket of a server with one call. */
abstract class OneCallOneClient {

    static final String CALLS = "{'index': 1, 'type': 'calls', 'elements': ['name']}";
    static final String ROSTER = "{'index': 2, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}";

    final MeetingServerSimulator server =
            MeetingServerSimulator.builder().build().start();
    final Faults faults = server.faults();
    TestClient client;
    SimulatedCall call;

    @BeforeEach
    void connect() {
        client = TestClient.connect(server);
        call = server.createCall("Board", "board");
    }

    @AfterEach
    void stop() {
        client.close();
        assertThat(server.breaches()).isEmpty();
        server.close();
    }

    void subscribeBoth() {
        client.subscribe(1, CALLS + "," + ROSTER);
        expectAck(1, "success");
        expectStates("1 pending", "2 pending");
        expectStates("1 active", "2 active");
        update(1);
        // Its ack has arrived, too.
        client.expectNothingBeforeAckOf(99);
    }

    void expectAck(long messageId, String status) {
        assertThat(client.next())
                .isEqualTo(json("{'type': 'messageAck', 'messageAck': {'messageId': " + messageId + ", 'status': '"
                        + status + "'}}"));
    }

    void expectStates(String... states) {
        JsonNode message = client.nextAcked();
        assertThat(message.path("subscriptions"))
                .extracting(state ->
                        state.path("index").asText() + " " + state.path("state").asText())
                .containsExactly(states);
    }

    JsonNode update(int index) {
        JsonNode message = client.nextAcked();
        assertThat(message.path("subscriptionIndex").asInt()).as("%s", message).isEqualTo(index);
        return message;
    }

    void expectFaults(String... names) {
        assertThat(FaultsInJournal.of(server)).containsExactly(names);
    }
}
