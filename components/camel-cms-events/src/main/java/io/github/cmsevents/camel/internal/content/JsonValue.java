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
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares values that came from JSON, where 1 and 1.0 are the same whatever Java made of them. */
final class JsonValue {

    private JsonValue() {}

    static boolean same(Object one, Object other) {
        if (Objects.equals(one, other)) {
            return true;
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            return sameList(list, otherList);
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return sameMap(map, otherMap);
        }
        BigDecimal number = number(one);
        BigDecimal otherNumber = number(other);
        return number != null && otherNumber != null && number.compareTo(otherNumber) == 0;
    }

    /** The value as a number; null when it is none. */
    static BigDecimal number(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        return value instanceof BigDecimal number ? number : null;
    }

    private static boolean sameList(List<?> list, List<?> other) {
        if (list.size() != other.size()) {
            return false;
        }
        Iterator<?> others = other.iterator();
        for (Object value : list) {
            if (!same(value, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameMap(Map<?, ?> map, Map<?, ?> other) {
        if (map.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!other.containsKey(entry.getKey()) || !same(entry.getValue(), other.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
