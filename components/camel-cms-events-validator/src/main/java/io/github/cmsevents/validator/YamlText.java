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

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.serialization.JsonNodeReader;
import com.networknt.schema.utils.JsonNodes;
import java.io.IOException;
import java.util.List;

/** A YAML file whose values know their lines. */
final class YamlText {

    private static final JsonNodeReader READER =
            JsonNodeReader.builder().locationAware().build();

    private final List<String> lines;
    private final JsonNode root;

    private YamlText(String text, JsonNode root) {
        this.lines = text.lines().toList();
        this.root = root;
    }

    /** @return null if it is not YAML, which is reported */
    static YamlText read(String text, Problems problems) throws IOException {
        try {
            return new YamlText(text, READER.readTree(text, InputFormat.YAML));
        } catch (IllegalArgumentException e) {
            JsonLocation location =
                    e.getCause() instanceof JsonProcessingException cause ? cause.getLocation() : JsonLocation.NA;
            // The parser's message quotes the file, and with it perhaps a password.
            problems.add(Math.max(1, location.getLineNr()), "not valid YAML at column " + location.getColumnNr());
            return null;
        }
    }

    JsonNode root() {
        return root;
    }

    /** Where a value begins. */
    int line(JsonNode value) {
        JsonLocation location = JsonNodes.tokenLocationOf(value);
        return location == null ? 1 : Math.max(1, location.getLineNr());
    }

    /** Where a key stands; where the mapping begins if it doesn't have the key. */
    int line(JsonNode mapping, String key) {
        int first = line(mapping);
        JsonNode value = mapping.get(key);
        if (value == null) {
            return first;
        }
        // A mapping or list begins on a line below its key.
        for (int line = Math.min(line(value), lines.size()); line > first; line--) {
            if (lines.get(line - 1).strip().matches("(- +)*[\"']?\\Q" + key + "\\E[\"']?\\s*:.*")) {
                return line;
            }
        }
        return first;
    }
}
