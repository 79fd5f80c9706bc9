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
package io.github.cmsevents.camel.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.CmsEventsComponent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;

/** The component's JSON for Camel's tools, generated from its annotations. */
record ComponentJson(
        Map<String, Entry> componentOptions, Map<String, Entry> endpointOptions, Map<String, Entry> headers) {

    /** An option or a header; {@code defaultValue} is empty when it has none. */
    record Entry(
            String name,
            String group,
            boolean path,
            boolean required,
            boolean secret,
            String javaType,
            String defaultValue,
            String description) {

        private static Entry of(String name, JsonNode json) {
            return new Entry(
                    name,
                    json.path("group").asText(),
                    json.path("kind").asText().equals("path"),
                    json.path("required").asBoolean(),
                    json.path("secret").asBoolean(),
                    json.path("javaType").asText(),
                    json.path("defaultValue").asText(),
                    json.path("description").asText());
        }
    }

    static ComponentJson read() {
        URL resource = CmsEventsComponent.class.getResource("/META-INF/io/github/cmsevents/camel/cms-events.json");
        try {
            JsonNode json = new ObjectMapper().readTree(resource);
            return new ComponentJson(
                    entries(json.path("componentProperties")),
                    entries(json.path("properties")),
                    entries(json.path("headers")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Entry> entries(JsonNode json) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        json.properties().forEach(field -> entries.put(field.getKey(), Entry.of(field.getKey(), field.getValue())));
        return entries;
    }
}
