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
package io.github.cmsevents.simulator.scenario;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LivelyClusterScenarioTest {

    @Test
    void theSameSeedMakesTheSameConferences() {
        assertThat(picturesAfter(7, 300)).isEqualTo(picturesAfter(7, 300)).isNotEqualTo(picturesAfter(8, 300));
    }

    private static List<String> picturesAfter(long seed, int changes) {
        try (MeetingServerCluster cluster = MeetingServerCluster.builder().build()) {
            LivelyMeetings meetings = new LivelyMeetings(new ClusterVenue(cluster), seed);
            meetings.open();
            for (int i = 0; i < changes; i++) {
                meetings.change();
            }
            return pictures(cluster);
        }
    }

    /** The content of each bridge. */
    private static List<String> pictures(MeetingServerCluster cluster) {
        return cluster.bridges().stream()
                .flatMap(bridge -> bridge.calls().stream())
                .map(call -> call.id() + " " + content(call))
                .toList();
    }

    private static String content(SimulatedCall call) {
        StringBuilder content = new StringBuilder();
        for (String element : List.of("callCorrelator", "name", "participants", "distributedInstances", "recording")) {
            content.append(call.get(element)).append(' ');
        }
        for (SimulatedParticipant participant : call.participants()) {
            content.append(participant.id()).append(' ');
            for (String element : List.of("name", "state", "audioMuted", "activeSpeaker", "layout")) {
                content.append(participant.get(element)).append(' ');
            }
        }
        return content.toString();
    }

    @Test
    void conferencesSpreadOverBridgesThatJoinAndLeaveAndTheFirstNeverEnds() {
        try (MeetingServerCluster cluster = MeetingServerCluster.builder().build()) {
            LivelyMeetings meetings = new LivelyMeetings(new ClusterVenue(cluster), 3);
            meetings.open();
            DistributedCall first =
                    cluster.call(LivelyClusterScenario.FIRST_CORRELATOR).orElseThrow();
            assertThat(first.name()).isEqualTo("Andy's coSpace");
            Set<Integer> instances = new HashSet<>();
            Set<String> guidsOfFirst = new HashSet<>();
            for (int i = 0; i < 2_000; i++) {
                meetings.change();
                assertThat(cluster.calls()).hasSizeBetween(3, 7);
                cluster.calls().forEach(call -> {
                    instances.add(call.get("distributedInstances").asInt());
                    assertThat(call.get("distributedInstances").asInt()).isNotEqualTo(1);
                });
                first.instance(1).map(SimulatedCall::id).ifPresent(guidsOfFirst::add);
            }
            assertThat(first.hasEnded()).isFalse();
            assertThat(instances).containsExactlyInAnyOrder(0, 2, 3);
            // It stopped taking part and began again.
            assertThat(guidsOfFirst).hasSizeGreaterThan(2);
            for (DistributedCall call : cluster.calls()) {
                // There is none before a participant joins.
                assertThat(call.instances().stream()
                                .map(LivelyClusterScenarioTest::content)
                                .distinct())
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void continuesWhenBridgesAreKilledUntilItIsClosed() {
        try (MeetingServerCluster cluster =
                MeetingServerCluster.builder().build().start()) {
            ScenarioRun run = LivelyClusterScenario.start(cluster, new LivelyOptions(1, 500));
            for (int round = 0; round < 10; round++) {
                for (int bridge = 0; bridge < 3; bridge++) {
                    cluster.kill(bridge);
                }
                assertThat(cluster.bridges())
                        .allSatisfy(bridge -> assertThat(bridge.calls()).isEmpty());
                for (int bridge = 0; bridge < 3; bridge++) {
                    cluster.revive(bridge);
                }
                cluster.clear();
                for (MeetingServerSimulator bridge : cluster.bridges()) {
                    await().atMost(30, SECONDS).until(() -> !bridge.calls().isEmpty());
                }
            }
            run.close();
            List<String> atLast = new ArrayList<>(pictures(cluster));
            await().during(Duration.ofMillis(100)).until(() -> pictures(cluster).equals(atLast));
        }
    }
}
