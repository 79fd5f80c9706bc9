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
package io.github.cmsevents.camel.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTest {

    @ParameterizedTest
    @CsvSource({
        "CALLS, calls, callListUpdate, call, false",
        "CALL_ROSTER, callRoster, rosterUpdate, participant, true",
        "CALL_INFO, callInfo, callInfoUpdate, call, true"
    })
    void isNamedOnTheWireAsTheGuideSays(
            Resource resource, String wireName, String messageType, String keyName, boolean ofOneCall) {
        assertThat(resource.wireName()).isEqualTo(wireName);
        assertThat(resource.messageType()).isEqualTo(messageType);
        assertThat(resource.keyName()).isEqualTo(keyName);
        assertThat(resource.ofOneCall()).isEqualTo(ofOneCall);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNames(Resource resource) {
        assertThat(Resource.ofWireName(resource.wireName())).contains(resource);
        assertThat(Resource.ofMessageType(resource.messageType())).isEqualTo(resource);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Calls", "CALLS", "calls ", "callListUpdate", "roster"})
    void isNotFoundByAnyOtherName(String name) {
        assertThat(Resource.ofWireName(name)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "calls", "callRosterUpdate", "subscriptionUpdate"})
    void isNotFoundByAnyOtherMessageType(String type) {
        assertThat(Resource.ofMessageType(type)).isNull();
    }

    @Test
    void listsTheElementsOfTheGuide() {
        assertThat(Resource.CALLS.elements())
                .containsExactly(
                        "name",
                        "participants",
                        "distributedInstances",
                        "recording",
                        "endpointRecording",
                        "streaming",
                        "lockState",
                        "callType",
                        "callCorrelator");
        assertThat(Resource.CALL_INFO.elements())
                .containsAll(Resource.CALLS.elements())
                .contains("joinAudioMuteOverride")
                .hasSize(10);
        assertThat(Resource.CALL_ROSTER.elements())
                .containsExactlyInAnyOrder(
                        "name",
                        "uri",
                        "state",
                        "direction",
                        "audioMuted",
                        "videoMuted",
                        "importance",
                        "layout",
                        "activeSpeaker",
                        "presenter",
                        "endpointRecording",
                        "canMove",
                        "canMoveToLobby",
                        "movedParticipant",
                        "movedParticipantCallBridge");
    }
}
