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

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the state topics from the beginning to the end. */
final class StateReader {

    private static final Duration POLL = Duration.ofMillis(500);

    private final StreamTopics topics;
    private final Admin admin;
    private final Consumer<String, String> consumer;

    /** @param consumer reads committed records only; without a group */
    StateReader(StreamTopics topics, Admin admin, Consumer<String, String> consumer) {
        this.topics = topics;
        this.admin = admin;
        this.consumer = consumer;
    }

    /**
     * Reads what earlier instances of this group left behind. Those can't write any more; a transaction of another group can be open,
     * and is waited for, because Kafka shows nothing behind it until it ends.
     *
     * @param unwanted whether to give up
     * @return how many records there are, of all groups
     */
    int readInto(CurrentState state, BooleanSupplier unwanted) throws Exception {
        List<TopicPartition> partitions = topics.stateTopics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = ends(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<String, ConsumerRecord<String, String>> latest = new LinkedHashMap<>();
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            if (unwanted.getAsBoolean()) {
                throw new IllegalStateException("No longer the active instance");
            }
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                if (record.value() == null) {
                    latest.remove(record.key());
                } else {
                    latest.put(record.key(), record);
                }
            }
        }
        for (ConsumerRecord<String, String> record : latest.values()) {
            restore(record, state);
        }
        return latest.size();
    }

    private void restore(ConsumerRecord<String, String> record, CurrentState state) {
        try {
            topics.restore(record.topic(), record.value(), state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The record with the key " + record.key() + " in the topic " + record.topic()
                            + " is not JSON; nothing but this example may write to that topic",
                    e);
        }
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new LinkedHashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new LinkedHashMap<>();
        // Of the uncommitted records, too.
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
