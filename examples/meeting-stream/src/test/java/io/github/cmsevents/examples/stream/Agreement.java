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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Whether the topics say what the site holds. */
final class Agreement {

    private static final Duration AT_MOST = Duration.ofSeconds(120);

    private Agreement() {}

    /** Waits until the state topics, and the events alone, say of this group what the site holds. */
    static void await(MeetingServerCluster site, TopicReader topics, String group) {
        Awaitility.await().atMost(AT_MOST).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            topics.read();
            assertThat(conferences(topics, group)).isEqualTo(conferences(site));
            assertThat(participants(topics, group)).isEqualTo(participants(site));
            assertThat(topics.folded()).isEqualTo(recordsOnly(topics));
        });
    }

    private static Map<String, String> conferences(MeetingServerCluster site) {
        Map<String, String> all = new TreeMap<>();
        for (DistributedCall call : site.calls()) {
            all.put(call.correlator(), call.name() + " " + call.get("recording").asText());
        }
        return all;
    }

    private static Map<String, String> conferences(TopicReader topics, String group) {
        Map<String, String> all = new TreeMap<>();
        topics.conferences().forEach((key, record) -> {
            if (record.path("group").asText().equals(group)) {
                assertThat(key).isEqualTo(record.path("conference").asText() + "@" + group);
                all.put(
                        record.path("conference").asText(),
                        record.path("name").asText() + " "
                                + record.path("recording").asText());
            }
        });
        return all;
    }

    private static Map<String, String> participants(MeetingServerCluster site) {
        Map<String, String> all = new TreeMap<>();
        for (DistributedCall call : site.calls()) {
            for (DistributedParticipant participant : call.participants()) {
                all.put(
                        call.correlator() + "/" + participant.id(),
                        participant.name() + " " + participant.get("audioMuted").asText());
            }
        }
        return all;
    }

    private static Map<String, String> participants(TopicReader topics, String group) {
        Map<String, String> all = new TreeMap<>();
        topics.participants().values().stream()
                .filter(record -> record.path("group").asText().equals(group))
                .forEach(record -> all.put(
                        record.path("conference").asText() + "/"
                                + record.path("participant").asText(),
                        record.path("name").asText() + " "
                                + record.path("audioMuted").asText()));
        return all;
    }

    /** The state topics without what an event has beside the record. */
    private static Map<String, JsonNode> recordsOnly(TopicReader topics) {
        Map<String, JsonNode> all = new TreeMap<>();
        for (Map<String, JsonNode> state : List.of(topics.conferences(), topics.participants())) {
            state.forEach((key, record) -> {
                ObjectNode copy = record.deepCopy();
                copy.remove(List.of("conference", "participant", "group", "time"));
                all.put(key, copy);
            });
        }
        return all;
    }
}
