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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.camel.internal.cluster.ClusterRegistry.Lease;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterRegistryTest {

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Runnable> background = new ConcurrentLinkedQueue<>();
    private final ClusterRegistry registry = new ClusterRegistry();
    private final SeenUpdates route = new SeenUpdates("route", new Topic.Calls());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sharesAClusterOfTheSameServersInAnyOrderAndSpelling() {
        assertThat(key("one,two", null, true, null, null))
                .isEqualTo(key("https://TWO:443, one.", null, true, null, null))
                .hasSameHashCodeAs(key("two,one", null, true, null, null))
                .isNotEqualTo(key("one", null, true, null, null))
                .isNotEqualTo(key("one,http://two", null, true, null, null))
                .isNotEqualTo(spec("one,two", "other", null, true, null, null).key());
    }

    @Test
    void sharesAClusterWithTheSameSettingsAndNotWithEqualOnes() {
        Object tls = List.of("equal");
        WebSocketClientOptions client = new WebSocketClientOptions();
        Object owner = new Object();

        assertThat(key("one", tls, true, client, owner))
                .isEqualTo(key("one", tls, true, client, owner))
                .isNotEqualTo(key("one", new ArrayList<>(List.of("equal")), true, client, owner))
                .isNotEqualTo(key("one", tls, false, client, owner))
                .isNotEqualTo(key("one", tls, true, new WebSocketClientOptions(), owner))
                .isNotEqualTo(key("one", tls, true, client, new Object()))
                .isNotEqualTo(key("one", tls, true, client, null));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(spec("one", "s3cret", null, true, null, null).toString()).doesNotContain("s3cret");
        assertThat(key("one", null, true, null, null).toString()).doesNotContain("s3cret");
    }

    @Test
    void carriesOutRequestsOnceTheClusterIsPrepared() {
        Lease lease = acquire(() -> vertx);
        lease.attach(route.topic, route, VirtualCluster.interest("name"));
        assertThat(lease.prepared().isComplete()).isFalse();
        assertThat(lease.status()).isEmpty();
        assertThat(lease.following(route)).isEqualTo(FollowingStatus.NOTHING);
        assertThat(registry.status()).isEmpty();

        background.remove().run();
        // Nothing listens on that port.
        awaitUntil(() -> lease.status().stream()
                .flatMap(server -> server.connections().stream())
                .anyMatch(connection -> connection.state() == ConnectionState.BACKING_OFF));
        awaitSuccess(lease.detach(route));
        awaitSuccess(lease.release());
        assertThat(registry.status()).isEmpty();
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void closesASharedClusterWithTheLastReleaseAndReleasesOnce() {
        Lease first = acquire(() -> vertx);
        Lease second = acquire(() -> vertx);
        assertThat(background).hasSize(1);
        background.remove().run();
        awaitSuccess(second.prepared());

        awaitSuccess(first.release());
        awaitSuccess(first.release());
        assertThat(registry.status()).hasSize(1);
        assertThat(vertx.deploymentIDs()).hasSize(1);

        awaitSuccess(second.release());
        assertThat(registry.status()).isEmpty();
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void preparesTheNextClusterOnceTheLastIsClosed() {
        Future<Void> released = acquire(() -> vertx).release();
        Lease next = acquire(() -> vertx);
        assertThat(background).hasSize(1);

        background.remove().run();
        awaitSuccess(released);
        awaitUntil(() -> !background.isEmpty());
        background.remove().run();

        awaitSuccess(next.prepared());
        awaitSuccess(next.release());
    }

    @Test
    void preparesAgainForTheNextRouteAfterAFailure() {
        Lease failed = acquire(() -> {
            throw new IllegalStateException("no Vert.x");
        });
        failed.attach(route.topic, route, VirtualCluster.interest("name"));
        background.remove().run();
        assertThat(failed.prepared().cause()).hasMessage("no Vert.x");
        assertThat(failed.detach(route).failed()).isTrue();
        assertThat(failed.status()).isEmpty();

        Lease next = acquire(() -> vertx);
        background.remove().run();
        awaitSuccess(next.prepared());
        failed.release();
        assertThat(registry.status()).hasSize(1);
        awaitSuccess(next.release());
    }

    @Test
    void failsWithoutAThreadToPrepareOn() {
        Lease lease = registry.acquire(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                () -> vertx,
                spec("http://127.0.0.1:1", "s3cret", null, true, null, null));

        assertThat(lease.prepared().cause()).hasMessage("shut down");
    }

    @Test
    void completesRequestsAfterVertxWasClosed() {
        Lease lease = acquire(() -> vertx);
        background.remove().run();
        awaitSuccess(lease.prepared());

        close();

        awaitSuccess(lease.detach(route));
        awaitUntil(() -> lease.release().isComplete());
    }

    @Test
    void closesTheTransportsOfAClusterThatCanNotBeDeployed() {
        FakeServer server = new FakeServer(null);
        close();

        Future<Cluster> deployed = ClusterVerticle.deploy(
                vertx, Map.of(new ServerAddress(true, "a", 443), server), VirtualCluster.options(1));

        awaitUntil(deployed::failed);
        awaitUntil(() -> server.closed);
    }

    private Lease acquire(Supplier<Vertx> source) {
        return registry.acquire(background::add, source, spec("http://127.0.0.1:1", "s3cret", null, true, null, null));
    }

    private static ClusterSpec.Key key(
            String servers, Object tls, boolean verification, WebSocketClientOptions client, Object owner) {
        return spec(servers, "s3cret", tls, verification, client, owner).key();
    }

    private static ClusterSpec spec(
            String servers,
            String password,
            Object tls,
            boolean verification,
            WebSocketClientOptions client,
            Object owner) {
        return new ClusterSpec(
                ServerAddress.parseList(servers),
                new Credentials("admin", password),
                tls,
                null,
                verification,
                client,
                VirtualCluster.options(1),
                owner);
    }

    private static void awaitSuccess(Future<Void> future) {
        awaitUntil(future::isComplete);
        assertThat(future.cause()).isNull();
    }

    private static void awaitUntil(Callable<Boolean> reached) {
        await().atMost(Duration.ofSeconds(30)).until(reached);
    }
}
