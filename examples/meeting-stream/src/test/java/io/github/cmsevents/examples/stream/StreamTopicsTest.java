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

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class StreamTopicsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PARTITIONS = 6;

    private final StreamTopics topics = new StreamTopics("events", "conferences", "participants", "east");

    @Test
    void conferenceIsAnEventAndARecordOfTheGroup() throws Exception {
        List<ProducerRecord<String, String>> records = records(conference("add"));

        assertThat(records).extracting(ProducerRecord::topic).containsExactly("events", "conferences");
        assertThat(records).extracting(ProducerRecord::key).containsExactly("board", "board@east");
        MeetingSchemas.validate("meeting-event", records.get(0).value());
        MeetingSchemas.validate("conference", records.get(1).value());
    }

    @Test
    void participantIsAnEventOfTheConferenceAndARecordOfItsOwn() throws Exception {
        List<ProducerRecord<String, String>> records = records(participant("update"));

        assertThat(records).extracting(ProducerRecord::topic).containsExactly("events", "participants");
        assertThat(records).extracting(ProducerRecord::key).containsExactly("board", "board/ada@east");
        MeetingSchemas.validate("meeting-event", records.get(0).value());
        MeetingSchemas.validate("participant", records.get(1).value());
    }

    @Test
    void removeLeavesATombstone() throws Exception {
        List<ProducerRecord<String, String>> records = records(participant("remove"));

        assertThat(records.get(1).value()).isNull();
        assertThat(JSON.readTree(records.get(0).value())
                        .path("record")
                        .path("name")
                        .asText())
                .isEqualTo("Ada");
        MeetingSchemas.validate("meeting-event", records.get(0).value());
    }

    @Test
    void allOfAConferenceIsInThePartitionThatKafkaChoosesForItsKey() {
        int expected = BuiltInPartitioner.partitionForKey("board".getBytes(StandardCharsets.UTF_8), PARTITIONS);

        assertThat(records(conference("add")))
                .extracting(ProducerRecord::partition)
                .containsOnly(expected);
        assertThat(records(participant("add")))
                .extracting(ProducerRecord::partition)
                .containsOnly(expected);
    }

    @Test
    void stateOfTheOwnGroupIsRestored() throws Exception {
        CurrentState state = new CurrentState(Set.of("cms1:443"), 1);
        topics.restore("conferences", records(conference("add")).get(1).value(), state);
        topics.restore("participants", records(participant("add")).get(1).value(), state);

        assertThat(state.apply(report(conference("add")))).isEmpty();
        assertThat(state.apply(report(participant("add")))).isEmpty();
    }

    @Test
    void stateOfAnotherGroupIsNotTouched() throws Exception {
        CurrentState state = new CurrentState(Set.of("cms1:443"), 1);
        StreamTopics west = new StreamTopics("events", "conferences", "participants", "west");
        west.restore("conferences", records(conference("add")).get(1).value(), state);
        state.subscription("cms1:443", null, null, true);

        assertThat(state.tick(false, 0)).isEmpty();
        assertThat(state.apply(report(conference("add")))).isPresent();
    }

    private List<ProducerRecord<String, String>> records(Change change) {
        return topics.records(
                change, Map.of("events", PARTITIONS, "conferences", PARTITIONS, "participants", PARTITIONS));
    }

    private static Report report(Change change) {
        return new Report(
                change.subject(),
                change.type(),
                change.conference(),
                change.conference(),
                change.participant(),
                "cms1:443",
                0,
                null,
                false,
                change.record());
    }

    private static Change conference(String type) {
        ObjectNode record = JSON.createObjectNode().put("name", "Board").put("participants", 2);
        record.putArray("servers").add("cms1:443");
        return new Change(
                Subject.CONFERENCE, type, "board", null, 1_764_000_000_123L, null, false, List.of("name"), record);
    }

    private static Change participant(String type) {
        ObjectNode record = JSON.createObjectNode().put("name", "Ada").put("audioMuted", false);
        record.putNull("importance");
        return new Change(
                Subject.PARTICIPANT, type, "board", "ada", 1_764_000_000_123L, "callEnded", true, List.of(), record);
    }
}
