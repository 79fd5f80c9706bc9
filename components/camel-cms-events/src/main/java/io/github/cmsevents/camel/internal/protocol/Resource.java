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

import java.util.List;
import java.util.Optional;

/** A resource to subscribe to (events guide, section 2), with the elements that the guide lists for it. */
public enum Resource {
    /** The active calls of one Meeting Server. */
    CALLS(
            "calls",
            "callListUpdate",
            "call",
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

    /** The participants of one call. */
    CALL_ROSTER(
            "callRoster",
            "rosterUpdate",
            "participant",
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
                    "movedParticipantCallBridge")),

    /** The details of one call. */
    CALL_INFO(
            "callInfo",
            "callInfoUpdate",
            "call",
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
                    "joinAudioMuteOverride"));

    private final String wireName;
    private final String messageType;
    private final String keyName;
    private final List<String> elements;

    Resource(String wireName, String messageType, String keyName, List<String> elements) {
        this.wireName = wireName;
        this.messageType = messageType;
        this.keyName = keyName;
        this.elements = elements;
    }

    /** The value of a subscription's {@code type}; also the name in an endpoint URI. */
    public String wireName() {
        return wireName;
    }

    /** The {@code type} of the messages that carry this resource's content. */
    public String messageType() {
        return messageType;
    }

    /** The key that identifies the call or participant of an update. */
    public String keyName() {
        return keyName;
    }

    /** The elements that the guide lists, in the guide's order. */
    public List<String> elements() {
        return elements;
    }

    /** Whether a subscription must name a call. */
    public boolean ofOneCall() {
        return this != CALLS;
    }

    public static Optional<Resource> ofWireName(String name) {
        for (Resource resource : values()) {
            if (resource.wireName.equals(name)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    static Resource ofMessageType(String type) {
        for (Resource resource : values()) {
            if (resource.messageType.equals(type)) {
                return resource;
            }
        }
        return null;
    }
}
