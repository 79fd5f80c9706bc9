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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that are duplicated, too late, too early or invalid. */
class UpdateFaultsTest extends OneCallOneClient {

    @Test
    void duplicatesUpdatesUnderAnotherNumber() {
        subscribeBoth();
        faults.next(new Fault.DuplicateUpdate());
        call.set("name", "One");
        call.set("name", "Two");
        JsonNode one = client.next().path("message");
        client.expectNothingBeforeAckOf(8);
        client.ack(one.path("messageId").asLong());
        JsonNode again = update(1);
        assertThat(again.path("messageId").asLong())
                .isEqualTo(one.path("messageId").asLong() + 1);
        assertThat(again.path("updates"))
                .isEqualTo(one.path("updates"))
                .isEqualTo(json("[{'call': 'board', 'updateType': 'update', 'name': 'One'}]"));
        assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("Two");
        client.expectNothingBeforeAckOf(9);
        expectFaults("duplicateUpdate@1");
    }

    @Test
    void duplicatesUntilCleared() {
        faults.untilCleared(new Fault.DuplicateUpdate());
        client.subscribe(1, CALLS);
        expectAck(1, "success");
        expectStates("1 pending");
        expectStates("1 active");
        update(1);
        update(1);
        client.expectNothingBeforeAckOf(2);
        call.set("name", "One");
        update(1);
        faults.clear();
        update(1);
        call.set("name", "Two");
        update(1);
        client.expectNothingBeforeAckOf(3);
    }

    // ---- Text

    @Test
    void sendsGarbageBetweenMessages() {
        faults.next(2, new Fault.Garbage("not {json"));
        client.subscribe(1, CALLS);
        expectAck(1, "success");
        JsonNode pending = client.next();
        assertThat(client.nextText()).isEqualTo("not {json");
        client.ack(pending.at("/message/messageId").asLong());
        JsonNode active = client.next();
        assertThat(active.at("/message/messageId").asLong()).isEqualTo(2);
        assertThat(client.nextText()).isEqualTo("not {json");
        client.ack(2);
        update(1);
        client.expectNothingBeforeAckOf(2);
        expectFaults("garbage@1", "garbage@1");
    }

    @Test
    void sendsRawTextThatMayBeAcknowledged() {
        String text = "{\"type\":\"message\",\"message\":{\"messageId\":77,\"type\":\"x\"}}";
        assertThat(faults.sendRaw(text)).isEqualTo(1);
        assertThat(client.nextText()).isEqualTo(text);
        client.ack(77);
        client.expectNothingBeforeAckOf(1);
        assertThat(server.unackedMessages()).isZero();
        expectFaults("sendRaw@1");
    }

    // ---- Order

    @Test
    void swapsTheNextTwoUpdates() {
        subscribeBoth();
        faults.next(new Fault.SwapUpdates());
        call.set("name", "One");
        client.expectNothingBeforeAckOf(5);
        assertThat(server.queuedMessages()).isEqualTo(1);
        // A message that is not an update is sent first.
        faults.deactivate("callRoster", "board");
        expectStates("2 deactivated");
        call.set("name", "Two");
        call.set("name", "Three");
        assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("Two");
        assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("One");
        assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("Three");
        client.expectNothingBeforeAckOf(6);
        assertThat(server.queuedMessages()).isZero();
        expectFaults("swapUpdates@1", "deactivate@1");
    }

    @Test
    void aMessageHeldForASwapIsSentOnClearOrDiscardedWithItsSubscription() {
        subscribeBoth();
        faults.untilCleared(new Fault.SwapUpdates());
        call.set("name", "One");
        client.expectNothingBeforeAckOf(5);
        faults.clear();
        assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("One");
        client.expectNothingBeforeAckOf(6);

        faults.next(new Fault.SwapUpdates());
        call.set("name", "Two");
        client.expectNothingBeforeAckOf(7);
        faults.deactivate(1);
        expectStates("1 deactivated");
        faults.clear();
        client.expectNothingBeforeAckOf(8);
    }

    @Test
    void updatesBeforeTheAdd() {
        subscribeBoth();
        faults.next(new Fault.UpdateBeforeAdd());
        call.set("name", "Boardroom");
        update(1);
        client.expectNothingBeforeAckOf(5);
        call.addParticipant("Bo", "bo", "p1");
        assertThat(update(2).path("updates"))
                .isEqualTo(json("[{'participant': 'p1', 'updateType': 'update', 'name': 'Bo'}]"));
        assertThat(update(2).path("updates"))
                .isEqualTo(json("[{'participant': 'p1', 'updateType': 'add', 'name': 'Bo'}]"));
        client.expectNothingBeforeAckOf(6);
        expectFaults("updateBeforeAdd@1");
    }

    @Test
    void updatesAfterTheRemove() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p1");
        client.subscribe(1, ROSTER);
        expectAck(1, "success");
        expectStates("2 pending");
        expectStates("2 active");
        update(2);
        faults.next(new Fault.UpdateAfterRemove());
        bo.leave("clientInitiated");
        assertThat(update(2).path("updates"))
                .isEqualTo(json("[{'participant': 'p1', 'updateType': 'update', 'name': ''}]"));
        assertThat(update(2).path("updates"))
                .isEqualTo(json("[{'participant': 'p1', 'updateType': 'remove', 'reason': 'clientInitiated'}]"));
        assertThat(update(2).path("updates"))
                .isEqualTo(json("[{'participant': 'p1', 'updateType': 'update', 'name': null}]"));
        client.expectNothingBeforeAckOf(2);
        expectFaults("updateAfterRemove@1");
    }

    // ---- Content

    @Test
    void sendsAnUnknownMessageThatNeedsAnAck() {
        subscribeBoth();
        faults.next(new Fault.UnknownMessage());
        call.set("name", "One");
        JsonNode strange = client.next().path("message");
        assertThat(strange.path("type").asText()).isEqualTo("weatherUpdate");
        client.expectNothingBeforeAckOf(5);
        assertThat(server.unackedMessages()).isEqualTo(1);
        client.ack(strange.path("messageId").asLong());
        assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("One");
        expectFaults("unknownMessage@1");
    }

    @Test
    void sendsWrongTypesOfEveryKind() {
        subscribeBoth();
        faults.next(Fault.WrongTypes.KINDS, new Fault.WrongTypes());
        List<JsonNode> strange = new ArrayList<>();
        for (int i = 0; i < Fault.WrongTypes.KINDS; i++) {
            call.set("name", "Name " + i);
            strange.add(client.nextAcked());
            assertThat(update(1).at("/updates/0/name").asText()).isEqualTo("Name " + i);
        }
        client.expectNothingBeforeAckOf(5);
        assertThat(strange)
                .extracting(message -> message.path("messageId").asLong())
                .doesNotHaveDuplicates();
        assertThat(strange.get(0).path("type").asText()).isEqualTo("callListUpdate");
        assertThat(strange.get(0).path("subscriptionIndex").isTextual()).isTrue();
        assertThat(strange.get(3).path("subscriptionIndex").asInt()).isEqualTo(1);
        assertThat(strange.get(3).at("/updates/0/call").isNumber()).isTrue();
    }

    @Test
    void sendsAMessageOfExactlyTheGivenLength() {
        subscribeBoth();
        faults.next(new Fault.OversizeMessage(120));
        faults.next(new Fault.OversizeMessage(200_000));
        for (int length : new int[] {120, 200_000}) {
            call.set("name", "One " + length);
            String text = client.nextText();
            assertThat(text).hasSize(length);
            client.ack(TestClient.json(text).at("/message/messageId").asLong());
            update(1);
        }
        assertThatThrownBy(() -> new Fault.OversizeMessage(119)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsAnyMessage() {
        assertThat(faults.sendMessage("{\"type\": \"subscriptionUpdate\", \"subscriptions\": []}"))
                .isEqualTo(1);
        assertThat(client.nextAcked())
                .isEqualTo(json("{'messageId': 1, 'type': 'subscriptionUpdate', 'subscriptions': []}"));
        client.expectNothingBeforeAckOf(1);
        assertThat(server.unackedMessages()).isZero();
        expectFaults("sendMessage@1");
        assertThatThrownBy(() -> faults.sendMessage("[]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.sendMessage("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void severalFaultsCanApplyToOneMessage() {
        subscribeBoth();
        faults.next(new Fault.UnknownMessage());
        faults.next(new Fault.DuplicateUpdate());
        faults.next(new Fault.Garbage("x"));
        call.set("name", "One");
        assertThat(client.next().at("/message/type").asText()).isEqualTo("weatherUpdate");
        assertThat(client.nextText()).isEqualTo("x");
        client.ack(4);
        update(1);
        update(1);
        client.expectNothingBeforeAckOf(5);
    }
}
