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
 * The conferences of a cluster as they truly are, and the only place where they change. Every change makes deliveries to the
 * instances; all instances of a conference get theirs in the same order, so that all of them end up alike.
 *
 * <p>Pure and not thread-safe: it belongs to whoever holds the cluster's lock.
 */
public final class Conferences {

    private static final String CORRELATOR = "callCorrelator";
    private static final String DISTRIBUTED_INSTANCES = "distributedInstances";
    /** Stands for a change that every bridge hears of at once. */
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
     * @param bridges where each bridge keeps its meetings; all know the same elements
     * @param ownParticipantIds whether each bridge has a GUID of its own for a participant of another one
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

    /** What has to be delivered since this was called last, in order. */
    public List<Delivery> takeOutbox() {
        List<Delivery> taken = outbox;
        outbox = new ArrayList<>();
        return taken;
    }

    // ---- Changes

    /**
     * Creates a conference that no bridge takes part in yet.
     *
     * @param guidSeed what the GUIDs of its instances are made from
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

    /** Lets a bridge take part, hosting somebody or not, until it is told to stop. */
    public Instance takePart(Conference conference, int bridge) {
        requireActive(conference);
        change(bridge, () -> begin(conference, bridge));
        Instance instance = conference.instance(bridge).orElseThrow();
        instance.makeExplicit();
        return instance;
    }

    /** Lets a participant join whom this bridge hosts. */
    public Participant join(Conference conference, int bridge, String id, Map<String, ?> values) {
        requireActive(conference);
        List<Participant> joined = new ArrayList<>();
        change(bridge, () -> {
            // First what may be refused.
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
                throw new IllegalArgumentException("Element '" + fixed + "' of a distributed call can't be set");
            }
        }
        change(EVERYWHERE, () -> truth.set(conference.call(), values));
    }

    /** Gives elements of a participant new values. */
    public void set(Conference conference, Participant participant, Map<String, ?> values) {
        requirePresent(participant);
        change(conference.host(participant), () -> truth.set(participant, values));
    }

    /** Makes one participant, or with null nobody, the active speaker. */
    public void activeSpeaker(Conference conference, Participant speaker) {
        requireActive(conference);
        int origin = speaker == null || speaker.hasLeft() ? EVERYWHERE : conference.host(speaker);
        change(origin, () -> truth.activeSpeaker(conference.call(), speaker));
    }

    /** Lets a participant leave; only the bridge that hosts it hears the reason (guide, section 3). */
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

    /** Lets a bridge stop taking part; those whom it hosts leave before. */
    public void leave(Conference conference, int bridge, String reason) {
        requireActive(conference);
        if (conference.instance(bridge).isEmpty()) {
            throw new IllegalStateException("Bridge " + bridge + " takes no part in " + conference);
        }
        List<Participant> hosted = conference.hostedBy(bridge);
        change(bridge, () -> hosted.forEach(participant -> truth.leave(participant, reason)));
        endOrStop(conference, bridge, !hosted.isEmpty());
    }

    /** A bridge is lost with all that it hosts; the others find only that these are gone. */
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

    // ---- What changes are made of

    private void endOrStop(Conference conference, int bridge, boolean somebodyLeft) {
        if (conference.instances().size() == 1 || (somebodyLeft && conference.isDeserted())) {
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
     * @param origin the bridge where it happens, which hears of it before the others
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

    /** A bridge that begins to take part learns of everybody at once. */
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
