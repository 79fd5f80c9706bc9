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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of messages, and waiting for acknowledgements: the guide's section 5, steps 3 and 4. */
class DeliveryTest {

    private MeetingServerSimulator server = MeetingServerSimulator.builder()
            .callsCorrectedAfter(Duration.ZERO)
            .build()
            .start();
    private TestClient client = TestClient.connect(server);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void serverWith(int ackWindow, int rowsPerMessage) {
        stop();
        server = MeetingServerSimulator.builder()
                .ackWindow(ackWindow)
                .rowsPerMessage(rowsPerMessage)
                .build()
                .start();
        client = TestClient.connect(server);
    }

    @Test
    void messagesWaitForAcknowledgementsButAcknowledgementsDoNot() {
        client.subscribe(1, "{'index': 1, 'type': 'calls'}");
        client.next();
        assertThat(client.next().at("/message/messageId").asInt()).isEqualTo(1);
        server.createCall("One");

        client.subscribe(2, "{'index': 1, 'type': 'calls'}");
        assertThat(client.next().at("/messageAck/messageId").asInt()).isEqualTo(2);
        client.expectNothingBeforeAckOf(3);
        assertThat(server.unackedMessages()).isEqualTo(1);
        assertThat(server.queuedMessages()).isEqualTo(2);

        client.ack(1);
        assertThat(client.next().at("/message/messageId").asInt()).isEqualTo(2);
        client.expectNothingBeforeAckOf(4);
    }

    @Test
    void anAckWithAnotherStatusThanSuccessCountsAsAnAck() {
        client.subscribe(1, "{'index': 1, 'type': 'calls'}");
        client.next();
        client.next();
        client.send("{'type': 'messageAck', 'messageAck': {'messageId': 1, 'status': 'dunno'}}");
        assertThat(client.next().at("/message/messageId").asInt()).isEqualTo(2);
        assertThat(server.breaches()).isEmpty();
    }

    @Test
    void aWiderWindowSendsMoreMessagesWithoutAck() {
        serverWith(3, 100);
        client.subscribe(1, "{'index': 1, 'type': 'calls'}");
        client.next();
        server.createCall("One");
        server.createCall("Two");
        for (int id = 1; id <= 3; id++) {
            assertThat(client.next().at("/message/messageId").asInt()).isEqualTo(id);
        }
        client.expectNothingBeforeAckOf(9);
        // In any order.
        client.ack(2);
        assertThat(client.next().at("/message/messageId").asInt()).isEqualTo(4);
        client.expectNothingBeforeAckOf(10);
        assertThat(server.unackedMessages()).isEqualTo(3);
        assertThat(server.breaches()).isEmpty();
    }

    @Test
    void queuedMessagesOfADroppedSubscriptionAreDiscarded() {
        SimulatedCall call = server.createCall("Board", "board");
        client.subscribe(
                1,
                "{'index': 1, 'type': 'calls', 'elements': ['name']}, {'index': 2, 'type': 'callRoster', 'call': 'board'}");
        client.next();
        JsonNode pending = client.next();
        for (int i = 0; i < 50; i++) {
            call.set("name", "Board " + i);
            call.addParticipant("Bo", "bo").leave("clientInitiated");
        }
        client.subscribe(2, "{'index': 2, 'type': 'callRoster', 'call': 'board'}");
        client.next();
        client.ack(pending.at("/message/messageId").asLong());

        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 2, 'state': 'active'}]"));
        for (int i = 0; i < 100; i++) {
            assertThat(client.nextAcked().path("subscriptionIndex").asInt()).isEqualTo(2);
        }
        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 1, 'state': 'deactivated'}]"));
        client.expectNothingBeforeAckOf(3);
        assertThat(server.breaches()).isEmpty();
    }

    @Test
    void queuedMessagesOfAReplacedSubscriptionAreDiscarded() {
        SimulatedCall call = server.createCall("Board", "board");
        client.subscribe(1, "{'index': 1, 'type': 'callRoster', 'call': 'board'}");
        client.next();
        JsonNode pending = client.next();
        call.addParticipant("Bo", "bo");
        client.subscribe(2, "{'index': 1, 'type': 'callInfo', 'call': 'board', 'elements': ['name']}");
        client.next();
        client.ack(pending.at("/message/messageId").asLong());

        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 1, 'state': 'pending'}]"));
        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 1, 'state': 'active'}]"));
        assertThat(client.nextAcked().path("type").asText()).isEqualTo("callInfoUpdate");
        client.expectNothingBeforeAckOf(3);
    }

    @Test
    void queuedUpdatesOfAnEndedCallAreSentBeforeItsDeactivation() {
        SimulatedCall call = server.createCall("Board", "board");
        client.subscribe(1, "{'index': 1, 'type': 'callRoster', 'call': 'board'}");
        client.next();
        JsonNode pending = client.next();
        call.addParticipant("Bo", "bo").leave("timeout");
        call.end();
        client.ack(pending.at("/message/messageId").asLong());
        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 1, 'state': 'active'}]"));
        assertThat(client.nextAcked().at("/updates/0/updateType").asText()).isEqualTo("add");
        assertThat(client.nextAcked().at("/updates/0/updateType").asText()).isEqualTo("remove");
        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 1, 'state': 'deactivated'}]"));
        client.expectNothingBeforeAckOf(3);
    }

    @Test
    void theFirstContentComesInChunks() {
        serverWith(1, 3);
        for (int i = 1; i <= 7; i++) {
            server.createCall("Call " + i, "call-" + i);
        }
        client.subscribe(1, "{'index': 1, 'type': 'calls'}");
        client.next();
        client.nextAcked();
        client.nextAcked();
        assertThat(client.nextAcked().path("updates")).hasSize(3);
        assertThat(client.nextAcked().path("updates")).hasSize(3);
        assertThat(client.nextAcked().path("updates")).isEqualTo(json("[{'call': 'call-7', 'updateType': 'add'}]"));
    }

    @Test
    void bigMessagesStayInOneFrame() throws java.io.IOException {
        serverWith(1, 100_000);
        server.transaction(() -> {
            for (int i = 0; i < 2_000; i++) {
                server.createCall("Call " + i);
            }
        });
        try (RawClient raw = RawClient.upgraded(server)) {
            raw.frame(
                    RawClient.FIN | RawClient.TEXT,
                    "{\"type\":\"message\",\"message\":{\"messageId\":1,"
                            + "\"type\":\"subscribeRequest\",\"subscriptions\":[{\"index\":1,\"type\":\"calls\"}]}}");
            raw.read();
            for (int id = 1; id <= 2; id++) {
                raw.read();
                raw.frame(
                        RawClient.FIN | RawClient.TEXT,
                        "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + id + ",\"status\":\"success\"}}");
            }
            RawClient.Received content = raw.read();
            assertThat(content.firstByte()).isEqualTo(RawClient.FIN | RawClient.TEXT);
            assertThat(content.payload().length).isGreaterThan(0xFFFF);
        }
    }

    @Test
    @Timeout(120)
    void queuesTenThousandUpdates() {
        SimulatedCall call = server.createCall("Board", "board");
        client.subscribe(1, "{'index': 1, 'type': 'calls', 'elements': ['name']}");
        client.next();
        for (int i = 0; i < 10_000; i++) {
            call.set("name", "Board " + i);
        }
        assertThat(server.queuedMessages()).isEqualTo(10_002);
        client.nextAcked();
        client.nextAcked();
        client.nextAcked();
        for (int i = 0; i < 10_000; i++) {
            JsonNode message = client.nextAcked();
            assertThat(message.at("/updates/0/name").asText()).isEqualTo("Board " + i);
        }
        client.expectNothingBeforeAckOf(3);
        assertThat(server.unackedMessages()).isZero();
        assertThat(server.breaches()).isEmpty();
    }

    @Test
    @Timeout(120)
    void takesChangesFromManyThreads() {
        SimulatedCall call = server.createCall("Board", "board");
        client.subscribe(1, "{'index': 1, 'type': 'calls', 'elements': ['participants']}");
        client.next();
        client.nextAcked();
        client.nextAcked();
        client.nextAcked();

        IntStream.range(0, 1_000).parallel().forEach(i -> call.addParticipant("P " + i, "p" + i));

        for (int i = 1; i <= 1_000; i++) {
            assertThat(client.nextAcked().at("/updates/0/participants").asInt()).isEqualTo(i);
        }
        assertThat(call.participants()).hasSize(1_000);
        assertThat(server.breaches()).isEmpty();
    }

    @Test
    void refusesInvalidOptions() {
        SimulatorBuilder builder = MeetingServerSimulator.builder();
        assertThatThrownBy(() -> builder.ackWindow(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ackWindow must be at least 1: 0");
        assertThatThrownBy(() -> builder.ackWindow(1).rowsPerMessage(0).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        builder.rowsPerMessage(1).ackTimeout(Duration.ZERO).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxSockets(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.port(70_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.journalCapacity(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
