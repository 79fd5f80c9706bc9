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
package io.github.cmsevents.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts Java values to JSON; equal values become equal nodes. */
final class JsonValues {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonValues() {}

    static JsonNode of(String element, Object value) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Element '" + element + "' has a value that is not JSON", e);
        } catch (java.io.IOException e) {
            throw new IllegalStateException("Reading from memory failed", e);
        }
    }

    static Map<String, JsonNode> of(Map<String, ?> values) {
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        values.forEach((element, value) -> nodes.put(element, of(element, value)));
        return nodes;
    }
}
