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

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One record for each conference, for one route: a projection of the {@link ConferenceIndex}, and what of it changed since the
 * route last received it.
 *
 * <p>Where the servers differ, the result does not depend on which of them spoke last, but on the order in which they are
 * configured:
 *
 * <ul>
 *   <li>Numbers: the largest.
 *   <li>{@code recording}, {@code endpointRecording}, {@code streaming}: {@code active} as soon as one server says so.
 *       {@code lockState}: {@code locked} as soon as one server says so that has participants; a server that joins says
 *       {@code locked} with 0 participants first, and corrects itself.
 *   <li>Everything else: the value of the first server that has one other than null.
 *   <li>The values of a server whose list is interrupted count only for elements that no other server has; while all lists
 *       are interrupted, the record stays as it is.
 * </ul>
 *
 * <p>A server that begins or ceases to report a conference is an update, even if no element changes.
 */
public final class ConferenceRecords {

    private static final String CALL = "call";
    private static final String NAME = "name";
    private static final String CORRELATOR = "callCorrelator";
    private static final String LOCK_STATE = "lockState";
    private static final String PARTICIPANTS = "participants";
    private static final String UPDATE_TYPE = "updateType";
    private static final String REASON = "reason";

    private final Receiver receiver;
    private final Interest interest;
    private final Set<String> needed;
    /** Servers that refused the needed elements: their records are taken as they are. */
    private final Set<String> withFewerElements = new HashSet<>();

    private final Map<Conference, Shown> shown = new HashMap<>();

    /** What the route last received of a conference. */
    private record Shown(String key, Map<String, Object> record, List<String> servers, String lastName) {}

    public ConferenceRecords(Receiver receiver, Interest interest) {
        this.receiver = receiver;
        this.interest = interest;
        Set<String> all = new LinkedHashSet<>(interest.elements());
        all.addAll(ConferenceIndex.IDENTITY);
        if (all.contains(LOCK_STATE)) {
            all.add(PARTICIPANTS);
        }
        this.needed = Set.copyOf(all);
    }

    public Receiver receiver() {
        return receiver;
    }

    /** The elements that every server's list has to have. */
    Set<String> needed() {
        return needed;
    }

    boolean seesSubscriptionStates() {
        return interest.subscriptionStates();
    }

    /** This server refused the needed elements. */
    void acceptFewerElements(String server) {
        withFewerElements.add(server);
    }

    /**
     * A conference may have changed.
     *
     * @param call      the GUID of the call that the change is about
     * @param reason    why that call ended; null where it did not, or the server did not say
     * @param synthetic whether the component concluded the change
     * @return what the route receives; mostly nothing or one update
     */
    List<Update> review(Conference conference, Origin origin, String call, String reason, boolean synthetic) {
        List<ReportedCall> calls = conference.calls().stream()
                .filter(part -> part.hasElements(needed)
                        || (part.isListed()
                                && (shown.containsKey(conference) || withFewerElements.contains(part.server()))))
                .toList();
        Shown before = shown.get(conference);
        Changes changes = new Changes(conference, origin, call, synthetic);
        if (calls.isEmpty()) {
            if (before != null) {
                shown.remove(conference);
                changes.remove(before, reason);
            }
        } else if (before == null) {
            changes.add(show(conference, calls, Map.of(), null));
        } else if (!before.key.equals(conference.key())) {
            changes.remove(before, null);
            changes.add(show(conference, calls, before.record, before.lastName));
        } else {
            changes.update(before, show(conference, calls, before.record, before.lastName));
        }
        return changes.updates;
    }

    private Shown show(Conference conference, List<ReportedCall> calls, Map<String, Object> before, String nameBefore) {
        Map<String, Object> record = recordOf(conference, calls, before);
        String name = record.get(NAME) instanceof String text && !text.isBlank() ? text : nameBefore;
        List<String> servers =
                calls.stream().map(ReportedCall::server).distinct().toList();
        Shown now = new Shown(conference.key(), record, servers, name);
        shown.put(conference, now);
        return now;
    }

    private Map<String, Object> recordOf(Conference conference, List<ReportedCall> calls, Map<String, Object> before) {
        List<ReportedCall> current =
                calls.stream().filter(ReportedCall::isFresh).toList();
        if (current.isEmpty() && !before.isEmpty()) {
            return before;
        }
        Map<String, Object> record = new LinkedHashMap<>();
        for (String element : interest.elements()) {
            if (element.equals(CORRELATOR) && conference.correlator() != null) {
                record.put(element, conference.correlator());
            } else if (hasAny(element, current)) {
                record.put(element, merged(element, current));
            } else if (hasAny(element, calls)) {
                record.put(element, merged(element, calls));
            } else if (before.containsKey(element)) {
                // The servers that had it left: the route has to clear it.
                record.put(element, null);
            }
        }
        return record;
    }

    private static boolean hasAny(String element, List<ReportedCall> calls) {
        return calls.stream().anyMatch(call -> call.record().containsKey(element));
    }

    private static Object merged(String element, List<ReportedCall> calls) {
        List<ReportedCall> standing =
                calls.stream().filter(ConferenceRecords::hasParticipants).toList();
        List<ReportedCall> counted = element.equals(LOCK_STATE) && !standing.isEmpty() ? standing : calls;
        List<Object> values = new ArrayList<>(counted.size());
        for (ReportedCall call : counted) {
            Object value = call.record().get(element);
            if (value != null) {
                values.add(value);
            }
        }
        return ElementMerge.of(element, values);
    }

    private static boolean hasParticipants(ReportedCall call) {
        return !(call.record().get(PARTICIPANTS) instanceof Number number) || number.longValue() != 0;
    }

    /** The updates of one review. */
    private final class Changes {
        private final Conference conference;
        private final Origin origin;
        private final String call;
        private final boolean synthetic;
        private final List<Update> updates = new ArrayList<>(1);

        Changes(Conference conference, Origin origin, String call, boolean synthetic) {
            this.conference = conference;
            this.origin = origin;
            this.call = call;
            this.synthetic = synthetic;
        }

        void add(Shown now) {
            deliver(UpdateType.ADD, now, now.record, null);
        }

        void update(Shown before, Shown now) {
            Map<String, Object> changed = new LinkedHashMap<>();
            now.record.forEach((element, value) -> {
                if (!before.record.containsKey(element) || !JsonValue.same(before.record.get(element), value)) {
                    changed.put(element, value);
                }
            });
            if (!changed.isEmpty() || !now.servers.equals(before.servers)) {
                deliver(UpdateType.UPDATE, now, changed, null);
            }
        }

        void remove(Shown before, String reason) {
            Map<String, Object> last = before.record;
            if (before.lastName != null && last.containsKey(NAME)) {
                last = new LinkedHashMap<>(last);
                last.put(NAME, before.lastName);
            }
            deliver(UpdateType.REMOVE, new Shown(before.key, last, before.servers, before.lastName), Map.of(), reason);
        }

        private void deliver(UpdateType type, Shown now, Map<String, Object> changed, String reason) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put(CALL, now.key);
            body.put(UPDATE_TYPE, type.wireName());
            (interest.merge() ? now.record : changed).forEach(body::putIfAbsent);
            if (reason != null) {
                body.put(REASON, reason);
            }
            updates.add(new Update(
                    origin,
                    type,
                    null,
                    call,
                    conference.name(),
                    conference.correlator(),
                    now.key,
                    null,
                    reason,
                    interest.merge() ? List.copyOf(changed.keySet()) : null,
                    now.servers,
                    synthetic,
                    OwnCopy.of(body)));
        }
    }
}
