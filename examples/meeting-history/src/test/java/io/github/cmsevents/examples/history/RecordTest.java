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
package io.github.cmsevents.examples.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the functions of the database make of reports, in any order and by any number of instances. */
class RecordTest {

    private static final String B1 = "cms1:443";
    private static final String B2 = "cms2:443";
    private static final String ROOM = "room-1";

    // Times in seconds before now, rounded: the tests let minutes pass.
    private static final String MEETINGS = "select meeting_id, name, " + ago("started_at") + ", started_estimated, "
            + ago("ended_at") + ", ended_estimated from meeting order by meeting_id";
    private static final String PARTICIPANTS = "select name, " + ago("joined_at") + ", joined_estimated, "
            + ago("left_at") + ", left_estimated, left_reason from participant order by participant_id";

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    private static String ago(String column) {
        return "round(extract(epoch from now() - " + column + ") / 10) * 10";
    }

    @AfterEach
    void leavesNothingOpenInWhatHasEnded() throws SQLException {
        assertThat(database.query("""
                        select 'participant', participant_id from participant join meeting m using (meeting_id)
                        where m.ended_at is not null and (left_at is null or left_at > m.ended_at)
                        union all select 'recording', recording_id from recording r join meeting m using (meeting_id)
                        where m.ended_at is not null and r.ended_at is null
                        union all select 'call', call_id from bridge_call k join meeting m using (meeting_id)
                        where m.ended_at is not null and k.ended_at is null
                        union all select 'meeting', meeting_id from meeting m
                        where m.ended_at is null and not exists (
                          select from bridge_call k where k.meeting_id = m.meeting_id and k.ended_at is null)
                        union all select 'watch', meeting_id from roster_watch join meeting m using (meeting_id)
                        where m.ended_at is not null""")).isEmpty();
    }

    private Run observing(String instance) throws SQLException {
        return database.run(instance).observing(B1, B2);
    }

    private Run boardWithAda(Run run) throws SQLException {
        return run.addCall(B1, "c1", ROOM, "Board")
                .roster(B1, "c1", ROOM, "active")
                .join(B1, "c1", ROOM, "ada", "Ada");
    }

    @Test
    void recordsAMeetingFromItsStartToItsEnd() throws SQLException {
        Run run = boardWithAda(observing("a"));
        database.live(Duration.ofSeconds(60), run);
        run.leave(B1, "c1", ROOM, "ada", "clientInitiated").removeCall(B1, "c1", false);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|60|f|0|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|60|f|0|f|clientInitiated");
    }

    @Test
    void recordsAJoinOnceThatTwoInstancesReport() throws SQLException {
        Run a = boardWithAda(observing("a"));
        Run b = boardWithAda(observing("b"));
        boardWithAda(a);
        a.leave(B1, "c1", ROOM, "ada", "clientInitiated");
        b.leave(B1, "c1", ROOM, "ada", "clientInitiated");
        b.removeCall(B1, "c1", false);
        a.removeCall(B1, "c1", false);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|0|f|0|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|0|f|0|f|clientInitiated");
    }

    @Test
    void keepsAnEndThatAnInstanceReportsWhichIsBehind() throws SQLException {
        Run b = observing("b");
        Run a = boardWithAda(observing("a")).updateCall(B1, "c1", ROOM, "Board", "recording=active");
        a.leave(B1, "c1", ROOM, "ada", "clientInitiated").removeCall(B1, "c1", false);
        database.pass(Duration.ofSeconds(60));
        a.beats(1);

        boardWithAda(b).updateCall(B1, "c1", ROOM, "Board", "recording=active");

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|60|f|60|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|60|f|60|f|clientInitiated");
        assertThat(database.query("select kind, ended_estimated from recording"))
                .containsExactly("recording|f");
    }

    @Test
    void estimatesTheEndOfAParticipantWhoLeftDuringAnOutage() throws SQLException {
        Run killed = boardWithAda(observing("a")).join(B1, "c1", ROOM, "bo", "Bo");
        database.live(Duration.ofSeconds(100), killed);
        database.pass(Duration.ofSeconds(600));

        Run restarted = database.run("a")
                .list(B1, "active")
                .addCall(B1, "c1", ROOM, "Board")
                .roster(B1, "c1", ROOM, "active")
                .join(B1, "c1", ROOM, "bo", "Bo");
        assertThat(database.query("select count(*) from participant where left_at is null"))
                .containsExactly("2");
        restarted.beats(3);

        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|700|f|600|t|-", "Bo|700|f|-|f|-");
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|700|f|-|f");
    }

    @Test
    void marksTheStartOfWhatWasThereAtTheFirstLook() throws SQLException {
        Run run = database.run("a").list(B1, "active");
        boardWithAda(run).beats(3).join(B1, "c1", ROOM, "bo", "Bo");

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|0|t|-|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|0|t|-|f|-", "Bo|0|f|-|f|-");
    }

    @Test
    void estimatesTheEndOfAMeetingThatEndedDuringAnOutage() throws SQLException {
        boardWithAda(observing("a")).updateCall(B1, "c1", ROOM, "Board", "recording=active");
        database.pass(Duration.ofSeconds(600));

        observing("a").beats(1);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|600|t");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|600|f|600|t|-");
        assertThat(database.query("select kind, " + ago("ended_at") + ", ended_estimated from recording"))
                .containsExactly("recording|600|t");
    }

    @Test
    void takesAnEstimateBackWhenTheListWasOnlySlow() throws SQLException {
        boardWithAda(observing("a"));
        database.pass(Duration.ofSeconds(600));
        Run restarted = observing("a").beats(1);
        assertThat(database.query("select count(*) from meeting where ended_at is null"))
                .containsExactly("0");

        boardWithAda(restarted);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|-|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|600|f|-|f|-");
    }

    @Test
    void concludesNothingWhileAnotherInstanceObserves() throws SQLException {
        Run a = boardWithAda(observing("a"));
        Run b = database.run("b").list(B1, "active").beats(10);
        a.beats(1);
        b.addCall(B1, "c1", ROOM, "Board").roster(B1, "c1", ROOM, "active").beats(10);
        b.leave(B1, "c1", ROOM, "ada", null);

        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|0|f|-|f|-");

        // Killed, so that no heartbeat comes any more.
        database.pass(Duration.ofSeconds(60));
        b.beats(1);
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|60|f|60|t|-");
    }

    @Test
    void needsNoEstimateWhenTheSecondInstanceSawIt() throws SQLException {
        boardWithAda(observing("a"));
        Run b = boardWithAda(observing("b"));
        database.live(Duration.ofSeconds(60), b);
        b.leave(B1, "c1", ROOM, "ada", "clientInitiated").removeCall(B1, "c1", false);
        database.pass(Duration.ofSeconds(60));
        observing("a").beats(3);

        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|120|f|60|f|clientInitiated");
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|120|f|60|f");
    }

    @Test
    void estimatesTheEndWithinAGapAsItsBeginning() throws SQLException {
        Run run = boardWithAda(observing("a")).join(B1, "c1", ROOM, "bo", "Bo");
        database.pass(Duration.ofSeconds(10));
        run.beats(1).roster(B1, "c1", ROOM, "deactivated").list(B1, "deactivated");
        for (int i = 0; i < 6; i++) {
            database.pass(Duration.ofSeconds(10));
            run.beats(1);
        }
        run.list(B1, "active").roster(B1, "c1", ROOM, "active").leave(B1, "c1", ROOM, "ada", null);

        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|70|f|60|t|-", "Bo|70|f|-|f|-");
        // Joined while the first list after the gap may still come.
        run.join(B1, "c1", ROOM, "cy", "Cy");
        assertThat(database.query("select name, joined_estimated from participant where name = 'Cy'"))
                .containsExactly("Cy|t");

        run.removeCall(B1, "c1", true);
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|70|f|0|t");
        assertThat(database.query("select * from outages where server = '" + B1 + "'"))
                .hasSize(1);
    }

    @Test
    void tellsTwoMeetingsInARoomApart() throws SQLException {
        Run run = boardWithAda(observing("a"));
        run.removeCall(B1, "c1", false).addCall(B2, "c2", ROOM, "Board");
        run.addCall(B1, "c3", ROOM, "Board").removeCall(B2, "c2", false);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|0|f|0|f", "2|Board|0|f|-|f");
        assertThat(database.query("select guid, meeting_id from bridge_call order by guid"))
                .containsExactly("c1|1", "c2|2", "c3|2");
    }

    @Test
    void beginsANewMeetingWhenTheOldOneEndedDuringAnOutage() throws SQLException {
        boardWithAda(observing("a"));
        database.pass(Duration.ofSeconds(600));

        Run restarted = database.run("a")
                .list(B1, "active")
                .addCall(B1, "c2", ROOM, "Board")
                .roster(B1, "c2", ROOM, "active")
                .join(B1, "c2", ROOM, "ada2", "Ada")
                .beats(4);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|600|t", "2|Board|0|t|-|f");
        restarted.removeCall(B1, "c2", false);
        assertThat(database.query("select name, joins, people from meetings order by meeting_id"))
                .containsExactly("Board|1|1", "Board|1|1");
    }

    @Test
    void goesOnWithTheMeetingThatGotAnotherCallBridgeDuringAnOutage() throws SQLException {
        boardWithAda(observing("a"));
        database.pass(Duration.ofSeconds(600));

        database.run("a")
                .list(B1, "active")
                .list(B2, "active")
                .addCall(B2, "c2", ROOM, "Board")
                .addCall(B1, "c1", ROOM, "Board")
                .roster(B1, "c1", ROOM, "active")
                .join(B1, "c1", ROOM, "ada", "Ada")
                .beats(4);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|-|f");
        assertThat(database.query("select count(*) from bridge_call where meeting_id = 1"))
                .containsExactly("2");
    }

    @Test
    void goesOnWithTheMeetingWhoseParticipantsAreStillThere() throws SQLException {
        boardWithAda(observing("a"));
        database.pass(Duration.ofSeconds(600));

        database.run("a")
                .list(B1, "active")
                .list(B2, "active")
                .addCall(B2, "c2", ROOM, "Board")
                .roster(B2, "c2", ROOM, "active")
                .join(B2, "c2", ROOM, "ada", "Ada")
                .beats(4);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|-|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|600|f|-|f|-");
    }

    @Test
    void recordsTheRecordingOfAMeetingOnTwoCallBridgesOnce() throws SQLException {
        Run run = observing("a").addCall(B1, "c1", ROOM, "Board").addCall(B2, "c2", ROOM, "Board");
        run.updateCall(B1, "c1", ROOM, "Board", "recording=active")
                .updateCall(B2, "c2", ROOM, "Board", "recording=active");
        database.live(Duration.ofSeconds(60), run);
        run.updateCall(B1, "c1", ROOM, "Board", "recording=inactive")
                .updateCall(B2, "c2", ROOM, "Board", "recording=inactive");
        database.live(Duration.ofSeconds(60), run);
        run.updateCall(B1, "c1", ROOM, "Board", "recording=active", "streaming=active")
                .removeCall(B1, "c1", false);

        assertThat(database.query("select kind, " + ago("started_at") + ", " + ago("ended_at")
                        + " from recording order by recording_id"))
                .containsExactly("recording|120|60", "recording|0|0", "streaming|0|0");
    }

    @Test
    void closesARecordingThatEndedDuringAnOutage() throws SQLException {
        observing("a").addCall(B1, "c1", ROOM, "Board", "recording=active");
        database.pass(Duration.ofSeconds(600));
        database.run("a").list(B1, "active").addCall(B1, "c1", ROOM, "Board", "recording=inactive", "streaming=active");

        assertThat(database.query(
                        "select kind, started_estimated, " + ago("ended_at") + ", ended_estimated from recording"))
                .containsExactly("recording|f|600|t", "streaming|t|-|f");
    }

    @Test
    void knowsWhenARecordingBeganThatTheFirstListDidNotHave() throws SQLException {
        database.run("a")
                .list(B1, "active")
                .addCall(B1, "c1", ROOM, "Board")
                .updateCall(B1, "c1", ROOM, "Board", "recording=active")
                .updateCall(B1, "c1", ROOM, "Board", "recording=inactive");

        assertThat(database.query("select kind, started_estimated, ended_estimated from recording"))
                .containsExactly("recording|f|f");
    }

    @Test
    void countsNoTimeOfACallThatWasNotAnswered() throws SQLException {
        Run run = boardWithAda(observing("a"));
        run.join(B1, "c1", ROOM, "bo", "Bo", "state=ringing", "direction=outgoing");
        run.join(B1, "c1", ROOM, "cy", "Cy", "state=initial");
        database.pass(Duration.ofSeconds(30));
        run.beats(1).beats(3);
        run.leave(B1, "c1", ROOM, "bo", "noAnswer");
        run.participant(B1, "update", "c1", ROOM, "cy", "Cy", "state=connected");

        assertThat(database.query(PARTICIPANTS))
                .containsExactly("Ada|30|f|-|f|-", "Bo|-|f|0|f|noAnswer", "Cy|0|f|-|f|-");
        assertThat(database.query("select name from attendance order by name")).containsExactly("Ada", "Cy");
    }

    @Test
    void keepsTheNameThatAServerEmptiesBeforeARemoval() throws SQLException {
        boardWithAda(observing("a"))
                .participant(B1, "update", "c1", ROOM, "ada", "")
                .updateCall(B1, "c1", ROOM, "");

        assertThat(database.query("select name from participant union all select name from meeting"))
                .containsExactly("Ada", "Board");
    }

    @Test
    void hasARowForEachJoinOfAPerson() throws SQLException {
        Run run = boardWithAda(observing("a"));
        run.leave(B1, "c1", ROOM, "ada", "clientInitiated").join(B1, "c1", ROOM, "ada-2", "Ada");
        run.leave(B1, "c1", ROOM, "ada-2", "clientInitiated").join(B1, "c1", ROOM, "ada-2", "Ada");

        assertThat(database.query("select person, joins from attendance_by_person"))
                .containsExactly("ada|3");
    }

    @Test
    void closesWhatTheSlowerRouteReportsAfterTheEnd() throws SQLException {
        Run run = observing("a").addCall(B1, "c1", ROOM, "Board");
        database.live(Duration.ofSeconds(60), run);
        run.removeCall(B1, "c1", false);
        run.roster(B1, "c1", ROOM, "active").join(B1, "c1", ROOM, "ada", "Ada");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|0|t|0|f|callEnded");

        run.leave(B1, "c1", ROOM, "ada", "clientInitiated");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|0|t|0|f|clientInitiated");
    }

    @Test
    void closesWhatWasOnACallBridgeThatThisRunHasNotSeen() throws SQLException {
        boardWithAda(observing("a"));
        database.pass(Duration.ofSeconds(600));
        Run restarted = database.run("a").list(B2, "active").beats(23);
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|-|f");

        restarted.beats(1);
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|600|t");

        boardWithAda(restarted.list(B1, "active"));
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|600|f|-|f");
        assertThat(database.query(PARTICIPANTS)).containsExactly("Ada|600|f|-|f|-");
    }

    @Test
    void closesWhatWasOnACallBridgeThatDidNotReturnForADay() throws SQLException {
        Run run = boardWithAda(observing("a")).list(B1, "deactivated");
        database.pass(Duration.ofHours(23));
        run.beats(50);
        assertThat(database.query("select running from meetings")).containsExactly("t");

        database.pass(Duration.ofHours(2));
        run.beats(1);
        assertThat(database.query(MEETINGS)).containsExactly("1|Board|90000|f|90000|t");
    }

    @Test
    void marksWhatWasStoredLateAfterAnOutageOfTheDatabase() throws SQLException {
        Run run = boardWithAda(observing("a"));
        database.pass(Duration.ofSeconds(120));
        run.leave(B1, "c1", ROOM, "ada", "clientInitiated")
                .join(B1, "c1", ROOM, "bo", "Bo")
                .beats(1);
        run.join(B1, "c1", ROOM, "cy", "Cy").beats(3).join(B1, "c1", ROOM, "di", "Di");

        assertThat(database.query(PARTICIPANTS))
                .containsExactly("Ada|120|f|0|t|clientInitiated", "Bo|0|t|-|f|-", "Cy|0|t|-|f|-", "Di|0|f|-|f|-");
    }

    @Test
    void storesAnyTextThatAServerCanSend() throws SQLException {
        String name = "<img onerror=x> '; drop table meeting; -- \\u0000 \\\" \\ud83d\\ude00";
        observing("a")
                .addCall(B1, "c1", null, name)
                .roster(B1, "c1", "x", "active")
                .join(B1, "c1", "x", "p", name);

        assertThat(database.query("select name from meeting union all select name from participant"))
                .containsOnly("<img onerror=x> '; drop table meeting; -- \ufffd \" \ud83d\ude00");
    }

    @Test
    void forgetsWhatIsOlderThanTheRetention() throws SQLException {
        Run run = boardWithAda(observing("a")).removeCall(B1, "c1", false);
        database.pass(Duration.ofDays(10));
        Run later = observing("a");
        boardWithAda(later).updateCall(B1, "c1", ROOM, "Board", "recording=active");

        assertThat(database.query("select purge(0)")).containsExactly("0");
        assertThat(database.query("select purge(11)")).containsExactly("0");
        assertThat(database.query("select purge(9)")).containsExactly("1");
        assertThat(database.query("select count(*) from participant")).containsExactly("1");
        assertThat(database.query("select collector_id from collector"))
                .isEqualTo(List.of(Long.toString(later.collector())));
        assertThat(run.collector()).isNotEqualTo(later.collector());
    }
}
