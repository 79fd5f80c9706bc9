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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A conference of a {@link MeetingServerCluster}. Each bridge that takes part shows it as a call under a GUID of its own, with
 * everybody who is in the conference; the {@code callCorrelator} ties these calls together.
 *
 * <p>A bridge takes part as long as it hosts somebody, or since {@link #join} until {@link #leave}. The conference is over when
 * its last participant is gone, or the last bridge that took part. Every method may be called from any thread. Changing a
 * conference that has ended is an {@link IllegalStateException}.
 */
public final class DistributedCall {

    private static final String CLIENT_INITIATED = "clientInitiated";

    private final MeetingServerCluster cluster;
    private final Conference conference;

    DistributedCall(MeetingServerCluster cluster, Conference conference) {
        this.cluster = cluster;
        this.conference = conference;
    }

    /** The {@code callCorrelator}, the same on every bridge. */
    public String correlator() {
        return conference.correlator();
    }

    public String name() {
        return get("name").textValue();
    }

    public boolean hasEnded() {
        return cluster.read(() -> conference.call().hasEnded());
    }

    /** The true value of an element; null when the conference has no such element. */
    public JsonNode get(String element) {
        return cluster.read(() -> conference.call().value(element));
    }

    // ---- Instances

    /**
     * Lets a bridge take part, whether it hosts somebody or not, until {@link #leave} or the end of the conference.
     *
     * @return the bridge's call: under a new GUID, unless it took part before
     * @throws IllegalStateException when the bridge is dead
     */
    public SimulatedCall join(int bridge) {
        return cluster.change(conferences -> {
            cluster.requireAlive(bridge);
            return cluster.show(conferences.takePart(conference, bridge));
        });
    }

    /** Lets a bridge stop taking part; those whom it hosts leave before, by their own will. */
    public void leave(int bridge) {
        leave(bridge, CLIENT_INITIATED);
    }

    /**
     * Lets a bridge stop taking part: those whom it hosts leave, then its call is removed. The other bridges go on, unless nobody
     * is left.
     *
     * @param reason why its participants leave, as its clients hear it; those of other bridges hear none
     * @throws IllegalStateException when the bridge doesn't take part
     */
    public void leave(int bridge, String reason) {
        change(conferences -> conferences.leave(conference, bridge, reason));
    }

    /** The call that a bridge shows; empty when it takes no part. */
    public Optional<SimulatedCall> instance(int bridge) {
        cluster.bridge(bridge);
        return cluster.read(() -> conference.instance(bridge).map(cluster::show));
    }

    /** The calls of the bridges that take part, in the order of the bridges. */
    public List<SimulatedCall> instances() {
        return cluster.read(
                () -> conference.instances().stream().map(cluster::show).toList());
    }

    /** The numbers of the bridges that take part. */
    public List<Integer> bridges() {
        return cluster.read(() -> conference.instances().stream()
                .map(instance -> instance.bridge())
                .toList());
    }

    // ---- Participants

    /** Lets somebody join at a bridge, who is connected at once. */
    public DistributedParticipant addParticipant(int bridge, String name, String uri) {
        return addParticipant(bridge, ParticipantOptions.named(name).uri(uri));
    }

    /**
     * Lets somebody join at a bridge, which begins to take part if it didn't.
     *
     * @throws IllegalArgumentException for an unknown element, or a GUID that is in this conference already
     * @throws IllegalStateException when the bridge is dead
     */
    public DistributedParticipant addParticipant(int bridge, ParticipantOptions options) {
        return cluster.change(conferences -> {
            cluster.requireAlive(bridge);
            return show(conferences.join(conference, bridge, options.guid(), options.values()));
        });
    }

    /** Those who are in the conference, on whatever bridge, in the order in which they joined. */
    public List<DistributedParticipant> participants() {
        return cluster.read(
                () -> conference.call().roster().stream().map(this::show).toList());
    }

    /** One who is in the conference. */
    public Optional<DistributedParticipant> participant(String guid) {
        return cluster.read(() -> conference.call().participant(guid).map(this::show));
    }

    private DistributedParticipant show(Participant participant) {
        return new DistributedParticipant(cluster, conference, participant, conference.host(participant));
    }

    // ---- Changes

    /**
     * Gives an element a new value on every bridge; null clears it. {@code callCorrelator} can't be set, nor can
     * {@code participants} and {@code distributedInstances}: they follow who takes part.
     *
     * @throws IllegalArgumentException for such an element, or one that calls don't have
     */
    public void set(String element, Object value) {
        set(Collections.singletonMap(element, value));
    }

    /** Gives several elements new values, as one change. */
    public void set(Map<String, ?> values) {
        change(conferences -> conferences.set(conference, values));
    }

    /** Makes somebody the active speaker, and nobody else; with null, nobody. */
    public void activeSpeaker(DistributedParticipant speaker) {
        change(conferences -> conferences.activeSpeaker(conference, speaker == null ? null : speaker.model()));
    }

    /** Ends the conference on every bridge. */
    public void end() {
        change(conferences -> conferences.end(conference));
    }

    private void change(Consumer<Conferences> work) {
        cluster.change(conferences -> {
            work.accept(conferences);
            return null;
        });
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistributedCall that && that.conference == conference;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(conference);
    }

    @Override
    public String toString() {
        return "DistributedCall[" + correlator() + "]";
    }
}
