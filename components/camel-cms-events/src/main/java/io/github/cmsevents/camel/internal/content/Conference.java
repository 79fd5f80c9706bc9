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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One conference, on one or more Call Bridges: each reports it as a call of its own, and the same {@code callCorrelator} says
 * that these are one (protocol, section 7). Lasts from the first report of a call until none is reported; the next meeting in
 * the same coSpace is another conference. Changed by {@link ConferenceIndex} only.
 */
public final class Conference {

    private final Comparator<ReportedCall> order;
    private final List<ReportedCall> calls = new ArrayList<>(1);
    private String key;
    // Kept when the servers no longer say them: the last updates of a conference come after its calls have gone.
    private String name;
    private String correlator;
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

    /** The GUID under which it was first reported. Never that of two conferences at once. */
    public String key() {
        return key;
    }

    /** The calls that it consists of, in the order of the servers. */
    public List<ReportedCall> calls() {
        return List.copyOf(calls);
    }

    /** As the first server says whose list is current; null when none has said one. */
    public String name() {
        return name;
    }

    /** What its calls have in common; null when the servers have given it none. */
    public String correlator() {
        return correlator;
    }

    /** Whether a server lists it as active, or did when its list was interrupted. */
    public boolean isListed() {
        return calls.stream().anyMatch(ReportedCall::isListed);
    }

    /** Whether its name and correlator are known, as far as it has any. */
    public boolean isIdentified() {
        return calls.stream().anyMatch(ReportedCall::isIdentified);
    }

    /** Whether it is over, or has turned out to be {@link #successor}. */
    public boolean hasEnded() {
        return ended;
    }

    /** The conference that this one turned out to be; null when it is over. */
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

    void remove(ReportedCall call) {
        calls.remove(call);
        if (!calls.isEmpty() && call.guid().equals(key)) {
            // The GUID may go on as another conference's key.
            calls.stream().min(Comparator.comparingLong(ReportedCall::arrival)).ifPresent(first -> key = first.guid());
        }
        describe();
    }

    /** A call that ended leaves its GUID behind as the key. */
    void removeEnded(ReportedCall call) {
        calls.remove(call);
        describe();
    }

    void end(Conference goesOnAs) {
        ended = true;
        successor = goesOnAs;
    }

    /** Details of one of its calls say this; its servers' lists know better. */
    void learn(String detailsName, String detailsCorrelator) {
        if (!isIdentified()) {
            name = detailsName == null ? name : detailsName;
            correlator = detailsCorrelator == null ? correlator : detailsCorrelator;
        }
    }

    /** Takes over what its calls say. */
    void describe() {
        name = first(ReportedCall::name).orElse(name);
        correlator = first(ReportedCall::correlator).orElse(correlator);
    }

    private Optional<String> first(Function<ReportedCall, String> said) {
        return calls.stream()
                .filter(ReportedCall::isFresh)
                .map(said)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> calls.stream().map(said).filter(Objects::nonNull).findFirst());
    }

    @Override
    public String toString() {
        return "conference " + ServerText.unquoted(key) + " " + calls;
    }
}
