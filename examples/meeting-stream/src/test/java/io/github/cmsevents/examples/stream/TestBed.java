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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.TestInfo;

/** A site, a broker in a process of its own, and instances in theirs. */
final class TestBed implements AutoCloseable {

    private final Path directory;
    private final MeetingServerCluster site;
    private final LocalBroker broker;
    private final TopicReader topics;
    private final List<Instance> instances = new ArrayList<>();

    TestBed(TestInfo test, int bridges) throws IOException {
        // Stays for a look at the output of the instances and of the broker.
        directory = Path.of("target", "it", test.getTestMethod().orElseThrow().getName())
                .toAbsolutePath();
        FileUtil.removeDir(directory.toFile());
        Files.createDirectories(directory);
        site = MeetingServerCluster.builder()
                .bridges(bridges)
                .server(server -> server.credentials("apiuser", "secret").callsCorrectedAfter(Duration.ZERO))
                .build();
        site.start();
        broker = new LocalBroker(directory.resolve("kafka"), 0);
        broker.start();
        topics = new TopicReader(broker);
    }

    MeetingServerCluster site() {
        return site;
    }

    LocalBroker broker() {
        return broker;
    }

    TopicReader topics() {
        return topics;
    }

    /** An instance for all Call Bridges. Those of one test are one active and the others standby, unless the properties differ. */
    Instance start(String name, Map<String, String> properties) throws IOException {
        return start(name, IntStream.range(0, site.size()).toArray(), properties);
    }

    Instance start(String name, int[] bridges, Map<String, String> properties) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "cms.servers",
                IntStream.of(bridges)
                        .mapToObj(bridge -> site.bridge(bridge).url())
                        .collect(Collectors.joining(",")));
        all.put("cms.username", "apiuser");
        all.put("cms.password", "secret");
        all.put("kafka.brokers", broker.address());
        all.put("stream.lock-directory", directory.resolve("lock").toString());
        all.put("stream.print", "false");
        all.putAll(properties);
        Instance instance = Instance.start(directory.resolve(name), all);
        instances.add(instance);
        return instance;
    }

    DistributedCall call(String name, int... bridges) {
        DistributedCall call = site.createCall(name);
        IntStream.of(bridges).forEach(call::join);
        return call;
    }

    /** Waits until the topics say what the site holds. */
    void awaitAgreement() {
        Agreement.await(site, topics, "site");
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
        topics.close();
        broker.kill();
        List<Breach> breaches = site.breaches();
        site.close();
        assertThat(breaches).isEmpty();
    }
}
