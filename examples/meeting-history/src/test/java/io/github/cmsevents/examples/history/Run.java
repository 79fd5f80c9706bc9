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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** Calls the functions of the database as the routes of one run of the application do. */
final class Run {

    private final Connection connection;
    private final long collector;
    /** The time of the reports; null for now. */
    private Instant at;

    Run(Connection connection, String instance) throws SQLException {
        this.connection = connection;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into collector (instance, beat_every) values (?, interval '5 seconds') returning collector_id")) {
            insert.setString(1, instance);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                collector = row.getLong(1);
            }
        }
    }

    long collector() {
        return collector;
    }

    Run at(Instant time) {
        at = time;
        return this;
    }

    Run at(String time) {
        return at(Instant.parse(time));
    }

    Run beats(int number) throws SQLException {
        for (int i = 0; i < number; i++) {
            call("select beat(" + collector + ")");
        }
        return this;
    }

    /** A new state of the subscription to a server's list of calls. */
    Run list(String server, String state) throws SQLException {
        return record("record_call", server, state, null, false, "{\"state\": \"" + state + "\"}");
    }

    /** Observes a server, and has had its first list. */
    Run observing(String... servers) throws SQLException {
        for (String server : servers) {
            list(server, "active");
        }
        return beats(3);
    }

    Run addCall(String server, String guid, String correlator, String name, String... more) throws SQLException {
        return record("record_call", server, null, "add", false, call(guid, correlator, name, more));
    }

    Run updateCall(String server, String guid, String correlator, String name, String... more) throws SQLException {
        return record("record_call", server, null, "update", false, call(guid, correlator, name, more));
    }

    Run removeCall(String server, String guid, boolean synthetic) throws SQLException {
        String reason = synthetic ? "" : ", \"reason\": \"allLeft\"";
        return record("record_call", server, null, "remove", synthetic, "{\"call\": \"" + guid + "\"" + reason + "}");
    }

    /** A new state of the subscription to the roster of a call. */
    Run roster(String server, String call, String correlator, String state) throws SQLException {
        return record(
                "record_participant",
                server,
                state,
                null,
                false,
                call(call, correlator).formatted(", \"state\": \"" + state + "\""));
    }

    Run join(String server, String call, String correlator, String guid, String name, String... more)
            throws SQLException {
        return participant(server, "add", call, correlator, guid, name, more);
    }

    Run participant(
            String server, String type, String call, String correlator, String guid, String name, String... more)
            throws SQLException {
        String fields = ", \"participant\": \"" + guid + "\", \"name\": \"" + name + "\"" + fields(more);
        return record(
                "record_participant",
                server,
                null,
                type,
                false,
                call(call, correlator).formatted(fields));
    }

    /** @param reason null for a removal that the component concluded after a gap; synthetic as well with callEnded */
    Run leave(String server, String call, String correlator, String guid, String reason) throws SQLException {
        String fields =
                ", \"participant\": \"" + guid + "\"" + (reason == null ? "" : ", \"reason\": \"" + reason + "\"");
        boolean synthetic = reason == null || reason.equals("callEnded");
        return record(
                "record_participant",
                server,
                null,
                "remove",
                synthetic,
                call(call, correlator).formatted(fields));
    }

    private static String call(String guid, String correlator) {
        return "{\"call\": \"" + guid + "\", \"callCorrelator\": \"" + correlator + "\"%s}";
    }

    private static String call(String guid, String correlator, String name, String... more) {
        return "{\"call\": \"" + guid + "\", \"callType\": \"coSpace\", \"name\": \"" + name + "\""
                + (correlator == null ? "" : ", \"callCorrelator\": \"" + correlator + "\"") + fields(more) + "}";
    }

    /** Further elements, as {@code name=value}. */
    private static String fields(String... more) {
        StringBuilder fields = new StringBuilder();
        for (String field : more) {
            String[] parts = field.split("=", 2);
            fields.append(", \"")
                    .append(parts[0])
                    .append("\": \"")
                    .append(parts[1])
                    .append('"');
        }
        return fields.toString();
    }

    private Run record(String function, String server, String state, String type, boolean synthetic, String body)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select " + function + "(?, ?, coalesce(?, now()), ?, ?, ?, ?)")) {
            statement.setLong(1, collector);
            statement.setString(2, server);
            statement.setTimestamp(3, at == null ? null : Timestamp.from(at));
            statement.setString(4, state);
            statement.setString(5, type);
            statement.setBoolean(6, synthetic);
            statement.setString(7, body);
            statement.execute();
        }
        return this;
    }

    private void call(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }
}
