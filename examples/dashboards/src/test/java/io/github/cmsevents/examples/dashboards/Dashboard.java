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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The dashboard, as it is in its file. */
record Dashboard(JsonNode json) {

    private static final Path FILE = Path.of("grafana", "cms-events.json");

    record Panel(JsonNode json) {

        int id() {
            return json.get("id").intValue();
        }

        String title() {
            return json.get("title").textValue();
        }

        String description() {
            return json.path("description").asText();
        }

        boolean isRow() {
            return json.get("type").textValue().equals("row");
        }

        List<Target> targets() {
            return elements(json.path("targets"))
                    .map(target -> new Target(
                            title(),
                            new Expression(target.get("expr").textValue()),
                            target.get("legendFormat").textValue()))
                    .toList();
        }
    }

    /** A query of a panel. */
    record Target(String panel, Expression expression, String legend) {}

    static Dashboard read() throws IOException {
        return new Dashboard(new ObjectMapper().readTree(FILE.toFile()));
    }

    List<Panel> panels() {
        return elements(json.get("panels")).map(Panel::new).toList();
    }

    /** The panels that show something. */
    List<Panel> charts() {
        return panels().stream().filter(panel -> !panel.isRow()).toList();
    }

    List<Target> targets() {
        return panels().stream().flatMap(panel -> panel.targets().stream()).toList();
    }

    List<JsonNode> variables() {
        return elements(json.at("/templating/list")).toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
