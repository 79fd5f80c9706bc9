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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One active call with its participants. Changed through {@link Meetings} only. */
public final class Meeting {

    /** The element that cannot be set: it follows the roster. */
    public static final String PARTICIPANTS = "participants";

    /** What live bridges report first of a call that they join, and correct a moment later. */
    static final Map<String, JsonNode> FIRST_VALUES = Map.of(
            PARTICIPANTS,
            IntNode.valueOf(0),
            "distributedInstances",
            IntNode.valueOf(0),
            "lockState",
            TextNode.valueOf("locked"));

    private final String id;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, Participant> roster = new LinkedHashMap<>();
    private boolean corrected;
    private boolean ended;

    Meeting(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public boolean hasEnded() {
        return ended;
    }

    /** The participants, in the order in which they joined. */
    public Collection<Participant> roster() {
        return Collections.unmodifiableCollection(roster.values());
    }

    public Optional<Participant> participant(String participantId) {
        return Optional.ofNullable(roster.get(participantId));
    }

    /**
     * The value of an element as the server reports it: until {@link Meetings#correct}, a new call's first values.
     *
     * @return a JSON null when it is unset, Java null when the call has no such element
     */
    public JsonNode reported(String element) {
        JsonNode first = corrected ? null : FIRST_VALUES.get(element);
        return first == null ? value(element) : first;
    }

    /**
     * The true value of an element.
     *
     * @return a JSON null when it is unset, Java null when the call has no such element
     */
    public JsonNode value(String element) {
        return element.equals(PARTICIPANTS) ? IntNode.valueOf(roster.size()) : values.get(element);
    }

    /** A copy of all values except {@code participants}. */
    public Map<String, JsonNode> values() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether the server reports the true values. */
    boolean isCorrected() {
        return corrected;
    }

    void markCorrected() {
        corrected = true;
    }

    void put(String element, JsonNode value) {
        values.put(element, value);
    }

    void add(Participant participant) {
        roster.put(participant.id(), participant);
    }

    void remove(Participant participant) {
        roster.remove(participant.id());
    }

    void markEnded() {
        ended = true;
    }

    @Override
    public String toString() {
        return "Meeting[" + id + "]";
    }
}
