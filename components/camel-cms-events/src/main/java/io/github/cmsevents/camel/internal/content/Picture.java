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
 * What the server last said of the calls, the participants of one call, or the details of one call; and what of each new
 * message is a change. Knows neither network nor clock.
 *
 * <p>The server never says what happened while nobody listened: a new subscription begins with all that is there now, and
 * nothing marks the end of that (protocol, sections 3 and 6). So content comes in <em>generations</em>, one for each time
 * a subscription becomes active. A record of an earlier generation is not confirmed until it is sent again, and what is
 * still not confirmed when the content has gone quiet was removed meanwhile.
 */
public final class Picture {

    private static final String UPDATE_TYPE = "updateType";
    private static final String REASON = "reason";

    // Enough for the stragglers that follow a removal; a key that is forgotten again is only a little less protected.
    private static final int REMOVED_KEYS_KEPT = 1_000;

    private final Resource resource;
    private String call;
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
    private long ignored;

    /** @param call the GUID of the call that this is about; null for {@link Resource#CALLS} */
    public Picture(Resource resource, String call) {
        this.resource = resource;
        this.call = call;
    }

    /** From now on this is about another call. To be told while nothing is known of the one before. */
    public void about(String other) {
        call = other;
    }

    /** The subscription became active: from here on the server sends all that is there now. */
    public void beginGeneration(Collection<String> subscribedElements) {
        generation++;
        unconfirmed = known.size();
        elements = Set.copyOf(subscribedElements);
    }

    /** The number of the current generation of content; 0 before the first. */
    public int generation() {
        return generation;
    }

    /** How many updates came for something that had been removed before, and were ignored. */
    public long ignored() {
        return ignored;
    }

    /** Whether something known from an earlier generation has not been sent again in this one. */
    public boolean hasUnconfirmed() {
        return unconfirmed > 0;
    }

    /** How many of them there are. */
    public int unconfirmed() {
        return unconfirmed;
    }

    /** How many calls or participants are known. */
    public int size() {
        return known.size();
    }

    /** Takes in one row, in the order in which the server sent it; empty when it is to be ignored. */
    public Optional<Change> apply(Row row) {
        if (resource == Resource.CALL_INFO) {
            return Optional.of(applyCallInfo(row));
        }
        return switch (row.type()) {
            case ADD -> Optional.of(add(row.key(), row.fields()));
            case UPDATE -> update(row.key(), row.fields());
            case REMOVE -> remove(row.key(), row.fields());
        };
    }

    /** The content has gone quiet: what was not sent again in this generation is gone. */
    public List<Change> dropUnconfirmed() {
        return drop(Cause.GONE_IN_GAP, false);
    }

    /** The call is over: all that is known of it is gone. */
    public List<Change> dropAll() {
        return drop(Cause.CALL_ENDED, true);
    }

    /** All that is known, as gone, for somebody who is not told of it any more. It stays known. */
    public List<Change> asGone(Cause cause) {
        List<Change> changes = new ArrayList<>(known.size());
        known.forEach((key, entry) -> changes.add(gone(key, entry, cause)));
        return changes;
    }

    /** All that is known to be there now, for somebody who has not been told anything yet. */
    public List<Change> current() {
        List<Change> changes = new ArrayList<>(known.size());
        known.forEach((key, entry) -> {
            if (entry.generation == generation && entry.added) {
                Map<String, Object> content = content(key, UpdateType.ADD, entry.record);
                changes.add(new Change(
                        key,
                        Cause.RECEIVED,
                        UpdateType.ADD,
                        content,
                        UpdateType.ADD,
                        content,
                        entry.record,
                        Change.NEVER));
            }
        });
        return changes;
    }

    /** The whole record of a call or participant as last known; null when it is not known. */
    public Map<String, Object> record(String key) {
        Known entry = known.get(key);
        return entry == null ? null : Collections.unmodifiableMap(entry.record);
    }

    private Change applyCallInfo(Row row) {
        Known entry = known.get(call);
        UpdateType type = entry != null && entry.generation == generation ? UpdateType.UPDATE : UpdateType.ADD;
        Map<String, Object> fields = content(call, type, row.fields());
        return type == UpdateType.ADD ? add(call, fields) : update(call, fields).orElseThrow();
    }

    private Change add(String key, Map<String, Object> fields) {
        removed.remove(key);
        Known before = known.put(key, new Known(recordOf(fields), generation, true));
        noLongerUnconfirmed(before);
        Map<String, Object> record = known.get(key).record;
        if (before == null || !before.added) {
            return new Change(
                    key, Cause.RECEIVED, UpdateType.ADD, fields, UpdateType.ADD, fields, record, Change.NEVER);
        }
        Map<String, Object> difference = difference(before.record, record);
        for (String element : before.record.keySet()) {
            // An add carries every subscribed element that is set, so one that is missing has been cleared.
            if (!record.containsKey(element) && elements.contains(element) && before.record.get(element) != null) {
                difference.put(element, null);
                record.put(element, null);
            }
        }
        return known(key, UpdateType.ADD, fields, difference, record, before.generation);
    }

    private Optional<Change> update(String key, Map<String, Object> fields) {
        Known entry = known.get(key);
        if (entry == null) {
            if (removed.contains(key)) {
                ignored++;
                return Optional.empty();
            }
            Known seen = new Known(recordOf(fields), generation, false);
            known.put(key, seen);
            return Optional.of(new Change(
                    key,
                    Cause.RECEIVED,
                    UpdateType.UPDATE,
                    fields,
                    UpdateType.UPDATE,
                    fields,
                    seen.record,
                    Change.NEVER));
        }
        noLongerUnconfirmed(entry);
        int before = entry.generation;
        if (before == generation) {
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                // The key is there already, and each message has a string of its own for it.
                if (isElement(field.getKey())) {
                    entry.record.put(field.getKey(), field.getValue());
                }
            }
            return Optional.of(new Change(
                    key, Cause.RECEIVED, UpdateType.UPDATE, fields, UpdateType.UPDATE, fields, entry.record, before));
        }
        Map<String, Object> changed = recordOf(fields);
        Map<String, Object> difference = difference(entry.record, changed);
        entry.record.putAll(changed);
        entry.generation = generation;
        return Optional.of(known(key, UpdateType.UPDATE, fields, difference, entry.record, before));
    }

    private Optional<Change> remove(String key, Map<String, Object> fields) {
        Known entry = known.remove(key);
        noLongerUnconfirmed(entry);
        if (entry == null && removed.contains(key)) {
            ignored++;
            return Optional.empty();
        }
        removed.add(key);
        return Optional.of(new Change(
                key,
                Cause.RECEIVED,
                UpdateType.REMOVE,
                fields,
                UpdateType.REMOVE,
                fields,
                entry == null ? Map.of(resource.keyName(), key) : entry.record,
                entry == null ? Change.NEVER : entry.generation));
    }

    private List<Change> drop(Cause cause, boolean all) {
        List<Change> changes = new ArrayList<>();
        for (Iterator<Map.Entry<String, Known>> entries = known.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, Known> entry = entries.next();
            Known gone = entry.getValue();
            if (all || gone.generation < generation) {
                entries.remove();
                noLongerUnconfirmed(gone);
                removed.add(entry.getKey());
                changes.add(gone(entry.getKey(), gone, cause));
            }
        }
        return changes;
    }

    private Change gone(String key, Known entry, Cause cause) {
        Map<String, Object> content = content(key, UpdateType.REMOVE, Map.of());
        return new Change(
                key, cause, UpdateType.REMOVE, content, UpdateType.REMOVE, content, entry.record, entry.generation);
    }

    /** To be told of a record that is confirmed now, or gone. */
    private void noLongerUnconfirmed(Known entry) {
        if (entry != null && entry.generation < generation) {
            unconfirmed--;
        }
    }

    private Change known(
            String key,
            UpdateType sentType,
            Map<String, Object> sent,
            Map<String, Object> difference,
            Map<String, Object> record,
            int toldSince) {
        boolean news = !difference.isEmpty();
        return new Change(
                key,
                Cause.RECEIVED,
                sentType,
                sent,
                news ? UpdateType.UPDATE : null,
                news ? content(key, UpdateType.UPDATE, difference) : null,
                record,
                toldSince);
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

    private boolean isElement(String key) {
        return !resource.keyName().equals(key) && !UPDATE_TYPE.equals(key) && !REASON.equals(key);
    }

    private static Map<String, Object> recordOf(Map<String, Object> fields) {
        Map<String, Object> record = new LinkedHashMap<>(fields);
        record.remove(UPDATE_TYPE);
        record.remove(REASON);
        return record;
    }

    private static final class Known {
        private final Map<String, Object> record;
        private final boolean added;
        private int generation;

        Known(Map<String, Object> record, int generation, boolean added) {
            this.record = record;
            this.generation = generation;
            this.added = added;
        }
    }
}
