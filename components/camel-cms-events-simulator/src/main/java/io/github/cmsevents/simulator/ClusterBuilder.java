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

/** How a {@link MeetingServerCluster} is to be. Without further ado: three bridges on free local ports, which hear of all at once. */
public final class ClusterBuilder {

    private int bridges = 3;
    private final List<Customizer> customizers = new ArrayList<>();
    private Duration propagationDelay = Duration.ZERO;
    private boolean ownParticipantIds;

    private interface Customizer {
        void customize(int bridge, SimulatorBuilder builder);
    }

    ClusterBuilder() {}

    /** How many bridges there are, 1 or more; 3 by default. */
    public ClusterBuilder bridges(int bridges) {
        if (bridges < 1) {
            throw new IllegalArgumentException("bridges must be at least 1: " + bridges);
        }
        this.bridges = bridges;
        return this;
    }

    /**
     * How each bridge is to be; called once for each. Bridges get consecutive ports, from the given one on, or a free one
     * each when it is 0. All must know the same {@code additionalElements}.
     */
    public ClusterBuilder server(Consumer<SimulatorBuilder> customizer) {
        Objects.requireNonNull(customizer, "customizer");
        customizers.add((bridge, builder) -> customizer.accept(builder));
        return this;
    }

    /** How one bridge is to be besides. A port given here counts as that of bridge 0. */
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
     * How long news from one bridge is on its way to the others, zero by default. What concerns the whole conference, such as
     * {@link DistributedCall#set} and {@link DistributedCall#end}, reaches every bridge at once all the same; and a bridge that has
     * news of its own about a conference hears at once whatever else is on its way about it.
     */
    public ClusterBuilder propagationDelay(Duration propagationDelay) {
        if (propagationDelay.isNegative()) {
            throw new IllegalArgumentException("propagationDelay must not be negative: " + propagationDelay);
        }
        this.propagationDelay = propagationDelay;
        return this;
    }

    /**
     * Whether each bridge has a GUID of its own for a participant whom another one hosts; off by default: a participant has the
     * same GUID everywhere. The guide doesn't say which.
     */
    public ClusterBuilder ownParticipantIds(boolean ownParticipantIds) {
        this.ownParticipantIds = ownParticipantIds;
        return this;
    }

    /** A cluster that doesn't listen yet. */
    public MeetingServerCluster build() {
        List<MeetingServerSimulator> servers = new ArrayList<>();
        for (int bridge = 0; bridge < bridges; bridge++) {
            SimulatorBuilder builder = MeetingServerSimulator.builder();
            for (Customizer customizer : customizers) {
                customizer.customize(bridge, builder);
            }
            servers.add(builder.morePort(bridge).build());
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
