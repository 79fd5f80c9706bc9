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
package io.github.cmsevents.camel.feed;

import io.github.cmsevents.camel.feed.Viewpoint.View;
import io.github.cmsevents.camel.picture.Change;
import io.github.cmsevents.camel.picture.Change.Cause;
import io.github.cmsevents.camel.picture.Picture;
import io.github.cmsevents.camel.protocol.Resource;
import io.github.cmsevents.camel.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.protocol.SubscriptionState;
import io.github.cmsevents.camel.protocol.UpdateType;
import io.github.cmsevents.camel.subscription.Want;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One subscription of one server and the routes that share it: takes in content, keeps the picture, tells each route what
 * is news to it. Lives on the cluster's event loop; what has to happen later is for its owner to time.
 */
public final class Feed {

    private static final String SUBSCRIPTION_UPDATE = "subscriptionUpdate";

    private final Want want;
    private final String server;
    private final CallDirectory directory;
    private final Picture picture;
    private final Map<Receiver, Viewpoint> receivers = new LinkedHashMap<>();
    private List<String> union = List.of();
    /** The elements of the content that comes now: those of the subscription that became active last. */
    private Set<String> carried = Set.of();

    private boolean live;

    /** @param server the Call Bridge, as {@code host:port} */
    public Feed(Want want, String server, CallDirectory directory) {
        this.want = want;
        this.server = server;
        this.directory = directory;
        this.picture = new Picture(want.resource(), want.call());
    }

    public Want want() {
        return want;
    }

    public boolean isEmpty() {
        return receivers.isEmpty();
    }

    /** Whether the server keeps this up to date now. */
    public boolean isLive() {
        return live;
    }

    /** Every element that a receiver asked for, in the guide's order, so that equal sets are equal lists. */
    public List<String> elements() {
        return union;
    }

    /** How many receivers share it. */
    public int receivers() {
        return receivers.size();
    }

    /** How many calls or participants are known. */
    public int known() {
        return picture.size();
    }

    /** Adds a receiver, and tells it what is there now if that is known. */
    public void attach(Receiver receiver, Interest interest) {
        receivers.put(receiver, new Viewpoint(want.resource(), interest, Set.of(), picture.generation() + 1));
        reviewElements();
        if (live && carried.containsAll(interest.elements())) {
            Viewpoint viewpoint = receivers.get(receiver).from(picture.generation());
            receivers.put(receiver, viewpoint);
            tellCurrent(receiver, viewpoint);
        }
    }

    public void detach(Receiver receiver) {
        receivers.remove(receiver);
        reviewElements();
        if (receivers.isEmpty()) {
            directory.forgetAll(want);
        }
    }

    /**
     * The server began to set the subscription up, or ended it.
     *
     * @param subscribed the elements of the subscription that this is about
     */
    public void stateChanged(
            SubscriptionState state,
            List<String> subscribed,
            Integer index,
            Long messageId,
            Acknowledgement acknowledgement) {
        if (state == SubscriptionState.ACTIVE) {
            live = true;
            carried = Set.copyOf(subscribed);
            picture.beginGeneration(subscribed);
            reviewElements();
        } else if (state == SubscriptionState.DEACTIVATED) {
            live = false;
            if (want.resource().ofOneCall()) {
                tellConcluded(picture.dropAll(), acknowledgement);
            }
        }
        tellState(state, origin(SUBSCRIPTION_UPDATE, index, messageId), acknowledgement, false);
    }

    /**
     * The server told something new.
     *
     * @return how many of its updates were of something that had been removed before, and so ignored
     */
    public int contentCame(ContentUpdate message, Acknowledgement acknowledgement) {
        long ignoredBefore = picture.ignored();
        Map<Receiver, List<Update>> news = new LinkedHashMap<>();
        Origin origin = origin(want.resource().messageType(), message.subscriptionIndex(), message.messageId());
        for (Row row : message.rows()) {
            picture.apply(row).ifPresent(change -> spread(change, origin, news));
        }
        hand(news, acknowledgement);
        return (int) (picture.ignored() - ignoredBefore);
    }

    /** The fresh content has gone quiet: what was not sent again is gone. */
    public void contentWentQuiet() {
        tellConcluded(picture.dropUnconfirmed(), null);
    }

    /** Whether something known before has not been sent again yet. */
    public boolean isUnconfirmed() {
        return live && picture.hasUnconfirmed();
    }

    /** How much of what was known before has not been sent again yet. */
    public int unconfirmed() {
        return picture.unconfirmed();
    }

    /** The server refused more elements: receivers that wait for them are told what there is without. */
    public void settleForLess() {
        List<Receiver> waiting = receivers.entrySet().stream()
                .filter(entry -> entry.getValue().toldFrom() > picture.generation())
                .map(Map.Entry::getKey)
                .toList();
        for (Receiver receiver : waiting) {
            Viewpoint viewpoint = receivers.get(receiver).from(picture.generation());
            receivers.put(receiver, viewpoint);
            tellCurrent(receiver, viewpoint);
        }
    }

    /** The socket was lost: what happens from now on is not known. */
    public void lost() {
        if (live) {
            live = false;
            tellState(SubscriptionState.DEACTIVATED, origin(SUBSCRIPTION_UPDATE, null, null), null, true);
        }
    }

    /** Something keeps the updates from coming. */
    public void troubled(Exception problem) {
        List.copyOf(receivers.keySet()).forEach(receiver -> receiver.troubled(problem));
    }

    private void reviewElements() {
        Set<String> elements = new LinkedHashSet<>();
        receivers
                .values()
                .forEach(viewpoint -> elements.addAll(viewpoint.interest().elements()));
        List<String> sorted = new ArrayList<>(elements);
        List<String> listed = want.resource().elements();
        sorted.sort(Comparator.comparingInt(
                        (String element) -> listed.contains(element) ? listed.indexOf(element) : listed.size())
                .thenComparing(Comparator.naturalOrder()));
        union = List.copyOf(sorted);
        // What a route that left had asked for comes until the subscription without it is active.
        elements.addAll(carried);
        receivers.replaceAll((receiver, viewpoint) -> viewpoint.among(elements));
    }

    private void tellCurrent(Receiver receiver, Viewpoint viewpoint) {
        List<Update> updates = new ArrayList<>();
        if (viewpoint.interest().subscriptionStates()) {
            updates.add(stateUpdate(SubscriptionState.ACTIVE, origin(SUBSCRIPTION_UPDATE, null, null), true));
        }
        Origin origin = origin(want.resource().messageType(), null, null);
        for (Change change : picture.current()) {
            viewpoint.of(change).ifPresent(view -> updates.add(update(view, change, origin)));
        }
        if (!updates.isEmpty()) {
            receiver.receive(new Batch(updates, () -> {}));
        }
    }

    private void tellConcluded(List<Change> changes, Acknowledgement acknowledgement) {
        Map<Receiver, List<Update>> news = new LinkedHashMap<>();
        Origin origin = origin(want.resource().messageType(), null, null);
        changes.forEach(change -> spread(change, origin, news));
        hand(news, acknowledgement);
    }

    private void tellState(SubscriptionState state, Origin origin, Acknowledgement acknowledgement, boolean synthetic) {
        Map<Receiver, List<Update>> news = new LinkedHashMap<>();
        receivers.forEach((receiver, viewpoint) -> {
            if (viewpoint.interest().subscriptionStates()) {
                news.put(receiver, List.of(stateUpdate(state, origin, synthetic)));
            }
        });
        hand(news, acknowledgement);
    }

    private Update stateUpdate(SubscriptionState state, Origin origin, boolean synthetic) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (origin.index() != null) {
            body.put("index", origin.index());
        }
        body.put("state", state.wireName());
        return new Update(
                origin,
                want.resource(),
                null,
                state,
                want.call(),
                directory.name(want.call()),
                directory.correlator(want.call()),
                null,
                null,
                null,
                synthetic,
                body);
    }

    private void spread(Change change, Origin origin, Map<Receiver, List<Update>> news) {
        boolean aboutCalls = want.resource() != Resource.CALL_ROSTER;
        if (aboutCalls) {
            directory.learn(want, change.key(), change.record());
        }
        receivers.forEach((receiver, viewpoint) -> {
            // Who waits for a subscription with more elements is told everything once that begins, and nothing before.
            if (viewpoint.toldFrom() <= picture.generation()) {
                Optional<View> view = viewpoint.of(change);
                view.ifPresent(seen -> news.computeIfAbsent(receiver, first -> new ArrayList<>())
                        .add(update(seen, change, origin)));
            }
        });
        if (aboutCalls && change.sentType() == UpdateType.REMOVE) {
            directory.forget(want, change.key());
        }
    }

    private Update update(View view, Change change, Origin origin) {
        boolean roster = want.resource() == Resource.CALL_ROSTER;
        String call = roster ? want.call() : change.key();
        return new Update(
                origin,
                want.resource(),
                view.type(),
                null,
                call,
                directory.name(call),
                directory.correlator(call),
                roster ? change.key() : null,
                view.body().get("reason") instanceof String reason ? reason : null,
                view.changedElements(),
                change.cause() != Cause.RECEIVED,
                view.body());
    }

    private static void hand(Map<Receiver, List<Update>> news, Acknowledgement acknowledgement) {
        news.forEach((receiver, updates) ->
                receiver.receive(new Batch(updates, acknowledgement == null ? () -> {} : acknowledgement.await())));
    }

    private Origin origin(String messageType, Integer index, Long messageId) {
        return new Origin(server, messageType, index, messageId, System.currentTimeMillis());
    }
}
