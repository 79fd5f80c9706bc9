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
package io.github.cmsevents.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.benchmark.client.Client;
import io.github.cmsevents.benchmark.client.ClientReport;
import io.github.cmsevents.benchmark.load.LoadReport;
import io.github.cmsevents.benchmark.load.LoadServer;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every client receives every message, in order, and acknowledges each once: without that, no figure means anything. */
class ClientsTest {

    private static final int SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<LoadReport> reports = new LinkedBlockingQueue<>();

    @AfterEach
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void receivesAndAcknowledgesWithOneOutstandingMessage(Client client) throws Exception {
        assertInOrder(run(client, Load.ofCalls(1, 0, 100, 1_000)));
    }

    @ParameterizedTest
    @EnumSource
    void receivesAndAcknowledgesWithManyOutstandingMessages(Client client) throws Exception {
        ClientReport report = run(client, Load.ofCalls(64, 0, 100, 2_000));

        // camel-vertx-websocket keeps no order.
        if (client != Client.HAND_WRITTEN) {
            assertInOrder(report);
        }
    }

    @ParameterizedTest
    @EnumSource
    void receivesAndAcknowledgesWithARoundTripBetweenMessages(Client client) throws Exception {
        assertInOrder(run(client, Load.ofCalls(1, 1, 10, 50)));
    }

    @ParameterizedTest
    @EnumSource
    void receivesAndAcknowledgesOnManyRoutes(Client client) throws Exception {
        assertInOrder(run(client, new Load(1, 100, false, 1, 1, 0, 100, 500, 0)));
    }

    @ParameterizedTest
    @EnumSource
    void receivesAndAcknowledgesFromTheRostersOfACluster(Client client) throws Exception {
        assertInOrder(run(client, new Load(2, 120, true, 3, 1, 0, 100, 500, 0)));
    }

    @Test
    void receivesAndAcknowledgesInAJvmOfItsOwn() throws Exception {
        Load load = Load.ofCalls(1, 0, 100, 500);
        try (ChildJvm server = new ChildJvm(LoadServer.class)) {
            server.send(load.toJson());
            String ports = server.readLine();
            try (ChildJvm client = new ChildJvm(Client.class, Client.PROCESSED.name(), load.toJson(), ports)) {
                ClientReport report = Load.read(client.readLine(), ClientReport.class);
                assertReceivedOnce(report);
                assertInOrder(report);
                assertThat(Load.read(server.readLine(), LoadReport.class)).satisfies(ClientsTest::assertAcknowledged);
            }
        }
    }

    private ClientReport run(Client client, Load load) throws Exception {
        LoadServer server = LoadServer.start(vertx, load, reports::add)
                .toCompletionStage()
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
        ClientReport report = client.run(load, server.ports());
        assertThat(reports.poll(SECONDS, TimeUnit.SECONDS)).isNotNull().satisfies(ClientsTest::assertAcknowledged);
        assertReceivedOnce(report);
        return report;
    }

    private static void assertInOrder(ClientReport report) {
        assertThat(report.outOfOrder()).as("updates out of order").isZero();
    }

    private static void assertReceivedOnce(ClientReport report) {
        assertThat(report.missing()).as("missing updates").isZero();
        assertThat(report.twice()).as("updates received twice").isZero();
    }

    private static void assertAcknowledged(LoadReport report) {
        assertThat(report.unacknowledged()).as("messages not acknowledged").isZero();
        assertThat(report.unexpected()).as("acknowledgements not expected").isZero();
    }
}
