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
 * A conference of a {@link MeetingServerCluster}. Each bridge that takes part reports it as a call under its own GUID, with
 * all participants of the conference; the {@code callCorrelator} is the same on all bridges.
 *
 * <p>A bridge takes part as long as it has local participants, or from {@link #join} to {@link #leave}. The conference ends
 * with its last participant, or with the last bridge that takes part. Every method may be called from any thread. Changing a
 * conference that has ended throws an {@link IllegalStateException}.
 */
public final class DistributedCall {

    private static final String REMOTE_TEARDOWN = "remoteTeardown";

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
     * Lets a bridge take part, with local participants or without, until {@link #leave} or the end of the conference.
     *
     * @return the bridge's call, under a new GUID unless the bridge takes part already
     * @throws IllegalStateException when the bridge was killed
     */
    public SimulatedCall join(int bridge) {
        return cluster.change(conferences -> {
            cluster.requireAlive(bridge);
            return cluster.show(conferences.takePart(conference, bridge));
        });
    }

    /** Lets a bridge stop taking part; its local participants leave before, with the reason {@code remoteTeardown}. */
    public void leave(int bridge) {
        leave(bridge, REMOTE_TEARDOWN);
    }

    /**
     * Lets a bridge stop taking part: its local participants leave, then its call is removed. The conference continues on the
     * other bridges if participants are left.
     *
     * @param reason of the removals that the bridge's own clients receive; other bridges give none
     * @throws IllegalStateException when the bridge does not take part
     */
    public void leave(int bridge, String reason) {
        change(conferences -> conferences.leave(conference, bridge, reason));
    }

    /** The call on a bridge; empty when the bridge does not take part. */
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

    /** Adds a participant, connected, who joins at a bridge. */
    public DistributedParticipant addParticipant(int bridge, String name, String uri) {
        return addParticipant(bridge, ParticipantOptions.named(name).uri(uri));
    }

    /**
     * Adds a participant who joins at a bridge, which takes part from now on.
     *
     * @throws IllegalArgumentException for an unknown element, or a GUID that is in this conference already
     * @throws IllegalStateException when the bridge was killed
     */
    public DistributedParticipant addParticipant(int bridge, ParticipantOptions options) {
        return cluster.change(conferences -> {
            cluster.requireAlive(bridge);
            return show(conferences.join(conference, bridge, options.guid(), options.values()));
        });
    }

    /** The participants on all bridges, in the order in which they joined. */
    public List<DistributedParticipant> participants() {
        return cluster.read(
                () -> conference.call().roster().stream().map(this::show).toList());
    }

    /** The participant with this GUID. */
    public Optional<DistributedParticipant> participant(String guid) {
        return cluster.read(() -> conference.call().participant(guid).map(this::show));
    }

    private DistributedParticipant show(Participant participant) {
        return new DistributedParticipant(cluster, conference, participant, conference.host(participant));
    }

    // ---- Changes

    /**
     * Gives an element a new value on every bridge; null clears it. {@code callCorrelator},
     * {@code participants} and {@code distributedInstances} cannot be set: the simulator computes them.
     *
     * @throws IllegalArgumentException for one of these elements, or an unknown one
     */
    public void set(String element, Object value) {
        set(Collections.singletonMap(element, value));
    }

    /** Gives several elements new values, as one change. */
    public void set(Map<String, ?> values) {
        change(conferences -> conferences.set(conference, values));
    }

    /** Makes one participant the only active speaker; with null, there is none. */
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
