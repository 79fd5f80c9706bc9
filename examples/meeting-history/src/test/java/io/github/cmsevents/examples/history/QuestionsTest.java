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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The questions in the README, and the views behind them, asked of a story whose answers are known. */
class QuestionsTest {

    private static final Pattern QUESTION = Pattern.compile("(?m)^\\d+\\. (.+)$\\s+```sql\\s+(?s:(.+?))```");

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @BeforeEach
    void tell() throws SQLException {
        Run run = database.run("a");
        Story.record(run);
        run.at((java.time.Instant) null).list("cms2.example.com:443", "deactivated");
        database.execute("set time zone 'Europe/Zurich'");
    }

    @Test
    void answersTheQuestionsOfTheReadme() throws Exception {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        answers.put(
                "Who attended the meetings in the room Board on 2 March, and for how long?",
                List.of("Ada|ada@example.com|1|01:00:00", "Bo B.|Bo@example.com|2|00:35:00"));
        answers.put("For how long was Ada in meetings in March?", List.of("2|02:00:00"));
        answers.put(
                "Which meetings had the most participants at once?",
                List.of(
                        "Board|2|2026-03-02 09:05:00+01",
                        "Design|2|2026-03-03 08:10:00+01",
                        "Bo's meeting|2|2026-03-03 14:00:00+01",
                        "Board|2|2026-03-03 23:40:00+01"));
        answers.put(
                "How many people were in meetings at the same time, in all meetings together?",
                List.of("2|2026-03-02 09:05:00+01"));
        answers.put(
                "What was recorded or streamed in March?",
                List.of(
                        "Board|recording|2026-03-02 09:10:00+01|00:30:00",
                        "Bo's meeting|streaming|2026-03-03 14:02:00+01|00:08:00"));
        answers.put(
                "How was each room used on each day?",
                List.of(
                        "2026-03-02|Board|1|01:00:00|01:35:00|2",
                        "2026-03-03|Board|1|01:00:00|01:30:00|2",
                        "2026-03-03|Design|1|00:30:00|00:50:00|2"));
        answers.put(
                "Who was in which meeting at a given time?",
                List.of("Board|Ada|ada@example.com", "Board|Bo|bo@example.com"));
        answers.put(
                "Who was called and did not come?", List.of("Board|Cy|+41440001122|noAnswer|2026-03-02 09:08:00+01"));
        answers.put("Which times are not exact?", List.of());
        answers.put("When was a Call Bridge not observed?", List.of("cms2.example.com:443|-"));

        Map<String, String> questions = questions();
        assertThat(questions.keySet()).containsExactlyElementsOf(answers.keySet());
        for (Map.Entry<String, String> question : questions.entrySet()) {
            assertThat(database.query(question.getValue()))
                    .as(question.getKey())
                    .containsExactlyElementsOf(answers.get(question.getKey()));
        }
    }

    @Test
    void countsTimeWithTwoDevicesOnce() throws SQLException {
        assertThat(
                        database.query(
                                "select meeting, name, joins, duration from attendance_by_person where person = 'ada@example.com' order by 3"))
                .containsExactly("Board|Ada|1|01:00:00", "Board|Ada (phone)|2|01:00:00");
    }

    @Test
    void hasOneRowForEachMeetingWithItsFigures() throws SQLException {
        assertThat(database.query("""
                        select name, day, duration, people, joins, time_present, peak, recorded, streamed, cardinality(servers), running,
                          started_estimated, ended_estimated
                        from meetings order by started_at"""))
                .containsExactly(
                        "Board|2026-03-02|01:00:00|2|3|01:35:00|2|t|f|2|f|f|f",
                        "Design|2026-03-03|00:30:00|2|2|00:50:00|2|f|f|1|f|f|f",
                        "Bo's meeting|2026-03-03|00:10:00|2|2|00:20:00|2|f|t|1|f|f|f",
                        "Board|2026-03-03|01:00:00|1|2|01:30:00|2|f|f|1|f|f|f");
    }

    @Test
    void countsAMeetingOnItsLocalDay() throws SQLException {
        // 23:30 in Zurich is 22:30 UTC; the meeting goes on until the next day.
        assertThat(database.query(
                        "select day, meetings from meetings_per_room_and_day where room = 'Board' order by day"))
                .containsExactly("2026-03-02|1", "2026-03-03|1");
    }

    @Test
    void hasARoomOnceWithItsLastName() throws SQLException {
        database.run("b")
                .at("2026-03-05T08:00:00Z")
                .addCall("cms1.example.com:443", "board-4", "room-board", "Board of directors");

        assertThat(database.query("select room, meetings from rooms order by room"))
                .containsExactly("Board of directors|3", "Design|1");
        assertThat(
                        database.query(
                                "select distinct room from meetings_per_room_and_day where correlator = 'room-board' order by 1"))
                .containsExactly("Board", "Board of directors");
    }

    @Test
    void describesEachTableViewAndColumn() throws SQLException {
        assertThat(database.query("""
                        select c.relname, null::text from pg_class c
                        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and c.relname !~ '^flyway'
                          and obj_description(c.oid) is null
                        union all
                        select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
                        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and c.relname !~ '^flyway'
                          and a.attnum > 0 and not a.attisdropped and col_description(c.oid, a.attnum) is null
                          -- Plain from the name, or described at the table.
                          and a.attname !~ '^(.*_id|name|uri|meeting|started_at|joined_at|began_at|started_estimated|ended_estimated|at|direction|call_type|correlator|peak_at|peak|person|server|duration|time_present|joins|first_used_at|first_joined_at|meetings|room|day)$'""")).isEmpty();
    }

    private static Map<String, String> questions() throws IOException {
        Map<String, String> questions = new LinkedHashMap<>();
        for (MatchResult found : QUESTION.matcher(Files.readString(Path.of("README.md")))
                .results()
                .toList()) {
            questions.put(found.group(1), found.group(2));
        }
        return questions;
    }
}
