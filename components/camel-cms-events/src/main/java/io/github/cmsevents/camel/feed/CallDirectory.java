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

import io.github.cmsevents.camel.subscription.Want;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names and correlators of calls, for as long as any subscription knows the call. */
public final class CallDirectory {

    private static final String NAME = "name";
    private static final String CORRELATOR = "callCorrelator";

    private final Map<String, Entry> calls = new HashMap<>();

    private static final class Entry {
        private final Set<Want> sources = new HashSet<>();
        private String name;
        private String correlator;
    }

    /** Takes what a subscription's record of a call says. */
    void learn(Want source, String call, Map<String, Object> record) {
        Entry entry = calls.computeIfAbsent(call, first -> new Entry());
        entry.sources.add(source);
        if (record.get(NAME) instanceof String name) {
            entry.name = name;
        }
        if (record.get(CORRELATOR) instanceof String correlator) {
            entry.correlator = correlator;
        }
    }

    /** A subscription no longer knows a call. */
    void forget(Want source, String call) {
        Entry entry = calls.get(call);
        if (entry != null && entry.sources.remove(source) && entry.sources.isEmpty()) {
            calls.remove(call);
        }
    }

    /** A subscription knows nothing any more. */
    void forgetAll(Want source) {
        calls.values().removeIf(entry -> entry.sources.remove(source) && entry.sources.isEmpty());
    }

    String name(String call) {
        Entry entry = calls.get(call);
        return entry == null ? null : entry.name;
    }

    String correlator(String call) {
        Entry entry = calls.get(call);
        return entry == null ? null : entry.correlator;
    }
}
