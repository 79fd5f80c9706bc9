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

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The alerts, as they are in their file. */
final class AlertRules {

    static final Path FILE = Path.of("prometheus", "cms-events.rules.yml");

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    record Alert(String name, Expression expression, Map<String, String> labels, Map<String, String> annotations) {

        String severity() {
            return labels.get("severity");
        }
    }

    private AlertRules() {}

    static List<Alert> read() throws IOException {
        return Dashboard.elements(YAML.readTree(FILE.toFile()).at("/groups/0/rules"))
                .map(AlertRules::alert)
                .toList();
    }

    private static Alert alert(JsonNode rule) {
        return new Alert(
                rule.get("alert").textValue(),
                new Expression(rule.get("expr").textValue()),
                YAML.convertValue(rule.get("labels"), STRINGS),
                YAML.convertValue(rule.get("annotations"), STRINGS));
    }
}
