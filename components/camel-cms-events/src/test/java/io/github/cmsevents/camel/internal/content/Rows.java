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

import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows as a server sends them; elements are given as names and values in turn. */
final class Rows {

    private Rows() {}

    static Row add(String call, Object... elements) {
        return row(UpdateType.ADD, "call", call, elements);
    }

    static Row update(String call, Object... elements) {
        return row(UpdateType.UPDATE, "call", call, elements);
    }

    static Row remove(String call, Object... elements) {
        return row(UpdateType.REMOVE, "call", call, elements);
    }

    static Row participant(UpdateType type, String participant, Object... elements) {
        return row(type, "participant", participant, elements);
    }

    static Row details(Object... elements) {
        return new Row(null, null, fields(elements));
    }

    static Map<String, Object> fields(Object... elements) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < elements.length; i += 2) {
            fields.put((String) elements[i], elements[i + 1]);
        }
        return fields;
    }

    private static Row row(UpdateType type, String keyName, String key, Object... elements) {
        Map<String, Object> fields = fields(keyName, key, "updateType", type.wireName());
        fields.putAll(fields(elements));
        return new Row(type, key, fields);
    }
}
