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
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The whole chain with 24 servers: prints its rates, and fails only when something is lost. */
@Tag("scale")
class ThroughputTest {

    private static final int BRIDGES = 24;
    private static final int CONFERENCES = 1200;
    private static final int PARTICIPANTS_EACH = 8;
    private static final Duration AT_MOST = Duration.ofMinutes(20);

    private final List<DistributedCall> conferences = new ArrayList<>();
    private final List<DistributedParticipant> participants = new ArrayList<>();
    private TestBed bed;
    private KafkaConsumer<String, String> consumer;
    /** Since the test began. */
    private long events;

    private final Map<String, String> state = new HashMap<>();

    @BeforeEach
    void start(TestInfo test) throws IOException {
        bed = new TestBed(test, BRIDGES);
        for (int i = 0; i < CONFERENCES; i++) {
            DistributedCall conference = bed.call("Conference " + i, i % BRIDGES);
            conferences.add(conference);
            for (int j = 0; j < PARTICIPANTS_EACH; j++) {
                participants.add(conference.addParticipant(i % BRIDGES, "Person " + j, "person" + j + "@example.com"));
            }
        }
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bed.broker().address(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    @AfterEach
    void stop() {
        consumer.close();
        bed.close();
    }

    @Test
    void acknowledgesEachUpdateWhenItIsCommitted() throws Exception {
        measure("acknowledged-ahead=0", "0", 1);
    }

    @Test
    void acknowledgesUpTo500UpdatesAhead() throws Exception {
        measure("acknowledged-ahead=500", "500", 3);
    }

    private void measure(String mode, String ahead, int rounds) throws Exception {
        Map<String, String> properties = Map.of("stream.acknowledged-ahead", ahead);
        Instance first = bed.start("first", properties);
        await().atMost(AT_MOST).until(first::isActive);
        long start = System.nanoTime();
        int all = CONFERENCES + participants.size();
        awaitEvents(all);
        print(mode, "first content", all, start);

        for (int round = 0; round < rounds; round++) {
            long before = events;
            start = System.nanoTime();
            for (DistributedParticipant participant : participants) {
                participant.set("audioMuted", round % 2 == 0);
            }
            awaitEvents(before + participants.size());
            print(mode, "updates", participants.size(), start);
        }

        Instance second = bed.start("second", properties);
        await().atMost(AT_MOST).until(second::standsBy);
        long before = events;
        first.kill();
        start = System.nanoTime();
        conferences.get(0).end();
        await().atMost(AT_MOST).until(second::isActive);
        System.out.printf("%s: active after %d ms%n", mode, millisSince(start));
        awaitEvents(before + 1 + PARTICIPANTS_EACH);
        System.out.printf("%s: topics correct after %d ms%n", mode, millisSince(start));
        assertThat(state).as("records").hasSize(all - 1 - PARTICIPANTS_EACH);
        read();
        assertThat(events).as("no conference is reported twice").isEqualTo(before + 1 + PARTICIPANTS_EACH);
    }

    private void awaitEvents(long count) {
        await().atMost(AT_MOST).pollInterval(Duration.ofMillis(10)).until(() -> {
            read();
            return events >= count;
        });
    }

    private void read() {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith("meeting-"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
            if (record.topic().equals(TopicReader.EVENTS)) {
                events++;
            } else if (record.value() == null) {
                state.remove(record.key());
            } else {
                state.put(record.key(), record.value());
            }
        }
    }

    private static void print(String mode, String what, int count, long start) {
        long millis = millisSince(start);
        System.out.printf("%s: %s: %d in %d ms, %d/s%n", mode, what, count, millis, count * 1000L / millis);
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
