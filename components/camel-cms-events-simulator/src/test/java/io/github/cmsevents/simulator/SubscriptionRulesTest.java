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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Full lists, indexes and states: the guide's section 1.1. */
class SubscriptionRulesTest {

    private final MeetingServerSimulator server =
            MeetingServerSimulator.builder().build().start();
    private TestClient client;
    private SimulatedCall call;

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

    @Test
    void theSameSubscriptionUnderTheSameIndexContinuesWithoutAStateUpdate() {
        request(1, "{'index': 1, 'type': 'calls', 'elements': ['name', 'participants']}");
        expectStates("1 pending");
        expectStates("1 active");
        expectUpdate("callListUpdate", 1);

        request(2, "{'index': 1, 'type': 'calls', 'elements': ['participants', 'name']}");
        client.expectNothingBeforeAckOf(3);

        call.addParticipant("Bo", "bo");
        assertThat(client.nextAcked().path("messageId").asInt()).isEqualTo(4);
    }

    @Test
    void anotherIndexIsANewSubscriptionAndTheOldOneIsDropped() {
        request(1, "{'index': 1, 'type': 'calls'}");
        expectStates("1 pending");
        expectStates("1 active");
        expectUpdate("callListUpdate", 1);

        request(2, "{'index': 2, 'type': 'calls'}");
        expectStates("1 deactivated", "2 pending");
        expectStates("2 active");
        expectUpdate("callListUpdate", 2);

        call.end();
        expectUpdate("callListUpdate", 2);
        client.expectNothingBeforeAckOf(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'index': 1, 'type': 'callInfo', 'call': 'board', 'elements': ['name', 'participants']}",
                "{'index': 1, 'type': 'callInfo', 'call': 'other', 'elements': ['name']}",
                "{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}",
                "{'index': 1, 'type': 'calls', 'elements': ['name']}"
            })
    void anotherSubscriptionUnderTheSameIndexIsNew(String other) {
        server.createCall("Other", "other");
        request(1, "{'index': 1, 'type': 'callInfo', 'call': 'board', 'elements': ['name']}");
        expectStates("1 pending");
        expectStates("1 active");
        expectUpdate("callInfoUpdate", 1);

        request(2, other);
        // No state of the old one: the index belongs to the new one.
        expectStates("1 pending");
        expectStates("1 active");
        assertThat(server.subscriptions()).hasSize(1);
    }

    @Test
    void subscriptionsThatAreNotListedAreDeactivated() {
        request(
                1,
                "{'index': 1, 'type': 'calls'}, {'index': 2, 'type': 'callInfo', 'call': 'board'},"
                        + " {'index': 3, 'type': 'callRoster', 'call': 'board'}");
        expectStates("1 pending", "2 pending", "3 pending");
        expectStates("1 active", "2 active", "3 active");
        expectUpdate("callListUpdate", 1);
        expectUpdate("callInfoUpdate", 2);

        request(2, "{'index': 3, 'type': 'callRoster', 'call': 'board'}");
        expectStates("1 deactivated", "2 deactivated");

        request(3, "");
        expectStates("3 deactivated");
        assertThat(server.subscriptions()).isEmpty();
        call.addParticipant("Bo", "bo");
        client.expectNothingBeforeAckOf(4);
    }

    @Test
    void aSubscriptionToAnUnknownCallIsDeactivated() {
        request(1, "{'index': 1, 'type': 'calls'}, {'index': 2, 'type': 'callRoster', 'call': 'gone'}");
        expectStates("1 pending", "2 pending");
        expectStates("1 active", "2 deactivated");
        expectUpdate("callListUpdate", 1);
        assertThat(server.subscriptions())
                .extracting(SubscriptionSnapshot::state)
                .containsExactly("active", "deactivated");

        // Leaving it out changes no state; listing it again is a new subscription.
        request(2, "{'index': 1, 'type': 'calls'}");
        client.expectNothingBeforeAckOf(3);
        server.createCall("Gone", "gone");
        expectUpdate("callListUpdate", 1);
        request(4, "{'index': 1, 'type': 'calls'}, {'index': 2, 'type': 'callRoster', 'call': 'gone'}");
        expectStates("2 pending");
        expectStates("2 active");
    }

    @Test
    void listingADeactivatedSubscriptionAgainIsANewOne() {
        request(1, "{'index': 2, 'type': 'callRoster', 'call': 'gone'}");
        expectStates("2 pending");
        expectStates("2 deactivated");
        request(2, "{'index': 2, 'type': 'callRoster', 'call': 'gone'}");
        expectStates("2 pending");
        expectStates("2 deactivated");
    }

    @Test
    void theEndOfACallDeactivatesItsSubscriptions() {
        call.addParticipant("Bo", "bo");
        request(
                1,
                "{'index': 1, 'type': 'callRoster', 'call': 'board'}, {'index': 2, 'type': 'callInfo', 'call': 'board'},"
                        + " {'index': 3, 'type': 'calls'}");
        expectStates("1 pending", "2 pending", "3 pending");
        expectStates("1 active", "2 active", "3 active");
        expectUpdate("rosterUpdate", 1);
        expectUpdate("callInfoUpdate", 2);
        expectUpdate("callListUpdate", 3);

        call.end();

        expectStates("1 deactivated", "2 deactivated");
        assertThat(expectUpdate("callListUpdate", 3).path("updates"))
                .isEqualTo(json("[{'call': 'board', 'updateType': 'remove', 'reason': 'participantInitiated'}]"));
        client.expectNothingBeforeAckOf(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'calls'}",
                "{'index': 'one', 'type': 'calls'}",
                "{'index': 1.5, 'type': 'calls'}",
                "{'index': 1}",
                "{'index': 1, 'type': 'participants'}",
                "{'index': 1, 'type': 'callInfo'}",
                "{'index': 1, 'type': 'callRoster', 'call': 7}",
                "{'index': 1, 'type': 'calls', 'elements': 'name'}",
                "{'index': 1, 'type': 'calls', 'elements': ['name', 5]}",
                "7"
            })
    void anInvalidRequestIsRefusedAndTheOldListStays(String bad) {
        request(1, "{'index': 9, 'type': 'calls', 'elements': ['name']}");
        expectStates("9 pending");
        expectStates("9 active");
        expectUpdate("callListUpdate", 9);

        client.subscribe(2, "{'index': 4, 'type': 'calls'}, " + bad);

        assertThat(client.next())
                .isEqualTo(json("{'type': 'messageAck', 'messageAck': {'messageId': 2, 'status': 'failure'}}"));
        assertThat(server.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.socket()).isEqualTo(1);
            assertThat(refusal.messageId()).isEqualTo(2);
            assertThat(refusal.reason()).startsWith("subscription 2: ");
        });
        call.set("name", "Boardroom");
        expectUpdate("callListUpdate", 9);
        assertThat(server.subscribeRequests()).hasSize(2);
    }

    @Test
    void anUnknownMessageAndAMissingListAreRefused() {
        client.send("{'type': 'message', 'message': {'messageId': 1, 'type': 'hello'}}");
        assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("failure");
        client.send("{'type': 'message', 'message': {'messageId': 2, 'type': 'subscribeRequest'}}");
        assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("failure");
        assertThat(server.refusals())
                .extracting(Refusal::reason)
                .containsExactly("unknown message type", "no array \"subscriptions\"");
    }

    @Test
    void unknownElementsAndKeysAreIgnored() {
        request(
                1,
                "{'index': 1, 'type': 'calls', 'colour': 'red', 'call': 'board',"
                        + " 'elements': ['name', 'telepathy', 'name']}");
        expectStates("1 pending");
        expectStates("1 active");
        assertThat(expectUpdate("callListUpdate", 1).path("updates"))
                .isEqualTo(json("[{'call': 'board', 'updateType': 'add', 'name': 'Board'}]"));
        assertThat(server.subscriptions())
                .containsExactly(new SubscriptionSnapshot(1, 1, "calls", null, List.of("name"), "active"));
    }

    @Test
    void twoSocketsAreIndependent() {
        try (TestClient other = TestClient.connect(server)) {
            request(1, "{'index': 1, 'type': 'calls'}");
            other.subscribe(1, "{'index': 5, 'type': 'calls'}");
            assertThat(other.next().at("/messageAck/messageId").asInt()).isEqualTo(1);
            assertThat(other.next().at("/message/messageId").asInt()).isEqualTo(1);
            expectStates("1 pending");
            expectStates("1 active");
            assertThat(server.unackedMessages()).isEqualTo(2);
            assertThat(server.subscriptions())
                    .extracting(SubscriptionSnapshot::socket)
                    .containsExactly(1, 2);
        }
    }

    @Test
    void recordsTheRequestsUnchanged() {
        request(8, "{'index': 1, 'type': 'calls'}");
        assertThat(server.subscribeRequests())
                .containsExactly(json("{'messageId': 8, 'type': 'subscribeRequest',"
                        + " 'subscriptions': [{'index': 1, 'type': 'calls'}]}"));
    }

    private void request(long messageId, String subscriptions) {
        client.subscribe(messageId, subscriptions);
        assertThat(client.next())
                .isEqualTo(json(
                        "{'type': 'messageAck', 'messageAck': {'messageId': " + messageId + ", 'status': 'success'}}"));
    }

    private void expectStates(String... states) {
        JsonNode message = client.nextAcked();
        assertThat(message.path("type").asText()).isEqualTo("subscriptionUpdate");
        assertThat(message.path("subscriptions"))
                .extracting(state ->
                        state.path("index").asText() + " " + state.path("state").asText())
                .containsExactly(states);
    }

    private JsonNode expectUpdate(String type, int index) {
        JsonNode message = client.nextAcked();
        assertThat(message.path("type").asText()).isEqualTo(type);
        assertThat(message.path("subscriptionIndex").asInt()).isEqualTo(index);
        return message;
    }
}
