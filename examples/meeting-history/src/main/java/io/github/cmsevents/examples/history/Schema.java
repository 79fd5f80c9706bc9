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

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.util.TimeUtils;
import org.flywaydb.core.Flyway;

/**
 * Makes or updates the schema before the routes start, and registers this run of the application there. The routes know the run by the
 * property {@code history.collector}. While the database is away, it waits.
 */
public final class Schema extends MainListenerSupport {

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        String url = value(context, "history.jdbc.url");
        String user = value(context, "history.jdbc.user");
        String password = value(context, "history.jdbc.password");
        Flyway.configure()
                .locations(locations(context))
                .dataSource(url, user, password)
                .placeholders(Map.of("timeZone", value(context, "history.time.zone")))
                // Migrations of a newer instance, or of the sample, are no reason to stop.
                .ignoreMigrationPatterns("*:future", "*:missing")
                .connectRetries(Integer.MAX_VALUE)
                .connectRetriesInterval(10)
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            long collector = register(
                    connection,
                    value(context, "history.instance"),
                    TimeUtils.toMilliSeconds(value(context, "history.heartbeat")));
            context.getPropertiesComponent().addOverrideProperty("history.collector", Long.toString(collector));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database of history.jdbc.url refuses to register this run: " + e.getMessage(), e);
        }
    }

    private static String[] locations(CamelContext context) {
        boolean sample = Boolean.parseBoolean(value(context, "history.sample:false"));
        return sample ? new String[] {"db/migration", "db/sample"} : new String[] {"db/migration"};
    }

    private static long register(Connection connection, String instance, long heartbeatMillis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into collector (instance, beat_every) values (?, ? * interval '1 millisecond') returning collector_id")) {
            insert.setString(1, instance);
            insert.setLong(2, heartbeatMillis);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String value(CamelContext context, String property) {
        return context.resolvePropertyPlaceholders("{{" + property + "}}");
    }
}
