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

import io.github.cmsevents.camel.internal.content.Change.Cause;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The calls, the participants of one call, or the details of one call, as the server last reported them. Compares each new
 * message with these records.
 *
 * <p>After a gap the server sends a new snapshot, and no message marks its end (protocol, sections 3 and 6). So content comes
 * in <em>generations</em>, one for each time a subscription becomes active. A record of an earlier generation is unconfirmed
 * until the server adds it again; records that are unconfirmed when the snapshot is complete were removed during the gap.
 */
public final class Picture {

    private static final String NAME = "name";
    private static final String UPDATE_TYPE = "updateType";
    private static final String REASON = "reason";
    private static final String CALL_ENDED = "callEnded";

    // Enough for late updates: they follow a removal within moments.
    private static final int REMOVED_KEYS_KEPT = 1_000;

    // More than a Meeting Server can host; bounds the memory that a faulty server can fill.
    static final int MAX_RECORDS = 20_000;

    private final Resource resource;
    private final Map<String, Known> known = new LinkedHashMap<>();
    private final Set<String> removed = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMOVED_KEYS_KEPT;
        }
    });
    private Set<String> elements = Set.of();
    private int generation;
    private int unconfirmed;

    public Picture(Resource resource) {
        this.resource = resource;
    }

    /** The subscription became active: the server sends a snapshot. */
    public void beginGeneration(Collection<String> subscribedElements) {
        generation++;
        unconfirmed = known.size();
        elements = Set.copyOf(subscribedElements);
    }

    /** The number of the current generation of content; 0 before the first. */
    public int generation() {
        return generation;
    }

    /** How many records of an earlier generation the server has not sent again in this one. */
    public int unconfirmed() {
        return unconfirmed;
    }

    /** How many calls or participants are known. */
    public int size() {
        return known.size();
    }

    /** Whether there is a record with this key. */
    boolean knows(String key) {
        return known.containsKey(key);
    }

    /**
     * Takes one row of a message.
     *
     * @param key the row's key; for the details of a call, the key that its record has here
     * @return empty when the row has to be ignored: an update or removal of something removed before, an update of something
     *     never added, or a record beyond the limit
     */
    public Optional<Change> apply(String key, Row row) {
        if (resource == Resource.CALL_INFO) {
            return applyCallInfo(key, row.fields());
        }
        return switch (row.type()) {
            case ADD -> add(key, row.fields());
            case UPDATE -> update(key, row.fields());
            case REMOVE -> remove(key, row.fields());
        };
    }

    /** The snapshot is complete: removes the records that the server did not add again. */
    public List<Change> dropUnconfirmed() {
        return drop(Cause.GONE_IN_GAP);
    }

    /** The call has ended: removes everything. */
    public List<Change> dropAll() {
        return drop(Cause.CALL_ENDED);
    }

    /** Removals of all records, for a route that leaves. The records stay. */
    public List<Change> asRemoved(Cause cause) {
        List<Change> changes = new ArrayList<>(known.size());
        known.forEach((key, entry) -> changes.add(removal(key, entry, cause)));
        return changes;
    }

    /** Adds of all confirmed records, for a route that has received none. */
    public List<Change> current() {
        List<Change> changes = new ArrayList<>(known.size());
        known.forEach((key, entry) -> {
            if (entry.generation == generation) {
                Map<String, Object> content = content(key, UpdateType.ADD, entry.record);
                changes.add(Change.received(key, UpdateType.ADD, content, entry.record, Change.NEVER));
            }
        });
        return changes;
    }

    private Optional<Change> applyCallInfo(String key, Map<String, Object> sent) {
        Known entry = known.get(key);
        // The first message of a generation has everything, as an add has.
        boolean first = entry == null || entry.generation < generation;
        Map<String, Object> fields = content(key, first ? UpdateType.ADD : UpdateType.UPDATE, sent);
        return first ? add(key, fields) : update(key, fields);
    }

    private Optional<Change> add(String key, Map<String, Object> fields) {
        if (known.size() >= MAX_RECORDS && !known.containsKey(key)) {
            return Optional.empty();
        }
        removed.remove(key);
        Known entry = new Known(recordOf(fields), generation);
        Known before = known.put(key, entry);
        if (before == null) {
            return Optional.of(Change.received(key, UpdateType.ADD, fields, entry.record, Change.NEVER));
        }
        if (before.generation < generation) {
            unconfirmed--;
        }
        entry.lastName = entry.lastName == null ? before.lastName : entry.lastName;
        Map<String, Object> difference = difference(before.record, entry.record);
        before.record.forEach((element, value) -> {
            // An add has every subscribed element that is set, so a missing one was cleared.
            if (value != null && !entry.record.containsKey(element) && elements.contains(element)) {
                difference.put(element, null);
                entry.record.put(element, null);
            }
        });
        return Optional.of(difference(key, UpdateType.ADD, fields, difference, entry.record, before.generation));
    }

    private Optional<Change> update(String key, Map<String, Object> fields) {
        Known entry = known.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Map<String, Object> changed = recordOf(fields);
        Map<String, Object> difference = difference(entry.record, changed);
        entry.put(changed);
        if (entry.generation == generation) {
            return Optional.of(Change.received(key, UpdateType.UPDATE, fields, entry.record, entry.generation));
        }
        // It comes before the record's add in this generation and so does not confirm the record.
        return Optional.of(difference(key, UpdateType.UPDATE, fields, difference, entry.record, entry.generation));
    }

    private Optional<Change> remove(String key, Map<String, Object> fields) {
        Known entry = known.remove(key);
        if (!removed.add(key) && entry == null) {
            return Optional.empty();
        }
        if (entry == null) {
            // A failed dial-out is removed without an add, and routes need its reason.
            Map<String, Object> record = Map.of(resource.keyName(), key);
            return Optional.of(Change.received(key, UpdateType.REMOVE, fields, record, Change.NEVER));
        }
        if (entry.generation < generation) {
            unconfirmed--;
        }
        return Optional.of(Change.received(key, UpdateType.REMOVE, fields, entry.lastRecord(), entry.generation));
    }

    private List<Change> drop(Cause cause) {
        List<Change> changes = new ArrayList<>();
        for (Iterator<Map.Entry<String, Known>> entries = known.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, Known> entry = entries.next();
            if (cause == Cause.CALL_ENDED || entry.getValue().generation < generation) {
                entries.remove();
                removed.add(entry.getKey());
                changes.add(removal(entry.getKey(), entry.getValue(), cause));
            }
        }
        unconfirmed = 0;
        return changes;
    }

    private Change removal(String key, Known entry, Cause cause) {
        boolean participantOfEndedCall = cause == Cause.CALL_ENDED && resource == Resource.CALL_ROSTER;
        Map<String, Object> content =
                content(key, UpdateType.REMOVE, participantOfEndedCall ? Map.of(REASON, CALL_ENDED) : Map.of());
        return new Change(
                key,
                cause,
                UpdateType.REMOVE,
                content,
                UpdateType.REMOVE,
                content,
                entry.lastRecord(),
                entry.generation);
    }

    private Change difference(
            String key,
            UpdateType sentType,
            Map<String, Object> sent,
            Map<String, Object> difference,
            Map<String, Object> record,
            int knownSince) {
        boolean news = !difference.isEmpty();
        return new Change(
                key,
                Cause.RECEIVED,
                sentType,
                sent,
                news ? UpdateType.UPDATE : null,
                news ? content(key, UpdateType.UPDATE, difference) : null,
                record,
                knownSince);
    }

    /** The keys of {@code after} whose values are not those of {@code before}; null and absent are not the same. */
    private static Map<String, Object> difference(Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> difference = new LinkedHashMap<>();
        after.forEach((element, value) -> {
            if (!Objects.equals(before.get(element), value) || !before.containsKey(element)) {
                difference.put(element, value);
            }
        });
        return difference;
    }

    /** An update's keys in the server's order: key, update type, elements. */
    private Map<String, Object> content(String key, UpdateType type, Map<String, Object> fields) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(resource.keyName(), key);
        content.put(UPDATE_TYPE, type.wireName());
        fields.forEach(content::putIfAbsent);
        return content;
    }

    /** Only subscribed elements: others could fill the memory. */
    private Map<String, Object> recordOf(Map<String, Object> fields) {
        Map<String, Object> record = new LinkedHashMap<>();
        fields.forEach((element, value) -> {
            if (elements.contains(element) || element.equals(resource.keyName())) {
                record.put(element, value);
            }
        });
        return record;
    }

    private static final class Known {
        private final Map<String, Object> record;
        private final int generation;
        /** Servers blank a participant's name just before its removal. */
        private String lastName;

        Known(Map<String, Object> record, int generation) {
            this.record = record;
            this.generation = generation;
            rememberName();
        }

        void put(Map<String, Object> changed) {
            record.putAll(changed);
            rememberName();
        }

        /** With the last name that was not empty. */
        Map<String, Object> lastRecord() {
            if (lastName == null || !record.containsKey(NAME) || lastName.equals(record.get(NAME))) {
                return record;
            }
            Map<String, Object> last = new LinkedHashMap<>(record);
            last.put(NAME, lastName);
            return last;
        }

        private void rememberName() {
            if (record.get(NAME) instanceof String name && !name.isBlank()) {
                lastName = name;
            }
        }
    }
}
