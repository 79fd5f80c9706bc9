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
package io.github.cmsevents.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.benchmark.load.LoadServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small cluster, and the same programs as with a large one: that what they compare is right. */
class FollowerIT {

    private static final int SERVERS = 2;
    private static final int CALLS = 150;
    private static final int PARTICIPANTS = 1_000;
    private static final int SECONDS = 60;

    private final Vertx serversVertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Vertx vertx = Vertx.vertx();
    private final MeetingCluster cluster = ClusterDriver.cluster(serversVertx);
    private ClusterDriver driver;
    private Follower follower;

    @BeforeEach
    void follow() throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            Bridge bridge = cluster.add(CALLS, PARTICIPANTS / SERVERS);
            ports.add(LoadServer.start(serversVertx, 0, bridge::open)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .port());
        }
        driver = new ClusterDriver(serversVertx, cluster, 1);
        follower = new Follower(ports, vertx, PARTICIPANTS);
        follower.start();
        assertThat(follower.awaitAll(SECONDS)).as("everybody is known").isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        follower.stop();
        for (Vertx one : List.of(vertx, serversVertx)) {
            one.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void hasThePictureThatTheServersHaveAfterAChurn() throws Exception {
        long before = follower.picture().sum();

        await(done -> driver.churn(TimeUnit.SECONDS.toNanos(2), done));

        assertAgreement();
        assertThat(follower.picture().sum()).isNotEqualTo(before);
    }

    @Test
    void hasThePictureThatTheServersHaveWhenCallsHaveEndedAndOthersBegun() throws Exception {
        await(done -> {
            Random random = new Random(1);
            for (int i = 0; i < 20; i++) {
                cluster.replace(cluster.anyMeeting(random));
            }
            driver.whenSettled(done);
        });

        assertAgreement();
    }

    @Test
    void isToldOfEachChangeOfABurst() throws Exception {
        long before = follower.updates();

        await(done -> driver.burst(2_000, PARTICIPANTS, done));

        assertThat(follower.updates() - before).isEqualTo(2_000);
        assertAgreement();
    }

    private void assertAgreement() throws Exception {
        CompletableFuture<ServersReport> report = new CompletableFuture<>();
        serversVertx.runOnContext(turn -> driver.whenSettled(() -> report.complete(cluster.report())));
        ServersReport servers = report.get(SECONDS, TimeUnit.SECONDS);
        assertThat(follower.picture().present())
                .isEqualTo(servers.participants())
                .isEqualTo(PARTICIPANTS);
        assertThat(follower.picture().sum()).isEqualTo(servers.sum());
        assertThat(follower.picture().contradictions()).isZero();
        assertThat(servers.unacknowledged() + servers.strays() + servers.breaches())
                .isZero();
        assertThat(servers.subscriptions()).isEqualTo(SERVERS * (CALLS + 1));
    }

    private void await(Consumer<Runnable> something) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        serversVertx.runOnContext(turn -> something.accept(() -> done.complete(null)));
        done.get(SECONDS, TimeUnit.SECONDS);
    }
}
