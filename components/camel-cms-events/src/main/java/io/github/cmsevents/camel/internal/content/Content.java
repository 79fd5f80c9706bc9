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

import io.github.cmsevents.camel.internal.content.Change.Cause;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The list of calls of one server, or the roster or details of one conference, and the routes that share it. Delivers to each
 * route what is new to it. The content of a conference outlives its subscription: when the subscription moves to another
 * server, routes receive only what differs there.
 */
public final class Content {

    private final Resource resource;
    private final Conference conference;
    private final ConferenceIndex index;
    private final LongSupplier clock;
    private final Picture picture;
    private final UpdateBuilder builder;
    private final Map<Receiver, RouteView> views = new LinkedHashMap<>();
    private final List<ConferenceRecords> records = new ArrayList<>(0);
    /** Elements that the index needs, whether a route receives them or not. */
    private Set<String> required = Set.of();

    private Set<Receiver> requiredBy = Set.of();
    private List<String> elements = List.of();
    /** The elements of the subscription that became active last. */
    private Set<String> carried = Set.of();

    private boolean live;
    /** The Call Bridge that carries it, or carried it last, as {@code host:port}. */
    private String server;

    /** The call's GUID on that server; null for a list of calls. */
    private String call;
    /** The key of the one record of a call's details; stays when another server carries it. */
    private String detailsKey;

    private Content(
            Resource resource, Conference conference, ConferenceIndex index, LongSupplier clock, String server) {
        this.resource = resource;
        this.conference = conference;
        this.index = index;
        this.clock = clock;
        this.picture = new Picture(resource);
        this.builder = new UpdateBuilder(resource, conference, index);
        this.server = server;
    }

    /** A server's list of calls, which fills the index. */
    public static Content ofCalls(String server, ConferenceIndex index, LongSupplier clock) {
        return new Content(Resource.CALLS, null, index, clock, server);
    }

    /** The roster or the details of a conference. */
    public static Content of(Conference conference, Resource resource, ConferenceIndex index, LongSupplier clock) {
        return new Content(resource, conference, index, clock, null);
    }

    /** This server carries it from now on, under this GUID. */
    public void carriedBy(String bridge, String guid) {
        server = bridge;
        call = guid;
        detailsKey = picture.size() == 0 ? guid : detailsKey;
    }

    /** Null for a list of calls. */
    public Conference conference() {
        return conference;
    }

    public String server() {
        return server;
    }

    /** Whether the server sends these elements now. */
    public boolean carries(Set<String> wanted) {
        return live && carried.containsAll(wanted);
    }

    /** Whether no route needs it. */
    public boolean isUnused() {
        return views.isEmpty() && records.isEmpty() && required.isEmpty();
    }

    /** Every element that a route needs, in the guide's order, so that equal sets are equal lists. */
    public List<String> elements() {
        return elements;
    }

    /** How many routes receive from it. */
    public int receivers() {
        return views.size() + records.size();
    }

    /** How many calls or participants are known. */
    public int known() {
        return picture.size();
    }

    /** How many of them the server has not sent again since the subscription became active. */
    public int unconfirmed() {
        return live ? picture.unconfirmed() : 0;
    }

    /** Every route that depends on it. */
    public Set<Receiver> dependents() {
        Set<Receiver> dependents = new LinkedHashSet<>(views.keySet());
        records.forEach(each -> dependents.add(each.receiver()));
        dependents.addAll(requiredBy);
        return dependents;
    }

    /** Also subscribe to these elements, whether a route receives them or not; an empty set ends that. */
    public void require(Set<String> needed, Set<Receiver> by) {
        required = Set.copyOf(needed);
        requiredBy = Set.copyOf(by);
        reviewElements();
    }

    /** A route begins to receive: the current content at once if its elements are subscribed, or else with the next snapshot. */
    public void add(Receiver receiver, Interest interest) {
        views.put(receiver, new RouteView(resource, interest, Set.of(), picture.generation() + 1));
        reviewElements();
        if (carries(interest.elements())) {
            deliverCurrent(receiver);
        }
    }

    /** A route begins to receive one record for each conference. */
    public void add(ConferenceRecords projection) {
        records.add(projection);
        reviewElements();
        if (live && projection.seesSubscriptionStates()) {
            projection
                    .receiver()
                    .receive(Batch.withoutAcknowledgement(List.of(stateUpdate(SubscriptionState.ACTIVE, null))));
        }
    }

    /** A route receives nothing more. */
    public void remove(Receiver receiver) {
        views.remove(receiver);
        records.removeIf(each -> each.receiver() == receiver);
        reviewElements();
    }

    /** A route no longer follows this conference: it receives removals of all records. */
    public void removeAndDeliver(Receiver receiver) {
        RouteView view = views.get(receiver);
        if (view != null && view.from() <= picture.generation()) {
            deliver(receiver, picture.asRemoved(Cause.NOT_FOLLOWED), view);
        }
        remove(receiver);
    }

    /** The subscription with these elements became active: a snapshot follows. */
    public void begin(Collection<String> subscribed, Acknowledgement acknowledgement) {
        live = true;
        carried = Set.copyOf(subscribed);
        picture.beginGeneration(subscribed);
        reviewElements();
        deliverState(SubscriptionState.ACTIVE, acknowledgement);
    }

    /** The server reported a state other than active. */
    public void stateReceived(SubscriptionState state, Acknowledgement acknowledgement) {
        if (state == SubscriptionState.DEACTIVATED) {
            interrupt();
        }
        deliverState(state, acknowledgement);
    }

    /**
     * The server sent content.
     *
     * @return how many rows were ignored: their call or participant was removed before or never added
     */
    public int received(ContentUpdate message, Acknowledgement acknowledgement) {
        Deliveries deliveries = new Deliveries();
        Origin origin = new Origin(server, resource.messageType(), acknowledgement.receivedAt());
        int ignored = 0;
        for (Row row : message.rows()) {
            Optional<Change> change = picture.apply(resource == Resource.CALL_INFO ? detailsKey : row.key(), row);
            change.ifPresent(each -> spread(each, origin, deliveries, receiver -> true));
            ignored += change.isPresent() ? 0 : 1;
        }
        deliveries.hand(acknowledgement);
        return ignored;
    }

    /** The snapshot is complete: what the server did not send again is removed. */
    public void snapshotComplete() {
        spread(picture.dropUnconfirmed(), null, receiver -> true);
    }

    /** The call has ended: all records are removed. */
    public void callEnded(Acknowledgement acknowledgement) {
        spread(picture.dropAll(), acknowledgement, receiver -> true);
    }

    /** The conference became part of another one: what that one's content has too is not removed. */
    public void mergedInto(Content other) {
        for (Change change : picture.dropAll()) {
            boolean goesOn = other.picture.knows(change.key());
            spread(List.of(change), null, receiver -> !goesOn || !other.views.containsKey(receiver));
        }
    }

    /** The server refused more elements: routes that wait for them receive the current content without them. */
    public void acceptFewerElements() {
        Origin origin = new Origin(server, resource.messageType(), clock.getAsLong());
        for (ConferenceRecords projection : records) {
            projection.acceptFewerElements(server);
            index.callsOn(server).forEach(each -> review(each.conference(), projection, origin, each.guid()));
        }
        for (Map.Entry<Receiver, RouteView> entry : List.copyOf(views.entrySet())) {
            if (entry.getValue().from() > picture.generation()) {
                deliverCurrent(entry.getKey());
            }
        }
    }

    /** The socket was lost, or the subscription ended without a message of the server. */
    public void interrupted() {
        if (live) {
            interrupt();
            deliverState(SubscriptionState.DEACTIVATED, null);
        }
    }

    /** Something keeps updates from coming. */
    public void problem(Exception problem) {
        dependents().forEach(receiver -> receiver.problem(problem));
    }

    /** A conference may have changed without a message. */
    public static void review(Conference changed, ConferenceRecords projection, Origin origin, String call) {
        Deliveries deliveries = new Deliveries();
        projection
                .review(changed, origin, call, null, true)
                .forEach(update -> deliveries.add(projection.receiver(), update));
        deliveries.hand(null);
    }

    private void interrupt() {
        live = false;
        if (resource == Resource.CALLS) {
            index.outdate(server);
        }
    }

    private void reviewElements() {
        Set<String> union = new LinkedHashSet<>(required);
        views.values().forEach(view -> union.addAll(view.interest().elements()));
        records.forEach(each -> union.addAll(each.needed()));
        List<String> listed = resource.elements();
        elements = union.stream()
                .sorted(Comparator.comparingInt(
                                (String element) -> listed.contains(element) ? listed.indexOf(element) : listed.size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        // The server sends the elements of a route that left until the subscription without them is active.
        union.addAll(carried);
        views.replaceAll((receiver, view) -> view.among(union));
    }

    private void deliverCurrent(Receiver receiver) {
        RouteView view = views.get(receiver).from(picture.generation());
        views.put(receiver, view);
        if (view.interest().subscriptionStates()) {
            receiver.receive(Batch.withoutAcknowledgement(List.of(stateUpdate(SubscriptionState.ACTIVE, null))));
        }
        deliver(receiver, picture.current(), view);
    }

    private void deliver(Receiver receiver, List<Change> changes, RouteView view) {
        Deliveries deliveries = new Deliveries();
        Origin origin = new Origin(server, resource.messageType(), clock.getAsLong());
        for (Change change : changes) {
            view.of(change).ifPresent(seen -> deliveries.add(receiver, builder.ofContent(seen, change, origin, call)));
        }
        deliveries.hand(null);
    }

    private void deliverState(SubscriptionState state, Acknowledgement acknowledgement) {
        Deliveries deliveries = new Deliveries();
        Update update = stateUpdate(state, acknowledgement);
        views.forEach((receiver, view) -> {
            if (view.interest().subscriptionStates()) {
                deliveries.add(receiver, update.withOwnBody());
            }
        });
        records.stream()
                .filter(ConferenceRecords::seesSubscriptionStates)
                .forEach(each -> deliveries.add(each.receiver(), update.withOwnBody()));
        deliveries.hand(acknowledgement);
    }

    private void spread(List<Change> changes, Acknowledgement acknowledgement, Predicate<Receiver> to) {
        Deliveries deliveries = new Deliveries();
        Origin origin = new Origin(server, resource.messageType(), clock.getAsLong());
        changes.forEach(change -> spread(change, origin, deliveries, to));
        deliveries.hand(acknowledgement);
    }

    private void spread(Change change, Origin origin, Deliveries deliveries, Predicate<Receiver> to) {
        boolean removal = change.sentType() == UpdateType.REMOVE;
        List<Conference> concerned = removal ? List.of() : learn(change);
        views.forEach((receiver, view) -> {
            // A route that waits for a subscription with more elements receives everything once that is active.
            if (view.from() <= picture.generation() && to.test(receiver)) {
                view.of(change)
                        .ifPresent(seen -> deliveries.add(receiver, builder.ofContent(seen, change, origin, call)));
            }
        });
        if (removal && resource == Resource.CALLS) {
            concerned = index.unlisted(server, change.key()).map(List::of).orElse(List.of());
        }
        String reason = removal && change.sent().get("reason") instanceof String text ? text : null;
        for (Conference each : concerned) {
            records.forEach(projection -> projection
                    .review(each, origin, change.key(), reason, change.isSynthetic())
                    .forEach(update -> deliveries.add(projection.receiver(), update)));
        }
    }

    private List<Conference> learn(Change change) {
        if (resource == Resource.CALLS) {
            boolean added = change.sentType() == UpdateType.ADD;
            if (!added && change.knownSince() < picture.generation()) {
                // Only an add confirms that the server still lists the call.
                return List.of();
            }
            Set<String> known = added ? carried : index.elementsOf(server, change.key());
            return index.listed(server, change.key(), change.record(), known);
        }
        if (resource == Resource.CALL_INFO) {
            conference.learn(text(change, "name"), text(change, "callCorrelator"));
        }
        return List.of();
    }

    private static String text(Change change, String element) {
        return change.record().get(element) instanceof String text && !text.isBlank() ? text : null;
    }

    private Update stateUpdate(SubscriptionState state, Acknowledgement acknowledgement) {
        long at = acknowledgement == null ? clock.getAsLong() : acknowledgement.receivedAt();
        return builder.ofState(state, server, call, at, acknowledgement == null);
    }
}
