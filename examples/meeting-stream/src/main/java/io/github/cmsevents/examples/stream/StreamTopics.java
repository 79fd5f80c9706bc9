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
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * The three topics and their records. Everything about a conference goes to the partition of its key, so that one consumer of a group
 * receives all of it.
 *
 * @param events       every change; key: the conference
 * @param conferences  compacted; key: the conference, {@code @} and the group
 * @param participants compacted; key: the conference, {@code /}, the participant, {@code @} and the group
 * @param group        the name of the instances that share the same Call Bridges: each keeps its own records of a conference that spans groups
 */
record StreamTopics(String events, String conferences, String participants, String group) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONFERENCE = "conference";
    private static final String PARTICIPANT = "participant";
    private static final String GROUP = "group";
    private static final String TIME = "time";

    List<String> names() {
        return List.of(events, conferences, participants);
    }

    List<String> stateTopics() {
        return List.of(conferences, participants);
    }

    /**
     * The event, and the new record of the state topic or its removal.
     *
     * @param partitions how many partitions each topic has
     */
    List<ProducerRecord<String, String>> records(Change change, Map<String, Integer> partitions) {
        String stateTopic = change.subject() == Subject.CONFERENCE ? conferences : participants;
        String stateKey =
                change.conference() + (change.participant() == null ? "" : "/" + change.participant()) + "@" + group;
        return List.of(
                record(events, change.conference(), event(change), change, partitions),
                record(stateTopic, stateKey, change.isRemoval() ? null : state(change), change, partitions));
    }

    /** Puts a record of a state topic into the state, unless another group wrote it. */
    void restore(String topic, String value, CurrentState state) throws JsonProcessingException {
        ObjectNode record = JSON.readValue(value, ObjectNode.class);
        if (!group.equals(record.path(GROUP).asText())) {
            return;
        }
        String conference = record.path(CONFERENCE).asText();
        String participant = record.path(PARTICIPANT).asText(null);
        Subject subject = topic.equals(conferences) ? Subject.CONFERENCE : Subject.PARTICIPANT;
        state.stored(subject, conference, participant, record.without(List.of(CONFERENCE, PARTICIPANT, GROUP, TIME)));
    }

    private static ProducerRecord<String, String> record(
            String topic, String key, ObjectNode value, Change change, Map<String, Integer> partitions) {
        byte[] conference = change.conference().getBytes(StandardCharsets.UTF_8);
        // As Kafka's own clients choose it for this key.
        int partition = Utils.toPositive(Utils.murmur2(conference)) % partitions.get(topic);
        return new ProducerRecord<>(topic, partition, key, value == null ? null : value.toString());
    }

    private ObjectNode event(Change change) {
        ObjectNode event = JSON.createObjectNode().put("type", change.type());
        event.put("subject", change.subject().jsonName()).setAll(identity(change));
        if (change.reason() != null) {
            event.put("reason", change.reason());
        }
        event.put("synthetic", change.synthetic());
        event.set("changed", JSON.valueToTree(change.changed()));
        event.set("record", change.record());
        return event;
    }

    private ObjectNode state(Change change) {
        return identity(change).setAll(change.record());
    }

    private ObjectNode identity(Change change) {
        ObjectNode identity = JSON.createObjectNode().put(CONFERENCE, change.conference());
        if (change.participant() != null) {
            identity.put(PARTICIPANT, change.participant());
        }
        return identity.put(GROUP, group)
                .put(TIME, Instant.ofEpochMilli(change.time()).toString());
    }
}
