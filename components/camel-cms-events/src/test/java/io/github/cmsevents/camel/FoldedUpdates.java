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
package io.github.cmsevents.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records that result from a sequence of updates, and the updates that changed nothing. */
final class FoldedUpdates {

    private final Set<String> elements;
    private final Map<String, Map<String, JsonNode>> records = new LinkedHashMap<>();
    private final List<String> repeated = new ArrayList<>();

    /** @param elements those to fold; other elements in a body are ignored */
    FoldedUpdates(Set<String> elements) {
        this.elements = elements;
    }

    void take(String key, String updateType, JsonNode body) {
        switch (updateType) {
            case "add" -> {
                if (records.putIfAbsent(key, values(body)) != null) {
                    repeated.add("add of " + key + ", which is known: " + body);
                }
            }
            case "update" -> {
                Map<String, JsonNode> known = records.get(key);
                if (known == null || known.entrySet().containsAll(values(body).entrySet())) {
                    repeated.add("update of " + key + " without a change: " + body);
                } else {
                    known.putAll(values(body));
                }
            }
            default -> {
                if (records.remove(key) == null) {
                    repeated.add("remove of " + key + ", which is not known: " + body);
                }
            }
        }
    }

    private Map<String, JsonNode> values(JsonNode body) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        ((ObjectNode) body).properties().forEach(entry -> {
            if (elements.contains(entry.getKey())) {
                values.put(entry.getKey(), entry.getValue());
            }
        });
        return values;
    }

    /** By key. */
    Map<String, Map<String, JsonNode>> records() {
        return records;
    }

    List<String> repeated() {
        return repeated;
    }
}
