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

import io.github.cmsevents.examples.dashboards.Dashboard.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private String readme;

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void listsEveryAlertWithItsSeverity() throws IOException {
        List<String> alerts = AlertRules.read().stream()
                .map(alert -> "| `" + alert.name() + "` | " + alert.severity() + " |")
                .toList();

        assertThat(found("(?m)^\\| `\\w+` \\| \\w+ \\|")).isEqualTo(alerts);
    }

    @Test
    void listsEveryPanel() throws IOException {
        String table = readme.substring(readme.indexOf("| Panel | Shows |"), readme.indexOf("## With real"));
        List<String> panels = table.lines()
                .skip(2)
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split(" *\\| *")[1])
                .toList();

        assertThat(panels)
                .isEqualTo(Dashboard.read().charts().stream().map(Panel::title).toList());
    }

    @Test
    void showsTheConfigurationThatIsTested() throws IOException {
        String shown = readme.substring(readme.indexOf("rule_files:"));

        assertThat(Files.readString(Path.of("prometheus", "prometheus.yml")))
                .endsWith(shown.substring(0, shown.indexOf("```")));
    }

    private List<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(readme)
                .results()
                .map(match -> match.group())
                .toList();
    }
}
