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

import com.zaxxer.hikari.HikariDataSource;
import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes, between simulated Call Bridges and a real PostgreSQL. */
class HistoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final TestDatabase database = new TestDatabase();

    @TempDir
    private Path directory;

    private final List<Main> instances = new ArrayList<>();
    private MeetingServerCluster cluster;
    private DistributedCall board;
    private DistributedParticipant ada;
    private DistributedParticipant bo;

    @BeforeEach
    void startTheCluster() {
        cluster = MeetingServerCluster.builder()
                .bridges(2)
                .server(server -> server.credentials("apiuser", "secret"))
                .build()
                .start();
    }

    @AfterEach
    void stopEverything() {
        instances.forEach(Main::stop);
        cluster.close();
    }

    @Test
    void recordsAMeetingOnTwoCallBridges() throws Exception {
        start(database.url());
        beginBoard();
        eventually("select count(*) from attendance where left_at is null", "2");
        board.set("recording", "active");
        eventually("select kind from recordings where ended_at is null", "recording");
        ada.leave("clientInitiated");
        board.end();

        eventually(
                "select name, people, peak, recorded, cardinality(servers) from meetings where ended_at is not null",
                "Board|2|2|t|2");
        eventually(
                "select name, left_reason from attendance where left_at is not null order by name",
                "Ada|clientInitiated",
                "Bo|callEnded");
        eventually("select count(*), count(ended_at) from recording", "1|1");
        assertThat(cluster.breaches()).isEmpty();
    }

    @Test
    void beginsANewMeetingEachTimeTheRoomComesIntoUse() throws Exception {
        start(database.url());
        String room = "5c0c1a36-3a4c-4d84-9a8f-8f1cf2b5c5a1";
        for (int times = 1; times <= 2; times++) {
            DistributedCall call = cluster.createCall(CallOptions.named("Board").correlator(room));
            call.addParticipant(0, "Ada", "ada@example.com");
            eventually("select count(*) from attendance where left_at is null", "1");
            call.end();
            eventually("select count(*) from meeting where ended_at is not null", Integer.toString(times));
        }
        eventually("select room, meetings from rooms", "Board|2");
    }

    @Test
    void estimatesWhatEndedWhileACallBridgeWasAway() throws Exception {
        start(database.url());
        DistributedCall support = cluster.createCall("Support desk");
        DistributedParticipant cy = support.addParticipant(0, "Cy", "cy@example.com");
        support.addParticipant(0, "Di", "di@example.com");
        DistributedCall design = cluster.createCall("Design");
        design.addParticipant(0, "Ed", "ed@example.com");
        eventually("select count(*) from attendance where left_at is null", "3");

        cluster.bridge(0).stop();
        eventually("select count(*) from outages where ended_at is null", "1");
        cy.leave("clientInitiated");
        design.end();
        cluster.bridge(0).start();

        eventually(
                "select name, left_estimated, left_at between o.began_at - interval '1 second' and o.ended_at"
                        + " from attendance, (select * from outages order by began_at desc limit 1) o where left_at is not null order by name",
                "Cy|t|t",
                "Ed|t|t");
        eventually("select name, ended_estimated from meetings where not running", "Design|t");
        eventually("select name, running from meetings where running", "Support desk|t");
    }

    @Test
    void storesEachFactOnceWithTwoInstances() throws Exception {
        // On a busy machine heartbeats can be late, and then times are estimates.
        start(database.url(), Duration.ofSeconds(20));
        start(database.url(), Duration.ofSeconds(20));
        eventually("select count(distinct collector_id) from observation where ended_at is null", "2");
        beginBoard();
        eventually("select count(*) from roster_watch", "2");
        eventually("select count(*) from attendance where left_at is null", "2");
        for (int i = 0; i < 20; i++) {
            board.addParticipant(i % 2, "Guest " + i, "guest" + i + "@example.com")
                    .leave("clientInitiated");
            board.set("recording", i % 2 == 0 ? "active" : "inactive");
        }
        ada.leave("clientInitiated");
        eventually("select count(*) from attendance where left_at is null", "1");

        instances.remove(0).stop();
        bo.leave("clientInitiated");
        eventually("select count(*) from meeting where ended_at is not null", "1");
        // Guests who came and went between two messages may never have been reported.
        assertThat(database.query("select name from participant group by name having count(*) > 1"))
                .isEmpty();
        assertThat(database.query("select name from participant where left_at is null or left_estimated"))
                .isEmpty();
        assertThat(database.query(
                        "select 1 from recording a join recording b on a.recording_id < b.recording_id and a.started_at < b.ended_at"
                                + " and b.started_at < a.ended_at"))
                .isEmpty();
    }

    @Test
    void losesNothingWhileTheDatabaseIsAway() throws Exception {
        EmbeddedPostgres postgres = postgres(0);
        int port = postgres.getPort();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try {
            start(url);
            beginBoard();
            await().atMost(PATIENCE).until(() -> count(url, "select count(*) from attendance") == 2);

            postgres.close();
            ada.leave("clientInitiated");
            DistributedParticipant cy = board.addParticipant(1, "Cy", "cy@example.com");
            DistributedCall design = cluster.createCall("Design");
            design.addParticipant(0, "Di", "di@example.com");
            await().atMost(PATIENCE)
                    .until(() -> instances
                                    .get(0)
                                    .getCamelContext()
                                    .getInflightRepository()
                                    .size()
                            > 0);
            postgres = postgres(port);

            await().atMost(PATIENCE).until(() -> count(url, "select count(*) from attendance") == 4);
            await().atMost(PATIENCE)
                    .until(() -> count(
                                    url,
                                    "select count(*) from attendance where name = 'Ada' and left_reason = 'clientInitiated'")
                            == 1);
            cy.leave("clientInitiated");
            board.end();
            design.end();
            await().atMost(PATIENCE)
                    .until(() -> count(url, "select count(*) from meeting where ended_at is not null") == 2);
            assertThat(count(url, "select count(*) from participant where left_at is null"))
                    .isZero();
        } finally {
            postgres.close();
        }
    }

    @Test
    void leavesOutWhatTheDatabaseRefusesAndGoesOn() throws Exception {
        database.execute("alter table participant add constraint no_mallory check (name <> 'Mallory')");
        start(database.url());
        beginBoard();
        board.addParticipant(0, "Mallory", "mallory@example.com");
        board.addParticipant(0, "Cy", "cy@example.com");

        eventually("select name from attendance order by name", "Ada", "Bo", "Cy");
        HikariDataSource pool = instances.get(0).lookup("history", HikariDataSource.class);
        assertThat(pool.getDataSourceProperties())
                .containsEntry("logServerErrorDetail", "false")
                .containsEntry("socketTimeout", "60");
    }

    private void beginBoard() throws Exception {
        board = cluster.createCall("Board");
        ada = board.addParticipant(0, "Ada", "ada@example.com");
        bo = board.addParticipant(1, "Bo", "bo@example.com");
    }

    private void start(String url) throws Exception {
        start(url, Duration.ofMillis(500));
    }

    private void start(String url, Duration heartbeat) throws Exception {
        Main main = new Main();
        main.addMainListener(new Schema());
        main.addOverrideProperty("cms.servers", cluster.urls());
        main.addOverrideProperty("cms.username", "apiuser");
        main.addOverrideProperty("cms.password", "secret");
        main.addOverrideProperty("history.jdbc.url", url);
        main.addOverrideProperty("history.jdbc.user", "postgres");
        main.addOverrideProperty("history.jdbc.password", "");
        main.addOverrideProperty("history.heartbeat", Long.toString(heartbeat.toMillis()));
        main.addOverrideProperty("camel.server.enabled", "false");
        main.addOverrideProperty("camel.main.routesIncludePattern", "classpath:camel/record.camel.yaml");
        main.addOverrideProperty("camel.component.cms-events.reconnectInitialDelay", "200");
        main.addOverrideProperty("camel.component.cms-events.reconnectMaxDelay", "1000");
        main.addOverrideProperty("camel.component.cms-events.resyncQuietPeriod", "500");
        main.start();
        instances.add(main);
    }

    private EmbeddedPostgres postgres(int port) throws Exception {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private void eventually(String query, String... rows) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.query(query)).containsExactly(rows));
    }

    /** Not from a pool: the database comes and goes. */
    private static int count(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
