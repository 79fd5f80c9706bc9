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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.model.Participant;
import io.github.cmsevents.simulator.server.LoopThread;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;

/**
 * A participant of a call on the simulator. Every method may be called from any thread. Changing a participant who has left
 * throws an {@link IllegalStateException}.
 */
public final class SimulatedParticipant {

    private final LoopThread thread;
    private final Meetings meetings;
    private final Participant participant;

    SimulatedParticipant(LoopThread thread, Meetings meetings, Participant participant) {
        this.thread = thread;
        this.meetings = meetings;
        this.participant = participant;
    }

    /** The participant's GUID. */
    public String id() {
        return participant.id();
    }

    public String name() {
        return get("name").textValue();
    }

    public SimulatedCall call() {
        return new SimulatedCall(thread, meetings, participant.call());
    }

    public boolean hasLeft() {
        return thread.call(participant::hasLeft);
    }

    /** The value of an element; a JSON null when it is unset, Java null when the participant has no such element. */
    public JsonNode get(String element) {
        return thread.call(() -> participant.value(element));
    }

    /**
     * Gives an element a new value, of any JSON type; null clears it. An equal value is no change. Setting
     * {@code activeSpeaker} clears that of the other participants.
     *
     * @throws IllegalArgumentException for an unknown element
     */
    public void set(String element, Object value) {
        set(Collections.singletonMap(element, value));
    }

    /** Gives several elements new values, as one change. */
    public void set(Map<String, ?> values) {
        thread.run(() -> meetings.set(participant, values));
    }

    /** Leaves; the roster's removal carries the reason, for example {@code remoteTeardown}. */
    public void leave(String reason) {
        Objects.requireNonNull(reason, "reason");
        leaveFor(reason);
    }

    /** Leaves as a participant of another Call Bridge: the removal carries no reason (guide, section 3). */
    public void leaveRemotely() {
        leaveFor(null);
    }

    private void leaveFor(String reason) {
        thread.run(() -> {
            meetings.blankName(participant);
            meetings.leave(participant, reason);
        });
    }

    Participant model() {
        return participant;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimulatedParticipant that && that.participant == participant;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(participant);
    }

    @Override
    public String toString() {
        return "SimulatedParticipant[" + id() + "]";
    }
}
