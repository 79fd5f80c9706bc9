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
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/** Camel's schema of YAML routes. */
final class YamlSchema {

    private static final String NUMBER = "^\\s*[-+]?[0-9.]+\\s*$|\\{\\{";
    private static final String BOOLEAN = "^\\s*(true|false)\\s*$|\\{\\{";
    private static final Pattern ALTERNATIVE = Pattern.compile("(oneOf|anyOf)\\[");

    private final JsonNode schema;
    private final JsonSchema compiled;

    YamlSchema() throws IOException {
        try (InputStream in = YamlRoutesBuilderLoader.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = new ObjectMapper().readTree(in);
        }
        relax(schema);
        compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    }

    /** Camel reads every scalar as text, and a placeholder can stand for a number or a boolean. */
    private static void relax(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("deprecated").isBoolean()) {
                // Not a keyword of this version of JSON Schema: the library warns.
                object.remove("deprecated");
            }
            switch (object.path("type").asText()) {
                case "boolean" ->
                    object.put("pattern", BOOLEAN)
                            .putArray("type")
                            .add("boolean")
                            .add("string");
                case "number", "integer" ->
                    object.put("pattern", NUMBER).putArray("type").add("number").add("string");
                case "string" -> {
                    if (!object.has("enum")) {
                        object.putArray("type").add("string").add("number").add("boolean");
                    }
                }
                default -> {}
            }
        }
        node.forEach(YamlSchema::relax);
    }

    /** Reports what the schema does not allow in a list of routes, beans and so on. */
    void check(JsonNode routes, YamlText file, Problems problems) {
        Set<ValidationMessage> messages = compiled.validate(routes);
        List<ValidationMessage> telling =
                messages.stream().filter(YamlSchema::isTelling).toList();
        if (telling.isEmpty()) {
            // Only alternatives failed; the innermost is the nearest to the fault.
            telling = new ArrayList<>(messages);
            telling.subList(0, Math.max(0, telling.size() - 1)).clear();
        }
        for (ValidationMessage message : telling) {
            JsonNode node = message.getInstanceNode();
            int line = message.getProperty() == null ? file.line(node) : file.line(node, message.getProperty());
            problems.add(line, text(message));
        }
    }

    /** Each alternative that does not apply says why; of that only unknown names help. */
    private static boolean isTelling(ValidationMessage message) {
        return switch (message.getType()) {
            case "oneOf", "anyOf", "not" -> false;
            case "type", "required" ->
                !ALTERNATIVE.matcher(message.getEvaluationPath().toString()).find();
            default -> true;
        };
    }

    private String text(ValidationMessage message) {
        String last = message.getInstanceLocation().getName(-1);
        return switch (message.getType()) {
            case "additionalProperties" ->
                "unknown here: " + message.getProperty() + Suggestion.of(message.getProperty(), siblings(message));
            case "required" -> (last == null ? "" : last + ": ") + message.getProperty() + " is missing";
            case "pattern" -> last + ": the value has another type";
            case "oneOf", "anyOf", "not" -> last + ": the form is not one that Camel reads";
            default -> last + ": " + message.getError();
        };
    }

    /** The names that the schema has beside an unknown one. */
    private List<String> siblings(ValidationMessage message) {
        String pointer = message.getSchemaLocation().getFragment().toString();
        List<String> names = new ArrayList<>();
        schema.at(pointer.replaceFirst("/additionalProperties$", "/properties"))
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }
}
