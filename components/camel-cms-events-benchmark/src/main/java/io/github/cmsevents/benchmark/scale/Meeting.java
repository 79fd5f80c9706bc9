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
package io.github.cmsevents.benchmark.scale;

import java.util.ArrayList;
import java.util.List;

/** A call on one server. */
final class Meeting {

    private final int number;
    private final Bridge bridge;
    private final List<Participant> participants = new ArrayList<>(2);
    private final List<Subscription> subscriptions = new ArrayList<>(1);

    Meeting(int number, Bridge bridge) {
        this.number = number;
        this.bridge = bridge;
    }

    int number() {
        return number;
    }

    Bridge bridge() {
        return bridge;
    }

    String call() {
        return Guid.CALL.of(number);
    }

    List<Participant> participants() {
        return participants;
    }

    /** Those that are active. */
    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Whether a client that is told of it has nothing to acknowledge. */
    boolean isOnIdleSocket() {
        return subscriptions.stream()
                .allMatch(subscription -> subscription.socket().isIdle());
    }

    void joined(Participant participant) {
        participants.add(participant);
        subscriptions.forEach(
                subscription -> subscription.tell(participant.row("add", subscription.rosterElements()), () -> {}));
    }

    void left(Participant participant) {
        participants.remove(participant);
        subscriptions.forEach(subscription -> subscription.tell(participant.rowOfLeaving(), () -> {}));
    }

    /** @param acknowledged told by each subscription that has been told of the change */
    void changed(Participant participant, RosterElements elements, Runnable acknowledged) {
        for (Subscription subscription : subscriptions) {
            RosterElements told = elements.and(subscription.rosterElements());
            if (!told.isEmpty()) {
                subscription.tell(participant.row("update", told), acknowledged);
            }
        }
    }

    List<String> rows(RosterElements elements) {
        return participants.stream()
                .map(participant -> participant.row("add", elements))
                .toList();
    }

    /** In a list of calls. */
    String row(Subscription calls) {
        StringBuilder row =
                new StringBuilder(160).append("{\"call\":\"").append(call()).append("\",\"updateType\":\"add\"");
        if (calls.wants("name")) {
            row.append(",\"name\":\"Weekly review ").append(number).append('"');
        }
        if (calls.wants("callCorrelator")) {
            row.append(",\"callCorrelator\":\"")
                    .append(Guid.CORRELATOR.of(number))
                    .append('"');
        }
        return row.append('}').toString();
    }

    String rowOfEnding() {
        return "{\"call\":\"" + call() + "\",\"updateType\":\"remove\"}";
    }
}
