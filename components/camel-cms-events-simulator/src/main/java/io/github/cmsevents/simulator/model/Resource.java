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
package io.github.cmsevents.simulator.model;

import java.util.List;
import java.util.Optional;

/** The three event resources that can be subscribed to (guide, section 2). */
public enum Resource {
    /** All active calls of the server. */
    CALLS(
            "calls",
            "callListUpdate",
            List.of(
                    "name",
                    "participants",
                    "distributedInstances",
                    "recording",
                    "endpointRecording",
                    "streaming",
                    "lockState",
                    "callType",
                    "callCorrelator")),
    /** One call. */
    CALL_INFO(
            "callInfo",
            "callInfoUpdate",
            List.of(
                    "name",
                    "participants",
                    "distributedInstances",
                    "recording",
                    "endpointRecording",
                    "streaming",
                    "lockState",
                    "callType",
                    "callCorrelator",
                    "joinAudioMuteOverride")),
    /** The participants of one call. */
    CALL_ROSTER(
            "callRoster",
            "rosterUpdate",
            List.of(
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
                    "movedParticipantCallBridge"));

    private final String wireName;
    private final String updateMessage;
    private final List<String> elements;

    Resource(String wireName, String updateMessage, List<String> elements) {
        this.wireName = wireName;
        this.updateMessage = updateMessage;
        this.elements = elements;
    }

    /** The {@code type} of a subscription to this resource. */
    public String wireName() {
        return wireName;
    }

    /** The {@code type} of the messages that carry this resource's updates. */
    public String updateMessage() {
        return updateMessage;
    }

    /** The elements that the guide lists for this resource, in its order. */
    public List<String> elements() {
        return elements;
    }

    /** Whether a subscription has to name one call. */
    public boolean needsCall() {
        return this != CALLS;
    }

    public static Optional<Resource> ofWireName(String wireName) {
        for (Resource resource : values()) {
            if (resource.wireName.equals(wireName)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }
}
