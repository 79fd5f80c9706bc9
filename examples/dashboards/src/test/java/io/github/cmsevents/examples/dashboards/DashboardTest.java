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
import io.github.cmsevents.examples.dashboards.Dashboard.Panel;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardTest {

    private static final int COLUMNS = 24;

    private Dashboard dashboard;

    @BeforeEach
    void read() throws IOException {
        dashboard = Dashboard.read();
    }

    @Test
    void canBeImportedAndProvisioned() {
        JsonNode json = dashboard.json();

        // The number in the database of one Grafana, and what only an import by hand resolves.
        assertThat(json.has("id")).isFalse();
        assertThat(json.has("__inputs")).isFalse();
        assertThat(json.get("uid").textValue()).hasSizeBetween(1, 40);
        assertThat(json.get("title").textValue()).isNotBlank();
        assertThat(json.get("schemaVersion").intValue()).isPositive();
    }

    @Test
    void takesItsDataFromTheSourceThatIsChosen() {
        JsonNode variable = dashboard.variables().get(0);
        assertThat(variable.get("name").textValue()).isEqualTo("datasource");
        assertThat(variable.get("type").textValue()).isEqualTo("datasource");

        List<JsonNode> sources = dashboard.json().findValues("datasource");
        assertThat(sources).hasSizeGreaterThan(dashboard.targets().size()).allSatisfy(source -> assertThat(
                        source.toString())
                .isEqualTo("{\"type\":\"prometheus\",\"uid\":\"${datasource}\"}"));
    }

    @Test
    void hasAVariableForEachLabelThatItFiltersBy() {
        List<String> variables = dashboard.variables().stream()
                .map(variable -> variable.get("name").textValue())
                .toList();
        Matcher used =
                Pattern.compile("\\$(?!__)(\\w+)").matcher(dashboard.json().toString());

        assertThat(used.results().map(match -> match.group(1)).distinct())
                .isNotEmpty()
                .isSubsetOf(variables);
    }

    @Test
    void hasPanelsThatDoNotOverlap() {
        List<Panel> panels = dashboard.panels();
        assertThat(panels).extracting(Panel::id).doesNotHaveDuplicates();
        assertThat(dashboard.charts()).extracting(Panel::title).doesNotHaveDuplicates();

        for (Panel panel : panels) {
            Rectangle place = place(panel);
            assertThat(place.x).isNotNegative();
            assertThat(place.x + place.width).isLessThanOrEqualTo(COLUMNS);
            assertThat(panels)
                    .filteredOn(other -> other.id() != panel.id() && place.intersects(place(other)))
                    .as("panels over " + panel.title())
                    .isEmpty();
        }
    }

    @Test
    void saysOfEachPanelWhatItShowsAndWhereToReadOn() throws IOException {
        List<String> symptoms = Troubleshooting.symptoms();
        Pattern reference = Pattern.compile("Troubleshooting: (.+)\\.$");

        assertThat(dashboard.charts()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.description()).isNotBlank();
            assertThat(panel.targets()).isNotEmpty();
            Matcher troubleshooting = reference.matcher(panel.description());
            if (troubleshooting.find()) {
                assertThat(Troubleshooting.split(troubleshooting.group(1))).isSubsetOf(symptoms);
            }
        });
    }

    private static Rectangle place(Panel panel) {
        JsonNode grid = panel.json().get("gridPos");
        return new Rectangle(
                grid.get("x").intValue(),
                grid.get("y").intValue(),
                grid.get("w").intValue(),
                grid.get("h").intValue());
    }
}
