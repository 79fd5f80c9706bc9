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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Late reports of a second instance about the same meetings change nothing in the database. */
class InstanceBehindTest {

    private static final String B1 = "cms1:443";
    private static final String B2 = "cms2:443";
    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    private static final String FACTS = """
            select m.meeting_id || ' ' || k.guid, k.started_at, k.ended_at, m.started_at, m.ended_at, m.name
            from meeting m join bridge_call k using (meeting_id)
            union all
            select m.meeting_id || ' ' || p.guid, p.joined_at, p.left_at, null, null, p.name || coalesce(p.left_reason, '')
            from meeting m join participant p using (meeting_id)
            union all
            select m.meeting_id || ' ' || r.kind, r.started_at, r.ended_at, null, null, null from meeting m join recording r using (meeting_id)
            order by 1, 2""";

    @RegisterExtension
    private final TestDatabase alone = new TestDatabase();

    @RegisterExtension
    private final TestDatabase both = new TestDatabase();

    private interface Report {
        void by(Run run) throws SQLException;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changesNothing(long seed) throws SQLException {
        List<Report> story = story(new Random(seed));
        Run only = alone.run("a").observing(B1, B2);
        Run first = both.run("a").observing(B1, B2);
        Run second = both.run("b").observing(B1, B2);
        Random lag = new Random(-seed);
        int behind = 0;
        for (int i = 0; i < story.size(); i++) {
            report(story, i, i, only);
            report(story, i, i, first);
            while (behind <= i && lag.nextInt(8) > 0) {
                // Received only now.
                report(story, behind++, i, second);
            }
        }
        while (behind < story.size()) {
            report(story, behind++, story.size(), second);
        }

        assertThat(both.query(FACTS)).isNotEmpty().isEqualTo(alone.query(FACTS));
    }

    private static void report(List<Report> story, int number, int now, Run run) throws SQLException {
        story.get(number).by(run.at(BEGIN.plusSeconds(now)));
    }

    /** Meetings in one room after the other, on one or two Call Bridges. */
    private static List<Report> story(Random random) {
        List<Report> story = new ArrayList<>();
        for (int meeting = 0; meeting < 6; meeting++) {
            String room = "room-" + random.nextInt(2);
            String one = "call-" + meeting + "-1";
            String two = "call-" + meeting + "-2";
            story.add(run -> run.addCall(B1, one, room, room).roster(B1, one, room, "active"));
            boolean distributed = random.nextBoolean();
            if (distributed) {
                story.add(run -> run.addCall(B2, two, room, room));
            }
            boolean recorded = random.nextBoolean();
            if (recorded) {
                story.add(run -> run.updateCall(B1, one, room, room, "recording=active"));
            }
            List<String> present = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                if (present.isEmpty() || random.nextInt(3) > 0) {
                    String guid = "p-" + meeting + "-" + i;
                    present.add(guid);
                    story.add(run -> run.join(B1, one, room, guid, guid));
                } else {
                    String guid = present.remove(random.nextInt(present.size()));
                    story.add(run -> run.leave(B1, one, room, guid, "clientInitiated"));
                }
            }
            if (recorded) {
                story.add(run -> run.updateCall(B1, one, room, room, "recording=inactive"));
            }
            if (distributed) {
                story.add(run -> run.removeCall(B2, two, false));
            }
            story.add(run -> run.removeCall(B1, one, false));
        }
        return story;
    }
}
