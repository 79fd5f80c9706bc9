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

import io.github.cmsevents.camel.internal.cluster.CallDirectory;
import io.github.cmsevents.camel.internal.cluster.Conference;
import io.github.cmsevents.camel.internal.content.Change.Cause;
import io.github.cmsevents.camel.internal.content.Viewpoint.View;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one server says of its calls, or whichever server carries the subscription says of one conference, and the routes
 * that share it: takes in content, keeps the picture, tells each route what is news to it. When another server carries it
 * the picture stays, so that routes are told only of what is different there. Lives on the cluster's event loop; what has to
 * happen later is for its owner to time.
 */
public final class Feed {

    private static final String SUBSCRIPTION_UPDATE = "subscriptionUpdate";

    private final Resource resource;
    private final CallDirectory directory;
    private final Picture picture;
    private final Map<Receiver, Viewpoint> receivers = new LinkedHashMap<>();
    /** Elements that are needed, whoever is told of them. */
    private Set<String> required = Set.of();

    private Set<Receiver> requiredBy = Set.of();

    private List<String> union = List.of();
    /** The elements of the content that comes now: those of the subscription that became active last. */
    private Set<String> carried = Set.of();

    private boolean live;

    /** The Call Bridge that carries it, or did last, as {@code host:port}; and the GUID that the call has there. */
    private String server;

    private String call;
    /** As last known: the last news of a call come when the directory has forgotten it. */
    private String callName;

    private String callCorrelator;

    public Feed(Resource resource, CallDirectory directory) {
        this.resource = resource;
        this.directory = directory;
        this.picture = new Picture(resource, null);
    }

    /** From now on this server carries it, and the call has this GUID there; null for all calls. */
    public void carriedBy(String bridge, String guid) {
        if (server != null && resource == Resource.CALL_INFO) {
            directory.forget(server, resource, call);
        }
        server = bridge;
        call = guid;
        if (picture.size() == 0) {
            // The key of a record stays what it was first, but here there is none, or none any more.
            picture.about(guid);
        }
    }

    /** The Call Bridge that carries it, or did last, as {@code host:port}. */
    public String server() {
        return server;
    }

    /** Whether nobody needs it. */
    public boolean isEmpty() {
        return receivers.isEmpty() && required.isEmpty();
    }

    /**
     * These elements are needed from now on, whether any receiver wants to be told of them or not.
     *
     * @param by who needs them without being told of them
     */
    public void require(Set<String> elements, Set<Receiver> by) {
        required = Set.copyOf(elements);
        requiredBy = Set.copyOf(by);
        reviewElements();
        forgetIfEmpty();
    }

    /** Whether the server keeps this up to date now. */
    public boolean isLive() {
        return live;
    }

    /** Whether the server tells of these elements now. */
    public boolean tells(Set<String> elements) {
        return live && carried.containsAll(elements);
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
        receivers.put(receiver, new Viewpoint(resource, interest, Set.of(), picture.generation() + 1));
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
        forgetIfEmpty();
    }

    /** Removes a receiver that goes on without this: it is told that everything in here is gone. */
    public void detachAndTell(Receiver receiver) {
        Viewpoint viewpoint = receivers.get(receiver);
        if (viewpoint != null && viewpoint.toldFrom() <= picture.generation()) {
            rememberCall();
            Origin origin = origin(resource.messageType(), null, null);
            List<Update> updates = new ArrayList<>();
            for (Change change : picture.asGone(Cause.NOT_FOLLOWED)) {
                viewpoint.of(change).ifPresent(view -> updates.add(update(view, change, origin)));
            }
            if (!updates.isEmpty()) {
                receiver.receive(Batch.withoutAcknowledgement(updates));
            }
        }
        detach(receiver);
    }

    private void forgetIfEmpty() {
        if (isEmpty() && server != null && resource == Resource.CALLS) {
            directory.forgetAll(server, resource);
        } else if (isEmpty() && server != null && resource == Resource.CALL_INFO) {
            directory.forget(server, resource, call);
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
            interrupt();
        }
        tellState(state, origin(SUBSCRIPTION_UPDATE, index, messageId), acknowledgement, false);
    }

    /**
     * The server told something new.
     *
     * @return how many of its updates were of something that had been removed before, and so ignored
     */
    public int contentCame(ContentUpdate message, Acknowledgement acknowledgement) {
        rememberCall();
        long ignoredBefore = picture.ignored();
        News news = new News();
        Origin origin = origin(resource.messageType(), message.subscriptionIndex(), message.messageId());
        for (Row row : message.rows()) {
            picture.apply(row).ifPresent(change -> spread(change, origin, news));
        }
        news.hand(acknowledgement);
        return (int) (picture.ignored() - ignoredBefore);
    }

    /** The fresh content has gone quiet: what was not sent again is gone. */
    public void contentWentQuiet() {
        tellConcluded(picture.dropUnconfirmed(), null);
    }

    /** The conference is over: all that was known of it is gone. */
    public void callEnded(Acknowledgement acknowledgement) {
        tellConcluded(picture.dropAll(), acknowledgement);
    }

    /** It turned out to be the same conference as another feed's: what that one has told too is not gone. */
    public void mergedInto(Feed other) {
        rememberCall();
        News news = new News();
        Origin origin = origin(resource.messageType(), null, null);
        for (Change change : picture.dropAll()) {
            boolean goesOn = other.picture.record(change.key()) != null;
            spread(change, origin, news, receiver -> !goesOn || !other.receivers.containsKey(receiver));
        }
        news.hand(null);
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
            interrupt();
            tellState(SubscriptionState.DEACTIVATED, origin(SUBSCRIPTION_UPDATE, null, null), null, true);
        }
    }

    private void interrupt() {
        live = false;
        if (resource == Resource.CALLS) {
            directory.outdate(server);
        }
    }

    /** Everybody to whom it matters whether updates come. */
    public Set<Receiver> concerned() {
        Set<Receiver> concerned = new LinkedHashSet<>(receivers.keySet());
        concerned.addAll(requiredBy);
        return concerned;
    }

    /** Something keeps the updates from coming. */
    public void troubled(Exception problem) {
        concerned().forEach(receiver -> receiver.troubled(problem));
    }

    private void reviewElements() {
        Set<String> elements = new LinkedHashSet<>(required);
        receivers
                .values()
                .forEach(viewpoint -> elements.addAll(viewpoint.interest().elements()));
        List<String> sorted = new ArrayList<>(elements);
        List<String> listed = resource.elements();
        sorted.sort(Comparator.comparingInt(
                        (String element) -> listed.contains(element) ? listed.indexOf(element) : listed.size())
                .thenComparing(Comparator.naturalOrder()));
        union = List.copyOf(sorted);
        // What a route that left had asked for comes until the subscription without it is active.
        elements.addAll(carried);
        receivers.replaceAll((receiver, viewpoint) -> viewpoint.among(elements));
    }

    private void tellCurrent(Receiver receiver, Viewpoint viewpoint) {
        rememberCall();
        List<Update> updates = new ArrayList<>();
        if (viewpoint.interest().subscriptionStates()) {
            updates.add(stateUpdate(SubscriptionState.ACTIVE, origin(SUBSCRIPTION_UPDATE, null, null), true));
        }
        Origin origin = origin(resource.messageType(), null, null);
        for (Change change : picture.current()) {
            viewpoint.of(change).ifPresent(view -> updates.add(update(view, change, origin)));
        }
        if (!updates.isEmpty()) {
            receiver.receive(Batch.withoutAcknowledgement(updates));
        }
    }

    private void tellConcluded(List<Change> changes, Acknowledgement acknowledgement) {
        rememberCall();
        News news = new News();
        Origin origin = origin(resource.messageType(), null, null);
        changes.forEach(change -> spread(change, origin, news));
        news.hand(acknowledgement);
    }

    private void tellState(SubscriptionState state, Origin origin, Acknowledgement acknowledgement, boolean synthetic) {
        rememberCall();
        News news = new News();
        receivers.forEach((receiver, viewpoint) -> {
            if (viewpoint.interest().subscriptionStates()) {
                news.add(receiver, stateUpdate(state, origin, synthetic));
            }
        });
        news.hand(acknowledgement);
    }

    private Update stateUpdate(SubscriptionState state, Origin origin, boolean synthetic) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (origin.index() != null) {
            body.put("index", origin.index());
        }
        body.put("state", state.wireName());
        return new Update(
                origin, resource, null, state, call, callName, callCorrelator, null, null, null, null, synthetic, body);
    }

    private void spread(Change change, Origin origin, News news) {
        spread(change, origin, news, receiver -> true);
    }

    private void spread(Change change, Origin origin, News news, Predicate<Receiver> to) {
        learn(change);
        int left = receivers.size();
        for (Map.Entry<Receiver, Viewpoint> entry : receivers.entrySet()) {
            left--;
            Viewpoint viewpoint = entry.getValue();
            // Who waits for a subscription with more elements is told everything once that begins, and nothing before.
            if (viewpoint.toldFrom() <= picture.generation() && to.test(entry.getKey())) {
                // Nobody needs the change's own maps after the last receiver, so that one can have them.
                View view = viewpoint.of(change, left == 0).orElse(null);
                if (view != null) {
                    news.add(entry.getKey(), update(view, change, origin));
                }
            }
        }
        forget(change);
    }

    private void learn(Change change) {
        if (change.sentType() == UpdateType.REMOVE) {
            return;
        }
        if (resource == Resource.CALLS) {
            boolean withIdentity = carried.containsAll(CallDirectory.IDENTITY);
            directory.learn(server, resource, change.key(), change.record(), withIdentity);
        } else if (resource == Resource.CALL_INFO) {
            directory.learn(server, resource, call, change.record(), false);
            rememberCall();
        }
    }

    private void forget(Change change) {
        if (change.sentType() != UpdateType.REMOVE) {
            return;
        }
        if (resource == Resource.CALLS) {
            directory.forget(server, resource, change.key());
        } else if (resource == Resource.CALL_INFO) {
            directory.forget(server, resource, call);
        }
    }

    private Update update(View view, Change change, Origin origin) {
        Conference listed = resource.ofOneCall()
                ? null
                : directory.conferenceOf(server, change.key()).orElse(null);
        return new Update(
                origin,
                resource,
                view.type(),
                null,
                resource.ofOneCall() ? call : change.key(),
                listed == null ? callName : listed.name(),
                listed == null ? callCorrelator : listed.correlator(),
                resource == Resource.CALL_ROSTER ? change.key() : null,
                view.body().get("reason") instanceof String reason ? reason : null,
                view.changedElements(),
                null,
                change.cause() != Cause.RECEIVED,
                view.body());
    }

    private void rememberCall() {
        if (call != null) {
            directory.conferenceOf(server, call).ifPresent(conference -> {
                callName = conference.name() == null ? callName : conference.name();
                callCorrelator = conference.correlator() == null ? callCorrelator : conference.correlator();
            });
        }
    }

    private Origin origin(String messageType, Integer index, Long messageId) {
        return new Origin(server, messageType, index, messageId, System.currentTimeMillis());
    }
}
