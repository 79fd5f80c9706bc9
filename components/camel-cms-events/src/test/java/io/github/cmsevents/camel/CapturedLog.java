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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Captures log events from this level up while it is open; the console shows only warnings meanwhile. */
public final class CapturedLog implements AutoCloseable {

    /** One event: its level, its logger, and its message with the exception. */
    record Line(Level level, String logger, String text) {
        boolean has(String part) {
            return (level + " " + logger + " " + text).contains(part);
        }
    }

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext logging = (LoggerContext) LogManager.getContext(false);
    private final Configuration configuration = logging.getConfiguration();
    private final Map<LoggerConfig, Level> levels = configuration.getLoggers().values().stream()
            .collect(Collectors.toMap(logger -> logger, LoggerConfig::getLevel));
    private final AbstractAppender appender =
            new AbstractAppender("captured", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    String thrown = event.getThrown() == null ? "" : " " + event.getThrown();
                    lines.add(new Line(
                            event.getLevel(),
                            event.getLoggerName(),
                            event.getMessage().getFormattedMessage() + thrown));
                }
            };

    public CapturedLog(Level level) {
        appender.start();
        LoggerConfig root = configuration.getRootLogger();
        root.addAppender(appender, level, null);
        showOnConsole(Level.WARN);
        levels.keySet().forEach(logger -> logger.setLevel(level));
        logging.updateLoggers();
    }

    public List<String> lines() {
        return lines.stream().map(line -> line.level() + " " + line.text()).toList();
    }

    List<Line> events() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        configuration.getRootLogger().removeAppender(appender.getName());
        levels.forEach(LoggerConfig::setLevel);
        showOnConsole(null);
        logging.updateLoggers();
        appender.stop();
    }

    private void showOnConsole(Level level) {
        LoggerConfig root = configuration.getRootLogger();
        root.removeAppender("console");
        root.addAppender(configuration.getAppender("console"), level, null);
    }
}
