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

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.CmsEventsSubscriptionException;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import io.github.cmsevents.camel.internal.status.SubscriptionStatus;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Call Bridge: its subscriptions, and the sockets that they are on. */
public final class CallBridge {

    private static final Logger LOG = LoggerFactory.getLogger(CallBridge.class);

    // How current the status is that other threads read.
    private static final Duration STATUS_EVERY = Duration.ofMillis(100);

    private final ServerAddress address;
    private final EventsTransport transport;
    private final ConnectionOptions options;
    private final EventLoop loop;
    private final InFlight inFlight;
    private final BridgeListener listener;
    private final MessageDecoder decoder;
    private final LoginGate gate;
    private final ServerActivity activity = new ServerActivity();
    private final MessageHandler messages;
    private final SocketPlacement placement;

    private final Map<Want, BridgeSubscription> subscriptions = new LinkedHashMap<>();
    private int lastIndex;
    private boolean publishing;
    private boolean announced;
    /** A trial connection that is under way; null if there is none. */
    private Future<Void> probe;
    /** Read by other threads (health, JMX, console, meters). */
    private volatile ServerStatus status;

    public CallBridge(
            ServerAddress address,
            EventsTransport transport,
            ConnectionOptions options,
            EventLoop loop,
            InFlight inFlight,
            BridgeListener listener) {
        this.address = address;
        this.transport = transport;
        this.options = options;
        this.loop = loop;
        this.inFlight = inFlight;
        this.listener = listener;
        this.decoder = new MessageDecoder(options.maxMessageSize());
        this.gate = new LoginGate(loop, options.refusedLoginDelay());
        this.messages = new MessageHandler(address, options.backOff(), activity, listener, this::statusChanged);
        this.placement = new SocketPlacement(
                options.maxConnectionsPerServer(),
                () -> new BridgeSocket(this, messages, loop, options, gate),
                loop,
                () -> listener.roomMade(this));
        this.status = currentStatus();
    }

    /** As it was a moment ago; from any thread. */
    public ServerStatus status() {
        return status;
    }

    /** As {@code host:port}. */
    public String name() {
        return address.authority();
    }

    /** For a log line. */
    @Override
    public String toString() {
        return "Meeting Server " + address;
    }

    /** How many subscriptions it has, or will have when there is room. */
    public int load() {
        return subscriptions.size();
    }

    /** Whether another subscription finds a place, as far as the server has not refused sockets. */
    public boolean hasRoom() {
        return placement.hasRoom();
    }

    /** Whether the subscription does its work here, or is about to. */
    public boolean serves(BridgeSubscription subscription) {
        return subscription.phase() != SubscriptionPhase.WAITING_FOR_ROOM
                && subscription.phase() != SubscriptionPhase.BACKING_OFF
                && subscription.phase() != SubscriptionPhase.ENDED
                && !subscription.socket().isAway();
    }

    /** Whether the subscription waits for room, here or for a socket that the server refuses. */
    public boolean lacksRoom(BridgeSubscription subscription) {
        return subscription.phase() == SubscriptionPhase.WAITING_FOR_ROOM
                || (subscription.socket() != null && subscription.socket().isRefused());
    }

    /** The subscription to this; null when there is none. */
    public BridgeSubscription subscription(Want want) {
        return subscriptions.get(want);
    }

    /** Subscribes to something for a content. There must be no subscription to it yet. */
    public BridgeSubscription subscribe(Want want, Content content) {
        content.carriedBy(name(), want.call());
        BridgeSubscription subscription = new BridgeSubscription(
                want,
                content,
                loop,
                () -> ++lastIndex,
                changed -> changed.socket().listChanged(),
                messages::pendingTooLong);
        subscriptions.put(want, subscription);
        if (!placement.place(subscription)) {
            reportNoRoom(subscription);
        }
        statusChanged();
        return subscription;
    }

    /** Ends a subscription. Its content is not live any more. */
    public void unsubscribe(BridgeSubscription subscription) {
        if (!subscriptions.remove(subscription.want(), subscription)) {
            return;
        }
        BridgeSocket socket = subscription.socket();
        subscription.end();
        subscription.content().interrupted();
        placement.remove(subscription, socket);
        statusChanged();
    }

    private void reportNoRoom(BridgeSubscription subscription) {
        CmsEventsSubscriptionException noRoom = new CmsEventsSubscriptionException("Meeting Server " + address
                + " has no room for " + subscription.want() + ": all " + options.maxConnectionsPerServer()
                + " sockets (option maxConnectionsPerServer) have " + SubscriptionList.CAPACITY
                + " subscriptions; it waits until another ends");
        if (placement.waiting() == 1) {
            LOG.warn("{}. Further waiting subscriptions are shown by the dev console only", noRoom.getMessage());
        }
        subscription.content().problem(noRoom);
    }

    /**
     * A route began: sockets that were given up are tried again.
     *
     * @param restarted whether a refused login is tried again at once; for each new route that would lock the account
     */
    public void tryAgain(boolean restarted) {
        if (restarted) {
            gate.reopen();
        }
        placement.sockets().forEach(socket -> socket.tryAgain(restarted));
    }

    /** Replaces all sockets now. */
    public void reconnect() {
        LOG.info("Meeting Server {}: reconnecting on request", address);
        gate.reopen();
        placement.sockets().forEach(BridgeSocket::reconnect);
    }

    /** Whether the server can be connected to: tries it unless a socket is open. */
    public Future<Void> probe() {
        if (placement.sockets().stream().anyMatch(BridgeSocket::isOpen)) {
            return Future.succeededFuture();
        }
        if (probe == null) {
            Promise<Void> probed = Promise.promise();
            probe = probed.future();
            probed.future().onComplete(done -> probe = null);
            // A refused login counts for the probe too: another try for every route would get the account locked.
            gate.enter(
                    () -> Future.<Void>future(trial -> logInAndClose().onComplete(trial))
                            .onComplete(trial -> {
                                gate.leave(trial.cause());
                                probed.handle(trial);
                            }),
                    probed::fail);
            return probed.future();
        }
        return probe;
    }

    private Future<Void> logInAndClose() {
        return transport
                .logIn()
                .compose(token -> transport.open(token, new IgnoringListener()))
                .compose(EventsSocket::close);
    }

    /** Ends everything; bounded in time. */
    public Future<Void> close() {
        List<Future<Void>> farewells = new ArrayList<>();
        for (BridgeSocket socket : placement.sockets()) {
            socket.list().members().forEach(member -> {
                socket.list().remove(member);
                member.end();
            });
            farewells.add(socket.close());
        }
        subscriptions.clear();
        return Future.join(farewells).otherwiseEmpty().compose(done -> transport.close());
    }

    // What the sockets say.

    EventsTransport transport() {
        return transport;
    }

    ServerActivity activity() {
        return activity;
    }

    Conversation newConversation(SubscriptionList list, Conversation.Owner owner) {
        return new Conversation(address, list, decoder, options, loop, inFlight, activity, owner);
    }

    CmsEventsConnectionException failure(Reason reason, String what) {
        return new CmsEventsConnectionException(reason, address.authority(), "Meeting Server " + address + " " + what);
    }

    /** A socket was lost or can't be had, and that has to be reported. */
    void interrupted(BridgeSocket socket, CmsEventsConnectionException why, String next) {
        LOG.warn("{}; {}", why.getMessage(), next);
        listener.unreachable(this);
        // Each route once, however many subscriptions on the socket are its own.
        Set<Receiver> routes = new LinkedHashSet<>();
        for (BridgeSubscription subscription : socket.list().members()) {
            routes.addAll(subscription.content().dependents());
            listener.interrupted(subscription);
        }
        routes.forEach(route -> route.problem(why));
        // A socket that is refused now may have subscriptions that another one has room for.
        placement.reviewSoon();
    }

    void closedInGoodOrder(CmsEventsConnectionException why, Duration delay) {
        LOG.info("{}; reconnecting in {}", why.getMessage(), FailedAttempts.inWords(delay));
    }

    void socketLost(BridgeSocket socket) {
        socket.list().members().forEach(listener::interrupted);
        statusChanged();
    }

    /** Everything on a socket's list is confirmed. */
    void connected(boolean afterOutage) {
        if (afterOutage) {
            LOG.info("Meeting Server {} is connected and subscribed again", address);
        } else if (!announced) {
            LOG.info("Meeting Server {} is connected and subscribed", address);
        }
        announced = true;
        placement.reviewSoon();
    }

    /** Makes the status known to other threads in a while: it changes with many a message. */
    void statusChanged() {
        if (!publishing) {
            publishing = true;
            loop.after(STATUS_EVERY, () -> {
                publishing = false;
                status = currentStatus();
            });
        }
    }

    private ServerStatus currentStatus() {
        Map<BridgeSocket, ConnectionStatus> connections = new LinkedHashMap<>();
        placement.sockets().forEach(socket -> connections.put(socket, socket.status()));
        List<SubscriptionStatus> all = new ArrayList<>(subscriptions.size());
        for (BridgeSubscription subscription : subscriptions.values()) {
            all.add(new SubscriptionStatus(
                    subscription.want(),
                    subscription.phase(),
                    subscription.refusals() > 0,
                    connections.get(subscription.socket()),
                    subscription.content().receivers(),
                    subscription.content().known()));
        }
        return new ServerStatus(address, List.copyOf(connections.values()), all, activity);
    }

    /** For a socket that is opened only to see whether that works. */
    private static final class IgnoringListener implements EventsSocket.Listener {
        @Override
        public void received(byte[] text, int length) {
            // Nothing was subscribed to.
        }

        @Override
        public void closed(CmsEventsConnectionException why) {
            // As intended.
        }
    }
}
