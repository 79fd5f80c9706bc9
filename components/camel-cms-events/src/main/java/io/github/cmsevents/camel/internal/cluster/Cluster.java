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

import io.github.cmsevents.camel.internal.bridge.MeetingServer;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.github.cmsevents.camel.internal.transport.VertxEventsTransport;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The Call Bridges that routes get their updates from. A verticle, so that everything it has lives on one event loop of
 * its own, and nothing of it is left when it is undeployed.
 */
final class Cluster extends AbstractVerticle {

    // How current the number of followed calls in the status is.
    private static final long PUBLISH_EVERY_MILLIS = 100;

    // How many conferences to deal with before others have a turn of the event loop.
    private static final int SLICE = 16;

    private final ClusterSpec spec;
    private final Map<ServerAddress, EventsTransport> transports;
    /** By name, in the order in which they are configured. */
    private final Map<String, MeetingServer> servers = new LinkedHashMap<>();

    private CallDirectory directory;
    private CallLists callLists;
    private ConferenceFeeds conferenceFeeds;
    private Following following;
    private final Map<Receiver, Topic> topics = new HashMap<>();
    private final Map<Receiver, ConferenceReceivers> conferenceReceivers = new HashMap<>();
    /** Receivers that follow nothing more, but are not detached from everything yet. */
    private final Map<Receiver, Future<Void>> leaving = new HashMap<>();

    private final Set<Conference> toReview = new LinkedHashSet<>();
    private boolean reviewing;
    private boolean publishing;
    private boolean closing;
    /** For whoever looks from another thread. */
    private volatile List<MeetingServer> started = List.of();

    private volatile Map<Receiver, FollowingStatus> followed = Map.of();

    private Cluster(ClusterSpec spec, Map<ServerAddress, EventsTransport> transports) {
        this.spec = spec;
        this.transports = transports;
    }

    static Future<Cluster> deploy(Vertx vertx, ClusterSpec spec) {
        // Here, since making clients for many servers would hold up the event loop.
        Map<ServerAddress, EventsTransport> transports = new LinkedHashMap<>();
        for (ServerAddress address : spec.servers()) {
            transports.put(
                    address,
                    new VertxEventsTransport(
                            vertx,
                            address,
                            spec.credentials(),
                            spec.tls(),
                            true,
                            spec.clientOptions(),
                            spec.options().connectTimeout(),
                            spec.options().maxMessageSize()));
        }
        Cluster cluster = new Cluster(spec, transports);
        return vertx.deployVerticle(cluster).map(cluster);
    }

    ClusterSpec spec() {
        return spec;
    }

    @Override
    public void start() {
        List<String> names =
                spec.servers().stream().map(ServerAddress::authority).toList();
        directory = new CallDirectory(names, this::reviewSoon);
        FirstLists firstLists = new FirstLists(vertx, this::reviewAll);
        conferenceFeeds = new ConferenceFeeds(servers, directory, firstLists, this::reviewSoon, spec.options(), vertx);
        transports.forEach((address, transport) -> servers.put(
                address.authority(),
                new MeetingServer(address, transport, spec.options(), vertx, context, conferenceFeeds)));
        callLists = new CallLists(servers.values(), directory);
        following = new Following(names, directory, conferenceFeeds, callLists, firstLists);
        started = List.copyOf(servers.values());
    }

    /** Tells the receiver of something from now on. */
    void attach(Topic topic, Receiver receiver, Interest interest) {
        onEventLoop(
                () -> leaving.getOrDefault(receiver, Future.succeededFuture()).onSuccess(left -> {
                    topics.put(receiver, topic);
                    servers.values().forEach(MeetingServer::tryAgain);
                    if (topic instanceof Topic.InCalls inCalls) {
                        following.attach(inCalls, receiver, interest);
                        toReview.addAll(directory.conferences());
                        reviewSoon();
                    } else if (topic instanceof Topic.Conferences) {
                        ConferenceReceivers receivers =
                                new ConferenceReceivers(List.copyOf(servers.keySet()), directory, receiver, interest);
                        conferenceReceivers.put(receiver, receivers);
                        callLists.attach(receiver, receivers::of, receivers.interestInCalls());
                    } else {
                        callLists.attach(receiver, server -> receiver, interest);
                    }
                }));
    }

    /** Tells the receiver of something no more. When the answer completes, it has been told the last. */
    Future<Void> detach(Receiver receiver) {
        // Behind an attach that waits until it has left.
        return onEventLoop(
                () -> leaving.getOrDefault(receiver, Future.succeededFuture()).compose(left -> leave(receiver)));
    }

    private Future<Void> leave(Receiver receiver) {
        Topic topic = topics.remove(receiver);
        if (topic instanceof Topic.InCalls) {
            Promise<Void> left = Promise.promise();
            leaving.put(receiver, left.future());
            inSlices(following.detach(receiver), () -> {
                leaving.remove(receiver);
                publishSoon();
                left.complete();
            });
            return left.future();
        }
        if (topic != null) {
            conferenceReceivers.remove(receiver);
            callLists.detach(receiver);
        }
        return Future.succeededFuture();
    }

    private void inSlices(Iterator<Runnable> work, Runnable done) {
        for (int i = 0; i < SLICE && work.hasNext(); i++) {
            work.next().run();
        }
        if (work.hasNext()) {
            context.runOnContext(turn -> inSlices(work, done));
        } else {
            done.run();
        }
    }

    private void reviewAll() {
        toReview.addAll(directory.conferences());
        reviewSoon();
    }

    private void reviewSoon(Conference conference) {
        toReview.add(conference);
        reviewSoon();
    }

    /** Many things come in one message, so they are looked at together. */
    private void reviewSoon() {
        if (!reviewing) {
            reviewing = true;
            context.runOnContext(turn -> review());
        }
    }

    private void review() {
        reviewing = false;
        if (closing) {
            // Sockets are closed one after the other, and nothing is to move to one that is still open.
            return;
        }
        toReview.addAll(directory.takeChanged());
        Iterator<Conference> next = toReview.iterator();
        // Taken out first: what a review brings up is to be reviewed again.
        List<Conference> slice = new ArrayList<>(SLICE);
        for (int i = 0; i < SLICE && next.hasNext(); i++) {
            slice.add(next.next());
            next.remove();
        }
        for (Conference conference : slice) {
            conferenceFeeds.review(conference);
            following.review(conference);
            conferenceReceivers.values().forEach(receivers -> receivers.review(conference));
        }
        if (!toReview.isEmpty()) {
            reviewSoon();
        }
        publishSoon();
    }

    /** What is followed changes with many a message, so it is not made known with each. */
    private void publishSoon() {
        if (!publishing) {
            publishing = true;
            vertx.setTimer(PUBLISH_EVERY_MILLIS, timer -> {
                publishing = false;
                followed = following.status();
            });
        }
    }

    /** What a receiver follows, as it was a moment ago. May be called from any thread. */
    FollowingStatus following(Receiver receiver) {
        return followed.getOrDefault(receiver, FollowingStatus.NOTHING);
    }

    /** Whether any server can be connected to; if not, why one of them can't. */
    Future<Void> probe() {
        return onEventLoop(() -> Future.any(
                        servers.values().stream().map(MeetingServer::probe).toList())
                .mapEmpty());
    }

    /** Gives up all sockets, and makes new ones for what is wanted. */
    void reconnect() {
        onEventLoop(() -> {
            servers.values().forEach(MeetingServer::reconnect);
            return Future.succeededFuture();
        });
    }

    /** Every server, as it was a moment ago. May be called from any thread. */
    List<ServerStatus> status() {
        return started.stream().map(MeetingServer::status).toList();
    }

    /** Ends everything, whatever it is doing; bounded in time. */
    Future<Void> close() {
        return onEventLoop(() -> {
            closing = true;
            return Future.join(
                            servers.values().stream().map(MeetingServer::close).toList())
                    .otherwiseEmpty()
                    .compose(done -> vertx.undeploy(deploymentID()));
        });
    }

    private Future<Void> onEventLoop(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        try {
            // What the action throws becomes a failure: somebody may wait for it.
            context.runOnContext(hop ->
                    Future.<Void>future(trial -> action.get().onComplete(trial)).onComplete(done));
        } catch (RejectedExecutionException e) {
            // A user's Vertx that is closed already: the event loop is gone, and everything that was on it.
            done.complete();
        }
        return done.future();
    }
}
