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
package io.github.cmsevents.validator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks YAML files: routes, Kamelets and Pipes. */
final class YamlCheck {

    private static final Set<String> PIPES = Set.of("Pipe", "KameletBinding");
    private static final Set<String> ENTRIES = Set.of(
            "route",
            "from",
            "routeTemplate",
            "route-template",
            "templatedRoute",
            "routeConfiguration",
            "route-configuration",
            "rest",
            "beans",
            "errorHandler",
            "onException",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "onCompletion",
            "restConfiguration");

    private static final Pattern HINT =
            Pattern.compile("(?m)^ *- *(" + String.join("|", ENTRIES) + ") *:|^kind: *(Kamelet|Pipe)");

    private final YamlSchema schema;
    private final EndpointCheck endpoints;
    private final PipeCheck pipes;

    YamlCheck(YamlSchema schema, EndpointCheck endpoints) {
        this.schema = schema;
        this.endpoints = endpoints;
        this.pipes = new PipeCheck(endpoints);
    }

    /** Whether the text has something of a route, a Kamelet or a Pipe; other files need not even be YAML, such as templates. */
    static boolean mayBeCamel(String text) {
        return HINT.matcher(text).find();
    }

    static Optional<Kamelet> kamelet(JsonNode root) {
        return root.path("kind").asText().equals("Kamelet") ? Optional.of(Kamelet.of(root)) : Optional.empty();
    }

    /** Whether it is a file for Camel, and not one of the many others that are YAML. */
    static boolean isCamel(JsonNode root) {
        String kind = root.path("kind").asText();
        if (kind.equals("Kamelet") || PIPES.contains(kind)) {
            return true;
        }
        for (JsonNode entry : root) {
            if (root.isArray() && ENTRIES.stream().anyMatch(entry::has)) {
                return true;
            }
        }
        return false;
    }

    /** @param fileName without folders */
    void check(String fileName, YamlText file, Problems problems) {
        JsonNode root = file.root();
        String kind = root.path("kind").asText();
        if (kind.equals("Kamelet")) {
            checkKamelet(fileName, file, problems);
        } else if (PIPES.contains(kind)) {
            pipes.check(file, problems);
        } else {
            checkRoutes(root, file, problems);
        }
    }

    private void checkRoutes(JsonNode routes, YamlText file, Problems problems) {
        schema.check(routes, file, problems);
        YamlEndpoints.in(routes, file::line).forEach(endpoint -> endpoints.check(endpoint, problems));
    }

    private void checkKamelet(String fileName, YamlText file, Problems problems) {
        Kamelet kamelet = Kamelet.of(file.root());
        KameletDefinition.check(fileName, kamelet, file, problems);
        // A template has the entries of a file of routes, each once.
        ArrayNode routes = JsonNodeFactory.instance.arrayNode();
        kamelet.template().properties().forEach(entry -> routes.addObject().set(entry.getKey(), entry.getValue()));
        checkRoutes(routes, file, problems);
    }
}
