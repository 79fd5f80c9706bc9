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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    // The line of the port in PostgreSQL's file postmaster.pid, counted from 0.
    private static final int PORT_LINE = 3;

    private EmbeddedPostgres postgres;

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        PropertiesComponent properties = context.getPropertiesComponent();
        if (properties.resolveProperty("history.jdbc.url").isPresent()) {
            return;
        }
        Path directory = Path.of(context.resolvePropertyPlaceholders("{{history.embedded.directory}}"));
        int port;
        try {
            port = runningPort(directory).orElseGet(() -> start(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + directory + " can't be used", e);
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        properties.addOverrideProperty("history.jdbc.url", url);
        properties.addOverrideProperty("history.jdbc.user", "postgres");
        properties.addOverrideProperty("history.jdbc.password", "");
        properties.addOverrideProperty("history.sample", context.resolvePropertyPlaceholders("{{history.embedded.sample}}"));
        LOG.info(
                "No history.jdbc.url is set: an embedded PostgreSQL runs at {} (user postgres, no password), with its data in {}",
                url,
                directory.toAbsolutePath());
    }

    private int start(Path directory) {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(directory)
                    .setCleanDataDirectory(false)
                    .start();
            return postgres.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No embedded PostgreSQL can be started in " + directory, e);
        }
    }

    /** The port of a PostgreSQL that runs on this directory: that of another instance, or left behind by one that was killed. */
    private static Optional<Integer> runningPort(Path directory) throws IOException {
        Path file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        boolean runs = ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                .flatMap(process -> process.info().command())
                .filter(command -> command.contains("postgres"))
                .isPresent();
        return runs ? Optional.of(Integer.valueOf(lines.get(PORT_LINE).trim())) : Optional.empty();
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        // Only after the routes have stored what they received.
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                LOG.warn("The embedded PostgreSQL did not stop properly", e);
            }
        }
    }
}
