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
package io.github.cmsevents.camel.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.CmsEventsComponent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.util.TimeUtils;

/**
 * An option of the component, as in the JSON that Camel's tools read.
 *
 * @param defaultValue the default as text; empty without one
 */
record ComponentOption(String name, String kind, String javaType, String defaultValue, String description) {

    static List<ComponentOption> all() {
        try {
            JsonNode json = new ObjectMapper()
                    .readTree(CmsEventsComponent.class.getResource(
                            "/META-INF/io/github/cmsevents/camel/cms-events.json"));
            List<ComponentOption> options = new ArrayList<>();
            json.path("componentProperties").properties().forEach(field -> {
                JsonNode option = field.getValue();
                options.add(new ComponentOption(
                        field.getKey(),
                        option.path("type").asText(),
                        option.path("javaType").asText(),
                        option.path("defaultValue").asText(),
                        option.path("description").asText()));
            });
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The type of the Spring Boot property, with its package. */
    String propertyType() {
        return switch (kind) {
            case "boolean" -> "java.lang.Boolean";
            case "integer" -> "java.lang.Integer";
            case "duration" -> "java.time.Duration";
            case "enum" -> javaType;
            // An object is the name of a bean.
            case "string", "object" -> "java.lang.String";
            default -> throw new IllegalStateException("No Spring Boot type for option " + name + " of type " + kind);
        };
    }

    /** The text of the Spring Boot property's explanation. */
    String propertyDescription() {
        return kind.equals("object")
                ? description + " The name of a bean of type " + javaType + ": #bean:name."
                : description;
    }

    Duration defaultDuration() {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(defaultValue));
    }
}
