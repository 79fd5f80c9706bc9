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
import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.server.LoopThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A call on the simulator. Every method may be called from any thread. When a change returns, its messages are sent or queued.
 * Changing a call that has ended throws an {@link IllegalStateException}.
 */
public final class SimulatedCall {

    private final LoopThread thread;
    private final Meetings meetings;
    private final Meeting call;

    SimulatedCall(LoopThread thread, Meetings meetings, Meeting call) {
        this.thread = thread;
        this.meetings = meetings;
        this.call = call;
    }

    /** The call's GUID. */
    public String id() {
        return call.id();
    }

    /** The call's {@code callCorrelator}. */
    public String correlator() {
        return get("callCorrelator").textValue();
    }

    public String name() {
        return get("name").textValue();
    }

    public boolean hasEnded() {
        return thread.call(call::hasEnded);
    }

    /** The true value of an element; null when the call has no such element. */
    public JsonNode get(String element) {
        return thread.call(() -> call.value(element));
    }

    /** Adds a participant, connected. */
    public SimulatedParticipant addParticipant(String name, String uri) {
        return addParticipant(ParticipantOptions.named(name).uri(uri));
    }

    /** Adds a participant with this GUID. */
    public SimulatedParticipant addParticipant(String name, String uri, String guid) {
        return addParticipant(ParticipantOptions.named(name).uri(uri).guid(guid));
    }

    /** @throws IllegalArgumentException for an unknown element, or a GUID that is in this call already */
    public SimulatedParticipant addParticipant(ParticipantOptions options) {
        return thread.call(() ->
                new SimulatedParticipant(thread, meetings, meetings.join(call, options.guid(), options.values())));
    }

    /** Adds a recorder to the roster and sets {@code recording} to {@code active}, as one change. */
    public SimulatedParticipant addRecorder() {
        return addDevice(ParticipantOptions.recorder(), "recording");
    }

    /** Adds a streamer to the roster and sets {@code streaming} to {@code active}, as one change. */
    public SimulatedParticipant addStreamer() {
        return addDevice(ParticipantOptions.streamer(), "streaming");
    }

    private SimulatedParticipant addDevice(ParticipantOptions device, String element) {
        List<SimulatedParticipant> added = new ArrayList<>();
        thread.run(() -> meetings.transaction(() -> {
            set(element, "active");
            added.add(addParticipant(device));
        }));
        return added.get(0);
    }

    /** The participants, in the order in which they joined. */
    public List<SimulatedParticipant> participants() {
        return thread.call(() -> call.roster().stream()
                .map(participant -> new SimulatedParticipant(thread, meetings, participant))
                .toList());
    }

    public Optional<SimulatedParticipant> participant(String guid) {
        return thread.call(() ->
                call.participant(guid).map(participant -> new SimulatedParticipant(thread, meetings, participant)));
    }

    /**
     * Gives an element a new value, of any JSON type; null clears it. An equal value is no change. {@code participants} cannot
     * be set: the simulator counts the roster.
     *
     * @throws IllegalArgumentException for an unknown element
     */
    public void set(String element, Object value) {
        set(Collections.singletonMap(element, value));
    }

    /** Gives several elements new values, as one change. */
    public void set(Map<String, ?> values) {
        thread.run(() -> meetings.set(call, values));
    }

    /** Makes one participant the only active speaker; with null, there is none. */
    public void activeSpeaker(SimulatedParticipant speaker) {
        thread.run(() -> meetings.activeSpeaker(call, speaker == null ? null : speaker.model()));
    }

    /**
     * Ends the call: {@code calls} sees a removal, subscriptions to the call are deactivated. The reason is {@code allLeft}
     * for a call without participants, and {@code participantInitiated} otherwise.
     */
    public void end() {
        thread.run(() -> meetings.end(call));
    }

    /** Ends the call for this reason, for example {@code allLeft} or {@code participantInitiated}. */
    public void end(String reason) {
        Objects.requireNonNull(reason, "reason");
        thread.run(() -> meetings.end(call, reason));
    }

    /**
     * Lets the server report the true values of a new call at once; see {@link SimulatorBuilder#callsCorrectedAfter}. Does
     * nothing when it has done so before.
     */
    public void correct() {
        thread.run(() -> meetings.correct(call));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimulatedCall that && that.call == call;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(call);
    }

    @Override
    public String toString() {
        return "SimulatedCall[" + id() + "]";
    }
}
