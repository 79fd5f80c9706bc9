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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretsTest extends CmsEventsTestSupport {

    private static final Pattern TOKEN_VALUE = Pattern.compile("authToken=(?!xxxxxx)");

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void neitherPasswordNorTokenIsInTheLogAtAnyLevel() throws Exception {
        try (Captured log = new Captured()) {
            // In a URI, Camel itself would log it at DEBUG before we see it; the component's option it does not.
            route("calls", "cms-events:calls?elements=name");
            awaitActive(1);
            server().dropSockets();
            await().until(() -> server().socketsOpenedInAll() == 2);
            awaitActive(1);
            server().stop();
            await().until(() -> log.lines.stream()
                            .filter(line -> line.contains("closed the socket"))
                            .count()
                    > 0);
            context.stop();

            assertThat(log.lines).isNotEmpty().allSatisfy(line -> {
                assertThat(line).doesNotContain(PASSWORD);
                assertThat(TOKEN_VALUE.matcher(line).find()).as(line).isFalse();
            });
        }
    }

    @Test
    void neitherPasswordNorTokenIsInWhatAnEndpointShows() throws Exception {
        route("calls", "cms-events:calls?elements=name&password=RAW(" + PASSWORD + ")");
        CmsEventsConsumer consumer =
                (CmsEventsConsumer) context.getRoute("calls").getConsumer();
        CmsEventsEndpoint endpoint = (CmsEventsEndpoint) consumer.getEndpoint();

        assertThat(List.of(
                        consumer.toString(),
                        endpoint.toString(),
                        endpoint.getServiceUrl(),
                        endpoint.getServiceMetadata().toString(),
                        endpoint.clusterSpec().toString()))
                .noneMatch(text -> text.contains(PASSWORD));
    }

    /** Everything that is logged, at every level, while it is open. */
    private static final class Captured implements AutoCloseable {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final AbstractAppender appender =
                new AbstractAppender("captured", null, null, false, Property.EMPTY_ARRAY) {
                    @Override
                    public void append(LogEvent event) {
                        lines.add(event.getMessage().getFormattedMessage() + " " + event.getThrown());
                    }
                };
        private final Level before = LogManager.getRootLogger().getLevel();

        Captured() {
            appender.start();
            LoggerContext logging = (LoggerContext) LogManager.getContext(false);
            logging.getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
            logging.getConfiguration().getLoggers().values().stream()
                    .filter(logger -> logger.getAppenders().containsKey("console"))
                    .forEach(logger -> {
                        logger.removeAppender("console");
                        logger.addAppender(logging.getConfiguration().getAppender("console"), Level.WARN, null);
                    });
            Configurator.setAllLevels("", Level.ALL);
        }

        @Override
        public void close() {
            LoggerContext logging = (LoggerContext) LogManager.getContext(false);
            logging.getConfiguration().getRootLogger().removeAppender("captured");
            Configurator.setAllLevels("", before);
            Configurator.setLevel("io.github.cmsevents", Level.INFO);
        }
    }
}
