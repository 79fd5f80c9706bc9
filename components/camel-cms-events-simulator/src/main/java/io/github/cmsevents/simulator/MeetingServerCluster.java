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

import io.github.cmsevents.simulator.cluster.Conference;
import io.github.cmsevents.simulator.cluster.Conferences;
import io.github.cmsevents.simulator.cluster.Courier;
import io.github.cmsevents.simulator.cluster.Delivery;
import io.github.cmsevents.simulator.cluster.Instance;
import io.github.cmsevents.simulator.model.Meeting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Several Meeting Servers as one cluster of Call Bridges: conferences are distributed over them (guide, section 3).
 *
 * <pre>{@code
 * try (MeetingServerCluster cluster = MeetingServerCluster.builder().bridges(3).build().start()) {
 *     DistributedCall board = cluster.createCall("Board");
 *     board.addParticipant(0, "Ada", "ada@example.com");
 *     DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
 *     bo.leave("clientInitiated");   // bridge 1 stops taking part
 *     cluster.kill(0);
 * }
 * }</pre>
 *
 * <p>Each bridge is a {@link MeetingServerSimulator} with a thread of its own. Every method may be called from any thread. When
 * a change returns, its messages are sent, or queue for their turn, on every bridge, except for those that a
 * {@link ClusterBuilder#propagationDelay propagation delay} holds back. A change that is made on a bridge's own thread, as in
 * {@link MeetingServerSimulator#transaction}, doesn't wait for the other bridges: they follow at once, in the order of changes.
 *
 * <p>A bridge's {@link MeetingServerSimulator#stop()} and {@link MeetingServerSimulator#start()} play a network failure between it
 * and the event clients: the bridge goes on taking part meanwhile. {@link #kill} plays the end of the bridge.
 *
 * <p>What is done past the cluster to the call of one bridge, for example by {@link SimulatedCall#end()}, is seen on that bridge
 * alone.
 */
public final class MeetingServerCluster implements AutoCloseable {

    private final List<MeetingServerSimulator> bridges;
    private final Courier courier;
    /** Held while bridges live or die. Never taken on a bridge's thread. */
    private final Object life = new Object();
    /** Guards what is below. Whoever holds it waits for nothing. */
    private final Object lock = new Object();

    private final Conferences conferences;
    private final Set<Integer> dead = new HashSet<>();
    private boolean closed;

    MeetingServerCluster(List<MeetingServerSimulator> bridges, Duration propagationDelay, boolean ownParticipantIds) {
        this.bridges = List.copyOf(bridges);
        this.courier =
                new Courier(bridges.stream().map(MeetingServerSimulator::thread).toList(), propagationDelay);
        this.conferences = new Conferences(
                bridges.stream().map(MeetingServerSimulator::meetings).toList(), ownParticipantIds);
    }

    public static ClusterBuilder builder() {
        return new ClusterBuilder();
    }

    // ---- Bridges

    /** How many bridges there are, dead or alive. */
    public int size() {
        return bridges.size();
    }

    /** One of the bridges, with all that a server has: its faults, records and sockets. They are counted from 0. */
    public MeetingServerSimulator bridge(int number) {
        if (number < 0 || number >= bridges.size()) {
            throw new IllegalArgumentException("There is no bridge " + number + ", only 0 to " + (bridges.size() - 1));
        }
        return bridges.get(number);
    }

    /** All bridges, dead or alive. */
    public List<MeetingServerSimulator> bridges() {
        return bridges;
    }

    /** The addresses of all bridges, such as {@code http://127.0.0.1:8080,http://127.0.0.1:8081}. */
    public String urls() {
        return bridges.stream().map(MeetingServerSimulator::url).collect(Collectors.joining(","));
    }

    /**
     * The certificates of all bridges, one after the other, as PEM.
     *
     * @throws IllegalStateException without TLS
     */
    public String certificatesPem() {
        return bridges.stream().map(MeetingServerSimulator::certificatePem).collect(Collectors.joining());
    }

    // ---- Life

    /**
     * Every bridge that is not dead listens from now on.
     *
     * @throws java.io.UncheckedIOException when a port is taken; then no bridge listens
     * @throws IllegalStateException when it listens already
     */
    public MeetingServerCluster start() {
        requireNoBridgeThread();
        synchronized (life) {
            List<MeetingServerSimulator> started = new ArrayList<>();
            try {
                for (int bridge = 0; bridge < size(); bridge++) {
                    if (isAlive(bridge)) {
                        started.add(bridge(bridge).start());
                    }
                }
            } catch (RuntimeException e) {
                started.forEach(MeetingServerSimulator::stop);
                throw e;
            }
        }
        return this;
    }

    /**
     * A bridge dies: its clients see a reset, its port is closed, its tokens and calls are gone. The other bridges find that the
     * participants whom it hosted are gone, without a reason; a conference that nobody else is in is over. Killing a dead
     * bridge does nothing.
     */
    public void kill(int bridge) {
        requireNoBridgeThread();
        synchronized (life) {
            MeetingServerSimulator victim = bridge(bridge);
            if (change(() -> dead.add(bridge))) {
                try {
                    victim.crash();
                } finally {
                    change(() -> {
                        conferences.lose(bridge);
                        return null;
                    });
                }
            }
        }
    }

    /**
     * A dead bridge listens again on the same port. It has no calls; a conference reaches it when somebody joins there.
     * Reviving a bridge that is not dead does nothing.
     *
     * @throws java.io.UncheckedIOException when somebody else has taken the port
     */
    public void revive(int bridge) {
        requireNoBridgeThread();
        synchronized (life) {
            MeetingServerSimulator risen = bridge(bridge);
            if (isAlive(bridge)) {
                return;
            }
            if (!risen.isRunning()) {
                risen.start();
            }
            change(() -> dead.remove(bridge));
        }
    }

    /** Whether a bridge was not killed, or was revived since. One that was only stopped is alive. */
    public boolean isAlive(int bridge) {
        bridge(bridge);
        return read(() -> !dead.contains(bridge));
    }

    /** Stops all bridges for good. Closing again does nothing. */
    @Override
    public void close() {
        requireNoBridgeThread();
        synchronized (life) {
            synchronized (lock) {
                closed = true;
            }
            bridges.forEach(MeetingServerSimulator::close);
        }
    }

    // ---- Conferences

    /** Starts a conference of a coSpace. No bridge takes part until somebody joins. */
    public DistributedCall createCall(String name) {
        return createCall(CallOptions.named(name));
    }

    /**
     * Starts a conference. The GUIDs of its instances are made from the options' GUID and differ from it. No bridge takes
     * part until somebody joins.
     *
     * @throws IllegalArgumentException for an unknown element, or a {@code callCorrelator} that is active already
     */
    public DistributedCall createCall(CallOptions options) {
        return change(() -> show(conferences.create(options.guid(), options.values())));
    }

    /** The conferences that have not ended, in the order in which they were created. */
    public List<DistributedCall> calls() {
        return read(() -> conferences.all().stream().map(this::show).toList());
    }

    /** The active conference with this {@code callCorrelator}. */
    public Optional<DistributedCall> call(String correlator) {
        return read(() -> conferences.find(correlator).map(this::show));
    }

    private DistributedCall show(Conference conference) {
        return new DistributedCall(this, conference);
    }

    /**
     * Ends every conference and every other call, and forgets all that the bridges have recorded. Sockets stay open, and the dead
     * stay dead.
     */
    public void clear() {
        requireNoBridgeThread();
        change(() -> {
            conferences.all().forEach(conferences::end);
            return null;
        });
        for (int i = 0; i < bridges.size(); i++) {
            int bridge = i;
            // Somebody may have started a conference since.
            bridges.get(bridge).clear(call -> isInstance(bridge, call));
        }
    }

    private boolean isInstance(int bridge, Meeting call) {
        return read(() -> conferences.all().stream()
                .flatMap(conference -> conference.instance(bridge).stream())
                .anyMatch(instance -> instance.shown() == call));
    }

    // ---- Records

    /** Everything that clients did against the protocol, on any bridge, since the start or the last {@link #clear()}. */
    public List<Breach> breaches() {
        return bridges.stream().flatMap(bridge -> bridge.breaches().stream()).toList();
    }

    // ---- For the calls and participants

    /** Makes a change and carries it to the bridges. */
    <T> T change(Function<Conferences, T> work) {
        return change(() -> work.apply(conferences));
    }

    private <T> T change(Supplier<T> work) {
        List<Delivery> deliveries = List.of();
        try {
            synchronized (lock) {
                if (closed) {
                    throw new IllegalStateException("The cluster is closed");
                }
                try {
                    return work.get();
                } finally {
                    deliveries = conferences.takeOutbox();
                }
            }
        } finally {
            courier.carry(deliveries);
        }
    }

    <T> T read(Supplier<T> work) {
        synchronized (lock) {
            return work.get();
        }
    }

    SimulatedCall show(Instance instance) {
        return bridges.get(instance.bridge()).show(instance.shown());
    }

    /** To be called within a change, so that the bridge can't die meanwhile. */
    void requireAlive(int bridge) {
        bridge(bridge);
        if (dead.contains(bridge)) {
            throw new IllegalStateException("Bridge " + bridge + " is dead");
        }
    }

    private void requireNoBridgeThread() {
        if (courier.isOnBridge()) {
            throw new IllegalStateException("Not on a bridge's own thread, for the bridges are waited for");
        }
    }

    @Override
    public String toString() {
        return "MeetingServerCluster[" + urls() + "]";
    }
}
