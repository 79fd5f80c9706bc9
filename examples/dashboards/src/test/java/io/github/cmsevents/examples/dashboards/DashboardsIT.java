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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.examples.dashboards.AlertRules.Alert;
import io.github.cmsevents.examples.dashboards.Dashboard.Target;
import io.github.cmsevents.examples.dashboards.Expression.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboard and alerts beside the running example, with its simulated Call Bridges. */
class DashboardsIT {

    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("instance", "job");

    @TempDir
    private static Path folder;

    private static RunningExample example;

    @BeforeAll
    static void start() throws IOException {
        example = RunningExample.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        example.close();
    }

    @Test
    void everyMeterAndLabelIsExposed() throws Exception {
        Exposition exposed = awaitMeters();

        Stream.concat(
                        Dashboard.read().targets().stream().map(Target::expression),
                        AlertRules.read().stream().map(Alert::expression))
                .forEach(expression -> assertIsExposed(expression, exposed));
        for (Target target : Dashboard.read().targets()) {
            assertThat(labelsOf(target.expression(), exposed))
                    .as(target.panel())
                    .containsAll(names(target.legend(), "\\{\\{(\\w+)}}"));
        }
        for (Alert alert : AlertRules.read()) {
            assertThat(labelsOf(alert.expression(), exposed))
                    .as(alert.name())
                    .containsAll(names(alert.annotations().toString(), "\\$labels\\.(\\w+)"));
        }
        for (JsonNode variable : Dashboard.read().variables()) {
            Expression query = new Expression(variable.get("query").textValue());
            assertIsExposed(query, exposed);
            assertThat(labelsOf(query, exposed)).containsAll(names(query.text(), ", (\\w+)\\)$"));
        }
    }

    @Test
    void prometheusLoadsTheAlertsAndHasSeriesForEveryPanel() throws Exception {
        try (Prometheus prometheus = Prometheus.start(folder, example.address())) {
            // A rate needs two scrapes.
            for (Target target : Dashboard.read().targets()) {
                await(target.panel()).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                                prometheus.query(target.expression().asSentByGrafana()))
                        .isNotEmpty());
            }

            List<String> names = AlertRules.read().stream().map(Alert::name).toList();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(prometheus.alerts())
                    .allSatisfy(
                            alert -> assertThat(alert.get("health").textValue()).isEqualTo("ok"))
                    .extracting(alert -> alert.get("name").textValue())
                    .isEqualTo(names));
            assertThat(prometheus.query(new Expression("ALERTS{alertstate=\"firing\"}")))
                    .isEmpty();
        }
    }

    private static Exposition awaitMeters() {
        return await().atMost(Duration.ofSeconds(60))
                .until(example::meters, meters -> meters.values("cms_events_queue", "route")
                        .equals(Set.of("conferences", "rosters")));
    }

    private static void assertIsExposed(Expression expression, Exposition exposed) {
        for (Selector selector : expression.selectors()) {
            assertThat(exposed.meters()).as(expression.text()).contains(selector.meter());
            selector.labels().forEach((label, values) -> {
                assertThat(labels(selector, exposed)).as(expression.text()).contains(label);
                if (!values.isEmpty()) {
                    assertThat(exposed.values(selector.meter(), label))
                            .as(expression.text())
                            .containsAll(values);
                }
            });
        }
        if (!expression.groupingLabels().isEmpty()) {
            assertThat(labelsOf(expression, exposed)).containsAll(expression.groupingLabels());
        }
    }

    private static Set<String> labelsOf(Expression expression, Exposition exposed) {
        return expression.selectors().stream()
                .flatMap(selector -> labels(selector, exposed).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> labels(Selector selector, Exposition exposed) {
        return Stream.concat(exposed.labels(selector.meter()).stream(), LABELS_OF_PROMETHEUS.stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
