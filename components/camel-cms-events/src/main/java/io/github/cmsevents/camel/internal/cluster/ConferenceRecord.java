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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.cluster.Call.Report;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The calls that are one conference, and the record that was made of them. */
final class ConferenceRecord {

    static final String CALL = "call";
    static final String NAME = "name";

    // On one server the later call is the one that is still there: the other is only not known to be gone yet.
    private static final Comparator<Report> MERGE_ORDER = Comparator.comparingInt(Report::rank)
            .thenComparing(Comparator.comparingLong(Report::arrival).reversed());

    private final Identity identity;
    private final List<String> elements;
    private final Predicate<Report> heardOf;
    private final Set<Call> calls = new LinkedHashSet<>();
    private String key;
    private String name;
    private List<String> servers = List.of();
    private Map<String, Object> record = Map.of();

    /** What makes a conference: a correlator, or for a call without one, its GUID. One of the two is null. */
    record Identity(String correlator, String call) {}

    /**
     * @param key     the GUID that its record is known by
     * @param heardOf whether a server is heard of on that call now
     */
    ConferenceRecord(Identity identity, String key, List<String> elements, Predicate<Report> heardOf) {
        this.identity = identity;
        this.key = key;
        this.elements = elements;
        this.heardOf = heardOf;
    }

    Identity identity() {
        return identity;
    }

    String key() {
        return key;
    }

    /** From now on its record is known by the GUID of the call that has been in it for longest. */
    void rename() {
        key = calls.iterator().next().guid();
    }

    void enter(Call call) {
        calls.add(call);
        call.partOf(this);
    }

    void leave(Call call) {
        calls.remove(call);
        call.partOf(null);
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** The first word of it under its key. */
    ConferenceChange added() {
        record = Map.of();
        merge();
        return change(UpdateType.ADD, record);
    }

    /** What is different since the last change; empty when nothing is. */
    Optional<ConferenceChange> updated() {
        List<String> serversBefore = servers;
        Map<String, Object> before = record;
        merge();
        Map<String, Object> changed = new LinkedHashMap<>();
        record.forEach((element, value) -> {
            if (!before.containsKey(element) || !JsonValue.same(before.get(element), value)) {
                changed.put(element, value);
            }
        });
        return changed.isEmpty() && servers.equals(serversBefore)
                ? Optional.empty()
                : Optional.of(change(UpdateType.UPDATE, changed));
    }

    /** The last word of it under its key, as it was told last. */
    ConferenceChange removed() {
        return change(UpdateType.REMOVE, Map.of());
    }

    private void merge() {
        List<Report> reports = new ArrayList<>(calls.size());
        calls.forEach(call -> reports.addAll(call.reports()));
        reports.sort(MERGE_ORDER);
        servers = reports.stream().map(Report::server).distinct().toList();
        List<Report> heard = reports.stream().filter(heardOf).toList();
        if (heard.isEmpty() && !record.isEmpty()) {
            // What the others said before they fell silent can be older than what was told last.
            return;
        }
        name = merged(NAME, heard.isEmpty() ? reports : heard) instanceof String text ? text : null;

        Map<String, Object> merged = new LinkedHashMap<>();
        for (String element : elements) {
            if (element.equals(Call.CORRELATOR) && identity.correlator() != null) {
                merged.put(element, identity.correlator());
            } else if (anyHas(element, heard)) {
                merged.put(element, merged(element, heard));
            } else if (anyHas(element, reports)) {
                merged.put(element, merged(element, reports));
            } else if (record.containsKey(element)) {
                // It has been told, and an update can't take an element back.
                merged.put(element, null);
            }
        }
        record = merged;
    }

    private static boolean anyHas(String element, List<Report> reports) {
        return reports.stream().anyMatch(report -> report.values().containsKey(element));
    }

    private static Object merged(String element, List<Report> reports) {
        List<Object> values = new ArrayList<>(reports.size());
        for (Report report : reports) {
            Object value = report.values().get(element);
            if (value != null) {
                values.add(value);
            }
        }
        return ElementMerge.of(element, values);
    }

    private ConferenceChange change(UpdateType type, Map<String, Object> changed) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put(CALL, key);
        whole.putAll(record);
        return new ConferenceChange(
                type,
                key,
                identity.correlator(),
                name,
                Collections.unmodifiableMap(changed),
                Collections.unmodifiableMap(whole),
                servers);
    }
}
