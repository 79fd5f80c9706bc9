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

import io.github.cmsevents.camel.internal.protocol.ServerText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One conference, on one or more Call Bridges: each reports it as a call of its own, and the same {@code callCorrelator} says
 * that these are one (protocol, section 7). Lasts from the first report of a call until none is reported; the next meeting in
 * the same coSpace is another conference. Changed by {@link ConferenceIndex} only.
 */
public final class Conference {

    private final Comparator<ReportedCall> order;
    private final List<ReportedCall> calls = new ArrayList<>(1);
    private String key;
    // Kept when the servers no longer report them: the last updates of a conference come after its calls ended.
    private String name;
    private String correlator;
    /** What the details of a call say; counts only while no list has said one. */
    private String detailsCorrelator;

    private boolean ended;
    private Conference successor;

    /**
     * @param order of its calls: by server as configured, then the later call first, since the earlier one on the same server
     *     is only not known to have ended yet
     */
    Conference(String key, Comparator<ReportedCall> order) {
        this.key = key;
        this.order = order;
    }

    /** The GUID under which it was first reported; with a number behind it while another conference has that key. */
    public String key() {
        return key;
    }

    /** The calls that it consists of, in the order of the servers. */
    public List<ReportedCall> calls() {
        return List.copyOf(calls);
    }

    /** The name that the first server with a current list reports; null when no server has reported one. */
    public String name() {
        return name;
    }

    /** The {@code callCorrelator} of its calls; null when no server has reported one. */
    public String correlator() {
        return correlator == null ? detailsCorrelator : correlator;
    }

    /** As the lists of calls say, which decide what is one conference. */
    String listedCorrelator() {
        return correlator;
    }

    /** Whether a server lists it as active, or did when its list was interrupted. */
    public boolean isListed() {
        return calls.stream().anyMatch(ReportedCall::isListed);
    }

    /** Whether a list has the elements that identify it, so that its name and correlator are known if it has any. */
    public boolean isIdentified() {
        return calls.stream().anyMatch(ReportedCall::isIdentified);
    }

    /** Whether it is over, or all its calls are in its {@link #successor} now. */
    public boolean hasEnded() {
        return ended;
    }

    /** The conference that has its calls now; null when it is over. */
    public Conference successor() {
        return successor;
    }

    /** Whether one of its calls has this GUID. */
    public boolean hasCall(String guid) {
        return calls.stream().anyMatch(call -> call.guid().equalsIgnoreCase(guid));
    }

    boolean hasOtherFreshCall(ReportedCall than) {
        return calls.stream().anyMatch(call -> call != than && call.isFresh());
    }

    void add(ReportedCall call) {
        calls.add(call);
        calls.sort(order);
        call.belongsTo(this);
        describe();
    }

    /** The key stays, even if it is the GUID of this call. */
    void remove(ReportedCall call) {
        calls.remove(call);
        describe();
    }

    void rename(String newKey) {
        key = newKey;
    }

    ReportedCall earliestCall() {
        return Collections.min(calls, Comparator.comparingLong(ReportedCall::arrival));
    }

    /** The index looks it up by this correlator from now on. */
    void identify(String newCorrelator) {
        correlator = newCorrelator;
    }

    void end(Conference goesOnAs) {
        ended = true;
        successor = goesOnAs;
    }

    /** The details of one of its calls say this; the lists of calls count more. */
    void learn(String detailsName, String newDetailsCorrelator) {
        if (detailsName != null && !isIdentified()) {
            name = detailsName;
        }
        if (newDetailsCorrelator != null) {
            detailsCorrelator = newDetailsCorrelator;
        }
    }

    /** Takes the name from its calls. */
    void describe() {
        name = firstName(calls.stream().filter(ReportedCall::isFresh))
                .or(() -> firstName(calls.stream()))
                .orElse(name);
    }

    private static Optional<String> firstName(Stream<ReportedCall> calls) {
        return calls.map(ReportedCall::name).filter(Objects::nonNull).findFirst();
    }

    @Override
    public String toString() {
        return "conference " + ServerText.unquoted(key) + " " + calls;
    }
}
