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
 * Simulates a cluster of Call Bridges, over which conferences are distributed (guide, section 3).
 *
 * <pre>{@code
 * try (MeetingServerCluster cluster = MeetingServerCluster.builder().bridges(3).build().start()) {
 *     DistributedCall board = cluster.createCall("Board");
 *     board.addParticipant(0, "Ada", "ada@example.com");
 *     DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
 *     bo.leave("remoteTeardown");   // bridge 1 stops taking part
 *     cluster.kill(0);
 * }
 * }</pre>
 *
 * <p>Each bridge is a {@link MeetingServerSimulator} with its own thread. Every method may be called from any thread. When a
 * change returns, its messages are sent or queued on every bridge, except for those that a
 * {@link ClusterBuilder#propagationDelay propagation delay} holds back. A change on a bridge's own thread, as in
 * {@link MeetingServerSimulator#transaction}, does not wait for the other bridges, which apply all changes in the same order.
 *
 * <p>A bridge's {@link MeetingServerSimulator#stop()} and {@link MeetingServerSimulator#start()} simulate a network failure between
 * the bridge and the event clients: the bridge keeps taking part. {@link #kill} simulates a crash of the bridge.
 *
 * <p>A change to the call of one bridge, for example by {@link SimulatedCall#end()}, affects only that bridge.
 */
public final class MeetingServerCluster implements AutoCloseable {

    private final List<MeetingServerSimulator> bridges;
    private final Courier courier;
    /** Held while bridges start or stop. Never taken on a bridge's thread. */
    private final Object life = new Object();
    /** Guards the fields below. Nothing blocks while holding it. */
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

    /** The number of bridges, including killed ones. */
    public int size() {
        return bridges.size();
    }

    /** One of the bridges, counted from 0, with its faults, records and sockets. */
    public MeetingServerSimulator bridge(int number) {
        if (number < 0 || number >= bridges.size()) {
            throw new IllegalArgumentException("No bridge " + number + "; there are 0 to " + (bridges.size() - 1));
        }
        return bridges.get(number);
    }

    /** All bridges, including killed ones. */
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
     * Starts every bridge that was not killed.
     *
     * @throws java.io.UncheckedIOException when a port is taken; then no bridge listens
     * @throws IllegalStateException when the cluster listens already
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
     * Crashes a bridge: its sockets are reset, its port is closed, its tokens and calls are lost. The other bridges remove its
     * participants without a reason; a conference without other participants ends. Does nothing when the bridge was killed
     * before.
     */
    public void kill(int bridge) {
        requireNoBridgeThread();
        synchronized (life) {
            MeetingServerSimulator killed = bridge(bridge);
            if (change(() -> dead.add(bridge))) {
                try {
                    killed.crash();
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
     * Starts a killed bridge on the same port. It has no calls until a participant joins there. Does nothing when the bridge
     * was not killed.
     *
     * @throws java.io.UncheckedIOException when the port is taken
     */
    public void revive(int bridge) {
        requireNoBridgeThread();
        synchronized (life) {
            MeetingServerSimulator revived = bridge(bridge);
            if (isAlive(bridge)) {
                return;
            }
            if (!revived.isRunning()) {
                revived.start();
            }
            change(() -> dead.remove(bridge));
        }
    }

    /** Whether a bridge was not killed, or was revived since. A stopped bridge is alive. */
    public boolean isAlive(int bridge) {
        bridge(bridge);
        return read(() -> !dead.contains(bridge));
    }

    /** Stops all bridges for ever. Closing again does nothing. */
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

    /** Starts a conference of a coSpace. No bridge takes part before a participant joins. */
    public DistributedCall createCall(String name) {
        return createCall(CallOptions.named(name));
    }

    /**
     * Starts a conference. The GUIDs of its instances are derived from the options' GUID and differ from it. No bridge takes
     * part before a participant joins.
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
     * Ends every conference and every other call, and clears the records of all bridges. Sockets stay open, and killed bridges
     * stay down.
     */
    public void clear() {
        requireNoBridgeThread();
        change(() -> {
            conferences.all().forEach(conferences::end);
            return null;
        });
        for (int i = 0; i < bridges.size(); i++) {
            int bridge = i;
            // Another thread may have started a conference since.
            bridges.get(bridge).clear(call -> isInstance(bridge, call));
        }
    }

    private boolean isInstance(int bridge, Meeting call) {
        return read(() -> conferences.all().stream()
                .flatMap(conference -> conference.instance(bridge).stream())
                .anyMatch(instance -> instance.shown() == call));
    }

    // ---- Records

    /** The breaches of all clients on all bridges since the start or the last {@link #clear()}. */
    public List<Breach> breaches() {
        return bridges.stream().flatMap(bridge -> bridge.breaches().stream()).toList();
    }

    // ---- For calls and participants

    /** Makes a change and delivers it to the bridges. */
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

    /** To be called within a change, so that the bridge cannot be killed meanwhile. */
    void requireAlive(int bridge) {
        bridge(bridge);
        if (dead.contains(bridge)) {
            throw new IllegalStateException("Bridge " + bridge + " was killed; revive it first");
        }
    }

    private void requireNoBridgeThread() {
        if (courier.isOnBridge()) {
            throw new IllegalStateException("Not allowed on a bridge's own thread: this method waits for the bridges");
        }
    }

    @Override
    public String toString() {
        return "MeetingServerCluster[" + urls() + "]";
    }
}
