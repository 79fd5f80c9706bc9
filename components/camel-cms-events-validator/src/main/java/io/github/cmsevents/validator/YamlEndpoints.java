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
import io.github.cmsevents.validator.NamedEndpoint.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntBiFunction;

/** Finds the endpoints in YAML routes. */
final class YamlEndpoints {

    private static final String URI = "uri";
    private static final String PARAMETERS = "parameters";
    private static final Set<String> CONSUMERS = Set.of("from", "poll", "pollEnrich");
    private static final Set<String> PRODUCERS = Set.of("to", "toD", "wireTap");
    /** Below these is nothing that is a route's. */
    private static final Set<String> VALUES = Set.of("parameters", "properties", "constructors");
    /** Their uri is a pattern. */
    private static final Set<String> PATTERNS = Set.of("interceptFrom", "interceptSendToEndpoint");

    private final ToIntBiFunction<JsonNode, String> lines;
    private final List<NamedEndpoint> found = new ArrayList<>();

    private YamlEndpoints(ToIntBiFunction<JsonNode, String> lines) {
        this.lines = lines;
    }

    /** @param lines gives the line of a key in a mapping */
    static List<NamedEndpoint> in(JsonNode routes, ToIntBiFunction<JsonNode, String> lines) {
        YamlEndpoints endpoints = new YamlEndpoints(lines);
        endpoints.find("", routes);
        return endpoints.found;
    }

    private void find(String key, JsonNode node) {
        if (node.path(URI).isTextual() && !PATTERNS.contains(key)) {
            found.add(endpoint(key, node));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (VALUES.contains(name)) {
                continue;
            }
            if (field.getValue().isTextual() && (CONSUMERS.contains(name) || PRODUCERS.contains(name))) {
                found.add(new NamedEndpoint(
                        field.getValue().asText(), Map.of(), role(name), option -> lines.applyAsInt(node, name)));
            } else {
                find(name, field.getValue());
            }
        }
        if (node.isArray()) {
            node.forEach(element -> find(key, element));
        }
    }

    private NamedEndpoint endpoint(String key, JsonNode node) {
        JsonNode parameters = node.path(PARAMETERS);
        Map<String, String> options = new LinkedHashMap<>();
        parameters
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return new NamedEndpoint(
                node.path(URI).asText(),
                options,
                role(key),
                option -> parameters.has(option) ? lines.applyAsInt(parameters, option) : lines.applyAsInt(node, URI));
    }

    private static Role role(String key) {
        if (CONSUMERS.contains(key)) {
            return Role.CONSUMER;
        }
        return PRODUCERS.contains(key) ? Role.PRODUCER : Role.EITHER;
    }
}
