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
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CurrentStateTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int QUIET_TICKS = 3;
    private static final String BOARD = "board-correlator";
    private static final String BOARD_CALL = "board-call";

    private final CurrentState state = new CurrentState(Set.of("cms1:443", "cms2:443"), QUIET_TICKS);

    @Test
    void newConferenceIsAnAddUnderItsCorrelator() {
        Change change = conference("add", "cms1:443", "{'name':'Board','servers':['cms1:443']}")
                .orElseThrow();

        assertThat(change.type()).isEqualTo("add");
        assertThat(change.conference()).isEqualTo(BOARD);
        assertThat(change.changed()).containsExactly("name", "servers");
    }

    @Test
    void conferenceWithoutCorrelatorHasTheKeyOfTheComponent() {
        Report report = report(Subject.CONFERENCE, "add", null, null, "cms1:443", "{'name':'Board'}");

        assertThat(state.apply(report).orElseThrow().conference()).isEqualTo(BOARD_CALL);
    }

    @Test
    void conferenceKeepsItsKeyWhenTheCorrelatorComesLater() {
        state.apply(report(Subject.CONFERENCE, "add", null, null, "cms1:443", "{'name':'Board'}"));

        assertThat(participant("add", "ada", "{'name':'Ada'}").orElseThrow().conference())
                .isEqualTo(BOARD_CALL);
        assertThat(conference("remove", "cms1:443", "{'name':'Board'}")
                        .orElseThrow()
                        .conference())
                .isEqualTo(BOARD_CALL);
        assertThat(participant("remove", "ada", "{'name':'Ada'}").orElseThrow().conference())
                .isEqualTo(BOARD_CALL);
        assertThat(conference("add", "cms1:443", "{'name':'Board'}")
                        .orElseThrow()
                        .conference())
                .as("the next conference")
                .isEqualTo(BOARD);
    }

    @Test
    void whatAnEarlierInstanceWroteIsNoNews() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443']}"));

        assertThat(conference("add", "cms1:443", "{'name':'Board','servers':['cms1:443']}"))
                .isEmpty();
    }

    @Test
    void whatChangedSinceAnEarlierInstanceIsAnUpdateOfThat() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','recording':'active','old':1}"));

        Change change = conference("add", "cms1:443", "{'name':'Board','recording':'inactive','participants':2}")
                .orElseThrow();

        assertThat(change.type()).isEqualTo("update");
        assertThat(change.changed()).containsExactly("old", "participants", "recording");
    }

    @Test
    void nullAndAbsentDiffer() {
        conference("add", "cms1:443", "{'name':null}");

        assertThat(conference("update", "cms1:443", "{}").orElseThrow().changed())
                .containsExactly("name");
    }

    @Test
    void removeOfWhatIsNotKnownIsNoNews() {
        assertThat(conference("remove", "cms1:443", "{'name':'Board'}")).isEmpty();
        assertThat(participant("remove", "ada", "{'name':'Ada'}")).isEmpty();
    }

    @Test
    void conferenceThatEndedMeanwhileIsRemovedWithItsParticipantsAfterTheFirstLists() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443']}"));
        state.stored(Subject.PARTICIPANT, BOARD, "ada", json("{'name':'Ada'}"));
        listsOf("cms1:443", "cms2:443");

        assertThat(ticks(QUIET_TICKS - 1)).isEmpty();
        assertThat(ticks(1))
                .extracting(Change::subject, Change::type, Change::synthetic)
                .containsExactly(tuple(Subject.PARTICIPANT, "remove", true), tuple(Subject.CONFERENCE, "remove", true));
        assertThat(ticks(2 * QUIET_TICKS)).isEmpty();
    }

    @Test
    void conferenceThatIsReportedAgainStays() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443']}"));
        listsOf("cms1:443", "cms2:443");
        conference("add", "cms1:443", "{'name':'Board','servers':['cms1:443']}");

        assertThat(ticks(2 * QUIET_TICKS)).isEmpty();
    }

    @Test
    void listThatIsStillComingIsWaitedFor() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443']}"));
        listsOf("cms1:443", "cms2:443");

        ticks(QUIET_TICKS - 1);
        state.apply(
                new Report(Subject.CONFERENCE, "add", "other", "other", null, "cms1:443", 0, null, false, json("{}")));

        assertThat(ticks(QUIET_TICKS - 1)).as("quiet for less than long enough").isEmpty();
        assertThat(ticks(1)).extracting(Change::conference).containsExactly(BOARD);
    }

    @Test
    void conferenceCanHaveMovedToAServerWhoseListIsStillComing() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443']}"));
        listsOf("cms1:443");
        ticks(QUIET_TICKS - 1);
        listsOf("cms2:443");

        assertThat(ticks(1))
                .as("the list of cms1 is complete, that of cms2 is not")
                .isEmpty();
        conference("add", "cms2:443", "{'name':'Board','servers':['cms2:443']}");

        assertThat(ticks(2 * QUIET_TICKS)).isEmpty();
    }

    @Test
    void conferenceOnAServerThatCantBeReachedStaysUntilItCan() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443','cms2:443']}"));
        listsOf("cms1:443");

        assertThat(ticks(10 * QUIET_TICKS)).isEmpty();
        listsOf("cms2:443");

        assertThat(ticks(QUIET_TICKS)).extracting(Change::conference).containsExactly(BOARD);
    }

    @Test
    void conferenceOfAServerThatIsNoLongerConfiguredIsRemoved() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms9:443']}"));
        listsOf("cms1:443", "cms2:443");

        assertThat(ticks(QUIET_TICKS)).extracting(Change::conference).containsExactly(BOARD);
    }

    @Test
    void participantThatLeftMeanwhileIsRemovedAfterTheFirstRoster() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'servers':['cms1:443']}"));
        state.stored(Subject.PARTICIPANT, BOARD, "ada", json("{'name':'Ada'}"));
        state.stored(Subject.PARTICIPANT, BOARD, "bo", json("{'name':'Bo'}"));
        conference("add", "cms1:443", "{'servers':['cms1:443']}");
        state.subscription("cms1:443", BOARD_CALL, BOARD, true);
        participant("add", "bo", "{'name':'Bo'}");

        assertThat(ticks(QUIET_TICKS)).extracting(Change::participant).containsExactly("ada");
    }

    @Test
    void interruptedRosterRemovesNoParticipant() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'servers':['cms1:443']}"));
        state.stored(Subject.PARTICIPANT, BOARD, "ada", json("{'name':'Ada'}"));
        conference("add", "cms1:443", "{'servers':['cms1:443']}");
        state.subscription("cms1:443", BOARD_CALL, BOARD, true);
        state.subscription("cms1:443", BOARD_CALL, BOARD, false);

        assertThat(ticks(10 * QUIET_TICKS)).isEmpty();
    }

    @Test
    void participantsWithoutAConferenceAreRemovedWhenAllListsAreComplete() {
        state.stored(Subject.PARTICIPANT, BOARD, "ada", json("{'name':'Ada'}"));
        listsOf("cms1:443");
        assertThat(ticks(QUIET_TICKS)).isEmpty();
        listsOf("cms2:443");

        assertThat(ticks(QUIET_TICKS)).extracting(Change::participant).containsExactly("ada");
    }

    @Test
    void silenceOfServersThatHadToWaitRemovesNothing() {
        state.stored(Subject.CONFERENCE, BOARD, null, json("{'name':'Board','servers':['cms1:443']}"));
        listsOf("cms1:443", "cms2:443");
        ticks(QUIET_TICKS - 1);

        assertThat(state.tick(true, 0)).isEmpty();
        assertThat(ticks(QUIET_TICKS - 1)).isEmpty();
        assertThat(ticks(1)).hasSize(1);
    }

    private void listsOf(String... servers) {
        for (String server : servers) {
            state.subscription(server, null, null, true);
        }
    }

    private List<Change> ticks(int count) {
        List<Change> ended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ended.addAll(state.tick(false, 0));
        }
        return ended;
    }

    private Optional<Change> conference(String type, String server, String record) {
        return state.apply(report(Subject.CONFERENCE, type, BOARD, null, server, record));
    }

    private Optional<Change> participant(String type, String participant, String record) {
        return state.apply(report(Subject.PARTICIPANT, type, BOARD, participant, "cms1:443", record));
    }

    private static Report report(
            Subject subject, String type, String correlator, String participant, String server, String record) {
        return new Report(subject, type, BOARD_CALL, correlator, participant, server, 0, null, false, json(record));
    }

    private static ObjectNode json(String text) {
        try {
            return JSON.readValue(text.replace('\'', '"'), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
