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

import io.github.cmsevents.camel.internal.protocol.Resource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which Call Bridge reports which call, and which calls are one conference, as far as the subscriptions to {@code calls} and
 * {@code callInfo} have told. Knows neither network nor clock.
 */
public final class CallDirectory {

    /** The elements that tell which conference a call is. */
    public static final Set<String> IDENTITY = Set.of("name", "callCorrelator");

    private final List<String> servers;
    private final Comparator<ReportedCall> order;
    private final Runnable whenChanged;
    /** By server, then by GUID. */
    private final Map<String, Map<String, ReportedCall>> calls = new HashMap<>();

    private final Map<String, Conference> byCorrelator = new HashMap<>();
    private final Set<Conference> conferences = new LinkedHashSet<>();
    private Set<Conference> changed = new LinkedHashSet<>();

    /**
     * @param servers     every Call Bridge as {@code host:port}, in the order that decides where they disagree
     * @param whenChanged run when there is something to {@link #takeChanged}, once until it is taken
     */
    public CallDirectory(List<String> servers, Runnable whenChanged) {
        this.servers = List.copyOf(servers);
        this.order = Comparator.comparingInt(call -> this.servers.indexOf(call.server()));
        this.whenChanged = whenChanged;
        servers.forEach(server -> calls.put(server, new HashMap<>()));
    }

    /**
     * Takes what a subscription's record of a call says.
     *
     * @param source       the kind of the subscription
     * @param withIdentity whether it is one that tells the correlator of a call that has one
     */
    public void learn(String server, Resource source, String call, Map<String, Object> record, boolean withIdentity) {
        ReportedCall reported = callOf(server, call);
        if (reported.learn(source, record, withIdentity)) {
            assign(reported);
        }
    }

    /** A subscription tells that a call is gone. */
    public void forget(String server, Resource source, String call) {
        ReportedCall reported = calls.get(server).get(call);
        if (reported != null && reported.forget(source)) {
            Conference conference = reported.conference();
            dropIfUnknown(reported);
            conference.describe();
            if (source == Resource.CALLS && !conference.isReported()) {
                conference.end(null);
            }
            markChanged(conference);
        }
    }

    /** A subscription has ended, which says nothing of the calls that it told of. */
    public void forgetAll(String server, Resource source) {
        for (ReportedCall reported : List.copyOf(calls.get(server).values())) {
            if (reported.forget(source)) {
                dropIfUnknown(reported);
                reported.conference().describe();
            }
        }
    }

    /** What a server says of its calls is interrupted: what it said may not be so any more. */
    public void outdate(String server) {
        for (ReportedCall reported : calls.get(server).values()) {
            reported.outdate();
            reported.conference().describe();
            markChanged(reported.conference());
        }
    }

    /** A call that somebody knows of although no server may have reported it. */
    public Conference assume(String server, String call) {
        ReportedCall assumed = callOf(server, call);
        assumed.assume(true);
        if (assumed.conference() == null) {
            assign(assumed);
        }
        return assumed.conference();
    }

    /** Nobody knows of these calls any more unless a server reports them. */
    public void assumeNoLonger(Conference conference) {
        for (ReportedCall assumed : conference.calls()) {
            assumed.assume(false);
            dropIfUnknown(assumed);
        }
    }

    /** Every conference that a server reports. */
    public Collection<Conference> conferences() {
        return conferences.stream().filter(Conference::isReported).toList();
    }

    /** The conferences that have come, changed or gone since this was last asked. */
    public Collection<Conference> takeChanged() {
        Set<Conference> taken = changed;
        changed = new LinkedHashSet<>();
        return taken;
    }

    /** The conference that a server's call is, or is a part of. */
    public Optional<Conference> conferenceOf(String server, String call) {
        return Optional.ofNullable(calls.get(server).get(call)).map(ReportedCall::conference);
    }

    /** Whether a server has reported a call since its list of calls was last interrupted. */
    public boolean isFresh(String server, String call) {
        ReportedCall reported = calls.get(server).get(call);
        return reported != null && reported.isFresh();
    }

    private ReportedCall callOf(String server, String call) {
        return calls.get(server).computeIfAbsent(call, first -> new ReportedCall(server, first));
    }

    private void assign(ReportedCall reported) {
        Conference before = reported.conference();
        Conference after = conferenceFor(reported);
        if (before != null && before != after) {
            leave(before, reported);
            if (!before.isReported()) {
                before.end(after);
            }
            markChanged(before);
        }
        if (before != after) {
            after.add(reported);
            conferences.add(after);
        } else {
            after.describe();
        }
        markChanged(after);
    }

    private Conference conferenceFor(ReportedCall reported) {
        Conference before = reported.conference();
        String correlator = reported.correlator();
        // A server by itself has one call of a conference at a time, so there is nothing to bring together.
        if (correlator == null || servers.size() == 1) {
            return before != null ? before : new Conference(order);
        }
        Conference known = byCorrelator.get(correlator);
        if (known == null) {
            known = before != null && before.isOnly(reported) ? adopt(before) : new Conference(order);
            byCorrelator.put(correlator, known);
        }
        return known;
    }

    /** A call that was alone turns out to be the first of a conference. */
    private Conference adopt(Conference alone) {
        byCorrelator.values().remove(alone);
        return alone;
    }

    private void dropIfUnknown(ReportedCall reported) {
        if (!reported.isKnown()) {
            calls.get(reported.server()).remove(reported.call());
            leave(reported.conference(), reported);
        }
    }

    private void leave(Conference conference, ReportedCall reported) {
        conference.remove(reported);
        if (conference.isEmpty()) {
            conferences.remove(conference);
            byCorrelator.remove(conference.correlator(), conference);
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
