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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The clusters in use: routes that connect alike share one, and the last route closes it. */
public final class ClusterRegistry {

    private final Map<ClusterSpec.Key, Shared> clusters = new HashMap<>();
    /** Clusters that are closing: a new one must not take more of a server's sockets meanwhile. */
    private final Map<ClusterSpec.Key, Future<Void>> closing = new HashMap<>();

    private record Shared(Future<Cluster> cluster, Set<Lease> leases) {}

    /**
     * Takes a share in the cluster, which is prepared if there is none. Waits for nothing: requests to the share are carried out
     * once it is prepared. Connects to nothing before something is attached.
     *
     * @param background where Vert.x and the cluster are prepared, which takes long in a new JVM
     */
    public synchronized Lease acquire(Executor background, Supplier<Vertx> vertx, ClusterSpec spec) {
        ClusterSpec.Key key = spec.key();
        Shared shared = clusters.get(key);
        if (shared == null || shared.cluster.failed()) {
            Future<Void> closed = closing.getOrDefault(key, Future.succeededFuture());
            shared = new Shared(
                    closed.otherwiseEmpty().compose(gone -> prepare(background, vertx, spec)), new HashSet<>());
            clusters.put(key, shared);
        }
        Lease lease = new Lease(key, shared);
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
        Shared shared = lease.shared;
        if (!shared.leases.remove(lease) || !shared.leases.isEmpty()) {
            return Future.succeededFuture();
        }
        clusters.remove(lease.key, shared);
        Future<Void> closed = shared.cluster.compose(Cluster::close);
        closing.put(lease.key, closed);
        return closed.onComplete(done -> closed(lease.key, closed));
    }

    private synchronized void closed(ClusterSpec.Key key, Future<Void> closed) {
        closing.remove(key, closed);
    }

    private static Future<Cluster> prepare(Executor background, Supplier<Vertx> vertx, ClusterSpec spec) {
        Promise<Cluster> prepared = Promise.promise();
        try {
            background.execute(() -> Future.<Cluster>future(deployed ->
                            ClusterVerticle.deploy(vertx.get(), spec).onComplete(deployed))
                    .onComplete(prepared));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // The JVM says the second when the system gives it no more threads.
            prepared.fail(e);
        }
        return prepared.future();
    }

    /** One route's share in a cluster. Releasing it twice does nothing. */
    public final class Lease {
        private final ClusterSpec.Key key;
        private final Shared shared;
        /** The cluster, once all requests so far have begun. */
        private Future<Cluster> begun;

        private Lease(ClusterSpec.Key key, Shared shared) {
            this.key = key;
            this.shared = shared;
            this.begun = shared.cluster;
        }

        /** Completes when the cluster is there; fails when it can't be prepared. */
        public Future<Void> prepared() {
            return shared.cluster.mapEmpty();
        }

        /** The receiver receives updates from now on. */
        public void attach(Topic topic, Receiver receiver, Interest interest) {
            inTurn(cluster -> cluster.attach(topic, receiver, interest));
        }

        /** The receiver receives nothing more once the result completes. */
        public Future<Void> detach(Receiver receiver) {
            Promise<Void> detached = Promise.promise();
            inTurn(cluster -> cluster.detach(receiver).onComplete(detached)).onFailure(detached::tryFail);
            return detached.future();
        }

        /** What a receiver follows, as it was a moment ago. */
        public FollowingStatus following(Receiver receiver) {
            return shared.cluster.succeeded() ? shared.cluster.result().following(receiver) : FollowingStatus.NOTHING;
        }

        /** The servers of this cluster, as they were a moment ago; none before it is prepared. */
        public List<ServerStatus> status() {
            return shared.cluster.succeeded() ? shared.cluster.result().status() : List.of();
        }

        /** Whether any server can be connected to; fails with a {@link CmsEventsConnectionException}. */
        public Future<Void> probe() {
            return shared.cluster.compose(Cluster::probe);
        }

        /** Replaces all sockets now. */
        public void reconnect() {
            inTurn(Cluster::reconnect);
        }

        /** Gives the share back; if it was the last one, completes when the sockets are closed. Bounded in time. */
        public Future<Void> release() {
            return ClusterRegistry.this.release(this);
        }

        /** One request after the other, whatever threads they come from. */
        private synchronized Future<Cluster> inTurn(Consumer<Cluster> request) {
            begun = begun.map(cluster -> {
                request.accept(cluster);
                return cluster;
            });
            return begun;
        }
    }
}
