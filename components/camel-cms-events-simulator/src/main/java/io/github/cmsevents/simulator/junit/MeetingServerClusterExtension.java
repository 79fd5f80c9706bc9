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
package io.github.cmsevents.simulator.junit;

import io.github.cmsevents.simulator.ClusterBuilder;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A cluster of Meeting Servers for the tests of a class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static MeetingServerClusterExtension cms = MeetingServerClusterExtension.create(builder -> builder.bridges(2));
 * }</pre>
 *
 * <p>In a static field, all tests of the class share one cluster: after each test its conferences and calls end, and its records
 * and faults are cleared; sockets stay open, and bridges that were killed or stopped are started before the next test. In an
 * instance field, each test has its own cluster. A test in which a client breached the protocol on any bridge fails.
 */
public final class MeetingServerClusterExtension extends SiteExtension<MeetingServerCluster> {

    private final Consumer<ClusterBuilder> customizer;

    private MeetingServerClusterExtension(Consumer<ClusterBuilder> customizer, boolean failOnBreach) {
        super(failOnBreach);
        this.customizer = Objects.requireNonNull(customizer, "customizer");
    }

    /** A cluster with the builder's defaults. */
    public static MeetingServerClusterExtension create() {
        return create(builder -> {});
    }

    /** A customized cluster. */
    public static MeetingServerClusterExtension create(Consumer<ClusterBuilder> customizer) {
        return new MeetingServerClusterExtension(customizer, true);
    }

    /** Whether a client's breach fails the test; true by default. */
    public MeetingServerClusterExtension failOnBreach(boolean fail) {
        return new MeetingServerClusterExtension(customizer, fail);
    }

    /**
     * The cluster.
     *
     * @throws IllegalStateException outside of a test, or when this extension is not registered
     */
    public MeetingServerCluster cluster() {
        if (site() == null) {
            throw new IllegalStateException("No cluster: is the extension in a field with @RegisterExtension?");
        }
        return site();
    }

    @Override
    MeetingServerCluster open() {
        ClusterBuilder builder = MeetingServerCluster.builder();
        customizer.accept(builder);
        return builder.build().start();
    }

    @Override
    void repair(MeetingServerCluster cluster) {
        for (int bridge = 0; bridge < cluster.size(); bridge++) {
            cluster.revive(bridge);
            if (!cluster.bridge(bridge).isRunning()) {
                cluster.bridge(bridge).start();
            }
        }
    }

    @Override
    List<String> breaches(MeetingServerCluster cluster) {
        return IntStream.range(0, cluster.size())
                .boxed()
                .flatMap(bridge ->
                        cluster.bridge(bridge).breaches().stream().map(breach -> "bridge " + bridge + ": " + breach))
                .toList();
    }

    @Override
    void clear(MeetingServerCluster cluster) {
        cluster.bridges().forEach(bridge -> bridge.faults().clear());
        cluster.clear();
    }

    @Override
    void close(MeetingServerCluster cluster) {
        cluster.close();
    }
}
