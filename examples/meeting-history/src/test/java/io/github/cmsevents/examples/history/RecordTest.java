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
import org.junit.jupiter.api.Test;

/** How the functions of the database record meetings, participants and recordings. */
class RecordTest extends RecordedFacts {

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
    void tellsTwoMeetingsInARoomApart() throws SQLException {
        Run run = boardWithAda(observing("a"));
        run.removeCall(B1, "c1", false).addCall(B2, "c2", ROOM, "Board");
        run.addCall(B1, "c3", ROOM, "Board").removeCall(B2, "c2", false);

        assertThat(database.query(MEETINGS)).containsExactly("1|Board|0|f|0|f", "2|Board|0|f|-|f");
        assertThat(database.query("select guid, meeting_id from bridge_call order by guid"))
                .containsExactly("c1|1", "c2|2", "c3|2");
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
