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

import org.junit.jupiter.api.Test;

/** The nine steps of the guide's section 5, frame by frame. */
class GuideMessageFlowTest {

    private static final String CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";

    @Test
    void playsTheGuide() {
        try (MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                TestClient client = TestClient.connect(server)) {
            // 1
            client.send("{'type': 'message', 'message': {'messageId': 8, 'type': 'subscribeRequest',"
                    + " 'subscriptions': [{'index': 3, 'type': 'calls', 'elements': ['name', 'participants']}]}}");
            // 2
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'messageAck', 'messageAck': {'messageId': 8, 'status': 'success'}}"));
            // 3
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'message', 'message': {'messageId': 1, 'type': 'subscriptionUpdate',"
                            + " 'subscriptions': [{'index': 3, 'state': 'pending'}]}}"));
            client.expectNothingBeforeAckOf(100);
            // 4
            client.ack(1);
            // 5
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'message', 'message': {'messageId': 2, 'type': 'subscriptionUpdate',"
                            + " 'subscriptions': [{'index': 3, 'state': 'active'}]}}"));
            // 6
            client.ack(2);
            // 7
            SimulatedCall call = server.createCall("Andy's coSpace", CALL);
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'message', 'message': {'messageId': 3, 'type': 'callListUpdate',"
                            + " 'subscriptionIndex': 3, 'updates': [{'call': '" + CALL
                            + "', 'updateType': 'add', 'name': 'Andy's coSpace', 'participants': 0}]}}"));
            client.ack(3);
            // 8
            call.addParticipant("Bo", "bo@example.com");
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'message', 'message': {'messageId': 4, 'type': 'callListUpdate',"
                            + " 'subscriptionIndex': 3, 'updates': [{'call': '" + CALL
                            + "', 'updateType': 'update', 'participants': 1}]}}"));
            client.ack(4);
            // 9
            client.send("{'type': 'message', 'message': {'messageId': 9, 'type': 'subscribeRequest', 'subscriptions': ["
                    + "{'index': 1, 'type': 'callRoster', 'call': '" + CALL
                    + "', 'elements': ['name', 'uri', 'state', 'importance']},"
                    + "{'index': 2, 'type': 'callInfo', 'call': '" + CALL
                    + "', 'elements': ['name', 'participants', 'streaming']},"
                    + "{'index': 3, 'type': 'calls', 'elements': ['name', 'participants']}]}}");
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'messageAck', 'messageAck': {'messageId': 9, 'status': 'success'}}"));
            assertThat(client.nextAcked())
                    .isEqualTo(json("{'messageId': 5, 'type': 'subscriptionUpdate', 'subscriptions':"
                            + " [{'index': 1, 'state': 'pending'}, {'index': 2, 'state': 'pending'}]}"));
            assertThat(client.nextAcked())
                    .isEqualTo(json("{'messageId': 6, 'type': 'subscriptionUpdate', 'subscriptions':"
                            + " [{'index': 1, 'state': 'active'}, {'index': 2, 'state': 'active'}]}"));
            assertThat(client.nextAcked())
                    .isEqualTo(json("{'messageId': 7, 'type': 'rosterUpdate', 'subscriptionIndex': 1, 'updates': [{"
                            + "'participant': '" + call.participants().get(0).id() + "', 'updateType': 'add',"
                            + " 'name': 'Bo', 'uri': 'bo@example.com', 'state': 'connected', 'importance': null}]}"));
            assertThat(client.nextAcked())
                    .isEqualTo(json("{'messageId': 8, 'type': 'callInfoUpdate', 'subscriptionIndex': 2, 'callInfo': {"
                            + "'name': 'Andy's coSpace', 'participants': 1, 'streaming': 'inactive'}}"));
            client.expectNothingBeforeAckOf(101);

            assertThat(server.breaches()).isEmpty();
            assertThat(server.unackedMessages()).isZero();
        }
    }
}
