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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two Call Bridges, a room, and the facts about them. */
abstract class RecordedFacts {

    static final String B1 = "cms1:443";
    static final String B2 = "cms2:443";
    static final String ROOM = "room-1";

    // Times in seconds before now, rounded: the tests let minutes pass.
    static final String MEETINGS = "select meeting_id, name, " + ago("started_at") + ", started_estimated, "
            + ago("ended_at") + ", ended_estimated from meeting order by meeting_id";
    static final String PARTICIPANTS = "select name, " + ago("joined_at") + ", joined_estimated, " + ago("left_at")
            + ", left_estimated, left_reason from participant order by participant_id";

    @RegisterExtension
    final TestDatabase database = new TestDatabase();

    /** In tens of seconds, rounded down: up to ten seconds that the test itself takes do not count. */
    static String ago(String column) {
        return "floor(extract(epoch from now() - " + column + ") / 10) * 10";
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

    Run observing(String instance) throws SQLException {
        return database.run(instance).observing(B1, B2);
    }

    Run boardWithAda(Run run) throws SQLException {
        return run.addCall(B1, "c1", ROOM, "Board")
                .roster(B1, "c1", ROOM, "active")
                .join(B1, "c1", ROOM, "ada", "Ada");
    }
}
