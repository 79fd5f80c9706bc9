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
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Collects what a transaction touches and, at its end, computes the differences.
 *
 * <p>Calls and participants are compared by identity: a call that ends and starts again under the same GUID is a removal
 * followed by an addition.
 */
final class PendingChanges {

    private final Map<Meeting, PendingCall> byCall = new IdentityHashMap<>();
    private final List<PendingCall> inOrder = new ArrayList<>();

    void added(Meeting call) {
        of(call).kind = ChangeKind.ADDED;
    }

    void removed(Meeting call, String reason) {
        PendingCall pending = of(call);
        pending.reason = reason;
        pending.cameAndWent = pending.kind == ChangeKind.ADDED;
        pending.kind = ChangeKind.REMOVED;
    }

    /** To be called before the element gets a new value. */
    void touching(Meeting call, String element) {
        of(call).before.touching(element, call::reported);
    }

    void added(Participant participant) {
        of(participant).kind = ChangeKind.ADDED;
    }

    void removed(Participant participant, String reason) {
        PendingParticipant pending = of(participant);
        pending.cameAndWent = pending.kind == ChangeKind.ADDED;
        pending.kind = ChangeKind.REMOVED;
        pending.reason = reason;
    }

    /** To be called before the element gets a new value. */
    void touching(Participant participant, String element) {
        of(participant).before.touching(element, participant::value);
    }

    /** The differences, in the order in which the calls were first touched. */
    List<CallChange> collect() {
        List<CallChange> changes = new ArrayList<>();
        for (PendingCall pending : inOrder) {
            if (pending.cameAndWent) {
                continue;
            }
            CallChange change = pending.collect();
            if (change.kind() != ChangeKind.UPDATED
                    || !change.elements().isEmpty()
                    || !change.participants().isEmpty()) {
                changes.add(change);
            }
        }
        return changes;
    }

    private PendingCall of(Meeting call) {
        return byCall.computeIfAbsent(call, key -> {
            PendingCall pending = new PendingCall(key);
            inOrder.add(pending);
            return pending;
        });
    }

    private PendingParticipant of(Participant participant) {
        return of(participant.call()).of(participant);
    }

    /** The values that touched elements had before. */
    private static final class Before {
        private final Map<String, JsonNode> values = new LinkedHashMap<>();

        void touching(String element, Function<String, JsonNode> now) {
            if (!values.containsKey(element)) {
                values.put(element, now.apply(element));
            }
        }

        Set<String> changed(Function<String, JsonNode> now) {
            Set<String> changed = new LinkedHashSet<>();
            values.forEach((element, before) -> {
                if (!Objects.equals(before, now.apply(element))) {
                    changed.add(element);
                }
            });
            return changed;
        }
    }

    private static final class PendingCall {
        private final Meeting call;
        private final Before before = new Before();
        private final Map<Participant, PendingParticipant> byParticipant = new IdentityHashMap<>();
        private final List<PendingParticipant> participants = new ArrayList<>();
        private ChangeKind kind = ChangeKind.UPDATED;
        private boolean cameAndWent;
        private String reason;

        PendingCall(Meeting call) {
            this.call = call;
        }

        PendingParticipant of(Participant participant) {
            return byParticipant.computeIfAbsent(participant, key -> {
                PendingParticipant pending = new PendingParticipant(key);
                participants.add(pending);
                return pending;
            });
        }

        CallChange collect() {
            if (kind == ChangeKind.REMOVED) {
                return new CallChange(call, kind, Set.of(), List.of(), reason);
            }
            List<ParticipantChange> changes = new ArrayList<>();
            for (PendingParticipant pending : participants) {
                ParticipantChange change = pending.collect();
                boolean nothing =
                        change.kind() == ChangeKind.UPDATED && change.elements().isEmpty();
                if (!pending.cameAndWent && !nothing) {
                    changes.add(change);
                }
            }
            return new CallChange(call, kind, before.changed(call::reported), changes, null);
        }
    }

    private static final class PendingParticipant {
        private final Participant participant;
        private final Before before = new Before();
        private ChangeKind kind = ChangeKind.UPDATED;
        private boolean cameAndWent;
        private String reason;

        PendingParticipant(Participant participant) {
            this.participant = participant;
        }

        ParticipantChange collect() {
            return new ParticipantChange(participant, kind, before.changed(participant::value), reason);
        }
    }
}
