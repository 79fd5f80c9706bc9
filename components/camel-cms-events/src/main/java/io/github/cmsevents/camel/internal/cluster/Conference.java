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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * One conference, on however many Call Bridges: each of them reports it as a call of its own, and the same
 * {@code callCorrelator} tells that these are one (protocol, section 7). Changed by {@link CallDirectory} only.
 */
public final class Conference {

    private final Comparator<ReportedCall> order;
    private final List<ReportedCall> calls = new ArrayList<>(1);
    /** What was last known is kept: the last news of a conference come when it is over. */
    private String name;

    private String correlator;
    private int endings;
    private Conference successor;

    Conference(Comparator<ReportedCall> order) {
        this.order = order;
    }

    /** The calls that it consists of, in the order of the servers. */
    public List<ReportedCall> calls() {
        return List.copyOf(calls);
    }

    /** The name that the first of the servers gives it, of those heard of now if any of these does; null when it has none. */
    public String name() {
        return name;
    }

    /** What its calls have in common; null when the servers have given it none. */
    public String correlator() {
        return correlator;
    }

    /** Whether any server lists it among its active calls, or did when it was last heard of. */
    public boolean isReported() {
        return calls.stream().anyMatch(ReportedCall::isReported);
    }

    /** Whether its name and correlator are known, as far as it has any. */
    public boolean isIdentified() {
        return calls.stream().anyMatch(ReportedCall::isIdentified);
    }

    /** How often it has ended: some come back, and between two looks it may have done so. */
    public int endings() {
        return endings;
    }

    /** Whether one of its calls has this GUID. */
    public boolean has(String call) {
        return calls.stream().anyMatch(part -> part.call().equalsIgnoreCase(call));
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    boolean isOnly(ReportedCall call) {
        return calls.size() == 1 && calls.get(0) == call;
    }

    void add(ReportedCall call) {
        calls.add(call);
        calls.sort(order);
        call.belongsTo(this);
        describe();
    }

    void remove(ReportedCall call) {
        calls.remove(call);
        describe();
    }

    /** The conference that it turned out to be when it ended last; null when it was over. */
    public Conference successor() {
        return successor;
    }

    void end(Conference goesOnAs) {
        endings++;
        successor = goesOnAs;
    }

    /** Takes over what its calls say of themselves. */
    void describe() {
        name = first(ReportedCall::name).orElse(name);
        correlator = first(ReportedCall::correlator).orElse(correlator);
    }

    /** What a server said that is not heard of now counts only if no other says anything. */
    private Optional<String> first(Function<ReportedCall, String> told) {
        return calls.stream()
                .filter(ReportedCall::isFresh)
                .map(told)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> calls.stream().map(told).filter(Objects::nonNull).findFirst());
    }

    @Override
    public String toString() {
        return "conference " + name + " " + calls;
    }
}
