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
package io.github.cmsevents.examples.meetingwall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WallTest {

    private static final String CMS1 = "cms1.example.com:443";
    private static final String CMS2 = "cms2.example.com:445";
    private static final long START = 1_000_000;

    private final SetClock clock = new SetClock();
    private final Wall wall = new Wall("cms1.example.com, https://CMS2.example.com:445", "Rooms", clock);

    private static final class SetClock extends Clock {
        private long now = START;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void showsAMeetingWithItsPeople() {
        meeting(
                "m",
                Map.of(
                        "name", "Board",
                        "participants", 2,
                        "recording", "active",
                        "streaming", "inactive",
                        "lockState", "locked",
                        "callType", "coSpace"));
        person("m", "ada", Map.of("name", "Ada", "state", "connected", "direction", "outgoing", "activeSpeaker", true));
        person("m", "bo", Map.of("name", "Bo", "uri", "bo@example.com", "state", "initial", "presenter", true));

        WallMessage changes = wall.changes();

        assertThat(changes.meetings())
                .containsExactly(new Meeting(
                        "m", "Board", 2, true, false, false, true, "coSpace", List.of(CMS1), clock.now, false));
        assertThat(changes.people().get("m"))
                .containsExactlyInAnyOrder(
                        new Person("ada", "Ada", "", "connected", true, false, false, true, false, false, clock.now),
                        new Person(
                                "bo",
                                "Bo",
                                "bo@example.com",
                                "initial",
                                false,
                                false,
                                false,
                                false,
                                true,
                                false,
                                clock.now));
    }

    @Test
    void aSnapshotAndTheChangesAfterItAreTheWholePicture() {
        meeting("m", Map.of("name", "Board"));
        wall.changes();
        meeting("n", Map.of("name", "Sales"));

        WallMessage snapshot = wall.snapshot();
        WallMessage changes = wall.changes();

        // A change in the snapshot can come again with the next message, and changes nothing then.
        assertThat(snapshot.snapshot()).isTrue();
        assertThat(snapshot.title()).isEqualTo("Rooms");
        assertThat(snapshot.meetings()).extracting(Meeting::id).containsExactly("m", "n");
        assertThat(changes.sequence()).isEqualTo(snapshot.sequence() + 1);
        assertThat(changes.meetings()).extracting(Meeting::id).containsExactly("n");
    }

    @Test
    void eachMessageHasTheNextNumberAndOnlyWhatChanged() {
        meeting("m", Map.of("name", "Board"));
        person("m", "ada", Map.of("name", "Ada", "state", "connected"));
        WallMessage first = wall.changes();
        person("m", "ada", Map.of("name", "Ada", "state", "connected", "audioMuted", true));
        WallMessage second = wall.changes();

        assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
        assertThat(second.meetings()).isEmpty();
        assertThat(second.people().get("m")).singleElement().satisfies(ada -> assertThat(ada.audioMuted())
                .isTrue());
        assertThat(wall.changes()).isNull();
    }

    @Test
    void aMeetingThatEndsAndAPersonWhoLeavesAreGone() {
        meeting("m", Map.of("name", "Board"));
        person("m", "ada", Map.of("name", "Ada"));
        person("m", "bo", Map.of("name", "Bo"));
        wall.changes();

        wall.person("m", "bo", "remove", clock.now, Map.of("name", "Bo"));
        assertThat(wall.changes().left()).isEqualTo(Map.of("m", List.of("bo")));

        wall.meeting("m", "remove", null, clock.now, Map.of("name", "Board"));
        wall.person("m", "ada", "remove", clock.now, Map.of("name", "Ada"));
        WallMessage end = wall.changes();
        assertThat(end.ended()).containsExactly("m");
        assertThat(end.left()).isEqualTo(Map.of("m", List.of("ada")));
        assertThat(wall.snapshot().meetings()).isEmpty();
        assertThat(wall.snapshot().people()).isEmpty();
    }

    @Test
    void whatCameAndWentBetweenTwoMessagesIsGone() {
        meeting("m", Map.of("name", "Board"));
        wall.meeting("m", "remove", null, clock.now, Map.of());

        assertThat(wall.changes().meetings()).isEmpty();
    }

    @Test
    void peopleMayComeBeforeTheirMeeting() {
        person("m", "ada", Map.of("name", "Ada"));
        assertThat(wall.changes().meetings()).isEmpty();
        meeting("m", Map.of("name", "Board"));

        assertThat(wall.snapshot().meetings()).hasSize(1);
        assertThat(wall.snapshot().people().get("m")).extracting(Person::name).containsExactly("Ada");
    }

    @Test
    void removesOfWhatIsUnknownChangeNothing() {
        wall.meeting("m", "remove", null, clock.now, Map.of());
        wall.person("m", "ada", "remove", clock.now, Map.of());

        assertThat(wall.changes().sequence()).isEqualTo(1);
        assertThat(wall.changes()).isNull();
    }

    @Test
    void anEmptyNameDoesNotReplaceAName() {
        meeting("m", Map.of("name", "Board"));
        person("m", "ada", Map.of("name", "Ada"));
        meeting("m", Map.of("name", ""));
        person("m", "ada", Map.of("name", " "));

        WallMessage changes = wall.changes();
        assertThat(changes.meetings()).extracting(Meeting::name).containsExactly("Board");
        assertThat(changes.people().get("m")).extracting(Person::name).containsExactly("Ada");
    }

    @Test
    void valuesOfUnexpectedTypesAreSurvived() {
        Map<String, Object> strange = new HashMap<>();
        strange.put("name", 12);
        strange.put("participants", "many");
        strange.put("recording", true);
        strange.put("lockState", null);
        meeting("m", strange);

        assertThat(wall.changes().meetings()).singleElement().satisfies(meeting -> {
            assertThat(meeting.name()).isEqualTo("12");
            assertThat(meeting.participants()).isZero();
            assertThat(meeting.recording()).isFalse();
        });
    }

    @Test
    void theTimeOfAStateBeginsWithTheState() {
        person("m", "ada", Map.of("name", "Ada", "state", "initial"));
        long began = clock.now;
        clock.now += 60_000;
        person("m", "ada", Map.of("name", "Ada", "state", "initial", "audioMuted", true));
        assertThat(wall.changes().people().get("m")).extracting(Person::since).containsExactly(began);

        clock.now += 60_000;
        person("m", "ada", Map.of("name", "Ada", "state", "connected"));
        assertThat(wall.changes().people().get("m")).extracting(Person::since).containsExactly(clock.now);
    }

    @Test
    void knowsTheStartOfAMeetingOnlyWhenAllCallBridgesHaveBeenConnectedForAWhile() {
        wall.bridge(CMS1, "active", clock.now);
        clock.now += Wall.FIRST_CONTENT_MILLIS;
        meeting("before all", Map.of("name", "A"));
        wall.bridge(CMS2, "active", clock.now);
        clock.now += Wall.FIRST_CONTENT_MILLIS - 1;
        meeting("first content", Map.of("name", "B"));
        clock.now += 1;
        meeting("new", Map.of("name", "C"));
        wall.bridge(CMS1, "deactivated", clock.now);
        meeting("meanwhile", Map.of("name", "D"));
        meeting("new", Map.of("name", "C, renamed"));

        assertThat(wall.snapshot().meetings())
                .filteredOn(Meeting::startSeen)
                .extracting(Meeting::id)
                .containsExactly("new");
    }

    @Test
    void namesCallBridgesThatWereNeverConnected() {
        assertThat(wall.snapshot().bridges()).containsExactly(new CallBridge(CMS1, false), new CallBridge(CMS2, false));
    }

    @Test
    void reportsThatACallBridgeIsConnectedOrLost() {
        wall.bridge(CMS2, "pending", clock.now);
        wall.bridge(CMS2, "active", clock.now);
        assertThat(wall.changes().bridges()).containsExactly(new CallBridge(CMS1, false), new CallBridge(CMS2, true));
        meeting("m", Map.of("name", "Board"));
        assertThat(wall.changes().bridges()).isEmpty();

        wall.bridge(CMS2, "deactivated", clock.now);
        assertThat(wall.changes().bridges()).containsExactly(new CallBridge(CMS1, false), new CallBridge(CMS2, false));
    }

    @Test
    void sendsAHeartbeatWhenNothingHappens() {
        WallMessage first = wall.changes();
        clock.now += Wall.HEARTBEAT_MILLIS - 1;
        assertThat(wall.changes()).isNull();
        clock.now += 1;
        assertThat(wall.changes().sequence()).isEqualTo(first.sequence() + 1);
    }

    @Test
    void isBoundedAndSaysSo() {
        for (int i = 0; i <= Wall.MAX_MEETINGS; i++) {
            meeting("m" + i, Map.of("name", "x".repeat(1_000)));
        }
        for (int i = 0; i <= Wall.MAX_PEOPLE; i++) {
            person("m", "p" + i, Map.of("name", "Ada"));
        }
        WallMessage snapshot = wall.snapshot();
        assertThat(snapshot.full()).isTrue();
        assertThat(snapshot.meetings()).hasSize(Wall.MAX_MEETINGS).allSatisfy(meeting -> assertThat(meeting.name())
                .hasSize(Wall.MAX_TEXT));
        assertThat(snapshot.people().get("m")).hasSize(Wall.MAX_PEOPLE);

        wall.changes();
        wall.meeting("m0", "remove", null, clock.now, Map.of());
        wall.person("m", "p0", "remove", clock.now, Map.of());
        assertThat(wall.changes().full()).isFalse();
    }

    private void meeting(String id, Map<String, Object> record) {
        wall.meeting(id, "update", List.of(CMS1), clock.now, record);
    }

    private void person(String meeting, String id, Map<String, Object> record) {
        wall.person(meeting, id, "update", clock.now, record);
    }
}
