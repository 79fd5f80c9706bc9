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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.cluster.InstanceChange.RosterChange;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.ChangeKind;
import io.github.cmsevents.simulator.model.Habits;
import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.model.Participant;
import io.github.cmsevents.simulator.model.ParticipantChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The true state of a cluster's conferences. All changes go through this class. Every change creates deliveries to the
 * instances; all instances of a conference receive them in the same order, so that they end up equal.
 *
 * <p>Not thread-safe: guarded by the cluster's lock.
 */
public final class Conferences {

    private static final String CORRELATOR = "callCorrelator";
    private static final String DISTRIBUTED_INSTANCES = "distributedInstances";
    /** The origin of a change that reaches every bridge at once. */
    private static final int EVERYWHERE = -1;

    private final List<Meetings> bridges;
    private final boolean ownParticipantIds;
    private final Meetings truth;
    private final Map<Meeting, Conference> active = new LinkedHashMap<>();
    private final List<CallChange> changes = new ArrayList<>();
    private final Map<Instance, Conference> begun = new LinkedHashMap<>();
    private final List<Instance> ended = new ArrayList<>();
    private List<Delivery> outbox = new ArrayList<>();
    private long instancesInAll;

    /**
     * @param bridges the meetings of each bridge; all know the same elements
     * @param ownParticipantIds whether each bridge has its own GUIDs for remote participants
     */
    public Conferences(List<Meetings> bridges, boolean ownParticipantIds) {
        this.bridges = List.copyOf(bridges);
        this.ownParticipantIds = ownParticipantIds;
        this.truth = new Meetings(bridges.get(0).elements(), Habits.none(), changes::addAll);
    }

    /** The active conferences in the order in which they were created. */
    public Collection<Conference> all() {
        return List.copyOf(active.values());
    }

    public Optional<Conference> find(String correlator) {
        return truth.find(correlator).map(active::get);
    }

    /** The deliveries since the last call, in order. */
    public List<Delivery> takeOutbox() {
        List<Delivery> taken = outbox;
        outbox = new ArrayList<>();
        return taken;
    }

    // ---- Changes

    /**
     * Creates a conference in which no bridge takes part yet.
     *
     * @param guidSeed of the GUIDs of its instances
     */
    public Conference create(String guidSeed, Map<String, ?> values) {
        if (!(values.get(CORRELATOR) instanceof String correlator)) {
            throw new IllegalArgumentException("A conference needs a text " + CORRELATOR);
        }
        if (truth.find(correlator).isPresent()) {
            throw new IllegalArgumentException(
                    "A conference with " + CORRELATOR + " " + correlator + " is active already");
        }
        Map<String, Object> known = new LinkedHashMap<>(values);
        known.put(DISTRIBUTED_INSTANCES, 0);
        Meeting call = truth.prepare(correlator, known);
        Conference conference = new Conference(call, guidSeed);
        active.put(call, conference);
        change(EVERYWHERE, () -> truth.open(call));
        return conference;
    }

    /** Lets a bridge take part, with local participants or without, until {@link #leave(Conference, int, String)}. */
    public Instance takePart(Conference conference, int bridge) {
        requireActive(conference);
        change(bridge, () -> begin(conference, bridge));
        Instance instance = conference.instance(bridge).orElseThrow();
        instance.makeExplicit();
        return instance;
    }

    /** Adds a local participant of this bridge. */
    public Participant join(Conference conference, int bridge, String id, Map<String, ?> values) {
        requireActive(conference);
        List<Participant> joined = new ArrayList<>();
        change(bridge, () -> {
            // First the part that may be refused.
            Participant participant = truth.join(conference.call(), id, values);
            conference.hosts(bridge, participant);
            begin(conference, bridge);
            joined.add(participant);
        });
        return joined.get(0);
    }

    /** Gives elements of the conference new values. */
    public void set(Conference conference, Map<String, ?> values) {
        requireActive(conference);
        for (String fixed : List.of(CORRELATOR, DISTRIBUTED_INSTANCES)) {
            if (values.containsKey(fixed)) {
                throw new IllegalArgumentException("Element '" + fixed + "' of a distributed call cannot be set");
            }
        }
        change(EVERYWHERE, () -> truth.set(conference.call(), values));
    }

    /** Gives elements of a participant new values. */
    public void set(Conference conference, Participant participant, Map<String, ?> values) {
        requirePresent(participant);
        change(conference.host(participant), () -> truth.set(participant, values));
    }

    /** Makes one participant the only active speaker; with null, there is none. */
    public void activeSpeaker(Conference conference, Participant speaker) {
        requireActive(conference);
        int origin = speaker == null || speaker.hasLeft() ? EVERYWHERE : conference.host(speaker);
        change(origin, () -> truth.activeSpeaker(conference.call(), speaker));
    }

    /** Removes a participant; only its own bridge gives the reason (guide, section 3). */
    public void leave(Conference conference, Participant participant, String reason) {
        requirePresent(participant);
        int host = conference.host(participant);
        change(host, () -> truth.leave(participant, reason));
        if (conference.isDeserted()) {
            end(conference, host);
        } else if (conference.hostedBy(host).isEmpty()
                && !conference.instance(host).orElseThrow().isExplicit()) {
            change(host, () -> stop(conference, host));
        }
    }

    /** Lets a bridge stop taking part; its local participants leave before. */
    public void leave(Conference conference, int bridge, String reason) {
        requireActive(conference);
        if (conference.instance(bridge).isEmpty()) {
            throw new IllegalStateException("Bridge " + bridge + " does not take part in " + conference);
        }
        List<Participant> hosted = conference.hostedBy(bridge);
        change(bridge, () -> hosted.forEach(participant -> truth.leave(participant, reason)));
        endOrStop(conference, bridge, !hosted.isEmpty());
    }

    /** Removes a bridge and its local participants; the other bridges give no reason. */
    public void lose(int bridge) {
        for (Conference conference : all()) {
            if (conference.instance(bridge).isPresent()) {
                lose(conference, bridge);
            }
        }
    }

    private void lose(Conference conference, int bridge) {
        List<Participant> hosted = conference.hostedBy(bridge);
        boolean last = conference.instances().size() == 1
                || (!hosted.isEmpty()
                        && hosted.size() == conference.call().roster().size());
        if (last) {
            end(conference, bridge);
            return;
        }
        change(bridge, () -> {
            hosted.forEach(participant -> truth.leave(participant, null));
            stop(conference, bridge);
        });
    }

    /** Ends a conference, on every bridge at once. */
    public void end(Conference conference) {
        requireActive(conference);
        end(conference, EVERYWHERE);
    }

    // ---- Parts of changes

    private void endOrStop(Conference conference, int bridge, boolean removedParticipants) {
        if (conference.instances().size() == 1 || (removedParticipants && conference.isDeserted())) {
            end(conference, bridge);
        } else {
            change(bridge, () -> stop(conference, bridge));
        }
    }

    private void end(Conference conference, int origin) {
        change(origin, () -> truth.end(conference.call()));
    }

    private void begin(Conference conference, int bridge) {
        if (conference.instance(bridge).isPresent()) {
            return;
        }
        countInstances(conference, conference.instances().size() + 1);
        byte[] seed = (conference.guidSeed() + " " + bridge + " " + ++instancesInAll).getBytes(StandardCharsets.UTF_8);
        Meetings meetings = bridges.get(bridge);
        Meeting shown = meetings.prepare(
                UUID.nameUUIDFromBytes(seed).toString(), conference.call().values());
        Instance instance = new Instance(bridge, meetings, shown, ownParticipantIds);
        conference.add(instance);
        begun.put(instance, conference);
    }

    private void stop(Conference conference, int bridge) {
        ended.add(conference.remove(bridge));
        countInstances(conference, conference.instances().size());
    }

    /** The element is 0 for a conference on one bridge only (guide, sections 2.1 and 2.3: 0 when it is not clustered). */
    private void countInstances(Conference conference, int instances) {
        truth.set(conference.call(), Map.of(DISTRIBUTED_INSTANCES, instances > 1 ? instances : 0));
    }

    /**
     * Makes a change and its deliveries.
     *
     * @param origin the bridge where it happens, which receives it before the others
     */
    private void change(int origin, Runnable work) {
        try {
            truth.transaction(work);
        } finally {
            ended.forEach(instance -> send(instance, new InstanceChange.End(Meetings.ALL_LEFT), origin));
            changes.forEach(change -> tell(change, origin));
            begun.forEach((instance, conference) -> send(instance, beginning(instance, conference), origin));
            ended.clear();
            changes.clear();
            begun.clear();
        }
    }

    private void tell(CallChange change, int origin) {
        Conference conference = active.get(change.call());
        if (change.kind() == ChangeKind.REMOVED) {
            active.remove(change.call());
            for (Instance instance : List.copyOf(conference.instances())) {
                conference.remove(instance.bridge());
                send(instance, new InstanceChange.End(change.reason()), origin);
            }
            return;
        }
        for (Instance instance : conference.instances()) {
            InstanceChange.Update update = update(instance, conference, change);
            if (!begun.containsKey(instance) && !update.isNothing()) {
                send(instance, update, origin);
            }
        }
        change.participants().stream()
                .filter(row -> row.kind() == ChangeKind.REMOVED)
                .forEach(row -> conference.forget(row.participant()));
    }

    /** A bridge that joins receives all participants at once. */
    private static InstanceChange beginning(Instance instance, Conference conference) {
        return new InstanceChange.Begin(conference.call().roster().stream()
                .map(participant -> joined(instance, conference, participant))
                .toList());
    }

    private static InstanceChange.Update update(Instance instance, Conference conference, CallChange change) {
        Map<String, JsonNode> values = select(change.call().values(), change.elements());
        List<RosterChange> roster = change.participants().stream()
                .map(row -> rosterChange(instance, conference, row))
                .toList();
        return new InstanceChange.Update(values, roster);
    }

    private static RosterChange rosterChange(Instance instance, Conference conference, ParticipantChange change) {
        Participant participant = change.participant();
        return switch (change.kind()) {
            case ADDED -> joined(instance, conference, participant);
            case UPDATED -> new RosterChange.Changed(participant.id(), select(participant.values(), change.elements()));
            case REMOVED ->
                new RosterChange.Left(
                        participant.id(), conference.host(participant) == instance.bridge() ? change.reason() : null);
        };
    }

    private static RosterChange joined(Instance instance, Conference conference, Participant participant) {
        return new RosterChange.Joined(
                participant.id(), instance.idOf(participant.id(), conference.host(participant)), participant.values());
    }

    private static Map<String, JsonNode> select(Map<String, JsonNode> values, Set<String> elements) {
        Map<String, JsonNode> selected = new LinkedHashMap<>(values);
        selected.keySet().retainAll(elements);
        return selected;
    }

    private void send(Instance instance, InstanceChange change, int origin) {
        Delivery delivery = new Delivery(instance, change, origin != EVERYWHERE && origin != instance.bridge());
        instance.enqueue(delivery);
        outbox.add(delivery);
    }

    private static void requireActive(Conference conference) {
        if (conference.call().hasEnded()) {
            throw new IllegalStateException(conference + " has ended");
        }
    }

    private static void requirePresent(Participant participant) {
        if (participant.hasLeft()) {
            throw new IllegalStateException("Participant " + participant.id() + " has left");
        }
    }
}
