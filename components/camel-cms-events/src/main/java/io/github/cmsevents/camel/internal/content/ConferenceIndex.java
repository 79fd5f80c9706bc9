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

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which calls, on which Call Bridges, are one conference, according to the servers' lists of calls. Calls with the same
 * {@code callCorrelator} are one conference; a call without one is a conference of its own (protocol, section 7).
 *
 * <p>When the correlator of a call changes, the conference goes with the call unless other servers with current lists still
 * report the old one. A server whose list is interrupted will report the new correlator when it is back.
 */
public final class ConferenceIndex {

    /** The elements that identify the conference of a call. */
    public static final Set<String> IDENTITY = Set.of("name", "callCorrelator");

    private final Comparator<ReportedCall> order;
    private final Runnable whenChanged;
    /** By server, then by GUID. */
    private final Map<String, Map<String, ReportedCall>> calls = new LinkedHashMap<>();

    private final Map<String, Conference> byCorrelator = new HashMap<>();
    private final Set<Conference> conferences = new LinkedHashSet<>();
    private final Set<String> keys = new HashSet<>();
    private Set<Conference> changed = new LinkedHashSet<>();
    private long arrivals;
    private long duplicateKeys;

    /**
     * @param servers     every Call Bridge as {@code host:port}, in the order that decides where they disagree
     * @param whenChanged run when there is something to {@link #takeChanged}, once until it is taken
     */
    public ConferenceIndex(List<String> servers, Runnable whenChanged) {
        List<String> ranks = List.copyOf(servers);
        this.order = Comparator.comparingInt((ReportedCall call) -> ranks.indexOf(call.server()))
                .thenComparing(Comparator.comparingLong(ReportedCall::arrival).reversed());
        this.whenChanged = whenChanged;
        servers.forEach(server -> calls.put(server, new LinkedHashMap<>()));
    }

    /**
     * A server's list has this record of a call.
     *
     * @param record   kept, and read again later; changed by the list's picture only
     * @param elements what the list's subscription asked for when it added the call
     * @return the conferences that this concerns; one that gives up a key comes before the one that takes it
     */
    public List<Conference> listed(String server, String guid, Map<String, Object> record, Set<String> elements) {
        ReportedCall call = callOf(server, guid);
        boolean news = !call.isFresh() || !call.hasElements(elements);
        Conference before = call.conference();
        String name = before == null ? null : before.name();
        String correlator = before == null ? null : before.correlator();
        call.listed(record, elements);
        List<Conference> concerned = assign(call);
        Conference after = call.conference();
        if (news
                || after != before
                || !Objects.equals(name, after.name())
                || !Objects.equals(correlator, after.correlator())) {
            concerned.forEach(this::markChanged);
        }
        return concerned;
    }

    /** A server removed a call from its list. Returns the conference that the call was in; empty when it was not listed. */
    public Optional<Conference> unlisted(String server, String guid) {
        ReportedCall call = calls.get(server).get(guid);
        if (call == null || !call.isListed()) {
            return Optional.empty();
        }
        Conference conference = call.conference();
        unlist(call);
        markChanged(conference);
        return Optional.of(conference);
    }

    /** No route needs a server's list any more: its calls are forgotten, but have not ended. */
    public void forgetList(String server) {
        for (ReportedCall call : List.copyOf(calls.get(server).values())) {
            unlist(call);
        }
    }

    /** A server's list is interrupted: its calls may have changed or ended. */
    public void outdate(String server) {
        for (ReportedCall call : calls.get(server).values()) {
            call.outdated();
            call.conference().describe();
            markChanged(call.conference());
        }
    }

    /** A route asks for this GUID on the only server, listed or not. */
    public Conference expect(String server, String guid) {
        ReportedCall call = callOf(server, guid);
        call.expected(true);
        if (call.conference() == null) {
            assign(call);
        }
        return call.conference();
    }

    /** No route asks for the GUIDs of this conference any more. */
    public void expectNoLonger(Conference conference) {
        for (ReportedCall call : conference.calls()) {
            call.expected(false);
            dropIfUnknown(call);
        }
    }

    /** Every conference that a server lists. */
    public Collection<Conference> conferences() {
        return conferences.stream().filter(Conference::isListed).toList();
    }

    /** The conferences that began, changed or ended since this was last called. */
    public Collection<Conference> takeChanged() {
        Set<Conference> taken = changed;
        changed = new LinkedHashSet<>();
        return taken;
    }

    /** The conference that a server's call is, or is a part of. */
    public Optional<Conference> conferenceOf(String server, String guid) {
        return Optional.ofNullable(calls.get(server).get(guid)).map(ReportedCall::conference);
    }

    /** The calls that a server lists, or that a route expects there. */
    List<ReportedCall> callsOn(String server) {
        return List.copyOf(calls.get(server).values());
    }

    /** What the list's subscription asked for when it last added the call. */
    Set<String> elementsOf(String server, String guid) {
        ReportedCall call = calls.get(server).get(guid);
        return call == null ? Set.of() : call.elements();
    }

    private ReportedCall callOf(String server, String guid) {
        return calls.get(server).computeIfAbsent(guid, first -> new ReportedCall(server, first, arrivals++));
    }

    private List<Conference> assign(ReportedCall call) {
        Conference before = call.conference();
        String correlator = call.correlator();
        if (before != null && (correlator == null || correlator.equals(before.listedCorrelator()))) {
            before.describe();
            return List.of(before);
        }
        if (before == null) {
            Conference known = correlator == null ? null : byCorrelator.get(correlator);
            Conference into = known == null ? begin(call.guid(), correlator) : known;
            into.add(call);
            return List.of(into);
        }
        return move(call, before, correlator);
    }

    /** The call has another correlator than its conference, or its first one. */
    private List<Conference> move(ReportedCall call, Conference before, String correlator) {
        Conference known = byCorrelator.get(correlator);
        if (known == null && !before.hasOtherFreshCall(call)) {
            return takeAlong(call, before, correlator);
        }
        leave(call, before);
        Conference after = known == null ? begin(call.guid(), correlator) : known;
        after.add(call);
        endIfEmpty(before, after);
        return List.of(before, after);
    }

    private List<Conference> takeAlong(ReportedCall call, Conference conference, String correlator) {
        String correlatorBefore = conference.listedCorrelator();
        byCorrelator.remove(correlatorBefore, conference);
        byCorrelator.put(correlator, conference);
        conference.identify(correlator);
        List<ReportedCall> left =
                conference.calls().stream().filter(other -> other != call).toList();
        left.forEach(other -> leave(other, conference));
        conference.describe();
        if (left.isEmpty()) {
            return List.of(conference);
        }
        Conference behind = begin(left.get(0).guid(), correlatorBefore);
        left.forEach(behind::add);
        return List.of(conference, behind);
    }

    /** @param correlator null when the servers have given it none */
    private Conference begin(String guid, String correlator) {
        Conference conference = new Conference(freeKey(guid), order);
        conferences.add(conference);
        if (correlator != null) {
            conference.identify(correlator);
            byCorrelator.put(correlator, conference);
        }
        return conference;
    }

    /** A call that goes on in another conference: its GUID may have to be the key there. */
    private void leave(ReportedCall call, Conference conference) {
        conference.remove(call);
        if (call.guid().equals(conference.key()) && !conference.calls().isEmpty()) {
            keys.remove(call.guid());
            conference.rename(freeKey(conference.earliestCall().guid()));
        }
    }

    /** Another conference can still have the key when a GUID comes back, or two servers use the same one. */
    private String freeKey(String guid) {
        String key = guid;
        while (!keys.add(key)) {
            duplicateKeys++;
            key = guid + "#" + duplicateKeys;
        }
        return key;
    }

    private void unlist(ReportedCall call) {
        call.unlisted();
        call.conference().describe();
        dropIfUnknown(call);
    }

    private void dropIfUnknown(ReportedCall call) {
        if (!call.isListed() && !call.isExpected()) {
            calls.get(call.server()).remove(call.guid());
            call.conference().remove(call);
            endIfEmpty(call.conference(), null);
        }
    }

    private void endIfEmpty(Conference conference, Conference successor) {
        if (conference.calls().isEmpty()) {
            conference.end(successor);
            conferences.remove(conference);
            keys.remove(conference.key());
            byCorrelator.remove(conference.listedCorrelator(), conference);
        }
    }

    private void markChanged(Conference conference) {
        boolean first = changed.isEmpty();
        changed.add(conference);
        if (first) {
            whenChanged.run();
        }
    }
}
