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
package io.github.cmsevents.camel.internal.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON values of one frame, and stops building them once the frame exceeds a bound. */
final class ValueReader {

    /** Live servers send ten rows at a time; 10,000 are read in some milliseconds. */
    private static final int MAX_ENTRIES = 10_000;

    /** 5,000 rows with every element of the guide; at 100 to 200 bytes each they fit into a 64 MiB heap. */
    private static final int MAX_VALUES = 100_000;

    /** Beyond the range of a double, and still few enough digits to write out. */
    private static final int MAX_SCALE = 1_000;

    private final JsonParser parser;
    private int values;
    private boolean nonNumeric;
    private String excess;

    ValueReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * One row, state or call, as it came.
     *
     * @param nonNumeric whether a number in it is {@code NaN} or infinite, so that the entry can't be passed on
     */
    record Entry(Object value, boolean nonNumeric) {

        /** The entry's keys and values; null when the entry is not an object. */
        @SuppressWarnings("unchecked") // every map here was made by map(), below
        Map<String, Object> fields() {
            return value instanceof Map ? (Map<String, Object>) value : null;
        }

        Object get(String name) {
            return value instanceof Map<?, ?> fields ? fields.get(name) : null;
        }
    }

    /** Which bound the frame exceeds, after "a message"; null when it exceeds none. */
    String excess() {
        return excess;
    }

    /** A message's number; null for every value but a whole number of at most 64 bits. */
    Long id() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            Number number = parser.getNumberValue();
            return number instanceof Integer || number instanceof Long ? (Long) number.longValue() : null;
        }
        parser.skipChildren();
        return null;
    }

    /** The text of a simple value; null for null, objects and lists. */
    String text() throws IOException {
        if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** The entries of a list; null when the value is not a list. */
    List<Entry> entries() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == MAX_ENTRIES) {
                excess = "with more than " + MAX_ENTRIES + " entries in a list";
            }
            Entry entry = entry();
            if (excess == null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    Entry entry() throws IOException {
        nonNumeric = false;
        Object value = value();
        return new Entry(value, nonNumeric);
    }

    /** The value as it came; null, and the value skipped, once the frame exceeds a bound. */
    Object value() throws IOException {
        values++;
        if (values > MAX_VALUES && excess == null) {
            excess = "with more than " + MAX_VALUES + " values";
        }
        if (excess != null) {
            parser.skipChildren();
            return null;
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> map();
            case START_ARRAY -> list();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal();
            default -> null;
        };
    }

    private Map<String, Object> map() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value();
            if (excess == null) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    private List<Object> list() throws IOException {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value();
            if (excess == null) {
                values.add(value);
            }
        }
        return values;
    }

    /** A double, which Camel's languages compare best; a number that a double can't hold keeps its digits. */
    private Number decimal() throws IOException {
        if (parser.isNaN()) {
            nonNumeric = true;
            return Double.NaN;
        }
        BigDecimal exact = parser.getDecimalValue();
        if (Math.abs((long) exact.scale()) > MAX_SCALE) {
            throw new ArithmeticException("A number with a scale of " + exact.scale());
        }
        double number = exact.doubleValue();
        boolean holds = !Double.isInfinite(number) && new BigDecimal(Double.toString(number)).compareTo(exact) == 0;
        return holds ? (Number) number : exact;
    }
}
