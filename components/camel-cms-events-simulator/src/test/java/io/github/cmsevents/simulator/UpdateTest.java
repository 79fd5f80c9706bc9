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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The updates that changes cause: the guide's sections 2, 3 and 5. */
class UpdateTest {

    private final MeetingServerSimulator server = MeetingServerSimulator.builder()
            .callsCorrectedAfter(Duration.ZERO)
            .build()
            .start();
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
    void onlySubscribedElementsCauseUpdatesAndOnlyChangedOnesAreSent() {
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['name', 'recording', 'participants']}");
        expectRows(
                "{'call': 'board', 'updateType': 'add', 'name': 'Board', 'recording': 'inactive', 'participants': 0}");

        call.set("streaming", "active");
        call.set("recording", "inactive");
        call.set(Map.of("recording", "active", "lockState", "locked"));
        expectRows("{'call': 'board', 'updateType': 'update', 'recording': 'active'}");
        nothingMore();
    }

    @Test
    void withoutElementsOnlyKeysAndTypesAreSent() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p-bo");
        subscribe("{'index': 1, 'type': 'calls'}, {'index': 2, 'type': 'callRoster', 'call': 'board', 'elements': []},"
                + " {'index': 3, 'type': 'callInfo', 'call': 'board'}");
        expectRows("{'call': 'board', 'updateType': 'add'}");
        expectRows("{'participant': 'p-bo', 'updateType': 'add'}");
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{}"));

        bo.set("audioMuted", true);
        call.set("name", "Boardroom");
        bo.leave("clientInitiated");
        expectRows("{'participant': 'p-bo', 'updateType': 'remove', 'reason': 'clientInitiated'}");
        call.end();
        client.nextAcked();
        expectRows("{'call': 'board', 'updateType': 'remove', 'reason': 'allLeft'}");
    }

    @Test
    void theWholeCallOnCalls() {
        server.clear();
        call = server.createCall(CallOptions.named("All")
                .guid("all")
                .callType("adHoc")
                .correlator("c-1")
                .set("recording", "active"));
        subscribe(
                "{'index': 1, 'type': 'calls', 'elements': ['name', 'participants', 'distributedInstances', 'recording',"
                        + " 'endpointRecording', 'streaming', 'lockState', 'callType', 'callCorrelator',"
                        + " 'joinAudioMuteOverride']}");
        expectRows("{'call': 'all', 'updateType': 'add', 'name': 'All', 'participants': 0, 'distributedInstances': 0,"
                + " 'recording': 'active', 'endpointRecording': 'inactive', 'streaming': 'inactive',"
                + " 'lockState': 'notLocked', 'callType': 'adHoc', 'callCorrelator': 'c-1'}");
        assertThat(call.correlator()).isEqualTo("c-1");
    }

    @Test
    void theWholeCallOnCallInfo() {
        call.set("callCorrelator", "c-1");
        subscribe("{'index': 1, 'type': 'callInfo', 'call': 'board', 'elements': ['name', 'participants',"
                + " 'distributedInstances', 'recording', 'endpointRecording', 'streaming', 'lockState', 'callType',"
                + " 'callCorrelator', 'joinAudioMuteOverride', 'uri']}");
        assertThat(client.nextAcked())
                .isEqualTo(json("{'messageId': 3, 'type': 'callInfoUpdate', 'subscriptionIndex': 1, 'callInfo': {"
                        + "'name': 'Board', 'participants': 0, 'distributedInstances': 0, 'recording': 'inactive',"
                        + " 'endpointRecording': 'inactive', 'streaming': 'inactive', 'lockState': 'notLocked',"
                        + " 'callType': 'coSpace', 'callCorrelator': 'c-1', 'joinAudioMuteOverride': null}}"));
        call.set("joinAudioMuteOverride", true);
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{'joinAudioMuteOverride': true}"));
        call.addParticipant("Bo", "bo");
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{'participants': 1}"));
    }

    @Test
    void theWholeParticipant() {
        call.addParticipant(ParticipantOptions.named("Bo")
                .guid("p-bo")
                .uri("bo@example.com")
                .set("movedParticipant", "p-old"));
        subscribe(
                "{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name', 'uri', 'state', 'direction',"
                        + " 'audioMuted', 'videoMuted', 'importance', 'layout', 'activeSpeaker', 'presenter',"
                        + " 'endpointRecording', 'canMove', 'canMoveToLobby', 'movedParticipant',"
                        + " 'movedParticipantCallBridge', 'recording']}");
        expectRows("{'participant': 'p-bo', 'updateType': 'add', 'name': 'Bo', 'uri': 'bo@example.com',"
                + " 'state': 'connected', 'direction': 'incoming', 'audioMuted': false, 'videoMuted': false,"
                + " 'importance': null, 'layout': 'automatic', 'activeSpeaker': false, 'presenter': false,"
                + " 'endpointRecording': 'inactive', 'canMove': true, 'canMoveToLobby': true,"
                + " 'movedParticipant': 'p-old'}");
    }

    @Test
    void lockStateHasTheSameValuesInBothResources() {
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['lockState']},"
                + " {'index': 2, 'type': 'callInfo', 'call': 'board', 'elements': ['lockState']}");
        expectRows("{'call': 'board', 'updateType': 'add', 'lockState': 'notLocked'}");
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{'lockState': 'notLocked'}"));
        call.set("lockState", "notLocked");
        call.set("lockState", "locked");
        expectRows("{'call': 'board', 'updateType': 'update', 'lockState': 'locked'}");
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{'lockState': 'locked'}"));
        call.set("lockState", "notLocked");
        expectRows("{'call': 'board', 'updateType': 'update', 'lockState': 'notLocked'}");
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{'lockState': 'notLocked'}"));
        nothingMore();
    }

    @Test
    void nullMeansUnset() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p-bo");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['importance']}");
        expectRows("{'participant': 'p-bo', 'updateType': 'add', 'importance': null}");
        bo.set("importance", 5);
        expectRows("{'participant': 'p-bo', 'updateType': 'update', 'importance': 5}");
        bo.set("importance", 5L);
        bo.set("importance", null);
        expectRows("{'participant': 'p-bo', 'updateType': 'update', 'importance': null}");
        nothingMore();
    }

    @Test
    void reasonsAreSentForLocalParticipantsOnly() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p-bo");
        SimulatedParticipant ada = call.addParticipant("Ada", "ada", "p-ada");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}");
        expectRows(
                "{'participant': 'p-bo', 'updateType': 'add', 'name': 'Bo'}",
                "{'participant': 'p-ada', 'updateType': 'add', 'name': 'Ada'}");
        bo.leave("clientInitiated");
        expectRows("{'participant': 'p-bo', 'updateType': 'update', 'name': ''}");
        expectRows("{'participant': 'p-bo', 'updateType': 'remove', 'reason': 'clientInitiated'}");
        ada.leaveRemotely();
        expectRows("{'participant': 'p-ada', 'updateType': 'update', 'name': ''}");
        expectRows("{'participant': 'p-ada', 'updateType': 'remove'}");
        assertThat(call.participants()).isEmpty();
        assertThat(bo.hasLeft()).isTrue();
    }

    @Test
    void thereIsOneActiveSpeaker() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p-bo");
        SimulatedParticipant ada = call.addParticipant("Ada", "ada", "p-ada");
        subscribe("{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['activeSpeaker']}");
        client.nextAcked();
        call.activeSpeaker(bo);
        expectRows("{'participant': 'p-bo', 'updateType': 'update', 'activeSpeaker': true}");
        call.activeSpeaker(bo);
        ada.set("activeSpeaker", true);
        expectRows(
                "{'participant': 'p-bo', 'updateType': 'update', 'activeSpeaker': false}",
                "{'participant': 'p-ada', 'updateType': 'update', 'activeSpeaker': true}");
        call.addParticipant(ParticipantOptions.named("Cy").guid("p-cy").set("activeSpeaker", true));
        expectRows(
                "{'participant': 'p-cy', 'updateType': 'add', 'activeSpeaker': true}",
                "{'participant': 'p-ada', 'updateType': 'update', 'activeSpeaker': false}");
        call.activeSpeaker(null);
        expectRows("{'participant': 'p-cy', 'updateType': 'update', 'activeSpeaker': false}");
        nothingMore();
    }

    @Test
    void aTransactionIsOneMessageWithOneRowEach() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p-bo");
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['participants', 'recording']},"
                + " {'index': 2, 'type': 'callRoster', 'call': 'board', 'elements': ['audioMuted', 'videoMuted']},"
                + " {'index': 3, 'type': 'callInfo', 'call': 'board', 'elements': ['participants', 'streaming']}");
        client.nextAcked();
        client.nextAcked();
        client.nextAcked();

        server.transaction(() -> {
            server.createCall("Other", "other");
            call.set("recording", "active");
            call.set("streaming", "active");
            bo.set("audioMuted", true);
            bo.set("videoMuted", true);
            call.addParticipant("Ada", "ada", "p-ada");
            call.addParticipant("Cy", "cy").leave("clientInitiated");
            server.createCall("Short").end();
        });

        expectRows(
                "{'call': 'other', 'updateType': 'add', 'participants': 0, 'recording': 'inactive'}",
                "{'call': 'board', 'updateType': 'update', 'participants': 2, 'recording': 'active'}");
        expectRows(
                "{'participant': 'p-bo', 'updateType': 'update', 'audioMuted': true, 'videoMuted': true}",
                "{'participant': 'p-ada', 'updateType': 'add', 'audioMuted': false, 'videoMuted': false}");
        assertThat(client.nextAcked().path("callInfo")).isEqualTo(json("{'participants': 2, 'streaming': 'active'}"));

        server.transaction(() -> {
            bo.set("audioMuted", false);
            bo.set("audioMuted", true);
        });
        nothingMore();
    }

    @Test
    void changesBeforeAFailureInATransactionAreSent() {
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['name']}");
        client.nextAcked();
        assertThatThrownBy(() -> server.transaction(() -> {
                    call.set("name", "Half");
                    call.set("volume", 11);
                }))
                .isInstanceOf(IllegalArgumentException.class);
        expectRows("{'call': 'board', 'updateType': 'update', 'name': 'Half'}");
    }

    @Test
    void aCallCanEndAndStartAgainInOneTransaction() {
        subscribe("{'index': 1, 'type': 'calls', 'elements': ['name']},"
                + " {'index': 2, 'type': 'callRoster', 'call': 'board'}");
        client.nextAcked();
        server.transaction(() -> {
            call.end();
            server.createCall("Board again", "board").addParticipant("Bo", "bo");
        });
        assertThat(client.nextAcked().path("subscriptions")).isEqualTo(json("[{'index': 2, 'state': 'deactivated'}]"));
        expectRows(
                "{'call': 'board', 'updateType': 'remove', 'reason': 'allLeft'}",
                "{'call': 'board', 'updateType': 'add', 'name': 'Board again'}");
        nothingMore();
    }

    @Test
    void callInfoCanRepeatTheCall() {
        try (MeetingServerSimulator chatty = MeetingServerSimulator.builder()
                        .repeatCallInCallInfo(true)
                        .build()
                        .start();
                TestClient other = TestClient.connect(chatty)) {
            chatty.createCall("Board", "board");
            other.subscribe(1, "{'index': 1, 'type': 'callInfo', 'call': 'board', 'elements': ['name']}");
            other.next();
            other.nextAcked();
            other.nextAcked();
            assertThat(other.nextAcked().path("callInfo")).isEqualTo(json("{'call': 'board', 'name': 'Board'}"));
        }
    }

    @Test
    void simulatesANewerRelease() {
        try (MeetingServerSimulator newer = MeetingServerSimulator.builder()
                        .additionalElements("callRoster", "handRaised")
                        .build()
                        .start();
                TestClient other = TestClient.connect(newer)) {
            SimulatedParticipant bo = newer.createCall("Board", "board").addParticipant("Bo", "bo", "p-bo");
            other.subscribe(1, "{'index': 1, 'type': 'callRoster', 'call': 'board', 'elements': ['handRaised']}");
            other.next();
            other.nextAcked();
            other.nextAcked();
            assertThat(other.nextAcked().path("updates"))
                    .isEqualTo(json("[{'participant': 'p-bo', 'updateType': 'add'}]"));
            bo.set("handRaised", Map.of("since", 5));
            assertThat(other.nextAcked().path("updates"))
                    .isEqualTo(json("[{'participant': 'p-bo', 'updateType': 'update', 'handRaised': {'since': 5}}]"));
        }
        assertThatThrownBy(() -> MeetingServerSimulator.builder().additionalElements("people", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown resource 'people'");
    }

    @Test
    void refusesUnknownElementsAndEndedCalls() {
        SimulatedParticipant bo = call.addParticipant("Bo", "bo", "p-bo");
        assertThatThrownBy(() -> call.set("audioMuted", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Unknown call element 'audioMuted'; known: [");
        assertThatThrownBy(() -> bo.set("recording", "active"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Unknown participant element 'recording'; known: [");
        assertThatThrownBy(() -> call.set("participants", 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("follows the roster");
        assertThatThrownBy(() -> call.set("name", new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> server.createCall("Again", "board"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A call board is active already");
        assertThatThrownBy(() -> call.addParticipant("Bo", "bo", "p-bo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p-bo is in call board already");
        assertThatThrownBy(() -> server.createCall("Other").activeSpeaker(bo))
                .isInstanceOf(IllegalArgumentException.class);
        call.end();
        assertThatThrownBy(() -> call.set("name", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Call board has ended");
        assertThatThrownBy(() -> bo.set("audioMuted", true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Participant p-bo has left");
    }

    private void subscribe(String subscriptions) {
        client.subscribe(1, subscriptions);
        client.next();
        client.nextAcked();
        client.nextAcked();
    }

    private void expectRows(String... rows) {
        JsonNode updates = client.nextAcked().path("updates");
        assertThat(updates).isEqualTo(json("[" + String.join(", ", rows) + "]"));
    }

    private void nothingMore() {
        client.expectNothingBeforeAckOf(99);
    }
}
