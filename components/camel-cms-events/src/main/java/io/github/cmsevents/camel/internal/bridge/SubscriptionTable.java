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
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.Want;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The subscriptions of one socket: what is wanted, what the server has been asked for, and what it said. Knows neither
 * network nor clock.
 *
 * <p>A request always lists everything, an index never moves while its subscription lives, and one request is in flight
 * at a time: wants that change meanwhile are folded into the next. Indexes only ever grow, so none is used again for
 * something else, and a late update can't reach the wrong feed.
 */
public final class SubscriptionTable {

    /** How many subscriptions one socket may have (events guide, section 6). */
    public static final int CAPACITY = 100;

    private final Map<Want, Entry> entries = new LinkedHashMap<>();
    /** Every index that the server may still send content for. */
    private final Map<Integer, Want> wantsByIndex = new HashMap<>();

    private List<Subscription> lastSent = List.of();
    private List<Subscription> lastAccepted = List.of();
    /** Wants of a refused list, to be tried one at a time: the server does not say which line it refused. */
    private final Deque<Want> suspects = new ArrayDeque<>();

    private Request inFlight;
    private int lastIndex;
    private long lastMessageId;

    /** A full list to be sent. */
    public record Request(long messageId, List<Subscription> subscriptions) {}

    /** What the server's state for an index means. */
    public enum Meaning {
        /** The want's current subscription is being set up. */
        PENDING,
        /** Content of the want's current subscription begins now. */
        ACTIVE,
        /** The server ended the want's current subscription, or never found its call. */
        DEACTIVATED,
        /** The end of a subscription that was dropped or replaced: nothing to do. */
        OUTDATED
    }

    /**
     * What the server's answer to a request means.
     *
     * @param expected whether there was such a request
     * @param accepted whether the list is now what the server goes by; if not, it goes by the last one it accepted
     * @param refused  the wants that the server is now known to refuse
     */
    public record Answer(boolean expected, boolean accepted, List<Want> refused) {}

    /** Wants something, or wants other elements of it; a changed set of elements takes a new index. */
    public void want(Want want, Collection<String> elements) {
        Entry entry = entries.get(want);
        if (entry == null) {
            entries.put(
                    want,
                    new Entry(new Subscription(++lastIndex, want.resource(), want.call(), List.copyOf(elements))));
        } else if (!entry.wanted.equals(List.copyOf(elements))) {
            entry.wanted = List.copyOf(elements);
            entry.renew(++lastIndex);
        }
    }

    /** No longer wants something. */
    public void unwant(Want want) {
        entries.remove(want);
    }

    /** Asks again, under a new index, for something that the server deactivated or refused. */
    public void retry(Want want) {
        Entry entry = entries.get(want);
        if (entry != null && (entry.parked || !entry.subscription.elements().equals(entry.wanted))) {
            entry.renew(++lastIndex);
        }
    }

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public boolean contains(Want want) {
        return entries.containsKey(want);
    }

    public Collection<Want> wants() {
        return List.copyOf(entries.keySet());
    }

    /** Whether a request has been sent that the server has not answered yet. */
    public boolean awaitsAnswer() {
        return inFlight != null;
    }

    /** Whether there is something that the server has not been asked for yet. */
    public boolean hasMoreToAsk() {
        return !suspects.isEmpty() || !wanted().equals(lastSent);
    }

    /** Whether everything wanted is active, or was turned down by the server for reasons of its own. */
    public boolean isSettled() {
        return inFlight == null
                && suspects.isEmpty()
                && wanted().equals(lastAccepted)
                && entries.values().stream().allMatch(entry -> entry.parked || entry.state == SubscriptionState.ACTIVE);
    }

    /** The state of a want's current subscription as the server last said; null before it said anything. */
    public SubscriptionState state(Want want) {
        Entry entry = entries.get(want);
        return entry == null ? null : entry.state;
    }

    /** The elements of a want's current subscription. */
    public List<String> elements(Want want) {
        return entries.get(want).subscription.elements();
    }

    /** A new socket: nothing is subscribed on it, and nothing that was turned down before counts. */
    public void socketOpened() {
        lastSent = List.of();
        lastAccepted = List.of();
        inFlight = null;
        suspects.clear();
        lastMessageId = 0;
        wantsByIndex.clear();
        for (Entry entry : entries.values()) {
            entry.state = null;
            entry.live = null;
            retry(entry.want());
        }
    }

    /** The full list to send now; empty while a request is in flight or when the server has been sent it already. */
    public Optional<Request> nextRequest() {
        if (inFlight != null) {
            return Optional.empty();
        }
        List<Subscription> next = wanted();
        while (!suspects.isEmpty()) {
            next = acceptedAnd(suspects.remove());
            if (!next.equals(lastSent)) {
                return Optional.of(send(next));
            }
            next = wanted();
        }
        return next.equals(lastSent) ? Optional.empty() : Optional.of(send(next));
    }

    /** The current list once more, which changes nothing but has to be acknowledged; empty while a request is in flight. */
    public Optional<Request> repeatRequest() {
        return inFlight == null ? Optional.of(send(lastSent)) : Optional.empty();
    }

    /** The server acknowledged the message with this id. */
    public Answer answered(long messageId, boolean success) {
        if (inFlight == null || inFlight.messageId != messageId) {
            return new Answer(false, false, List.of());
        }
        Request answered = inFlight;
        inFlight = null;
        if (success) {
            lastAccepted = answered.subscriptions;
            forgetDroppedIndexes();
            return new Answer(true, true, List.of());
        }
        List<Want> parked = park(answered.subscriptions);
        if (!parked.isEmpty()) {
            // Otherwise there is nothing to leave out, and the same list at once would be refused again.
            lastSent = lastAccepted;
        }
        if (parked.size() > 1) {
            suspects.addAll(parked);
            return new Answer(true, false, List.of());
        }
        return new Answer(true, false, parked);
    }

    /** The server told the state of an index. */
    public Meaning stateTold(int index, SubscriptionState state) {
        Want want = wantsByIndex.get(index);
        Entry entry = want == null ? null : entries.get(want);
        if (entry == null || entry.subscription.index() != index || entry.parked) {
            if (state == SubscriptionState.DEACTIVATED) {
                wantsByIndex.remove(index);
                if (entry != null && entry.live != null && entry.live.index() == index) {
                    entry.live = null;
                }
            }
            return Meaning.OUTDATED;
        }
        if (state == SubscriptionState.PENDING && entry.state == SubscriptionState.ACTIVE) {
            // Under the same index a subscription is never interrupted, so nothing begins again.
            return Meaning.OUTDATED;
        }
        boolean again = entry.state == state;
        entry.state = state;
        return switch (state) {
            case PENDING -> Meaning.PENDING;
            case ACTIVE -> {
                entry.live = entry.subscription;
                forgetOtherIndexes(want, index);
                // Said twice it is no new beginning: nothing was sent again.
                yield again ? Meaning.OUTDATED : Meaning.ACTIVE;
            }
            case DEACTIVATED -> {
                entry.parked = true;
                entry.live = null;
                forgetOtherIndexes(want, index);
                wantsByIndex.remove(index);
                yield Meaning.DEACTIVATED;
            }
        };
    }

    /** What content with this index is about; null for an index that is not, or no longer, ours. */
    public Want wantOf(int index) {
        Want want = wantsByIndex.get(index);
        return want != null && entries.containsKey(want) ? want : null;
    }

    /**
     * Content came with this index: {@link Meaning#ACTIVE} if it is the first sign that the want's current subscription
     * is active, which the server should have said before.
     */
    public Meaning contentTold(int index) {
        Want want = wantsByIndex.get(index);
        Entry entry = want == null ? null : entries.get(want);
        // Mostly it is active already, and then there is nothing to look through: this is done for every message.
        boolean begins =
                entry != null && entry.subscription.index() == index && entry.state != SubscriptionState.ACTIVE;
        return begins ? stateTold(index, SubscriptionState.ACTIVE) : Meaning.OUTDATED;
    }

    private Request send(List<Subscription> subscriptions) {
        inFlight = new Request(++lastMessageId, subscriptions);
        lastSent = subscriptions;
        for (Subscription subscription : subscriptions) {
            wantsByIndex.put(subscription.index(), wantOf(subscription));
        }
        return inFlight;
    }

    /** What the server goes by, as far as it is still wanted, and one more; what else is wanted waits its turn. */
    private List<Subscription> acceptedAnd(Want suspect) {
        retry(suspect);
        return wanted().stream()
                .filter(line -> lastAccepted.contains(line) || wantOf(line).equals(suspect))
                .toList();
    }

    private static Want wantOf(Subscription line) {
        return new Want(line.resource(), line.call());
    }

    private List<Subscription> wanted() {
        List<Subscription> wanted = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            if (!entry.parked) {
                wanted.add(entry.subscription);
            }
        }
        return wanted;
    }

    /** Only what the server had not accepted before can be at fault. */
    private List<Want> park(List<Subscription> refused) {
        List<Want> parked = new ArrayList<>();
        for (Subscription subscription : refused) {
            Entry entry = entries.get(wantOf(subscription));
            if (entry != null && entry.subscription.equals(subscription) && !lastAccepted.contains(subscription)) {
                wantsByIndex.remove(subscription.index());
                turnDown(entry);
                parked.add(entry.want());
            }
        }
        return parked;
    }

    private void forgetDroppedIndexes() {
        wantsByIndex.entrySet().removeIf(known -> !entries.containsKey(known.getValue()));
    }

    private void forgetOtherIndexes(Want want, int index) {
        wantsByIndex.entrySet().removeIf(known -> known.getValue().equals(want) && known.getKey() < index);
    }

    /** Goes back to what the server accepted for the same want, with other elements; or out of the list. */
    private void turnDown(Entry entry) {
        Optional<Subscription> accepted = lastAccepted.stream()
                .filter(line -> wantOf(line).equals(entry.want()))
                .findFirst();
        if (accepted.isEmpty()) {
            entry.parked = true;
        } else if (accepted.get().equals(entry.live)) {
            entry.subscription = entry.live;
            entry.state = SubscriptionState.ACTIVE;
        } else {
            // Nobody listened to its content, so it has to begin again.
            entry.subscription = new Subscription(
                    ++lastIndex,
                    entry.want().resource(),
                    entry.want().call(),
                    accepted.get().elements());
            entry.state = null;
        }
    }

    private static final class Entry {
        /** The elements that are wanted; those of the subscription can be fewer if the server refused them. */
        private List<String> wanted;

        private Subscription subscription;
        private SubscriptionState state;
        /** The subscription whose content is being listened to: this one, or the one that it replaces. */
        private Subscription live;
        /** Turned down by the server: not in the list until it is tried again. */
        private boolean parked;

        Entry(Subscription subscription) {
            this.subscription = subscription;
            this.wanted = subscription.elements();
        }

        Want want() {
            return wantOf(subscription);
        }

        void renew(int index) {
            subscription = new Subscription(index, subscription.resource(), subscription.call(), wanted);
            state = null;
            parked = false;
        }
    }
}
