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
package io.github.cmsevents.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of two simulated Call Bridges, and the conditions of the alerts that follow from them in a real Prometheus. How long a condition
 * has to last before its alert fires is up to the unit tests of the rules.
 */
class AlertsIT {

    /** More than a socket has room for, and more than a route may leave waiting. */
    private static final int CALLS = 120;

    private static final List<String> PROVOKED = List.of(
            "CmsEventsProtocolViolations",
            "CmsEventsNoRoom",
            "CmsEventsRouteTooSlow",
            "CmsEventsReconnectsRepeatedly",
            "CmsEventsServerLost",
            "CmsEventsAllServersLost",
            "CmsEventsNotMonitored");

    @TempDir
    private Path folder;

    private final MeetingServerSimulator first = callBridge();
    private final MeetingServerSimulator second = callBridge();
    private RunningExample example;
    private Prometheus prometheus;

    @BeforeEach
    void start() throws IOException {
        Tool.named("prometheus");
        first.start();
        second.start();
        example = RunningExample.start(
                folder,
                // As the README has it.
                Map.of(
                        "CMS_SERVERS", first.url() + "," + second.url(),
                        "CMS_USERNAME", "apiuser",
                        "CMS_PASSWORD", "secret"),
                "-Dcamel.component.cms-events.maxConnectionsPerServer=1",
                "-Dcamel.component.cms-events.reconnectMaxDelay=1000",
                "-Dcamel.main.routesIncludePattern=classpath:camel/*,classpath:camel-test/*");
        prometheus = Prometheus.start(folder, example.address());
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (example != null) {
            example.close();
        }
        first.close();
        second.close();
    }

    @Test
    void followFromFaults() throws Exception {
        awaitSeries("count(cms_events_subscriptions{state=\"active\"} > 0) == 2");
        for (String alert : PROVOKED) {
            awaitNoSeries(expression(alert));
        }

        first.faults().next(new Fault.UnknownMessage());
        first.transaction(() -> {
            for (int i = 0; i < CALLS; i++) {
                first.createCall("Meeting " + i);
            }
        });
        awaitCondition("CmsEventsProtocolViolations", "violation", "unknown_message");
        awaitCondition("CmsEventsNoRoom", "server", address(first));
        awaitCondition("CmsEventsRouteTooSlow", "route", "stalled");

        for (int lost = 1; lost <= 3; lost++) {
            second.dropSockets();
            awaitSeries("cms_events_sockets_lost_total == " + lost);
            awaitSeries("cms_events_sockets_opened_total == " + (lost + 1));
        }
        awaitCondition("CmsEventsReconnectsRepeatedly", "server", address(second));

        second.stop();
        awaitCondition("CmsEventsServerLost", "server", address(second));
        awaitNoSeries(expression("CmsEventsAllServersLost"));

        first.stop();
        awaitCondition("CmsEventsAllServersLost", "camelContext", "dashboards");

        example.close();
        awaitSeries(expression("CmsEventsNotMonitored").text());
    }

    private static MeetingServerSimulator callBridge() {
        return MeetingServerSimulator.builder().credentials("apiuser", "secret").build();
    }

    private static String address(MeetingServerSimulator callBridge) {
        return "127.0.0.1:" + callBridge.port();
    }

    /** Waits until the condition of an alert is met, by series with this label only. */
    private void awaitCondition(String alert, String label, String value) throws IOException {
        Expression expression = expression(alert);
        await(alert).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(prometheus.query(expression))
                .extracting(series -> series.at("/metric/" + label).asText())
                .containsOnly(value));
    }

    private void awaitSeries(String expression) {
        await(expression).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        prometheus.query(new Expression(expression)))
                .isNotEmpty());
    }

    private void awaitNoSeries(Expression expression) {
        await(expression.text())
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(prometheus.query(expression)).isEmpty());
    }

    private static Expression expression(String alert) throws IOException {
        return AlertRules.read().stream()
                .filter(rule -> rule.name().equals(alert))
                .findFirst()
                .orElseThrow()
                .expression();
    }
}
