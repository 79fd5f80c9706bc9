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
package io.github.cmsevents.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An object of the file. Each accessor throws a {@link ScenarioException} that names the place of a wrong value. */
public final class Fields {
    private final Place place;
    private final JsonNode node;

    public Fields(Place place, JsonNode node) {
        if (!node.isObject()) {
            throw place.mistake("must be an object");
        }
        this.place = place;
        this.node = node;
    }

    public Place place() {
        return place;
    }

    public boolean has(String name) {
        return node.has(name);
    }

    public Fields allowOnly(Collection<String> names) {
        for (Iterator<String> present = node.fieldNames(); present.hasNext(); ) {
            String name = present.next();
            if (!names.contains(name)) {
                throw place.field(name).mistake("unknown field; known: " + names);
            }
        }
        return this;
    }

    public JsonNode required(String name) {
        if (!node.hasNonNull(name)) {
            throw place.field(name).mistake("is missing");
        }
        return node.get(name);
    }

    public String requiredText(String name) {
        required(name);
        return text(name).orElseThrow();
    }

    public Optional<String> text(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw place.field(name).mistake("must be a text");
        }
        return Optional.of(value.textValue());
    }

    public boolean flag(String name) {
        JsonNode value = node.get(name);
        if (value != null && !value.isBoolean()) {
            throw place.field(name).mistake("must be true or false");
        }
        return value != null && value.booleanValue();
    }

    public Duration duration(String name) {
        JsonNode value = required(name);
        return Durations.parse(value.asText())
                .orElseThrow(() -> place.field(name).mistake("must be a time such as 500ms, 1.5s or 2m"));
    }

    /** All fields but the others, each of which has to be a known element. */
    Map<String, JsonNode> elements(Set<String> known, List<String> others) {
        List<String> allowed = new ArrayList<>(others);
        allowed.addAll(known);
        allowOnly(allowed);
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (!others.contains(field.getKey())) {
                elements.put(field.getKey(), field.getValue());
            }
        });
        return elements;
    }
}
