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
package io.github.cmsevents.examples.stream;

import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.scenario.LivelyClusterScenario;
import io.github.cmsevents.simulator.scenario.LivelyOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.util.FileUtil;

/** A simulated site and a broker without an instance, for several instances to share. Prints how they find it. */
public final class StandInsMain {

    private static final int BROKER_PORT = 9092;

    private StandInsMain() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("io.netty.noUnsafe", "true");
        Path directory = Files.createTempDirectory("meeting-stream");
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, stopped), "stop-stand-ins"));
        try (LocalBroker broker = new LocalBroker(directory.resolve("kafka"), BROKER_PORT);
                MeetingServerCluster cluster = MeetingServerCluster.builder()
                        .bridges(4)
                        .server(server -> server.credentials("admin", "admin"))
                        .build()) {
            broker.start();
            cluster.start();
            LivelyClusterScenario.start(cluster, LivelyOptions.defaults());
            System.out.println("export CMS_SERVERS=" + cluster.urls());
            System.out.println("export CMS_USERNAME=admin CMS_PASSWORD=admin KAFKA_BROKERS=" + broker.address());
            stop.await();
        } finally {
            FileUtil.removeDir(directory.toFile());
            stopped.countDown();
        }
    }

    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
