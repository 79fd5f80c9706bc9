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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Faults of messages on a socket that stays open; the client keeps to the protocol. */
class ConversationFaultsTest extends OneCallOneClient {

    // ---- Answers

    @Test
    void withholdsAcksButSubscribes() {
        faults.next(new Fault.WithholdAck());
        client.subscribe(1, CALLS);
        expectStates("1 pending");
        expectStates("1 active");
        expectFaults("withholdAck@1");
        update(1);
        client.subscribe(2, CALLS);
        expectAck(2, "success");
    }

    @Test
    void ignoresRequestsUntilCleared() {
        faults.untilCleared(new Fault.IgnoreRequest());
        client.subscribe(1, CALLS);
        client.subscribe(2, CALLS);
        client.expectNothingBeforeAckOf(3);
        assertThat(server.subscriptions()).isEmpty();
        assertThat(server.subscribeRequests()).hasSize(2);
        faults.clear();
        client.subscribe(4, CALLS);
        expectAck(4, "success");
        expectFaults("ignoreRequest@1", "ignoreRequest@1");
    }

    @Test
    void acknowledgesAnotherNumber() {
        faults.next(new Fault.WrongAckId());
        client.subscribe(7, CALLS);
        expectAck(1_000_000_007, "success");
        expectStates("1 pending");
    }

    @Test
    void acknowledgesTwice() {
        faults.next(new Fault.DoubleAck());
        client.subscribe(7, CALLS);
        expectAck(7, "success");
        expectAck(7, "success");
        expectStates("1 pending");
    }

    @Test
    void acknowledgesWithAnotherStatusWithoutSubscribing() {
        faults.next(new Fault.AckStatus("internalError"));
        client.subscribe(7, CALLS);
        expectAck(7, "internalError");
        client.expectNothingBeforeAckOf(8);
        assertThat(server.subscriptions()).isEmpty();
        assertThat(server.refusals()).extracting(Refusal::messageId).containsExactly(7L, 8L);
    }

    // ---- Subscriptions

    @Test
    void neverActivatesUntilCleared() {
        faults.untilCleared(new Fault.NeverActivate());
        client.subscribe(1, CALLS + "," + ROSTER);
        expectAck(1, "success");
        expectStates("1 pending", "2 pending");
        call.addParticipant("Bo", "bo");
        client.subscribe(2, CALLS + "," + ROSTER);
        expectAck(2, "success");
        client.expectNothingBeforeAckOf(3);
        expectFaults("neverActivate@1", "neverActivate@1");

        faults.clear();
        expectStates("1 active", "2 active");
        assertThat(update(1).path("updates")).hasSize(1);
        assertThat(update(2).path("updates")).hasSize(1);
    }

    @Test
    void neverActivatesTheNextOne() {
        faults.next(new Fault.NeverActivate());
        client.subscribe(1, CALLS + "," + ROSTER);
        expectAck(1, "success");
        expectStates("1 pending", "2 pending");
        expectStates("2 active");
        // The end of the call ends a pending subscription, too.
        faults.next(new Fault.NeverActivate());
        client.subscribe(2, "{'index': 3, 'type': 'callInfo', 'call': 'board'}");
        expectAck(2, "success");
        expectStates("1 deactivated", "2 deactivated", "3 pending");
        call.end();
        expectStates("3 deactivated");
        faults.clear();
        client.expectNothingBeforeAckOf(3);
    }

    @Test
    void deactivatesANewOne() {
        faults.next(new Fault.DeactivateNew());
        client.subscribe(1, ROSTER);
        expectAck(1, "success");
        expectStates("2 pending");
        expectStates("2 deactivated");
        client.subscribe(2, ROSTER);
        expectAck(2, "success");
        expectStates("2 pending");
        expectStates("2 active");
    }

    @Test
    void deactivatesAlthoughTheCallContinues() {
        subscribeBoth();
        assertThat(faults.deactivate("callRoster", "board")).isEqualTo(1);
        expectStates("2 deactivated");
        call.addParticipant("Bo", "bo");
        client.expectNothingBeforeAckOf(5);
        assertThat(faults.deactivate("callRoster", "board")).isZero();
        assertThat(faults.on(2).deactivate(1)).isZero();
        assertThat(faults.on(1).deactivate(1)).isEqualTo(1);
        expectStates("1 deactivated");
        expectFaults("deactivate@1", "deactivate@1");

        client.subscribe(6, CALLS + "," + ROSTER);
        expectAck(6, "success");
        expectStates("1 pending", "2 pending");
        expectStates("1 active", "2 active");
        update(1);
        assertThat(update(2).path("updates")).hasSize(1);
    }

    @Test
    void queuedMessagesOfADeactivatedSubscriptionAreDiscarded() {
        subscribeBoth();
        call.set("name", "One");
        call.set("name", "Two");
        faults.deactivate(1);
        update(1);
        expectStates("1 deactivated");
        client.expectNothingBeforeAckOf(5);
    }
}
