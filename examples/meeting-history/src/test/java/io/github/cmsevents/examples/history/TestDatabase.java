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

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A new database with the schema for each test, in one PostgreSQL for all tests. */
final class TestDatabase implements BeforeEachCallback, AfterEachCallback {

    private static final String TIME_ZONE = "Europe/Zurich";

    private EmbeddedPostgres postgres;
    private String name;
    private Connection connection;

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        postgres = context.getRoot()
                .getStore(Namespace.create(TestDatabase.class))
                .getOrComputeIfAbsent("postgres", key -> new Server(), Server.class)
                .postgres;
        name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection admin = postgres.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("create database " + name + " template history");
        }
        connection = dataSource().getConnection();
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        connection.close();
        try (Connection admin = postgres.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("drop database " + name + " with (force)");
        }
    }

    DataSource dataSource() {
        return postgres.getDatabase("postgres", name);
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name;
    }

    /** What makes the example in another process use this database. */
    Map<String, String> environment() {
        return Map.of(
                "HISTORY_JDBC_URL",
                url(),
                "HISTORY_JDBC_USER",
                "postgres",
                "HISTORY_JDBC_PASSWORD",
                "",
                "HISTORY_TIME_ZONE",
                TIME_ZONE);
    }

    /** A run of the application, with a heartbeat every five seconds. */
    Run run(String instance) throws SQLException {
        return new Run(dataSource().getConnection(), instance);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows, each with the text of its columns, separated by {@code |}; null is {@code -}. */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = result.getString(column);
                    row.add(value == null ? "-" : value);
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    /** Time passes, with the heartbeats of these runs. */
    void live(Duration time, Run... runs) throws SQLException {
        Duration beat = Duration.ofSeconds(5);
        for (long i = 0; i < time.dividedBy(beat); i++) {
            pass(beat);
            for (Run run : runs) {
                run.beats(1);
            }
        }
    }

    /** Time passes without a heartbeat: moves all that is stored into the past. */
    void pass(Duration time) throws SQLException {
        for (String column : query("""
                select format('update %I set %s', table_name,
                  string_agg(format('%1$I = %1$I - interval ''1 second'' * %%s', column_name), ', '))
                from information_schema.columns join information_schema.tables using (table_schema, table_name)
                where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone'
                group by table_name order by table_name = 'bridge_call'""")) {
            execute(column.replace("%s", Long.toString(time.toSeconds())));
        }
    }

    private static final class Server implements AutoCloseable {

        private final EmbeddedPostgres postgres;

        Server() {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
                try (Connection admin = postgres.getPostgresDatabase().getConnection();
                        Statement statement = admin.createStatement()) {
                    statement.execute("create database history");
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            Flyway.configure()
                    .dataSource(postgres.getDatabase("postgres", "history"))
                    .placeholders(Map.of("timeZone", TIME_ZONE))
                    .load()
                    .migrate();
        }

        @Override
        public void close() throws IOException {
            postgres.close();
        }
    }
}
