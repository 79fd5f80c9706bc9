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
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LivelyScenarioTest {

    private static final List<String> CALL_ELEMENTS =
            List.of("name", "participants", "recording", "streaming", "lockState", "callType", "callCorrelator");
    private static final List<String> PARTICIPANT_ELEMENTS = List.of(
            "name",
            "uri",
            "state",
            "direction",
            "audioMuted",
            "videoMuted",
            "importance",
            "layout",
            "activeSpeaker",
            "presenter");

    @Test
    void theSameSeedMakesTheSameMeetings() {
        assertThat(pictures(7, 400)).isEqualTo(pictures(7, 400)).isNotEqualTo(pictures(8, 400));
    }

    @Test
    void everyStepIsOneChange() {
        List<String> pictures = pictures(1, 1_000);
        for (int i = 1; i < pictures.size(); i++) {
            assertThat(pictures.get(i)).as("after step %s", i).isNotEqualTo(pictures.get(i - 1));
        }
        assertThat(new HashSet<>(pictures)).hasSizeGreaterThan(950);
    }

    @Test
    void thereAreAlwaysAtLeastFourMeetingsAndTheFirstNeverEnds() {
        onItsThread(server -> {
            LivelyMeetings meetings = new LivelyMeetings(new ServerVenue(server), 3);
            meetings.open();
            SimulatedCall first = server.call(LivelyScenario.FIRST_CALL).orElseThrow();
            assertThat(first.name()).isEqualTo("Andy's coSpace");
            Set<String> ids = new HashSet<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 3_000; i++) {
                meetings.change();
                List<SimulatedCall> calls = server.calls();
                assertThat(calls).hasSizeBetween(4, 7);
                calls.forEach(call -> {
                    ids.add(call.id());
                    seen.add("recording " + call.get("recording").asText());
                    seen.add("lock " + call.get("lockState").asText());
                    seen.add("streaming " + call.get("streaming").asText());
                    seen.add(call.get("callType").asText());
                    call.participants().forEach(participant -> {
                        seen.add("state " + participant.get("state").asText());
                        seen.add("muted " + participant.get("audioMuted").asText());
                        seen.add("presenter " + participant.get("presenter").asText());
                        seen.add("importance " + participant.get("importance").isNull());
                    });
                });
            }
            assertThat(first.hasEnded()).isFalse();
            assertThat(ids).hasSizeGreaterThan(7);
            assertThat(seen)
                    .contains(
                            "recording active",
                            "lock locked",
                            "streaming active",
                            "coSpace",
                            "adHoc",
                            "state initial",
                            "state ringing",
                            "state connected",
                            "state onHold",
                            "muted true",
                            "presenter true",
                            "importance false",
                            "importance true");
        });
    }

    @Test
    void participantsLeaveForTheReasonsOfLiveBridges() {
        List<DepartureRecorder.Departure> departures = new ArrayList<>();
        onItsThread(server -> {
            LivelyMeetings meetings = new LivelyMeetings(new DepartureRecorder(new ServerVenue(server), departures), 1);
            meetings.open();
            for (int i = 0; i < 3_000; i++) {
                meetings.change();
            }
        });
        Map<Boolean, Set<String>> reasons = departures.stream()
                .filter(departure -> departure.reason() != null)
                .collect(groupingBy(
                        departure -> List.of("initial", "ringing").contains(departure.state()),
                        mapping(DepartureRecorder.Departure::reason, toSet())));

        assertThat(reasons.get(true))
                .as("dialled, in vain")
                .containsExactlyInAnyOrder("timeout", "noAnswer", "notFound");
        assertThat(reasons.get(false)).as("connected").containsExactlyInAnyOrder("remoteTeardown", "callEnded");
        assertThat(departures).anyMatch(departure -> departure.reason() == null);
    }

    @Test
    void whoIsDialledCannotBeMovedAndSomeWhoDialInHaveNoName() {
        Set<String> seen = new HashSet<>();
        onItsThread(server -> {
            LivelyMeetings meetings = new LivelyMeetings(new ServerVenue(server), 1);
            meetings.open();
            for (int i = 0; i < 1_000; i++) {
                meetings.change();
                server.calls().stream()
                        .flatMap(call -> call.participants().stream())
                        .forEach(participant ->
                                seen.add(participant.get("direction").asText() + " "
                                        + participant.get("canMove").asText()
                                        + (participant.get("name").asText().isEmpty() ? " nameless" : "")));
            }
        });
        assertThat(seen).containsExactlyInAnyOrder("outgoing false", "incoming true", "incoming true nameless");
    }

    /** As on live bridges: there it is about 45 %. */
    @Test
    void closeToHalfOfTheUpdatesAreOfTheActiveSpeaker() {
        Map<Boolean, Integer> updates = new HashMap<>();
        onItsThread(server -> {
            LivelyMeetings lively = new LivelyMeetings(new ServerVenue(server), 5);
            lively.open();
            Map<String, JsonNode> before = values(server);
            for (int i = 0; i < 3_000; i++) {
                lively.change();
                Map<String, JsonNode> after = values(server);
                after.forEach((key, value) -> {
                    if (before.containsKey(key) && !before.get(key).equals(value)) {
                        updates.merge(key.endsWith("activeSpeaker"), 1, Integer::sum);
                    }
                });
                before.clear();
                before.putAll(after);
            }
        });
        double ofSpeaker = updates.get(true);
        assertThat(ofSpeaker / (ofSpeaker + updates.get(false))).isBetween(0.4, 0.55);
    }

    /** Every value of every call and participant, by GUID and element. */
    private static Map<String, JsonNode> values(MeetingServerSimulator server) {
        Map<String, JsonNode> values = new HashMap<>();
        for (SimulatedCall call : server.calls()) {
            CALL_ELEMENTS.forEach(element -> values.put(call.id() + element, call.get(element)));
            for (SimulatedParticipant participant : call.participants()) {
                PARTICIPANT_ELEMENTS.forEach(
                        element -> values.put(participant.id() + element, participant.get(element)));
            }
        }
        return values;
    }

    @Test
    void runsByItselfUntilItIsClosed() {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            ScenarioRun run = LivelyScenario.start(server, new LivelyOptions(1, 100));
            String atFirst = picture(server);
            await().atMost(30, SECONDS).until(() -> !picture(server).equals(atFirst));
            // Ending its calls does not stop it.
            server.clear();
            await().atMost(30, SECONDS).until(() -> server.calls().size() >= 4);
            run.close();
            run.close();
            // A task on the server's thread runs after all earlier ones.
            String atLast = picture(server);
            await().during(java.time.Duration.ofMillis(100))
                    .until(() -> picture(server).equals(atLast));
        }
    }

    @Test
    void usesExistingMeetings() {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            SimulatedCall mine = server.createCall("Mine", LivelyScenario.FIRST_CALL);
            LivelyScenario.start(server, LivelyOptions.defaults()).close();
            assertThat(server.calls()).hasSize(4).contains(mine);
        }
    }

    @Test
    void refusesAnInvalidSpeed() {
        assertThatThrownBy(() -> new LivelyOptions(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LivelyOptions(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Much faster on the server's thread. */
    private static void onItsThread(Consumer<MeetingServerSimulator> work) {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            server.scheduler().submit(() -> work.accept(server)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e.getCause() == null ? e : e.getCause());
        }
    }

    private static List<String> pictures(long seed, int steps) {
        List<String> pictures = new ArrayList<>();
        onItsThread(server -> {
            LivelyMeetings meetings = new LivelyMeetings(new ServerVenue(server), seed);
            meetings.open();
            for (int i = 0; i < steps; i++) {
                pictures.add(picture(server));
                meetings.change();
            }
        });
        return pictures;
    }

    /** All values of all calls and participants. */
    private static String picture(MeetingServerSimulator server) {
        StringBuilder picture = new StringBuilder();
        server.transaction(() -> {
            for (SimulatedCall call : server.calls()) {
                picture.append(call.id());
                CALL_ELEMENTS.forEach(element -> append(picture, call.get(element)));
                for (SimulatedParticipant participant : call.participants()) {
                    picture.append(participant.id());
                    PARTICIPANT_ELEMENTS.forEach(element -> append(picture, participant.get(element)));
                }
            }
        });
        return picture.toString();
    }

    private static void append(StringBuilder picture, JsonNode value) {
        picture.append(' ').append(value);
    }
}
