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
package io.github.cmsevents.camel.internal.content;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Merges the values that several servers report for one element. */
final class ElementMerge {

    // One server with this value is enough.
    private static final Map<String, String> ENOUGH_ONCE = Map.of(
            "recording", "active",
            "endpointRecording", "active",
            "streaming", "active",
            "lockState", "locked");

    private ElementMerge() {}

    /** @param values without nulls, in the order in which they count; null is returned when there are none */
    static Object of(String element, List<Object> values) {
        if (values.isEmpty()) {
            return null;
        }
        String enough = ENOUGH_ONCE.get(element);
        if (enough != null && values.contains(enough)) {
            return enough;
        }
        return largest(values);
    }

    /** The first of the largest numbers; the first value when not all are numbers. */
    private static Object largest(List<Object> values) {
        Object largest = values.get(0);
        BigDecimal most = JsonValue.number(largest);
        for (Object value : values) {
            BigDecimal number = JsonValue.number(value);
            if (number == null) {
                return values.get(0);
            }
            if (number.compareTo(most) > 0) {
                largest = value;
                most = number;
            }
        }
        return largest;
    }
}
