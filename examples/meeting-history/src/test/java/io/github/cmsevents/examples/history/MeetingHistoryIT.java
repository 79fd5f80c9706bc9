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
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The example as a user runs it: in its own process. */
class MeetingHistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @TempDir
    private Path directory;

    @Test
    void needsNeitherMeetingServersNorADatabase() throws Exception {
        try (HistoryProcess killed = new HistoryProcess(directory, Map.of())) {
            killed.awaitPage();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(killed.get("/overview.json").body()).containsPattern("\"running\" : [1-9]"));
            killed.kill();
        }

        // The database is still there.
        HistoryProcess again = new HistoryProcess(directory, Map.of());
        try (again) {
            again.awaitPage();
            assertThat(again.get("/meetings.csv").body())
                    .startsWith("meeting_id,meeting,")
                    .contains("Andy's coSpace", "Board meeting");
            again.stop();
        }
        assertThat(again.log()).contains("an embedded PostgreSQL runs at").doesNotContain("WARN", "ERROR", "Exception");
        await().atMost(PATIENCE)
                .until(() -> !Files.exists(directory.resolve("target/history-database/postmaster.pid")));
    }

    @Test
    void goesOnAfterItWasKilled() throws Exception {
        try (MeetingServerCluster cluster = MeetingServerCluster.builder()
                .bridges(2)
                .server(server -> server.credentials("apiuser", "secret"))
                .build()
                .start()) {
            Map<String, String> environment = new HashMap<>(database.environment());
            environment.putAll(
                    Map.of("CMS_SERVERS", cluster.urls(), "CMS_USERNAME", "apiuser", "CMS_PASSWORD", "secret"));
            DistributedCall board = cluster.createCall("Board");
            DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
            board.addParticipant(1, "Bo", "bo@example.com");
            DistributedCall design = cluster.createCall("Design");
            design.addParticipant(0, "Di", "di@example.com");
            try (HistoryProcess killed = new HistoryProcess(directory, environment)) {
                eventually("select count(*) from attendance where left_at is null", "3");
                killed.kill();
            }

            ada.leave("clientInitiated");
            design.end();
            board.addParticipant(1, "Cy", "cy@example.com");
            try (HistoryProcess restarted = new HistoryProcess(directory, environment)) {
                eventually(
                        "select name, left_at is null, left_estimated from attendance order by name",
                        "Ada|f|t",
                        "Bo|t|f",
                        "Cy|t|f",
                        "Di|f|t");
                assertThat(database.query(
                                "select name, running, started_estimated, ended_estimated from meetings order by name"))
                        .containsExactly("Board|t|t|f", "Design|f|t|t");
                // The end is when the run that was killed was there last.
                assertThat(
                                database.query(
                                        "select name from attendance, collector where collector_id = 2 and left_at >= collector.started_at"))
                        .isEmpty();
                assertThat(database.query("select joined_estimated from attendance where name = 'Cy'"))
                        .containsExactly("t");

                HttpResponse<String> csv = restarted.awaitPage().get("/attendance.csv");
                assertThat(csv.body().lines()).hasSize(5).anyMatch(line -> line.contains(",Ada,ada@example.com,"));
            }
            assertThat(cluster.breaches()).isEmpty();
        }
    }

    private void eventually(String query, String... rows) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.query(query)).containsExactly(rows));
    }
}
