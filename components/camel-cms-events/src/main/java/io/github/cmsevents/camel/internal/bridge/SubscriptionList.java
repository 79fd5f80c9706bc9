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
package io.github.cmsevents.camel.internal.bridge;

import io.github.cmsevents.camel.internal.protocol.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The list of one socket: a projection of the subscriptions on it, and the one request that is in flight. A request always lists
 * everything; what changes meanwhile goes into the next (events guide, section 1.1.1). Knows neither network nor clock.
 */
final class SubscriptionList {

    /** How many subscriptions one socket may have (events guide, section 6). */
    static final int CAPACITY = 100;

    private final Set<BridgeSubscription> members = new LinkedHashSet<>();
    private List<Subscription> lastSent = List.of();
    private List<Subscription> lastAccepted = List.of();
    /** Members of a refused list, to be tried one at a time: the server does not say which line it refuses. */
    private final Deque<BridgeSubscription> suspects = new ArrayDeque<>();

    private Request inFlight;
    private long lastMessageId;

    /** A full list to be sent. */
    record Request(long messageId, List<Subscription> subscriptions) {}

    /**
     * What the server's answer to a request means.
     *
     * @param expected whether there was such a request
     * @param accepted whether the list is now what the server goes by; if not, it goes by the last one that it accepted
     * @param refused  the subscriptions that the server is now known to refuse
     */
    record Answer(boolean expected, boolean accepted, List<BridgeSubscription> refused) {}

    void add(BridgeSubscription subscription) {
        members.add(subscription);
    }

    void remove(BridgeSubscription subscription) {
        members.remove(subscription);
        suspects.remove(subscription);
    }

    Collection<BridgeSubscription> members() {
        return List.copyOf(members);
    }

    int size() {
        return members.size();
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    boolean isFull() {
        return members.size() >= CAPACITY;
    }

    boolean awaitsAnswer() {
        return inFlight != null;
    }

    /** Whether the server has not been asked for everything yet. */
    boolean hasMoreToAsk() {
        return !suspects.isEmpty() || !projection().equals(lastSent);
    }

    /** Whether everything is active, or was turned down by the server. */
    boolean isConfirmed() {
        return inFlight == null
                && suspects.isEmpty()
                && projection().equals(lastSent)
                && members.stream()
                        .allMatch(member -> member.listed() == null || (member.isActive() && !member.isReplacing()));
    }

    /** A new socket: nothing is subscribed on it. */
    void socketOpened() {
        lastSent = List.of();
        lastAccepted = List.of();
        inFlight = null;
        suspects.clear();
        lastMessageId = 0;
        members.forEach(BridgeSubscription::socketOpened);
    }

    /** The list to send now; empty while a request is in flight, or when the server has it already. */
    Optional<Request> nextRequest() {
        if (inFlight != null) {
            return Optional.empty();
        }
        while (!suspects.isEmpty()) {
            List<Subscription> next = acceptedAnd(suspects.remove());
            if (!next.equals(lastAccepted)) {
                return Optional.of(send(next));
            }
        }
        List<Subscription> next = projection();
        return next.equals(lastSent) ? Optional.empty() : Optional.of(send(next));
    }

    /** The last list once more: it changes nothing, but the server has to acknowledge it. Empty while one is in flight. */
    Optional<Request> repeatRequest() {
        return inFlight == null ? Optional.of(send(lastSent)) : Optional.empty();
    }

    /** The server answered the request with this number. */
    Answer answered(long messageId, boolean success) {
        if (inFlight == null || inFlight.messageId != messageId) {
            return new Answer(false, false, List.of());
        }
        List<Subscription> answered = inFlight.subscriptions;
        inFlight = null;
        if (success) {
            lastAccepted = answered;
            return new Answer(true, true, List.of());
        }
        // Only what the server had not accepted before can be at fault.
        List<Subscription> inDoubt =
                answered.stream().filter(line -> !lastAccepted.contains(line)).toList();
        if (inDoubt.isEmpty()) {
            // There is nothing to leave out, and the same list would be refused again.
            return new Answer(true, false, List.of());
        }
        lastSent = lastAccepted;
        List<BridgeSubscription> atFault = members.stream()
                .filter(member -> member.listed() != null && inDoubt.contains(member.listed()))
                .toList();
        if (inDoubt.size() > 1) {
            suspects.addAll(atFault);
            return new Answer(true, false, List.of());
        }
        return new Answer(true, false, atFault);
    }

    /** The member that content with this index is of; null when there is none, or no longer. */
    BridgeSubscription withIndex(int index) {
        return members.stream()
                .filter(member -> member.carries(index))
                .findFirst()
                .orElse(null);
    }

    /** Whether the server goes by this line. */
    boolean isAccepted(Subscription line) {
        return line != null && lastAccepted.contains(line);
    }

    private Request send(List<Subscription> subscriptions) {
        inFlight = new Request(++lastMessageId, subscriptions);
        lastSent = subscriptions;
        return inFlight;
    }

    private List<Subscription> projection() {
        return linesOf(member -> !suspects.contains(member));
    }

    /** What the server goes by, as far as it is still needed, and one suspect more. */
    private List<Subscription> acceptedAnd(BridgeSubscription suspect) {
        return linesOf(member -> member == suspect || isAccepted(member.listed()));
    }

    /** The lines of the members; of those that have to wait, the one that the server has accepted already, if any. */
    private List<Subscription> linesOf(Predicate<BridgeSubscription> isDue) {
        List<Subscription> lines = new ArrayList<>(members.size());
        for (BridgeSubscription member : members) {
            Subscription line = isDue.test(member) ? member.listed() : member.line();
            if (line != null && (isDue.test(member) || isAccepted(line))) {
                lines.add(line);
            }
        }
        return lines;
    }
}
