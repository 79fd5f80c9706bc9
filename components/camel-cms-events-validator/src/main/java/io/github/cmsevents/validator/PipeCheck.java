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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the ends and the steps of a Pipe. */
final class PipeCheck {

    /** Camel 4.17 encodes them in a Pipe's properties, and Kamelets do not decode them (CAMEL-23594). */
    private static final Pattern ENCODED = Pattern.compile("[,:/ &+%#]");

    private final EndpointCheck endpoints;

    PipeCheck(EndpointCheck endpoints) {
        this.endpoints = endpoints;
    }

    void check(YamlText file, Problems problems) {
        JsonNode spec = file.root().path("spec");
        for (String end : new String[] {"source", "sink"}) {
            if (!spec.has(end)) {
                problems.add(file.line(file.root(), "spec"), "a Pipe needs a " + end);
            }
        }
        check(spec.path("source"), Role.CONSUMER, file, problems);
        spec.path("steps").forEach(step -> check(step, Role.PRODUCER, file, problems));
        check(spec.path("sink"), Role.PRODUCER, file, problems);
        check(spec.path("errorHandler").path("sink").path("endpoint"), Role.PRODUCER, file, problems);
    }

    private void check(JsonNode end, Role role, YamlText file, Problems problems) {
        JsonNode ref = end.path("ref");
        boolean kamelet = ref.path("kind").asText().equals("Kamelet");
        if (!kamelet && !end.has("uri")) {
            return;
        }
        JsonNode properties = end.path("properties");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            String value = property.getValue().asText();
            parameters.put(property.getKey(), value);
            if (kamelet && ENCODED.matcher(value).find() && !UriOptions.isRaw(value) && !UriOptions.isOpen(value)) {
                problems.add(
                        file.line(properties, property.getKey()),
                        property.getKey() + ": Camel 4.17 encodes the value in a Pipe; write RAW(...) around it");
            }
        }
        JsonNode named = kamelet ? ref : end;
        String key = kamelet ? "name" : "uri";
        String uri = (kamelet ? "kamelet:" : "") + named.path(key).asText();
        endpoints.check(
                new NamedEndpoint(
                        uri,
                        parameters,
                        role,
                        option -> properties.has(option) ? file.line(properties, option) : file.line(named, key)),
                problems);
    }
}
