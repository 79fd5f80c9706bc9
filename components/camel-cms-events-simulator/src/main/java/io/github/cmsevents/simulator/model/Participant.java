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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One participant of a call. Changed through {@link Meetings} only. */
public final class Participant {

    private final String id;
    private final Meeting call;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private boolean left;

    Participant(String id, Meeting call) {
        this.id = id;
        this.call = call;
    }

    public String id() {
        return id;
    }

    public Meeting call() {
        return call;
    }

    /** The value of an element; a JSON null when it is unset, Java null when this participant has no such element. */
    public JsonNode value(String element) {
        return values.get(element);
    }

    /** A copy of all values. */
    public Map<String, JsonNode> values() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public boolean hasLeft() {
        return left;
    }

    void put(String element, JsonNode value) {
        values.put(element, value);
    }

    void markLeft() {
        left = true;
    }

    @Override
    public String toString() {
        return "Participant[" + id + " of " + call.id() + "]";
    }
}
