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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.cluster.ClusterRegistry.Lease;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterRegistryTest {

    private static final Interest INTEREST = new Interest(List.of("name"), true, false, false);
    private static final Topic ROSTER =
            new Topic.InCalls(Resource.CALL_ROSTER, new CallSelector.OfCall("97c771ae-fc2e-4257-b129-30ee818e034b"));

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final ClusterRegistry registry = new ClusterRegistry();
    private final Told receiver = new Told();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void waitsForNothingAndDoesWhatItWasAskedOnceTheClusterIsThere() {
        Lease lease = registry.acquire(background::add, () -> vertx, spec(10));
        lease.attach(ROSTER, receiver, INTEREST);

        assertThat(lease.prepared().isComplete()).isFalse();
        assertThat(lease.status()).isEmpty();
        assertThat(lease.following(receiver)).isEqualTo(FollowingStatus.NOTHING);
        assertThat(registry.status()).isEmpty();

        background.remove().run();

        // Nobody listens there, so whoever was attached is told that it can't be connected to.
        await().untilAsserted(() -> assertThat(receiver.troubles()).isNotEmpty());
        assertThat(lease.status().get(0).connections())
                .anyMatch(connection -> connection.state() == ConnectionState.BACKING_OFF);
        awaitSuccess(lease.release());
    }

    @Test
    void oneThatWasDetachedBeforeTheClusterWasThereIsToldNothingOnceThatIsDone() {
        Lease lease = registry.acquire(background::add, () -> vertx, spec(10));
        lease.attach(ROSTER, receiver, INTEREST);
        Future<Void> detached = lease.detach(receiver);
        assertThat(detached.isComplete()).isFalse();
        // The server's refusal may be faster than the word that nobody listens any more.
        AtomicInteger told = new AtomicInteger(-1);
        detached.onSuccess(done -> told.set(receiver.troubles().size()));

        background.remove().run();

        await().until(() -> told.get() >= 0);
        await().during(Duration.ofMillis(200)).until(() -> receiver.troubles().size() == told.get());
        awaitSuccess(lease.release());
    }

    @Test
    void aShareThatIsGivenBackBeforeTheClusterIsThereClosesItThen() {
        Lease lease = registry.acquire(background::add, () -> vertx, spec(10));
        Future<Void> released = lease.release();
        assertThat(released.isComplete()).isFalse();

        background.remove().run();

        awaitSuccess(released);
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void secondsShareWhatIsBeingPrepared() {
        Lease first = registry.acquire(background::add, () -> vertx, spec(10));
        Lease second = registry.acquire(background::add, () -> vertx, spec(10));

        assertThat(background).hasSize(1);
        background.remove().run();
        await().until(() -> first.prepared().succeeded() && second.prepared().succeeded());
        assertThat(registry.status()).hasSize(1);
        awaitSuccess(first.release());
        assertThat(registry.status()).hasSize(1);
        awaitSuccess(second.release());
    }

    @Test
    void refusesAtOnceWhatDoesNotAgreeWithWhatIsShared() {
        registry.acquire(background::add, () -> vertx, spec(10));

        assertThatThrownBy(() -> registry.acquire(background::add, () -> vertx, spec(11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have to agree");
    }

    @Test
    void tellsWhyAClusterCanNotBeMadeAndMakesTheNextAnew() {
        Lease lease = registry.acquire(
                background::add,
                () -> {
                    throw new IllegalStateException("no Vert.x today");
                },
                spec(10));
        lease.attach(ROSTER, receiver, INTEREST);
        background.remove().run();

        assertThat(lease.prepared().cause()).hasMessage("no Vert.x today");
        assertThat(lease.detach(receiver).failed()).isTrue();
        assertThat(lease.status()).isEmpty();
        lease.release();

        Lease next = registry.acquire(background::add, () -> vertx, spec(10));
        background.remove().run();
        awaitSuccess(next.prepared());
        awaitSuccess(next.release());
    }

    @Test
    void tellsThatThereIsNoThreadToMakeAClusterOn() {
        Lease lease = registry.acquire(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                () -> vertx,
                spec(10));

        assertThat(lease.prepared().cause()).hasMessage("shut down");
    }

    private static void awaitSuccess(Future<Void> future) {
        await().until(future::isComplete);
        assertThat(future.cause()).isNull();
    }

    private static ClusterSpec spec(int seconds) {
        return new ClusterSpec(
                ServerAddress.parseList("http://127.0.0.1:1"),
                new Credentials("admin", "s3cret"),
                null,
                null,
                null,
                new ConnectionOptions(
                        Duration.ofSeconds(seconds),
                        Duration.ofMinutes(1),
                        0,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        5,
                        100_000));
    }
}
