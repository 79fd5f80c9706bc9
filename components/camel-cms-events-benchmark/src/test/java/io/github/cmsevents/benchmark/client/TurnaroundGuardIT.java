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
package io.github.cmsevents.benchmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.benchmark.load.LoadPlan;
import io.github.cmsevents.benchmark.load.LoadReport;
import io.github.cmsevents.benchmark.load.LoadServer;
import io.github.cmsevents.camel.Acknowledge;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fails when the component has become much slower or much more wasteful than it was, seen next to the floor in the same
 * JVM. It says nothing of how fast it is: the benchmark does. A machine that is busy slows both down, and when it does so to
 * one of them only, the middle of several rounds does not show it; should it, there is a second chance.
 */
class TurnaroundGuardIT {

    private static final int ROUNDS = 5;
    private static final int WARMUP = 3_000;
    private static final int UPDATES = 5_000;
    private static final int SECONDS = 60;

    // Far from what the component has (see the README), and where it gets when a message takes another thread or two.
    private static final double LEAST_RATE_RECEIVED = 0.4;
    private static final double LEAST_RATE_PROCESSED = 0.25;
    // The load server's own are in both.
    private static final double MOST_BYTES = 3;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<LoadReport> reports = new LinkedBlockingQueue<>();
    private LoadServer server;

    /** What became of a run: messages per second, and bytes that all of this JVM allocated for one. */
    private record Run(double rate, double bytes) {}

    @BeforeEach
    void startServer() throws Exception {
        server = await(LoadServer.start(vertx, 0, () -> LoadPlan.ofOneCall(1, WARMUP, UPDATES), reports::add));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void acknowledgingWhatWasReceivedTakesLittleLongerThanABareSocket() throws Exception {
        compare(Acknowledge.received, LEAST_RATE_RECEIVED);
    }

    @Test
    void acknowledgingWhatWasProcessedTakesLittleLongerThanABareSocket() throws Exception {
        compare(Acknowledge.processed, LEAST_RATE_PROCESSED);
    }

    private void compare(Acknowledge acknowledge, double leastRate) throws Exception {
        Run ratio = ratioToFloor(acknowledge);
        if (ratio.rate < leastRate || ratio.bytes > MOST_BYTES) {
            ratio = ratioToFloor(acknowledge);
        }
        assertThat(ratio.rate).as("messages/s to the floor's").isGreaterThan(leastRate);
        assertThat(ratio.bytes).as("allocated bytes to the floor's").isLessThan(MOST_BYTES);
    }

    private Run ratioToFloor(Acknowledge acknowledge) throws Exception {
        List<Double> rates = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            Run floor = runFloor();
            Run component = runComponent(acknowledge);
            // The first round is for the compiler.
            if (round > 0) {
                rates.add(component.rate / floor.rate);
                bytes.add(component.bytes / floor.bytes);
            }
        }
        return new Run(median(rates), median(bytes));
    }

    private Run runFloor() throws Exception {
        Arrivals arrivals = new Arrivals(WARMUP, UPDATES, 1);
        FloorClient client = new FloorClient(vertx, arrivals);
        await(client.connect(server.port()));
        ClientReport report = arrivals.await(SECONDS, TimeUnit.SECONDS);
        await(client.close());
        return run(report);
    }

    private Run runComponent(Acknowledge acknowledge) throws Exception {
        Arrivals arrivals = new Arrivals(WARMUP, UPDATES, 1);
        CmsEventsClient client = CmsEventsClient.ofCalls(server.port(), acknowledge, arrivals);
        client.start();
        ClientReport report = arrivals.await(SECONDS, TimeUnit.SECONDS);
        client.stop();
        return run(report);
    }

    private Run run(ClientReport client) throws InterruptedException {
        LoadReport load = reports.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(load).as("the load server's report").isNotNull();
        assertThat(client.missing() + client.twice() + client.outOfOrder())
                .as("updates that did not come once and in order")
                .isZero();
        assertThat(load.unacknowledged() + load.acknowledgedTwice() + load.strays())
                .as("acknowledgements that did not come once")
                .isZero();
        return new Run(load.messagesPerSecond(), client.bytesPerUpdate());
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
