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

import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Participant;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One conference of a cluster: its participants, and the bridges that take part. Changed through {@link Conferences} only. */
public final class Conference {

    private final Meeting call;
    private final String guidSeed;
    private final SortedMap<Integer, Instance> instances = new TreeMap<>();
    private final Map<Participant, Integer> hosts = new IdentityHashMap<>();

    Conference(Meeting call, String guidSeed) {
        this.call = call;
        this.guidSeed = guidSeed;
    }

    /** The true state of the conference, which bridges may receive later; its GUID is the {@code callCorrelator}. */
    public Meeting call() {
        return call;
    }

    public String correlator() {
        return call.id();
    }

    /** The bridges that take part, in their order. */
    public Collection<Instance> instances() {
        return Collections.unmodifiableCollection(instances.values());
    }

    public Optional<Instance> instance(int bridge) {
        return Optional.ofNullable(instances.get(bridge));
    }

    /** The number of a participant's own bridge. */
    public int host(Participant participant) {
        return hosts.get(participant);
    }

    String guidSeed() {
        return guidSeed;
    }

    /** The local participants of a bridge, in the order in which they joined. */
    List<Participant> hostedBy(int bridge) {
        return call.roster().stream()
                .filter(participant -> hosts.get(participant) == bridge)
                .toList();
    }

    boolean isDeserted() {
        return call.roster().isEmpty();
    }

    void add(Instance instance) {
        instances.put(instance.bridge(), instance);
    }

    Instance remove(int bridge) {
        return instances.remove(bridge);
    }

    void hosts(int bridge, Participant participant) {
        hosts.put(participant, bridge);
    }

    void forget(Participant participant) {
        hosts.remove(participant);
    }

    @Override
    public String toString() {
        return "Conference[" + correlator() + "]";
    }
}
