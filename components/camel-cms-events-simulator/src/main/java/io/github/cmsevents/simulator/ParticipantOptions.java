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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The options of a new participant. Defaults: dialled in and connected. Immutable. */
public final class ParticipantOptions {

    private final String guid;
    private final Map<String, Object> values;

    private ParticipantOptions(String guid, Map<String, Object> values) {
        this.guid = guid;
        this.values = values;
    }

    /**
     * A participant of this name with a random GUID. Its {@code importance} is null until it is set;
     * {@code movedParticipant} and {@code movedParticipantCallBridge} are absent until they are set.
     */
    public static ParticipantOptions named(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", Objects.requireNonNull(name, "name"));
        values.put("uri", "");
        values.put("state", "connected");
        values.put("direction", "incoming");
        values.put("audioMuted", false);
        values.put("videoMuted", false);
        values.put("importance", null);
        values.put("layout", "automatic");
        values.put("activeSpeaker", false);
        values.put("presenter", false);
        values.put("endpointRecording", "inactive");
        values.put("canMove", true);
        values.put("canMoveToLobby", true);
        return new ParticipantOptions(UUID.randomUUID().toString(), values);
    }

    /** The recorder of a call, as live bridges show it in the roster. */
    public static ParticipantOptions recorder() {
        return device("recording");
    }

    /** The streamer of a call, as live bridges show it in the roster. */
    public static ParticipantOptions streamer() {
        return device("streaming");
    }

    private static ParticipantOptions device(String name) {
        return named(name).set("direction", "outgoing").set("canMove", false);
    }

    /** The participant's GUID. */
    public ParticipantOptions guid(String guid) {
        return new ParticipantOptions(Objects.requireNonNull(guid, "guid"), values);
    }

    public ParticipantOptions uri(String uri) {
        return set("uri", uri);
    }

    /** The initial value of an element. */
    public ParticipantOptions set(String element, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(element, value);
        return new ParticipantOptions(guid, more);
    }

    String guid() {
        return guid;
    }

    Map<String, Object> values() {
        return values;
    }
}
