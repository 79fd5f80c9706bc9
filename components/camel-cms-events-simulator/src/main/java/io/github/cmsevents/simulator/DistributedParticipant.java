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
import io.github.cmsevents.simulator.cluster.Conference;
import io.github.cmsevents.simulator.cluster.Conferences;
import io.github.cmsevents.simulator.model.Participant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A participant of a {@link DistributedCall}: local on one bridge, remote on the others that take part. Every method may be
 * called from any thread. Changing a participant who has left throws an {@link IllegalStateException}.
 */
public final class DistributedParticipant {

    private final MeetingServerCluster cluster;
    private final Conference conference;
    private final Participant participant;
    private final int bridge;

    DistributedParticipant(MeetingServerCluster cluster, Conference conference, Participant participant, int bridge) {
        this.cluster = cluster;
        this.conference = conference;
        this.participant = participant;
        this.bridge = bridge;
    }

    /** The participant's GUID; with {@link ClusterBuilder#ownParticipantIds}, the one on its own bridge. */
    public String id() {
        return participant.id();
    }

    /**
     * The participant's GUID on a bridge; empty when that bridge does not take part, or the participant has left. See
     * {@link ClusterBuilder#ownParticipantIds}.
     */
    public Optional<String> idOn(int otherBridge) {
        cluster.bridge(otherBridge);
        return cluster.read(() -> participant.hasLeft()
                ? Optional.empty()
                : conference.instance(otherBridge).map(instance -> instance.idOf(id(), bridge)));
    }

    /** The number of the participant's own bridge. */
    public int bridge() {
        return bridge;
    }

    public DistributedCall call() {
        return new DistributedCall(cluster, conference);
    }

    public String name() {
        return get("name").textValue();
    }

    public boolean hasLeft() {
        return cluster.read(participant::hasLeft);
    }

    /** The value of an element; a JSON null when it is unset, Java null when the participant has no such element. */
    public JsonNode get(String element) {
        return cluster.read(() -> participant.value(element));
    }

    /**
     * Gives an element a new value on every bridge; null clears it. Setting
     * {@code activeSpeaker} clears that of the other participants.
     *
     * @throws IllegalArgumentException for an unknown element
     */
    public void set(String element, Object value) {
        set(Collections.singletonMap(element, value));
    }

    /** Gives several elements new values, as one change. */
    public void set(Map<String, ?> values) {
        change(conferences -> conferences.set(conference, participant, values));
    }

    /**
     * Leaves. On the participant's own bridge the removal carries the reason, for example {@code remoteTeardown}; on others it
     * carries none (guide, section 3). A bridge without further local participants stops taking part.
     */
    public void leave(String reason) {
        Objects.requireNonNull(reason, "reason");
        change(conferences -> conferences.leave(conference, participant, reason));
    }

    private void change(Consumer<Conferences> work) {
        cluster.change(conferences -> {
            work.accept(conferences);
            return null;
        });
    }

    Participant model() {
        return participant;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistributedParticipant that && that.participant == participant;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(participant);
    }

    @Override
    public String toString() {
        return "DistributedParticipant[" + id() + " on bridge " + bridge + "]";
    }
}
