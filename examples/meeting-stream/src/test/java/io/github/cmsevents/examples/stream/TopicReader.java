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
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a consumer of committed records knows from the topics. Validates every record. Read by one thread. */
final class TopicReader implements AutoCloseable {

    static final String EVENTS = "meeting-events";
    static final String CONFERENCES = "meeting-conferences";
    static final String PARTICIPANTS = "meeting-participants";

    private static final JsonMapper JSON = new JsonMapper();

    private final KafkaConsumer<String, String> consumer;
    private final List<JsonNode> events = new ArrayList<>();
    private final Map<String, JsonNode> conferences = new TreeMap<>();
    private final Map<String, JsonNode> participants = new TreeMap<>();
    /** The records that the events alone give, by the keys of the state topics. */
    private final Map<String, JsonNode> folded = new TreeMap<>();

    private boolean subscribed;

    TopicReader(LocalBroker broker) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /** Reads what has been committed since the last call. */
    TopicReader read() {
        if (!subscribed) {
            List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                    .filter(topic -> topic.getKey().startsWith("meeting-"))
                    .flatMap(topic -> topic.getValue().stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            subscribed = partitions.size() == 18;
        }
        if (subscribed) {
            boolean more = true;
            while (more) {
                more = false;
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    accept(record);
                    more = true;
                }
            }
        }
        return this;
    }

    private void accept(ConsumerRecord<String, String> record) {
        switch (record.topic()) {
            case EVENTS -> event(record);
            case CONFERENCES -> state(conferences, "conference", record);
            case PARTICIPANTS -> state(participants, "participant", record);
            default -> throw new IllegalStateException(record.topic());
        }
    }

    private void event(ConsumerRecord<String, String> record) {
        MeetingSchemas.validate("meeting-event", record.value());
        JsonNode event = json(record.value());
        events.add(event);
        String participant = event.path("participant").asText("");
        String key = event.path("conference").asText() + (participant.isEmpty() ? "" : "/" + participant) + "@"
                + event.path("group").asText();
        JsonNode before = folded.get(key);
        String type = event.path("type").asText();
        if (type.equals("add") != (before == null)) {
            throw new IllegalStateException("Not the event that follows on " + before + ": " + event);
        }
        if (type.equals("remove")) {
            folded.remove(key);
        } else {
            folded.put(key, event.path("record"));
        }
    }

    private void state(Map<String, JsonNode> state, String schema, ConsumerRecord<String, String> record) {
        if (record.value() == null) {
            state.remove(record.key());
        } else {
            MeetingSchemas.validate(schema, record.value());
            state.put(record.key(), json(record.value()));
        }
    }

    /** In the order in which they arrived; those of one conference are in the order of the topic. */
    List<JsonNode> events() {
        return events;
    }

    Map<String, JsonNode> conferences() {
        return conferences;
    }

    Map<String, JsonNode> participants() {
        return participants;
    }

    Map<String, JsonNode> folded() {
        return folded;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
