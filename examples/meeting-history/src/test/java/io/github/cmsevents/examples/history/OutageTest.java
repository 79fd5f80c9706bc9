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
import org.junit.jupiter.api.Test;

/** How the functions of the database estimate times that no instance observed. */
class OutageTest extends RecordedFacts {

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
    void closesARecordingThatEndedDuringAnOutage() throws SQLException {
        observing("a").addCall(B1, "c1", ROOM, "Board", "recording=active");
        database.pass(Duration.ofSeconds(600));
        database.run("a").list(B1, "active").addCall(B1, "c1", ROOM, "Board", "recording=inactive", "streaming=active");

        assertThat(database.query(
                        "select kind, started_estimated, " + ago("ended_at") + ", ended_estimated from recording"))
                .containsExactly("recording|f|600|t", "streaming|t|-|f");
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
}
