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
package io.github.cmsevents.camel.feed;

import java.util.HashMap;
import java.util.Map;

/** Names and correlators of calls, as far as any subscription has told them. */
public final class CallDirectory {

    private static final String NAME = "name";
    private static final String CORRELATOR = "callCorrelator";

    private final Map<String, Entry> calls = new HashMap<>();

    private record Entry(String name, String correlator) {}

    private static final Entry UNKNOWN = new Entry(null, null);

    /** Takes what is known from a record of a call. */
    void learn(String call, Map<String, Object> record) {
        Entry before = calls.getOrDefault(call, UNKNOWN);
        Entry after = new Entry(
                record.get(NAME) instanceof String name ? name : before.name,
                record.get(CORRELATOR) instanceof String correlator ? correlator : before.correlator);
        if (!after.equals(before)) {
            calls.put(call, after);
        }
    }

    void forget(String call) {
        calls.remove(call);
    }

    String name(String call) {
        return calls.getOrDefault(call, UNKNOWN).name;
    }

    String correlator(String call) {
        return calls.getOrDefault(call, UNKNOWN).correlator;
    }
}
