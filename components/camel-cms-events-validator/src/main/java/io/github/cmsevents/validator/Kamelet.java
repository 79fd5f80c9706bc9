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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Kamelet's definition. */
record Kamelet(String name, JsonNode spec) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([^{}:]+)(?::([^{}]*))?}}");

    static Kamelet of(JsonNode document) {
        return new Kamelet(document.at("/metadata/name").asText(), document.path("spec"));
    }

    Collection<String> parameters() {
        List<String> names = new ArrayList<>();
        spec.at("/definition/properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Its definition: type, enum, default and so on. */
    JsonNode parameter(String parameter) {
        return spec.at("/definition/properties").path(parameter);
    }

    List<String> required() {
        List<String> names = new ArrayList<>();
        spec.at("/definition/required").forEach(name -> names.add(name.asText()));
        return names;
    }

    JsonNode template() {
        return spec.path("template");
    }

    /** The placeholders in the template. */
    List<MatchResult> placeholders() {
        return PLACEHOLDER.matcher(template().toString()).results().toList();
    }

    /** The options of an endpoint in the template when the Kamelet is used with these parameters. */
    Map<String, String> expand(Map<String, String> options, Map<String, String> parameters) {
        Map<String, String> expanded = new LinkedHashMap<>();
        options.forEach((option, value) ->
                expand(value, parameters).ifPresent(expandedValue -> expanded.put(option, expandedValue)));
        return expanded;
    }

    /** Empty if the value is an optional parameter that is not given. */
    private Optional<String> expand(String value, Map<String, String> parameters) {
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        for (MatchResult placeholder : PLACEHOLDER.matcher(value).results().toList()) {
            String name = placeholder.group(2);
            String given = parameters.get(name);
            if (given == null && parameter(name).has("default")) {
                given = parameter(name).path("default").asText();
            }
            if (given == null) {
                given = placeholder.group(3);
            }
            if (given == null && !placeholder.group(1).isEmpty()) {
                return Optional.empty();
            }
            expanded.append(value, from, placeholder.start())
                    .append(given == null ? placeholder.group() : UriOptions.withoutRaw(given));
            from = placeholder.end();
        }
        return Optional.of(expanded.append(value.substring(from)).toString());
    }
}
