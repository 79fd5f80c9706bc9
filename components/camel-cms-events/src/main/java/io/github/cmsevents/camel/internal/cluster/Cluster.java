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

import io.github.cmsevents.camel.internal.bridge.CallBridge;
import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.bridge.InFlight;
import io.github.cmsevents.camel.internal.content.Conference;
import io.github.cmsevents.camel.internal.content.ConferenceIndex;
import io.github.cmsevents.camel.internal.content.ConferenceRecords;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Origin;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The Call Bridges that routes get their updates from. Everything in it lives on one event loop. */
final class Cluster {

    // How current the number of followed calls in the status is.
    private static final Duration PUBLISH_EVERY = Duration.ofMillis(100);

    // How many conferences to review before others have a turn of the event loop.
    private static final int SLICE = 16;

    private final EventLoop loop;
    private final Supplier<Future<Void>> whenClosed;
    /** By name, in the order in which they are configured. */
    private final Map<String, CallBridge> bridges = new LinkedHashMap<>();

    private final ConferenceIndex index;
    private final CallLists callLists;
    private final ConferenceSubscriptions subscriptions;
    private final Following following;
    private final StalledRoutes stalledRoutes;
    private final Map<Receiver, Topic> topics = new HashMap<>();
    /** The names of routes that have left: one that comes back was restarted. */
    private final Set<String> detached = new HashSet<>();

    private final Map<Receiver, ConferenceRecords> records = new HashMap<>();
    private final Set<Conference> toReview = new LinkedHashSet<>();
    private boolean reviewing;
    private boolean publishing;
    private boolean closing;
    /** Read by other threads (health, JMX, console, meters). */
    private volatile Map<Receiver, FollowingStatus> followed = Map.of();

    /**
     * @param transports in the order in which the servers rank
     * @param whenClosed run when the sockets are closed
     */
    Cluster(
            Map<ServerAddress, EventsTransport> transports,
            ConnectionOptions options,
            EventLoop loop,
            Supplier<Future<Void>> whenClosed) {
        this.loop = loop;
        this.whenClosed = whenClosed;
        List<String> names =
                transports.keySet().stream().map(ServerAddress::authority).toList();
        index = new ConferenceIndex(names, this::reviewSoon);
        FirstLists firstLists = new FirstLists(loop, this::reviewAll);
        subscriptions = new ConferenceSubscriptions(bridges, index, firstLists, this::reviewSoon, options, loop);
        InFlight inFlight = new InFlight(options.maxMessageSize());
        transports.forEach((address, transport) -> bridges.put(
                address.authority(), new CallBridge(address, transport, options, loop, inFlight, subscriptions)));
        callLists = new CallLists(bridges.values(), index, loop);
        following = new Following(names, index, subscriptions, callLists, firstLists);
        stalledRoutes = new StalledRoutes(loop, options.stalledRouteTimeout(), topics.keySet());
    }

    /** The receiver receives updates from now on. */
    void attach(Topic topic, Receiver receiver, Interest interest) {
        onEventLoop(() -> {
            topics.put(receiver, topic);
            stalledRoutes.watch();
            boolean restarted = detached.remove(receiver.name());
            bridges.values().forEach(bridge -> bridge.tryAgain(restarted));
            if (topic instanceof Topic.InCalls inCalls) {
                following.attach(inCalls, receiver, interest);
                reviewAll();
            } else if (topic instanceof Topic.Conferences) {
                ConferenceRecords projection = new ConferenceRecords(receiver, interest);
                records.put(receiver, projection);
                callLists.attach(projection);
                index.conferences().forEach(conference -> review(conference, projection));
            } else {
                callLists.attach(receiver, interest);
            }
            return Future.succeededFuture();
        });
    }

    /** The receiver receives nothing more once the result completes. */
    Future<Void> detach(Receiver receiver) {
        return onEventLoop(() -> {
            Topic topic = topics.remove(receiver);
            detached.add(receiver.name());
            if (topic instanceof Topic.InCalls) {
                Promise<Void> left = Promise.promise();
                inSlices(following.detach(receiver), () -> {
                    publishSoon();
                    left.complete();
                });
                return left.future();
            }
            if (topic != null) {
                records.remove(receiver);
                callLists.detach(receiver);
            }
            return Future.succeededFuture();
        });
    }

    private void inSlices(Iterator<Runnable> work, Runnable done) {
        for (int i = 0; i < SLICE && work.hasNext(); i++) {
            work.next().run();
        }
        if (work.hasNext()) {
            loop.run(() -> inSlices(work, done));
        } else {
            done.run();
        }
    }

    private void reviewAll() {
        toReview.addAll(index.conferences());
        reviewSoon();
    }

    private void reviewSoon(Conference conference) {
        toReview.add(conference);
        reviewSoon();
    }

    /** One message can concern many conferences, so they are reviewed together. */
    private void reviewSoon() {
        if (!reviewing) {
            reviewing = true;
            loop.run(this::review);
        }
    }

    private void review() {
        reviewing = false;
        if (closing) {
            // Sockets close one after the other, and nothing may move to one that is still open.
            return;
        }
        toReview.addAll(index.takeChanged());
        Iterator<Conference> next = toReview.iterator();
        // Taken out first: a review can ask for another one.
        List<Conference> slice = new ArrayList<>(SLICE);
        for (int i = 0; i < SLICE && next.hasNext(); i++) {
            slice.add(next.next());
            next.remove();
        }
        for (Conference conference : slice) {
            subscriptions.review(conference);
            following.review(conference);
            records.values().forEach(projection -> review(conference, projection));
        }
        if (!toReview.isEmpty()) {
            reviewSoon();
        }
        publishSoon();
    }

    /** A list that was interrupted or has come back changes what counts of a conference. */
    private void review(Conference conference, ConferenceRecords projection) {
        if (!conference.calls().isEmpty()) {
            String server = conference.calls().get(0).server();
            Origin origin = new Origin(server, Resource.CALLS.messageType(), loop.millis());
            Content.review(
                    conference, projection, origin, conference.calls().get(0).guid());
        }
    }

    private void publishSoon() {
        if (!publishing) {
            publishing = true;
            loop.after(PUBLISH_EVERY, () -> {
                publishing = false;
                followed = following.status();
            });
        }
    }

    /** What a receiver follows, as it was a moment ago; from any thread. */
    FollowingStatus following(Receiver receiver) {
        return followed.getOrDefault(receiver, FollowingStatus.NOTHING);
    }

    /** Whether any server can be connected to; if not, why one of them can't. */
    Future<Void> probe() {
        return onEventLoop(() -> Future.any(
                        bridges.values().stream().map(CallBridge::probe).toList())
                .mapEmpty());
    }

    /** Replaces all sockets now. */
    void reconnect() {
        onEventLoop(() -> {
            bridges.values().forEach(CallBridge::reconnect);
            return Future.succeededFuture();
        });
    }

    /** Every server, as it was a moment ago; from any thread. */
    List<ServerStatus> status() {
        return bridges.values().stream().map(CallBridge::status).toList();
    }

    /** Ends everything, whatever it is doing; bounded in time. */
    Future<Void> close() {
        return onEventLoop(() -> {
            closing = true;
            return Future.join(bridges.values().stream().map(CallBridge::close).toList())
                    .otherwiseEmpty()
                    .compose(done -> whenClosed.get());
        });
    }

    private Future<Void> onEventLoop(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        // What the action throws becomes a failure: a caller may wait for it.
        boolean runs = loop.run(() ->
                Future.<Void>future(trial -> action.get().onComplete(trial)).onComplete(done));
        if (!runs) {
            // A user's Vertx that is closed already: everything that was on its event loop is gone.
            done.complete();
        }
        return done.future();
    }
}
