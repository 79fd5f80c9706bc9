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
package io.github.cmsevents.examples.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the state topics hold, and what has to change there. It starts with what an earlier instance left behind; the component
 * then reports everything as new. What it reports equal to that is no change, what differs is an update, and what it does not report
 * until the first content is complete has ended meanwhile.
 *
 * <p>Not thread-safe.
 */
final class CurrentState {

    private static final String CONFERENCES_OF = "conferences of ";
    private static final String ROSTER_OF = "roster of ";

    private final Set<String> servers;
    private final FirstContent firstContent;
    private final Set<String> completeServers = new HashSet<>();
    private final Map<String, Entry> conferences = new LinkedHashMap<>();
    /** By the key of the conference, then by GUID. */
    private final Map<String, Map<String, Entry>> participants = new LinkedHashMap<>();
    /** The keys of the conferences, by the component's. */
    private final Map<String, String> keys = new HashMap<>();

    private static final class Entry {
        private ObjectNode record;
        /** Whether the component has reported it, and so will report its end. */
        private boolean confirmed;

        private Entry(ObjectNode record) {
            this.record = record;
        }
    }

    /**
     * @param servers    every Call Bridge of this instance, as {@code host:port}
     * @param quietTicks after how many ticks without content the first content of a subscription counts as complete
     */
    CurrentState(Set<String> servers, int quietTicks) {
        this.servers = Set.copyOf(servers);
        this.firstContent = new FirstContent(quietTicks);
    }

    /** An earlier instance left this record behind. */
    void stored(Subject subject, String conference, String participant, ObjectNode record) {
        entries(subject, conference).put(subject == Subject.CONFERENCE ? conference : participant, new Entry(record));
    }

    /**
     * The state of a subscription changed.
     *
     * @param conference the component's key; null for a server's list of calls
     * @param correlator what the calls of the conference share; null where not known
     * @param active     whether its first content follows; otherwise it was interrupted or is pending
     */
    void subscription(String server, String conference, String correlator, boolean active) {
        String subscription = conference == null ? CONFERENCES_OF + server : ROSTER_OF + key(conference, correlator);
        if (active) {
            firstContent.begins(subscription);
        } else {
            firstContent.interrupted(subscription);
        }
        if (conference != null && !active) {
            forgetKeyIfUnused(conference);
        }
    }

    /** The component reported an update. Returns the change, if it is one. */
    Optional<Change> apply(Report report) {
        String conference = key(report.conference(), report.correlator());
        String id = report.subject() == Subject.CONFERENCE ? conference : report.participant();
        Map<String, Entry> entries = entries(report.subject(), conference);
        Entry known = entries.get(id);
        if (report.type().equals(Change.REMOVE)) {
            entries.remove(id);
            dropIfEmpty(conference);
            forgetKeyIfUnused(report.conference());
            return known == null ? Optional.empty() : Optional.of(change(report, conference, Change.REMOVE, List.of()));
        }
        if (known == null || !known.confirmed) {
            firstContent.progressed(
                    report.subject() == Subject.CONFERENCE ? CONFERENCES_OF + report.server() : ROSTER_OF + conference);
        }
        Entry now = new Entry(report.record());
        now.confirmed = true;
        entries.put(id, now);
        if (known == null) {
            return Optional.of(change(report, conference, Change.ADD, names(report.record())));
        }
        List<String> changed = differences(known.record, report.record());
        return changed.isEmpty() ? Optional.empty() : Optional.of(change(report, conference, Change.UPDATE, changed));
    }

    /**
     * A tick of the clock. Returns what has ended before this instance could see it.
     *
     * @param held whether servers have had to wait for acknowledgements since the last tick
     * @param time now, in milliseconds since 1970
     */
    List<Change> tick(boolean held, long time) {
        if (held) {
            firstContent.hold();
            return List.of();
        }
        List<Change> ended = new ArrayList<>();
        Set<String> complete = firstContent.tick();
        for (String subscription : complete) {
            if (subscription.startsWith(ROSTER_OF)) {
                removeUnconfirmed(subscription.substring(ROSTER_OF.length()), time, ended);
            } else {
                completeServers.add(subscription.substring(CONFERENCES_OF.length()));
            }
        }
        boolean listsComplete =
                servers.stream().noneMatch(server -> firstContent.isExpectedOf(CONFERENCES_OF + server));
        if (!complete.isEmpty() && !completeServers.isEmpty() && listsComplete) {
            removeUnconfirmedConferences(time, ended);
        }
        return ended;
    }

    private void removeUnconfirmedConferences(long time, List<Change> ended) {
        for (String conference : List.copyOf(conferences.keySet())) {
            Entry entry = conferences.get(conference);
            if (!entry.confirmed && completeServers.containsAll(serversOf(entry.record))) {
                conferences.remove(conference);
                removeUnconfirmed(conference, time, ended);
                ended.add(ended(Subject.CONFERENCE, conference, null, entry.record, time));
            }
        }
        if (completeServers.containsAll(servers)) {
            for (String conference : List.copyOf(participants.keySet())) {
                if (!conferences.containsKey(conference)) {
                    removeUnconfirmed(conference, time, ended);
                }
            }
        }
    }

    private void removeUnconfirmed(String conference, long time, List<Change> ended) {
        Map<String, Entry> roster = participants.getOrDefault(conference, Map.of());
        for (String participant : List.copyOf(roster.keySet())) {
            Entry entry = roster.get(participant);
            if (!entry.confirmed) {
                roster.remove(participant);
                ended.add(ended(Subject.PARTICIPANT, conference, participant, entry.record, time));
            }
        }
        dropIfEmpty(conference);
    }

    /** Those of this instance: one that was taken out of the properties reports nothing any more. */
    private Set<String> serversOf(ObjectNode record) {
        Set<String> of = new HashSet<>();
        record.path(Report.SERVERS).forEach(server -> of.add(server.asText()));
        of.retainAll(servers);
        return of;
    }

    /** A conference keeps the key that it got first, so that both resources agree when its correlator comes later. */
    private String key(String conference, String correlator) {
        return keys.computeIfAbsent(conference, first -> Objects.requireNonNullElse(correlator, first));
    }

    private void forgetKeyIfUnused(String conference) {
        String key = keys.get(conference);
        if (key != null && !conferences.containsKey(key) && !participants.containsKey(key)) {
            keys.remove(conference);
        }
    }

    private Map<String, Entry> entries(Subject subject, String conference) {
        return subject == Subject.CONFERENCE
                ? conferences
                : participants.computeIfAbsent(conference, first -> new LinkedHashMap<>());
    }

    private void dropIfEmpty(String conference) {
        participants.computeIfPresent(conference, (same, roster) -> roster.isEmpty() ? null : roster);
    }

    private static Change change(Report report, String conference, String type, List<String> changed) {
        return new Change(
                report.subject(),
                type,
                conference,
                report.participant(),
                report.time(),
                report.reason(),
                report.synthetic(),
                changed,
                report.record());
    }

    private static Change ended(Subject subject, String conference, String participant, ObjectNode record, long time) {
        return new Change(subject, Change.REMOVE, conference, participant, time, null, true, List.of(), record);
    }

    private static List<String> names(ObjectNode record) {
        List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> differences(ObjectNode before, ObjectNode after) {
        Set<String> names = new TreeSet<>(names(before));
        names.addAll(names(after));
        names.removeIf(name -> {
            JsonNode value = before.get(name);
            return value != null && value.equals(after.get(name));
        });
        return List.copyOf(names);
    }
}
