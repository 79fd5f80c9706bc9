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
package io.github.cmsevents.benchmark.jmh;

import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows of a calls subscription, as the decoder makes them. */
final class Rows {

    private Rows() {}

    static String key(int call) {
        return String.format("%08x-0000-4000-8000-000000000001", call);
    }

    static Row row(UpdateType type, String key, int participants) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("call", key);
        fields.put("updateType", type.wireName());
        fields.put("name", "Weekly review");
        fields.put("participants", participants);
        return new Row(type, key, fields);
    }
}
