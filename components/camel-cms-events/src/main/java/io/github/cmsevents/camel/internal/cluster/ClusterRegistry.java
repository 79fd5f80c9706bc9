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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The clusters in use: routes that connect alike share one, and the last one out closes it. */
public final class ClusterRegistry {

    private final Map<ClusterKey, Shared> clusters = new HashMap<>();
    /** Clusters that are saying goodbye: a new one must not take more of a server's sockets meanwhile. */
    private final Map<ClusterKey, Future<Void>> closing = new ConcurrentHashMap<>();

    private record Shared(Future<Cluster> cluster, ConnectionOptions options, Set<Lease> leases) {}

    /**
     * Takes a share in the cluster, which is made if there is none. Waits for nothing: what is asked of the share before it
     * is prepared is done then. Connects to nothing before something is attached.
     *
     * @param background where Vert.x and the cluster are made, which takes long in a JVM that has done nothing yet
     * @throws IllegalArgumentException if others share the cluster with other options
     */
    public synchronized Lease acquire(Executor background, Supplier<Vertx> vertx, ClusterSpec spec) {
        ClusterKey key = spec.key();
        Shared shared = clusters.get(key);
        if (shared == null) {
            Future<Void> closed = closing.getOrDefault(key, Future.succeededFuture());
            shared = new Shared(
                    closed.otherwiseEmpty().compose(gone -> prepare(background, vertx, spec)),
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

    private static Future<Cluster> prepare(Executor background, Supplier<Vertx> vertx, ClusterSpec spec) {
        Promise<Cluster> prepared = Promise.promise();
        try {
            background.execute(() -> Future.<Cluster>future(
                            deployed -> Cluster.deploy(vertx.get(), spec).onComplete(deployed))
                    .onComplete(prepared));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The second is what the JVM says when the system gives it no more threads.
            prepared.fail(e);
        }
        return prepared.future();
    }

    /** One route's share in a cluster. Giving it back twice does nothing. */
    public final class Lease {
        private final ClusterKey key;
        private final Future<Cluster> prepared;
        /** The same, once all that was asked so far has been begun. */
        private Future<Cluster> begun;

        private Lease(ClusterKey key, Future<Cluster> prepared) {
            this.key = key;
            this.prepared = prepared;
            this.begun = prepared;
        }

        /** Completes when the cluster is there; fails when it can't be made. */
        public Future<Void> prepared() {
            return prepared.mapEmpty();
        }

        /** Tells the receiver of something from now on. */
        public void attach(Topic topic, Receiver receiver, Interest interest) {
            inTurn(cluster -> cluster.attach(topic, receiver, interest));
        }

        /** Tells the receiver of something no more. When the answer completes, it has been told the last. */
        public Future<Void> detach(Receiver receiver) {
            Promise<Void> detached = Promise.promise();
            inTurn(cluster -> cluster.detach(receiver).onComplete(detached)).onFailure(detached::fail);
            return detached.future();
        }

        /** What a receiver follows, as it was a moment ago. */
        public FollowingStatus following(Receiver receiver) {
            return prepared.succeeded() ? prepared.result().following(receiver) : FollowingStatus.NOTHING;
        }

        /** The servers of this cluster, as they were a moment ago; none before it is prepared. */
        public List<ServerStatus> status() {
            return prepared.succeeded() ? prepared.result().status() : List.of();
        }

        /** Whether any server can be connected to; fails with a {@link CmsEventsConnectionException}. */
        public Future<Void> probe() {
            return prepared.compose(Cluster::probe);
        }

        /** Gives up all sockets, and makes new ones. */
        public void reconnect() {
            inTurn(Cluster::reconnect);
        }

        /** Gives the share back; when it was the last one, completes when the sockets are closed. Bounded in time. */
        public Future<Void> release() {
            return ClusterRegistry.this.release(this);
        }

        /** One thing after the other, whatever threads they are asked from. */
        private synchronized Future<Cluster> inTurn(Consumer<Cluster> request) {
            begun = begun.map(cluster -> {
                request.accept(cluster);
                return cluster;
            });
            return begun;
        }
    }
}
