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

import io.github.cmsevents.simulator.model.Elements;
import io.github.cmsevents.simulator.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Builds a {@link MeetingServerCluster}. Defaults: three bridges on free local ports, and no propagation delay. */
public final class ClusterBuilder {

    private int bridges = 3;
    private final List<Customizer> customizers = new ArrayList<>();
    private Duration propagationDelay = Duration.ZERO;
    private boolean ownParticipantIds;

    private interface Customizer {
        void customize(int bridge, SimulatorBuilder builder);
    }

    ClusterBuilder() {}

    /** The number of bridges, 1 or more; 3 by default. */
    public ClusterBuilder bridges(int bridges) {
        if (bridges < 1) {
            throw new IllegalArgumentException("bridges must be at least 1: " + bridges);
        }
        this.bridges = bridges;
        return this;
    }

    /**
     * Customizes each bridge; called once for each. Bridges get consecutive ports from the given one on, or free ports when
     * it is 0. All bridges need the same {@code additionalElements}.
     */
    public ClusterBuilder server(Consumer<SimulatorBuilder> customizer) {
        Objects.requireNonNull(customizer, "customizer");
        customizers.add((bridge, builder) -> customizer.accept(builder));
        return this;
    }

    /** Customizes one bridge. A port given here counts as the port of bridge 0. */
    public ClusterBuilder server(int bridge, Consumer<SimulatorBuilder> customizer) {
        Objects.requireNonNull(customizer, "customizer");
        customizers.add((any, builder) -> {
            if (any == bridge) {
                customizer.accept(builder);
            }
        });
        return this;
    }

    /**
     * How long a change takes from one bridge to the others; zero by default. Changes to the whole conference, such as
     * {@link DistributedCall#set} and {@link DistributedCall#end}, reach every bridge at once. A bridge that changes a
     * conference itself first applies all delayed changes of that conference.
     */
    public ClusterBuilder propagationDelay(Duration propagationDelay) {
        if (propagationDelay.isNegative()) {
            throw new IllegalArgumentException("propagationDelay must not be negative: " + propagationDelay);
        }
        this.propagationDelay = propagationDelay;
        return this;
    }

    /**
     * Whether each bridge has its own GUID for a remote participant. Off by default: live bridges use the same GUID
     * everywhere.
     */
    public ClusterBuilder ownParticipantIds(boolean ownParticipantIds) {
        this.ownParticipantIds = ownParticipantIds;
        return this;
    }

    /** Builds a cluster that does not listen yet. */
    public MeetingServerCluster build() {
        List<MeetingServerSimulator> servers = new ArrayList<>();
        for (int bridge = 0; bridge < bridges; bridge++) {
            SimulatorBuilder builder = MeetingServerSimulator.builder();
            for (Customizer customizer : customizers) {
                customizer.customize(bridge, builder);
            }
            servers.add(builder.portOffset(bridge).build());
        }
        requireSameElements(servers);
        return new MeetingServerCluster(servers, propagationDelay, ownParticipantIds);
    }

    private static void requireSameElements(List<MeetingServerSimulator> servers) {
        Elements expected = servers.get(0).meetings().elements();
        for (MeetingServerSimulator server : servers) {
            for (Resource resource : Resource.values()) {
                if (!server.meetings().elements().of(resource).equals(expected.of(resource))) {
                    throw new IllegalArgumentException(
                            "All bridges must know the same elements, but those of " + resource.wireName() + " differ");
                }
            }
        }
    }
}
