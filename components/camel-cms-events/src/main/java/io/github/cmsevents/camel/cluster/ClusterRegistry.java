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
package io.github.cmsevents.camel.cluster;

import io.github.cmsevents.camel.feed.Interest;
import io.github.cmsevents.camel.feed.Receiver;
import io.github.cmsevents.camel.following.Topic;
import io.github.cmsevents.camel.server.ConnectionOptions;
import io.github.cmsevents.camel.status.FollowingStatus;
import io.github.cmsevents.camel.status.ServerStatus;
import io.github.cmsevents.camel.transport.ConnectionException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clusters in use: routes that connect alike share one, and the last one out closes it. */
public final class ClusterRegistry {

    private static final Duration DEPLOY_TIMEOUT = Duration.ofSeconds(30);

    private final Map<ClusterKey, Shared> clusters = new HashMap<>();
    /** Clusters that are saying goodbye: a new one must not take more of a server's sockets meanwhile. */
    private final Map<ClusterKey, Future<Void>> closing = new ConcurrentHashMap<>();

    private record Shared(Future<Cluster> cluster, ConnectionOptions options, Set<Lease> leases) {}

    /**
     * Takes a share in the cluster, which is made if there is none. Connects to nothing before something is attached.
     *
     * @throws IllegalArgumentException if others share the cluster with other options
     */
    public Lease acquire(Vertx vertx, ClusterSpec spec) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Routes can't be started on an event loop: starting waits for one");
        }
        Lease lease = share(vertx, spec);
        try {
            // Not under the lock: others must not wait for this one's server.
            lease.cluster = await(lease.deployed);
            return lease;
        } catch (IllegalStateException e) {
            release(lease);
            throw e;
        }
    }

    private synchronized Lease share(Vertx vertx, ClusterSpec spec) {
        ClusterKey key = spec.key();
        Shared shared = clusters.get(key);
        if (shared == null) {
            Future<Void> closed = closing.getOrDefault(key, Future.succeededFuture());
            shared = new Shared(
                    closed.otherwiseEmpty().compose(gone -> Cluster.deploy(vertx, spec)),
                    spec.options(),
                    new HashSet<>());
            clusters.put(key, shared);
        } else if (!shared.options.equals(spec.options())) {
            throw new IllegalArgumentException("Routes that share the connections to " + spec.servers()
                    + " have to agree on the options that belong to a connection, but one has "
                    + shared.options + " and another " + spec.options()
                    + ": set them on the component instead");
        }
        Lease lease = new Lease(key, shared.cluster);
        shared.leases.add(lease);
        return lease;
    }

    /** Every server that is in use, as it was a moment ago. */
    public synchronized List<ServerStatus> status() {
        return clusters.values().stream()
                .filter(shared -> shared.cluster.succeeded())
                .flatMap(shared -> shared.cluster.result().status().stream())
                .toList();
    }

    private synchronized Future<Void> release(Lease lease) {
        Shared shared = clusters.get(lease.key);
        if (shared == null || !shared.leases.remove(lease) || !shared.leases.isEmpty()) {
            return Future.succeededFuture();
        }
        clusters.remove(lease.key);
        Future<Void> closed = shared.cluster.compose(Cluster::close);
        closing.put(lease.key, closed);
        // Not under the lock: this runs on the event loop.
        return closed.onComplete(done -> closing.remove(lease.key, closed));
    }

    private static Cluster await(Future<Cluster> deployed) {
        try {
            return deployed.toCompletionStage().toCompletableFuture().get(DEPLOY_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while preparing the connections", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The connections can't be prepared: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The connections were not prepared within " + DEPLOY_TIMEOUT, e);
        }
    }

    /** One route's share in a cluster. Giving it back twice does nothing. */
    public final class Lease {
        private final ClusterKey key;
        private final Future<Cluster> deployed;
        private volatile Cluster cluster;

        private Lease(ClusterKey key, Future<Cluster> deployed) {
            this.key = key;
            this.deployed = deployed;
        }

        /** Tells the receiver of something from now on. */
        public void attach(Topic topic, Receiver receiver, Interest interest) {
            cluster.attach(topic, receiver, interest);
        }

        /** Tells the receiver of something no more. When the answer completes, it has been told the last. */
        public Future<Void> detach(Receiver receiver) {
            return cluster.detach(receiver);
        }

        /** What a receiver follows, as it was a moment ago. */
        public FollowingStatus following(Receiver receiver) {
            return cluster.following(receiver);
        }

        /** The servers of this cluster, as they were a moment ago. */
        public List<ServerStatus> status() {
            return cluster.status();
        }

        /** Whether any server can be connected to; fails with a {@link ConnectionException}. */
        public Future<Void> probe() {
            return cluster.probe();
        }

        /** Gives up all sockets, and makes new ones. */
        public void reconnect() {
            cluster.reconnect();
        }

        /** Gives the share back; when it was the last one, completes when the sockets are closed. Bounded in time. */
        public Future<Void> release() {
            return ClusterRegistry.this.release(this);
        }
    }
}
