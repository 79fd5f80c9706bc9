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
import io.github.cmsevents.camel.internal.cluster.ConferenceRecord.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * One record for each conference, made of the records of the servers that report it. Knows neither network nor clock, and
 * is to be used by one thread at a time. It holds what is reported now, and works on nothing but the conferences that a
 * report is about.
 *
 * <h2>What is one conference</h2>
 *
 * <ul>
 *   <li>Calls with the same {@code callCorrelator} are one conference. A call without one is a conference of its own; so is
 *       one whose correlator is not a text, or is blank. Servers that report the same GUID report the same call, and it is
 *       where the first of them that has a correlator says.
 *   <li>A conference is added when the first server reports it, and removed when the last one no longer does. In between
 *       it is updated, with the elements that are not as they were. What leaves the record as it was is no change.
 *   <li>When a server begins or ceases to report a conference, and no element changes with that, there is an update
 *       without any changed element: the list of servers is news too.
 *   <li>The conference's {@code call} is the GUID under which it was reported first. It stays as long as the conference
 *       lasts, also when the server that gave it has left.
 *   <li>A call whose correlator changes leaves one conference and enters another: the one is updated or removed, then the
 *       other is updated or added. Should the conference that it left have been known by its GUID and go on, that
 *       conference is removed and added again, under the GUID of the call that has been in it for longest: a GUID is never
 *       that of two conferences at once.
 * </ul>
 *
 * <h2>What its elements are</h2>
 *
 * <p>The record has the elements that were asked for, and no others. Where the servers differ, the result does not depend
 * on which of them spoke last, but on the order in which they are configured:
 *
 * <ul>
 *   <li>Numbers, {@code participants} for one: the largest.
 *   <li>{@code recording}, {@code endpointRecording} and {@code streaming}: {@code active} as soon as one server says so.
 *       {@code lockState}: {@code locked} as soon as one server says so.
 *   <li>Everything else, and numbers mixed with other values: the value of the first server that has one other than null.
 *   <li>Null when every server that has the element says null; also when the servers that had it are gone and the others
 *       do not have it. Absent as long as no server has had it.
 *   <li>What a server said that is not heard of now counts only for elements that no other server has; when none is heard
 *       of, the record stays as it is. Such a server is still among those that report the conference: whether it goes on
 *       there will only be known when it is heard of again.
 *   <li>Numbers are equal when their values are: 1 and 1.0 are no change.
 *   <li>A server can report two calls of one conference: an old one that it has not taken back yet, and its successor.
 *       Both count, the one that it began to report later before the other.
 * </ul>
 */
public final class ConferenceView {

    private final List<String> elements;
    private final Set<String> kept;
    private final Map<String, Integer> ranks = new HashMap<>();
    private final Map<String, Call> calls = new HashMap<>();
    private final Predicate<Report> heardOf;
    private final Map<Identity, ConferenceRecord> conferences = new HashMap<>();
    private final Map<String, ConferenceRecord> byKey = new HashMap<>();
    private long arrivals;

    /**
     * @param servers  every Call Bridge as {@code host:port}, in the order in which they are configured
     * @param elements the elements that a record is to have, in its order
     * @param heardOf  whether a server, the first, is heard of on a call, the second, at this moment
     */
    public ConferenceView(List<String> servers, Set<String> elements, BiPredicate<String, String> heardOf) {
        this.heardOf = report -> heardOf.test(report.server(), report.guid());
        servers.forEach(server -> ranks.putIfAbsent(server, ranks.size()));
        this.elements = elements.stream()
                .filter(element -> !element.equals(ConferenceRecord.CALL))
                .toList();
        this.kept = new LinkedHashSet<>(this.elements);
        // Not to be seen in the record, but needed for what a change says beside it.
        this.kept.add(ConferenceRecord.NAME);
        this.kept.add(Call.CORRELATOR);
    }

    /**
     * A server said something of a call.
     *
     * @param record all that the server says of the call now, with {@code callCorrelator} if it has one; it is not kept
     * @return what changed by that, in order: mostly nothing or one change
     * @throws IllegalArgumentException when the server is none of those configured
     */
    public List<ConferenceChange> reported(String server, String call, Map<String, Object> record) {
        Integer rank = ranks.get(server);
        if (rank == null) {
            throw new IllegalArgumentException("Not one of the configured servers: " + server);
        }
        Call known = calls.computeIfAbsent(call, Call::new);
        Report before = known.report(rank);
        long arrival = before == null ? arrivals++ : before.arrival();
        known.put(new Report(server, call, rank, arrival, valuesOf(record)));
        return place(known);
    }

    /**
     * A server no longer reports a call.
     *
     * @return what changed by that, in order; nothing when the server had not reported it
     */
    public List<ConferenceChange> gone(String server, String call) {
        Integer rank = ranks.get(server);
        Call known = calls.get(call);
        if (rank == null || known == null || !known.remove(rank)) {
            return List.of();
        }
        return place(known);
    }

    /**
     * A server may be heard of again, or no longer, as far as it concerns a call.
     *
     * @return what changed by that
     */
    public List<ConferenceChange> reviewed(String call) {
        Call known = calls.get(call);
        return known == null
                ? List.of()
                : known.conference().updated().map(List::of).orElse(List.of());
    }

    /** Whether nothing is reported, and with that, nothing remembered. */
    boolean isEmpty() {
        return calls.isEmpty() && conferences.isEmpty() && byKey.isEmpty();
    }

    private Map<String, Object> valuesOf(Map<String, Object> record) {
        Map<String, Object> values = new HashMap<>();
        for (String element : kept) {
            if (record.containsKey(element)) {
                values.put(element, record.get(element));
            }
        }
        return values;
    }

    /** Sees to it that a call is in the conference that it has to be in, and tells what changed by that. */
    private List<ConferenceChange> place(Call call) {
        boolean reported = !call.reports().isEmpty();
        ConferenceRecord from = call.conference();
        Identity to = call.identity();
        if (reported && from != null && from.identity().equals(to)) {
            return from.updated().map(List::of).orElse(List.of());
        }
        List<ConferenceChange> changes = new ArrayList<>(2);
        if (from != null) {
            leave(from, call, reported, changes);
        }
        if (reported) {
            enter(to, call, changes);
        } else {
            calls.remove(call.guid());
        }
        return changes;
    }

    private void leave(ConferenceRecord from, Call call, boolean forAnother, List<ConferenceChange> changes) {
        from.leave(call);
        if (from.isEmpty()) {
            conferences.remove(from.identity());
            byKey.remove(from.key());
            changes.add(from.removed());
        } else if (!forAnother || byKey.get(call.guid()) != from) {
            // Otherwise it has to give up its key to where the call goes, which tells all of it anew.
            from.updated().ifPresent(changes::add);
        }
    }

    private void enter(Identity identity, Call call, List<ConferenceChange> changes) {
        ConferenceRecord to = conferences.get(identity);
        ConferenceRecord knownByIt = byKey.get(call.guid());
        if (knownByIt != null && knownByIt != to) {
            changes.add(knownByIt.removed());
            byKey.remove(knownByIt.key());
            knownByIt.rename();
            byKey.put(knownByIt.key(), knownByIt);
            changes.add(knownByIt.added());
        }
        if (to != null) {
            to.enter(call);
            to.updated().ifPresent(changes::add);
            return;
        }
        ConferenceRecord begun = new ConferenceRecord(identity, call.guid(), elements, heardOf);
        conferences.put(identity, begun);
        byKey.put(begun.key(), begun);
        begun.enter(call);
        changes.add(begun.added());
    }
}
