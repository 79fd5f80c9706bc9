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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.cmsevents.examples.dashboards.AlertRules.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertRulesTest {

    private static final Path FOLDER = Path.of("prometheus");

    private List<Alert> alerts;

    @BeforeEach
    void read() throws IOException {
        alerts = AlertRules.read();
    }

    @Test
    void sayWhatHappenedHowBadItIsAndWhereToReadOn() throws IOException {
        List<String> symptoms = Troubleshooting.symptoms();

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.severity()).isIn("critical", "warning", "info");
            assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "troubleshooting");
            assertThat(alert.annotations().values()).doesNotContain("");
            assertThat(Troubleshooting.split(alert.annotations().get("troubleshooting")))
                    .isSubsetOf(symptoms);
        });
    }

    @Test
    void eachFiresInAUnitTestAndIsSilentInOne() throws IOException {
        JsonNode tests = new YAMLMapper()
                .readTree(FOLDER.resolve("cms-events.rules.test.yml").toFile());
        List<JsonNode> cases = Dashboard.elements(tests.get("tests"))
                .flatMap(test -> Dashboard.elements(test.get("alert_rule_test")))
                .toList();

        assertThat(cases)
                .filteredOn(AlertRulesTest::fires)
                .extracting(AlertRulesTest::name)
                .containsAll(names());
        assertThat(cases)
                .filteredOn(unitTest -> !fires(unitTest))
                .extracting(AlertRulesTest::name)
                .containsAll(names());
    }

    @Test
    void promtoolAcceptsThemAndPassesTheirUnitTests() throws Exception {
        Tool promtool = Tool.named("promtool");

        promtool.run(FOLDER, "check", "config", "prometheus.yml");
        promtool.run(FOLDER, "test", "rules", "cms-events.rules.test.yml");
    }

    private List<String> names() {
        return alerts.stream().map(Alert::name).toList();
    }

    private static String name(JsonNode unitTest) {
        return unitTest.get("alertname").textValue();
    }

    private static boolean fires(JsonNode unitTest) {
        return !unitTest.get("exp_alerts").isEmpty();
    }
}
