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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a PostgreSQL of its own, and sets {@code history.jdbc.url} to it. It keeps its data in {@code history.embedded.directory}. Does
 * nothing where {@code history.jdbc.url} is set already.
 */
public final class EmbeddedDatabase extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String USER = "postgres";

    // The line of the port in PostgreSQL's file postmaster.pid, counted from 0.
    private static final int PORT_LINE = 3;

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        PropertiesComponent properties = context.getPropertiesComponent();
        if (properties.resolveProperty("history.jdbc.url").isPresent()) {
            return;
        }
        Path directory = Path.of(context.resolvePropertyPlaceholders("{{history.embedded.directory}}"));
        String url;
        try {
            Optional<Postmaster> leftBehind = running(directory);
            if (leftBehind.isEmpty()) {
                start(directory);
            }
            Postmaster postmaster = running(directory).orElseThrow(() -> new IOException("It ended again"));
            url = "jdbc:postgresql://127.0.0.1:" + postmaster.port() + "/postgres";
            if (leftBehind.isEmpty() || !hasClients(url)) {
                stopAtTheEnd(postmaster);
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "No embedded PostgreSQL runs in " + directory.toAbsolutePath()
                            + "; set history.jdbc.url for another one",
                    e);
        }
        properties.addOverrideProperty("history.jdbc.url", url);
        properties.addOverrideProperty("history.jdbc.user", USER);
        properties.addOverrideProperty("history.jdbc.password", "");
        properties.addOverrideProperty(
                "history.sample", context.resolvePropertyPlaceholders("{{history.embedded.sample}}"));
        LOG.info(
                "No history.jdbc.url is set: an embedded PostgreSQL runs at {} (user {}, no password), with its data in {}",
                url,
                USER,
                directory.toAbsolutePath());
    }

    private static void start(Path directory) throws IOException {
        EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .start();
    }

    /** SIGTERM lets PostgreSQL stop when the last session ends, so that the routes can still store what they received. */
    private static void stopAtTheEnd(Postmaster postmaster) {
        Runtime.getRuntime().addShutdownHook(new Thread(postmaster.process()::destroy, "stop PostgreSQL"));
    }

    /** The PostgreSQL that runs on this directory already: that of another instance, or left behind by one that was killed. */
    private static Optional<Postmaster> running(Path directory) throws IOException {
        Path file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .map(process -> new Postmaster(
                        process, Integer.parseInt(lines.get(PORT_LINE).trim())));
    }

    private static boolean hasClients(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select exists (select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid())")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private record Postmaster(ProcessHandle process, int port) {}
}
