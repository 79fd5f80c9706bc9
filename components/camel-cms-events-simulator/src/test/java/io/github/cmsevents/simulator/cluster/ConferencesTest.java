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
package io.github.cmsevents.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.ChangeKind;
import io.github.cmsevents.simulator.model.Elements;
import io.github.cmsevents.simulator.model.Habits;
import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.model.Participant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConferencesTest {

    private static final int BRIDGES = 3;

    private final List<Meetings> bridges = new ArrayList<>();
    /** The updates of each bridge, as text. */
    private final List<List<String>> received = new ArrayList<>();

    private Conferences conferences = newConferences(false);

    private Conferences newConferences(boolean ownParticipantIds) {
        bridges.clear();
        received.clear();
        for (int i = 0; i < BRIDGES; i++) {
            List<String> words = new ArrayList<>();
            received.add(words);
            bridges.add(new Meetings(
                    Elements.documented(), Habits.none(), changes -> changes.forEach(change -> tell(words, change))));
        }
        return new Conferences(bridges, ownParticipantIds);
    }

    private static void tell(List<String> words, CallChange change) {
        words.add("call " + change.kind() + " " + sorted(change.elements()));
        change.participants()
                .forEach(row -> words.add(row.participant().id() + " " + row.kind()
                        + (row.kind() == ChangeKind.REMOVED ? " " + row.reason() : "")));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private Conference create(String correlator) {
        return conferences.create(
                "seed", Map.of("name", "Board", "callCorrelator", correlator, "recording", "inactive"));
    }

    private Participant join(Conference conference, int bridge, String id) {
        return conferences.join(conference, bridge, id, Map.of("name", id, "activeSpeaker", false));
    }

    private void deliver() {
        conferences.takeOutbox().forEach(Delivery::arrive);
    }

    /** The updates of the bridge since the last call of this method. */
    private List<String> received(int bridge) {
        deliver();
        List<String> words = List.copyOf(received.get(bridge));
        received.get(bridge).clear();
        return words;
    }

    private int distributedInstances(int bridge) {
        deliver();
        return bridges.get(bridge)
                .all()
                .iterator()
                .next()
                .value("distributedInstances")
                .asInt();
    }

    @Test
    void aConferenceIsOnNoBridgeBeforeAParticipantJoins() {
        Conference board = create("c1");
        deliver();
        assertThat(bridges).allSatisfy(bridge -> assertThat(bridge.all()).isEmpty());
        join(board, 1, "ada");
        deliver();
        assertThat(bridges.get(0).all()).isEmpty();
        assertThat(bridges.get(1).all()).singleElement().satisfies(call -> {
            assertThat(call.value("callCorrelator").asText()).isEqualTo("c1");
            assertThat(call.roster()).extracting(Participant::id).containsExactly("ada");
        });
        assertThat(received(1)).containsExactly("call ADDED [participants]", "ada ADDED");
    }

    @Test
    void aRemoteParticipantIsReportedByEveryBridgeThatTakesPart() {
        Conference board = create("c1");
        join(board, 0, "ada");
        received(0);
        join(board, 1, "bo");
        assertThat(received(0)).containsExactly("call UPDATED [distributedInstances, participants]", "bo ADDED");
        assertThat(received(1)).containsExactly("call ADDED [participants]", "ada ADDED", "bo ADDED");
        assertThat(received(2)).isEmpty();
        assertThat(bridges.get(0).all().iterator().next().id())
                .isNotEqualTo(bridges.get(1).all().iterator().next().id());
    }

    @Test
    void distributedInstancesIsZeroForOneBridgeAndOtherwiseTheNumberOfBridges() {
        Conference board = create("c1");
        join(board, 0, "ada");
        assertThat(distributedInstances(0)).isZero();
        Participant bo = join(board, 1, "bo");
        conferences.takePart(board, 2);
        deliver();
        for (int bridge = 0; bridge < BRIDGES; bridge++) {
            assertThat(distributedInstances(bridge)).isEqualTo(3);
        }
        conferences.leave(board, bo, "clientInitiated");
        assertThat(distributedInstances(0)).isEqualTo(2);
        conferences.leave(board, 2, "clientInitiated");
        assertThat(distributedInstances(0)).isZero();
    }

    @Test
    void onlyTheParticipantsOwnBridgeGetsTheReason() {
        Conference board = create("c1");
        join(board, 0, "ada");
        Participant bo = join(board, 1, "bo");
        join(board, 1, "chidi");
        received(0);
        received(1);
        conferences.leave(board, bo, "clientInitiated");
        assertThat(received(0)).containsExactly("call UPDATED [participants]", "bo REMOVED null");
        assertThat(received(1)).containsExactly("call UPDATED [participants]", "bo REMOVED clientInitiated");
    }

    @Test
    void aBridgeStopsTakingPartWhenItsLastParticipantLeaves() {
        Conference board = create("c1");
        join(board, 0, "ada");
        Participant bo = join(board, 1, "bo");
        received(0);
        received(1);
        conferences.leave(board, bo, "clientInitiated");
        assertThat(received(1))
                .containsExactly("call UPDATED [participants]", "bo REMOVED clientInitiated", "call REMOVED []");
        assertThat(received(0))
                .containsExactly(
                        "call UPDATED [participants]", "bo REMOVED null", "call UPDATED [distributedInstances]");
        assertThat(board.instance(1)).isEmpty();
    }

    @Test
    void aBridgeThatWasAskedToTakePartStaysWithoutParticipants() {
        Conference board = create("c1");
        join(board, 0, "ada");
        conferences.takePart(board, 1);
        Participant bo = join(board, 1, "bo");
        conferences.leave(board, bo, "clientInitiated");
        assertThat(board.instance(1)).isPresent();
        conferences.leave(board, 1, "clientInitiated");
        assertThat(board.instance(1)).isEmpty();
        assertThat(board.call().hasEnded()).isFalse();
        assertThatThrownBy(() -> conferences.leave(board, 1, "clientInitiated"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Bridge 1 does not take part in Conference[c1]");
    }

    @Test
    void aConferenceEndsWhenItsLastParticipantLeaves() {
        Conference board = create("c1");
        Participant ada = join(board, 0, "ada");
        conferences.takePart(board, 1);
        received(0);
        received(1);
        conferences.leave(board, ada, "clientInitiated");
        assertThat(received(0))
                .containsExactly("call UPDATED [participants]", "ada REMOVED clientInitiated", "call REMOVED []");
        assertThat(received(1)).containsExactly("call UPDATED [participants]", "ada REMOVED null", "call REMOVED []");
        assertThat(board.call().hasEnded()).isTrue();
        assertThat(conferences.all()).isEmpty();
        assertThatThrownBy(() -> join(board, 0, "bo"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Conference[c1] has ended");
    }

    @Test
    void aConferenceWithoutParticipantsEndsWithItsLastBridge() {
        Conference board = create("c1");
        conferences.takePart(board, 0);
        conferences.takePart(board, 1);
        conferences.leave(board, 0, "clientInitiated");
        assertThat(board.call().hasEnded()).isFalse();
        conferences.leave(board, 1, "clientInitiated");
        assertThat(board.call().hasEnded()).isTrue();
    }

    @Test
    void aBridgeThatLeavesRemovesItsParticipants() {
        Conference board = create("c1");
        join(board, 0, "ada");
        join(board, 1, "bo");
        join(board, 1, "chidi");
        received(0);
        received(1);
        conferences.leave(board, 1, "remoteTeardown");
        assertThat(received(1))
                .containsExactly(
                        "call UPDATED [participants]",
                        "bo REMOVED remoteTeardown",
                        "chidi REMOVED remoteTeardown",
                        "call REMOVED []");
        assertThat(received(0))
                .containsExactly(
                        "call UPDATED [participants]",
                        "bo REMOVED null",
                        "chidi REMOVED null",
                        "call UPDATED [distributedInstances]");
    }

    @Test
    void aBridgeThatTakesPartAgainHasANewGuid() {
        Conference board = create("c1");
        join(board, 0, "ada");
        String first = conferences.takePart(board, 1).shown().id();
        assertThat(conferences.takePart(board, 1).shown().id()).isEqualTo(first);
        conferences.leave(board, 1, "clientInitiated");
        assertThat(conferences.takePart(board, 1).shown().id()).isNotEqualTo(first);
        deliver();
        assertThat(bridges.get(1).all()).hasSize(1);
    }

    @Test
    void theParticipantsOfALostBridgeAreRemovedWithoutAReason() {
        Conference board = create("c1");
        join(board, 0, "ada");
        Participant bo = join(board, 1, "bo");
        Conference review = create("c2");
        join(review, 1, "chidi");
        received(0);
        conferences.lose(1);
        assertThat(received(0)).containsExactly("call UPDATED [distributedInstances, participants]", "bo REMOVED null");
        assertThat(bo.hasLeft()).isTrue();
        assertThat(review.call().hasEnded()).isTrue();
        assertThat(conferences.all()).containsExactly(board);
        assertThat(bridges.get(1).all()).isEmpty();
    }

    @Test
    void aConferenceWhoseOnlyParticipantsWereOnALostBridgeIsOver() {
        Conference board = create("c1");
        join(board, 1, "ada");
        conferences.takePart(board, 0);
        conferences.lose(1);
        deliver();
        assertThat(board.call().hasEnded()).isTrue();
        assertThat(bridges.get(0).all()).isEmpty();
    }

    @Test
    void aConferenceHasOneActiveSpeakerOnAllBridges() {
        Conference board = create("c1");
        Participant ada = join(board, 0, "ada");
        Participant bo = join(board, 1, "bo");
        conferences.activeSpeaker(board, ada);
        conferences.set(board, bo, Map.of("activeSpeaker", true));
        deliver();
        assertThat(bridges.subList(0, 2)).allSatisfy(bridge -> assertThat(
                        bridge.all().iterator().next().roster())
                .filteredOn(participant -> participant.value("activeSpeaker").asBoolean())
                .extracting(Participant::id)
                .containsExactly("bo"));
        conferences.activeSpeaker(board, null);
        deliver();
        assertThat(bridges.get(0).all().iterator().next().roster())
                .noneMatch(participant -> participant.value("activeSpeaker").asBoolean());
    }

    @Test
    void onlyChangesFromOtherBridgesAreDelayed() {
        Conference board = create("c1");
        join(board, 0, "ada");
        conferences.takeOutbox().forEach(Delivery::arrive);
        join(board, 1, "bo");
        assertThat(conferences.takeOutbox())
                .extracting(delivery -> delivery.bridge() + " " + delivery.isLate())
                .containsExactly("0 true", "1 false");
        conferences.set(board, Map.of("recording", "active"));
        assertThat(conferences.takeOutbox()).extracting(Delivery::isLate).containsExactly(false, false);
        conferences.end(board);
        assertThat(conferences.takeOutbox()).extracting(Delivery::isLate).containsExactly(false, false);
    }

    @Test
    void aLaterChangeAppliesEarlierDelayedOnesFirst() {
        Conference board = create("c1");
        join(board, 0, "ada");
        join(board, 1, "bo");
        deliver();
        join(board, 0, "chidi");
        List<Delivery> late = conferences.takeOutbox();
        join(board, 1, "dana");
        deliver();
        assertThat(bridges.get(1).all().iterator().next().roster())
                .extracting(Participant::id)
                .containsExactly("ada", "bo", "chidi", "dana");
        late.forEach(Delivery::arrive);
        assertThat(bridges.get(1).all().iterator().next().roster()).hasSize(4);
    }

    @Test
    void refusesInvalidChanges() {
        Conference board = create("c1");
        join(board, 0, "ada");
        deliver();
        assertThatThrownBy(() -> create("c1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A conference with callCorrelator c1 is active already");
        assertThatThrownBy(() -> conferences.create("seed", Map.of("name", "Board")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A conference needs a text callCorrelator");
        assertThatThrownBy(() -> conferences.set(board, Map.of("distributedInstances", 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Element 'distributedInstances' of a distributed call cannot be set");
        assertThatThrownBy(() -> conferences.set(board, Map.of("callCorrelator", "c2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> conferences.set(board, Map.of("nonsense", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unknown call element 'nonsense'");
        // A bridge that did not take part before does not afterwards.
        assertThatThrownBy(() -> join(board, 1, "ada")).isInstanceOf(IllegalArgumentException.class);
        assertThat(board.instance(1)).isEmpty();
        assertThat(conferences.takeOutbox()).isEmpty();
    }

    @Test
    void aCallThatOnlyOneBridgeEndedIsNotChangedByTheCluster() {
        Conference board = create("c1");
        join(board, 0, "ada");
        Participant bo = join(board, 1, "bo");
        deliver();
        Meeting shown = bridges.get(1).all().iterator().next();
        bridges.get(1).end(shown);
        conferences.set(board, bo, Map.of("audioMuted", true));
        conferences.end(board);
        deliver();
        assertThat(bridges).allSatisfy(bridge -> assertThat(bridge.all()).isEmpty());
    }

    @Test
    void aParticipantThatOnlyOneBridgeRemovedStaysRemovedThere() {
        Conference board = create("c1");
        join(board, 0, "ada");
        Participant bo = join(board, 1, "bo");
        deliver();
        Meeting shown = bridges.get(0).all().iterator().next();
        bridges.get(0).leave(shown.participant("bo").orElseThrow(), null);
        conferences.set(board, bo, Map.of("audioMuted", true));
        conferences.leave(board, bo, "clientInitiated");
        deliver();
        assertThat(shown.roster()).extracting(Participant::id).containsExactly("ada");
    }

    @Test
    void withOwnParticipantIdsEachBridgeHasItsOwnGuidsForRemoteParticipants() {
        conferences = newConferences(true);
        Conference board = create("c1");
        join(board, 0, "ada");
        join(board, 1, "bo");
        deliver();
        Set<String> ids = new HashSet<>();
        for (int bridge = 0; bridge < 2; bridge++) {
            ids.addAll(bridges.get(bridge).all().iterator().next().roster().stream()
                    .map(Participant::id)
                    .toList());
        }
        assertThat(ids).hasSize(4).contains("ada", "bo");
        assertThat(bridges.get(1).all().iterator().next().participant("bo")).isPresent();
        assertThat(bridges.get(1)
                        .all()
                        .iterator()
                        .next()
                        .participant(board.instance(1).orElseThrow().idOf("ada", 0)))
                .isPresent();
        conferences.leave(board, 0, "clientInitiated");
        deliver();
        assertThat(bridges.get(1).all().iterator().next().roster())
                .extracting(Participant::id)
                .containsExactly("bo");
    }

    /** Deliveries to different instances arrive in any order, early or late. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allBridgesEndUpEqualInEveryOrderOfArrival(boolean ownParticipantIds) {
        for (int seed = 1; seed <= 100; seed++) {
            conferences = newConferences(ownParticipantIds);
            new RandomLife(new Random(seed)).live(200);
            assertThat(pictures()).as("seed %s", seed).isEqualTo(expectedPictures());
        }
    }

    /** The content of each bridge by correlator: values, and participants' values in order. */
    private List<Map<String, Object>> pictures() {
        return bridges.stream()
                .map(bridge -> {
                    Map<String, Object> calls = new HashMap<>();
                    bridge.all().forEach(call -> calls.put(correlator(call), picture(call)));
                    assertThat(calls).hasSameSizeAs(bridge.all());
                    return calls;
                })
                .toList();
    }

    private List<Map<String, Object>> expectedPictures() {
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int bridge = 0; bridge < BRIDGES; bridge++) {
            Map<String, Object> calls = new HashMap<>();
            for (Conference conference : conferences.all()) {
                if (conference.instance(bridge).isPresent()) {
                    calls.put(conference.correlator(), picture(conference.call()));
                }
            }
            expected.add(calls);
        }
        return expected;
    }

    private static String correlator(Meeting call) {
        return call.value("callCorrelator").asText();
    }

    private static List<Map<String, JsonNode>> picture(Meeting call) {
        List<Map<String, JsonNode>> picture = new ArrayList<>();
        Map<String, JsonNode> own = new LinkedHashMap<>(call.values());
        own.put("participants", call.value("participants"));
        picture.add(own);
        call.roster().forEach(participant -> picture.add(participant.values()));
        return picture;
    }

    private final class RandomLife {
        private final Random random;
        private final Deque<Delivery> underWay = new ArrayDeque<>();
        private int ids;

        RandomLife(Random random) {
            this.random = random;
        }

        void live(int changes) {
            for (int i = 0; i < changes; i++) {
                change();
                List<Delivery> fresh = new ArrayList<>(conferences.takeOutbox());
                fresh.removeIf(delivery -> {
                    if (!delivery.isLate()) {
                        delivery.arrive();
                    }
                    return !delivery.isLate();
                });
                underWay.addAll(fresh);
                if (random.nextInt(4) == 0) {
                    arriveInAnyOrder();
                }
            }
            arriveInAnyOrder();
        }

        private void arriveInAnyOrder() {
            List<Delivery> due = new ArrayList<>(underWay);
            underWay.clear();
            Collections.shuffle(due, random);
            due.forEach(Delivery::arrive);
        }

        private void change() {
            List<Conference> all = List.copyOf(conferences.all());
            if (all.size() < 2) {
                create("c" + ++ids);
                return;
            }
            Conference one = all.get(random.nextInt(all.size()));
            int bridge = random.nextInt(BRIDGES);
            List<Participant> roster = List.copyOf(one.call().roster());
            Participant chosen = roster.isEmpty() ? null : roster.get(random.nextInt(roster.size()));
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> join(one, bridge, "p" + ++ids);
                case 3 -> conferences.takePart(one, bridge);
                case 4 -> conferences.set(one, Map.of("recording", random.nextBoolean() ? "active" : "inactive"));
                case 5, 6 -> conferences.activeSpeaker(one, chosen);
                case 7 -> {
                    if (one.instance(bridge).isPresent()) {
                        conferences.leave(one, bridge, "clientInitiated");
                    }
                }
                case 8 -> {
                    if (random.nextInt(4) == 0) {
                        conferences.lose(bridge);
                    }
                }
                case 9 -> {
                    if (chosen != null) {
                        conferences.leave(one, chosen, "clientInitiated");
                    }
                }
                default -> {
                    if (chosen != null) {
                        conferences.set(one, chosen, Map.of("audioMuted", random.nextBoolean()));
                    }
                }
            }
        }
    }
}
