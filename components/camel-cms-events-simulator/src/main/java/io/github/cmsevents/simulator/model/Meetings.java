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
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The active meetings of one server. All changes go through this class.
 *
 * <p>Not thread-safe. Every change is part of a transaction, its own where none is open; at the end of the outermost one the
 * listener receives the differences.
 */
public final class Meetings {

    /** The reason when a call ends on a bridge without local participants, as live bridges send it. */
    public static final String ALL_LEFT = "allLeft";

    private static final String ACTIVE_SPEAKER = "activeSpeaker";
    private static final String NAME = "name";
    private static final String PARTICIPANT_INITIATED = "participantInitiated";

    private final Elements elements;
    private final Habits habits;
    private final Consumer<List<CallChange>> listener;
    private final Map<String, Meeting> calls = new LinkedHashMap<>();
    private PendingChanges pending = new PendingChanges();
    private int depth;

    public Meetings(Elements elements, Habits habits, Consumer<List<CallChange>> listener) {
        this.elements = Objects.requireNonNull(elements);
        this.habits = Objects.requireNonNull(habits);
        this.listener = Objects.requireNonNull(listener);
    }

    public Collection<Meeting> all() {
        return Collections.unmodifiableCollection(calls.values());
    }

    public Optional<Meeting> find(String id) {
        return Optional.ofNullable(calls.get(id));
    }

    public Elements elements() {
        return elements;
    }

    /** Combines changes into one. Changes before a failure stay, and are reported. */
    public void transaction(Runnable changes) {
        depth++;
        try {
            changes.run();
        } finally {
            depth--;
            if (depth == 0) {
                report();
            }
        }
    }

    private void report() {
        List<CallChange> changes = pending.collect();
        pending = new PendingChanges();
        if (!changes.isEmpty()) {
            listener.accept(changes);
        }
    }

    /** Starts a call. */
    public Meeting open(String id, Map<String, ?> values) {
        Meeting call = prepare(id, values);
        open(call);
        return call;
    }

    /** Creates a call that is not active yet. Unlike the other methods, may be called on any thread. */
    public Meeting prepare(String id, Map<String, ?> values) {
        requireGuid(id, "call");
        Map<String, JsonNode> checked = callValues(values);
        Meeting call = new Meeting(id);
        checked.forEach(call::put);
        return call;
    }

    /** Starts a prepared call. */
    public void open(Meeting prepared) {
        if (calls.containsKey(prepared.id())) {
            throw new IllegalArgumentException("A call " + prepared.id() + " is active already");
        }
        if (!habits.wrongFirstValues()) {
            prepared.markCorrected();
        }
        transaction(() -> {
            calls.put(prepared.id(), prepared);
            pending.added(prepared);
        });
    }

    /** Reports the true values of a new call from now on. */
    public void correct(Meeting call) {
        if (call.hasEnded() || call.isCorrected()) {
            return;
        }
        transaction(() -> {
            Meeting.FIRST_VALUES.keySet().forEach(element -> pending.touching(call, element));
            call.markCorrected();
        });
    }

    /** Gives elements of a call new values; equal ones are no change. */
    public void set(Meeting call, Map<String, ?> values) {
        requireActive(call);
        Map<String, JsonNode> checked = callValues(values);
        transaction(() -> checked.forEach((element, value) -> {
            pending.touching(call, element);
            call.put(element, value);
        }));
    }

    /** Ends a call with its participants. The reason depends on whether there are any. */
    public void end(Meeting call) {
        end(call, call.roster().isEmpty() ? ALL_LEFT : PARTICIPANT_INITIATED);
    }

    /**
     * Ends a call with its participants.
     *
     * @param reason why, for example {@code allLeft}; null for none
     */
    public void end(Meeting call, String reason) {
        requireActive(call);
        transaction(() -> {
            calls.remove(call.id());
            call.markEnded();
            call.roster().forEach(Participant::markLeft);
            pending.removed(call, reason);
        });
    }

    /** Adds a participant. */
    public Participant join(Meeting call, String id, Map<String, ?> values) {
        requireActive(call);
        requireGuid(id, "participant");
        if (call.participant(id).isPresent()) {
            throw new IllegalArgumentException("A participant " + id + " is in call " + call.id() + " already");
        }
        Map<String, JsonNode> checked = participantValues(values);
        Participant participant = new Participant(id, call);
        transaction(() -> {
            pending.touching(call, Meeting.PARTICIPANTS);
            call.add(participant);
            pending.added(participant);
            put(participant, checked);
        });
        return participant;
    }

    /** Gives elements of a participant new values; equal ones are no change. */
    public void set(Participant participant, Map<String, ?> values) {
        requirePresent(participant);
        Map<String, JsonNode> checked = participantValues(values);
        transaction(() -> put(participant, checked));
    }

    /** Empties the name of a participant who is about to leave, as a separate change; see {@link Habits#blankNames()}. */
    public void blankName(Participant participant) {
        boolean ownChange = depth == 0;
        if (habits.blankNames() && ownChange && !participant.hasLeft()) {
            set(participant, Map.of(NAME, ""));
        }
    }

    /**
     * Removes a participant.
     *
     * @param reason of the removal; null for a remote participant
     */
    public void leave(Participant participant, String reason) {
        requirePresent(participant);
        Meeting call = participant.call();
        transaction(() -> {
            pending.touching(call, Meeting.PARTICIPANTS);
            call.remove(participant);
            participant.markLeft();
            pending.removed(participant, reason);
        });
    }

    /** Makes one participant the only active speaker of a call; with null, there is none. */
    public void activeSpeaker(Meeting call, Participant speaker) {
        requireActive(call);
        if (speaker != null) {
            requirePresent(speaker);
            if (speaker.call() != call) {
                throw new IllegalArgumentException(speaker + " is not in call " + call.id());
            }
        }
        transaction(() -> {
            silenceOthers(call, speaker);
            if (speaker != null) {
                pending.touching(speaker, ACTIVE_SPEAKER);
                speaker.put(ACTIVE_SPEAKER, BooleanNode.TRUE);
            }
        });
    }

    private void put(Participant participant, Map<String, JsonNode> values) {
        if (BooleanNode.TRUE.equals(values.get(ACTIVE_SPEAKER))) {
            silenceOthers(participant.call(), participant);
        }
        values.forEach((element, value) -> {
            pending.touching(participant, element);
            participant.put(element, value);
        });
    }

    /** A call has at most one active speaker. */
    private void silenceOthers(Meeting call, Participant speaker) {
        for (Participant other : call.roster()) {
            if (other != speaker && BooleanNode.TRUE.equals(other.value(ACTIVE_SPEAKER))) {
                pending.touching(other, ACTIVE_SPEAKER);
                other.put(ACTIVE_SPEAKER, BooleanNode.FALSE);
            }
        }
    }

    private Map<String, JsonNode> callValues(Map<String, ?> values) {
        for (String element : values.keySet()) {
            elements.requireCallElement(element);
            if (element.equals(Meeting.PARTICIPANTS)) {
                throw new IllegalArgumentException(
                        "Element 'participants' cannot be set: it follows the roster; add or remove participants instead");
            }
        }
        return JsonValues.of(values);
    }

    private Map<String, JsonNode> participantValues(Map<String, ?> values) {
        values.keySet().forEach(elements::requireParticipantElement);
        return JsonValues.of(values);
    }

    private static void requireGuid(String id, String what) {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("The id of a " + what + " must not be empty");
        }
    }

    private static void requireActive(Meeting call) {
        if (call.hasEnded()) {
            throw new IllegalStateException("Call " + call.id() + " has ended");
        }
    }

    private static void requirePresent(Participant participant) {
        if (participant.hasLeft()) {
            throw new IllegalStateException("Participant " + participant.id() + " has left");
        }
    }

    /** Ends every call, as one change. */
    public void endAll() {
        endIf(call -> true);
    }

    /** Ends every such call, as one change. */
    public void endIf(Predicate<Meeting> which) {
        transaction(() -> List.copyOf(calls.values()).stream().filter(which).forEach(this::end));
    }
}
