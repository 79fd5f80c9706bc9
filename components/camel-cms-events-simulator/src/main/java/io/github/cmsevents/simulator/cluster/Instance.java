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
package io.github.cmsevents.simulator.cluster;

import io.github.cmsevents.simulator.cluster.InstanceChange.RosterChange;
import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.model.Participant;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One bridge's part in a conference: the call on that bridge, and the changes on their way to it. Changes are queued under the
 * cluster's lock; everything else is used on the bridge's thread only.
 */
public final class Instance {

    private final int bridge;
    private final Meetings meetings;
    private final Meeting shown;
    private final boolean ownParticipantIds;
    private final Queue<Delivery> onTheirWay = new ConcurrentLinkedQueue<>();
    /** The participants by their GUID in the conference. */
    private final Map<String, Participant> participants = new HashMap<>();

    private boolean explicit;

    /** @param shown the call, not open yet */
    Instance(int bridge, Meetings meetings, Meeting shown, boolean ownParticipantIds) {
        this.bridge = bridge;
        this.meetings = meetings;
        this.shown = shown;
        this.ownParticipantIds = ownParticipantIds;
    }

    /** The number of the bridge. */
    public int bridge() {
        return bridge;
    }

    /** The call on the bridge. */
    public Meeting shown() {
        return shown;
    }

    /** A participant's GUID on this bridge. */
    public String idOf(String participant, int host) {
        if (!ownParticipantIds || bridge == host) {
            return participant;
        }
        return UUID.nameUUIDFromBytes((participant + " " + shown.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Whether the bridge takes part even without local participants. */
    boolean isExplicit() {
        return explicit;
    }

    void makeExplicit() {
        explicit = true;
    }

    void enqueue(Delivery delivery) {
        onTheirWay.add(delivery);
    }

    /** Applies all deliveries up to this one, in order; does nothing when it was applied before. */
    void takeThrough(Delivery last) {
        while (!last.hasArrived()) {
            Delivery next = onTheirWay.remove();
            next.markArrived();
            take(next.change());
        }
    }

    private void take(InstanceChange change) {
        if (change instanceof InstanceChange.Begin begin) {
            meetings.transaction(() -> {
                meetings.open(shown);
                begin.roster().forEach(this::take);
            });
        } else if (shown.hasEnded()) {
            // This call was ended on its bridge alone, or the bridge was killed.
            return;
        } else if (change instanceof InstanceChange.Update update) {
            update.roster().forEach(this::blankNameOfLeaver);
            meetings.transaction(() -> {
                meetings.set(shown, update.values());
                update.roster().forEach(this::take);
            });
        } else if (change instanceof InstanceChange.End end) {
            meetings.end(shown, end.reason());
        }
    }

    private void blankNameOfLeaver(RosterChange change) {
        Participant participant = participants.get(change.participant());
        if (change instanceof RosterChange.Left && participant != null) {
            meetings.blankName(participant);
        }
    }

    private void take(RosterChange change) {
        if (change instanceof RosterChange.Joined joined) {
            participants.put(joined.participant(), meetings.join(shown, joined.shownAs(), joined.values()));
            return;
        }
        Participant participant = participants.get(change.participant());
        if (participant == null || participant.hasLeft()) {
            // The participant was removed on this bridge alone.
            return;
        }
        if (change instanceof RosterChange.Changed changed) {
            meetings.set(participant, changed.values());
        } else if (change instanceof RosterChange.Left left) {
            participants.remove(left.participant());
            meetings.leave(participant, left.reason());
        }
    }

    @Override
    public String toString() {
        return "Instance[" + shown.id() + " on bridge " + bridge + "]";
    }
}
