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
import io.github.cmsevents.camel.internal.bridge.BridgeSubscription.Meaning;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.IndexState;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final SubscriptionOwner subscriptionOwner = new SubscriptionOwner();

    private final Map<Want, BridgeSubscription> subscriptions = new LinkedHashMap<>();
    private final List<BridgeSocket> sockets = new ArrayList<>();
    private final Set<BridgeSubscription> waitingForRoom = new LinkedHashSet<>();
    private int lastIndex;
    private boolean publishing;
    private boolean announced;
    private boolean roomPending;
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

    /** How many subscriptions it has, or will have when there is room. */
    public int load() {
        return subscriptions.size();
    }

    /** Whether another subscription finds a place, as far as the server has not refused sockets. */
    public boolean hasRoom() {
        boolean away = sockets.stream().anyMatch(BridgeSocket::isAway);
        return (!away && sockets.size() < options.maxConnectionsPerServer())
                || sockets.stream()
                        .anyMatch(socket -> !socket.isAway() && !socket.list().isFull());
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
        BridgeSubscription subscription =
                new BridgeSubscription(want, content, loop, () -> ++lastIndex, subscriptionOwner);
        subscriptions.put(want, subscription);
        place(subscription);
        statusChanged();
        return subscription;
    }

    /** Ends a subscription. Its content is not live any more. */
    public void unsubscribe(BridgeSubscription subscription) {
        if (!subscriptions.remove(subscription.want(), subscription)) {
            return;
        }
        BridgeSocket socket = subscription.socket();
        waitingForRoom.remove(subscription);
        subscription.end();
        subscription.content().interrupted();
        if (socket != null) {
            socket.list().remove(subscription);
            socket.listChanged();
            roomMadeSoon();
        }
        statusChanged();
    }

    /** A route began or was restarted. */
    public void tryAgain() {
        gate.reopen();
        sockets.forEach(BridgeSocket::tryAgain);
    }

    /** Replaces all sockets now. */
    public void reconnect() {
        LOG.info("Meeting Server {}: reconnecting on request", address);
        gate.reopen();
        List.copyOf(sockets).forEach(BridgeSocket::reconnect);
    }

    /** Whether the server can be connected to: tries it unless a socket is open. */
    public Future<Void> probe() {
        if (sockets.stream().anyMatch(BridgeSocket::isOpen)) {
            return Future.succeededFuture();
        }
        if (gate.refusal() != null) {
            // Another try for every route would get the account locked.
            return Future.failedFuture(gate.refusal());
        }
        if (probe == null) {
            Promise<Void> probed = Promise.promise();
            probe = probed.future();
            gate.enter(() -> Future.<Void>future(trial -> logInAndClose().onComplete(trial))
                    .onComplete(trial -> {
                        probe = null;
                        gate.leave(trial.cause());
                        probed.handle(trial);
                    }));
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
        for (BridgeSocket socket : sockets) {
            socket.list().members().forEach(member -> {
                socket.list().remove(member);
                member.end();
            });
            farewells.add(socket.close());
        }
        subscriptions.clear();
        return Future.join(farewells).otherwiseEmpty().compose(done -> transport.close());
    }

    // Placement: the first socket with room, so that subscriptions do not move without need and few sockets are taken.

    private void place(BridgeSubscription subscription) {
        Optional<BridgeSocket> free = socketWithRoom();
        if (free.isEmpty()) {
            awaitRoom(subscription);
            return;
        }
        waitingForRoom.remove(subscription);
        subscription.place(free.get());
        free.get().list().add(subscription);
        free.get().listChanged();
    }

    /** A socket that can be had, before one that can't: a subscription there waits, and moves when there is room elsewhere. */
    private Optional<BridgeSocket> socketWithRoom() {
        Optional<BridgeSocket> open = sockets.stream()
                .filter(socket -> !socket.isAway() && !socket.list().isFull())
                .findFirst();
        if (open.isPresent()) {
            return open;
        }
        if (sockets.size() < options.maxConnectionsPerServer()
                && (sockets.stream().noneMatch(BridgeSocket::isAway)
                        || sockets.stream().allMatch(socket -> socket.list().isFull()))) {
            BridgeSocket another = new BridgeSocket(this, loop, options, gate);
            sockets.add(another);
            return Optional.of(another);
        }
        return sockets.stream().filter(socket -> !socket.list().isFull()).findFirst();
    }

    private void awaitRoom(BridgeSubscription subscription) {
        boolean first = waitingForRoom.isEmpty();
        if (waitingForRoom.add(subscription)) {
            CmsEventsSubscriptionException noRoom = new CmsEventsSubscriptionException("Meeting Server " + address
                    + " has no room for " + subscription.want() + ": all " + options.maxConnectionsPerServer()
                    + " sockets (option maxConnectionsPerServer) have " + SubscriptionList.CAPACITY
                    + " subscriptions; it waits until another ends");
            if (first) {
                LOG.warn("{}. Further waiting subscriptions are shown by the dev console only", noRoom.getMessage());
            }
            subscription.content().problem(noRoom);
        }
    }

    private void roomMadeSoon() {
        if (!roomPending) {
            roomPending = true;
            loop.run(() -> {
                roomPending = false;
                for (Iterator<BridgeSubscription> next =
                                List.copyOf(firstWaiting()).iterator();
                        next.hasNext() && hasRoom(); ) {
                    place(next.next());
                }
                moveRefused();
                if (hasRoom()) {
                    listener.roomMade(this);
                }
            });
        }
    }

    /** No more than can find room at once: what waits can be many. */
    private List<BridgeSubscription> firstWaiting() {
        return waitingForRoom.stream().limit(SubscriptionList.CAPACITY).toList();
    }

    /** Moves what waits for a socket that the server refuses to open sockets, as far as there is room. */
    private void moveRefused() {
        for (BridgeSocket refused : sockets) {
            if (refused.isRefused()) {
                for (BridgeSubscription subscription : refused.list().members()) {
                    sockets.stream()
                            .filter(socket -> socket.isOpen() && !socket.list().isFull())
                            .findFirst()
                            .ifPresent(open -> move(subscription, refused, open));
                }
            }
        }
    }

    private static void move(BridgeSubscription subscription, BridgeSocket from, BridgeSocket to) {
        from.list().remove(subscription);
        subscription.place(to);
        to.list().add(subscription);
        from.listChanged();
        to.listChanged();
    }

    // What the sockets say.

    EventsTransport transport() {
        return transport;
    }

    ServerActivity activity() {
        return activity;
    }

    Conversation newConversation(SubscriptionList list, Conversation.Owner owner) {
        return new Conversation(address.toString(), list, decoder, options, loop, inFlight, activity, owner);
    }

    CmsEventsConnectionException failure(Reason reason, String what) {
        return new CmsEventsConnectionException(reason, "Meeting Server " + address + " " + what);
    }

    void received(BridgeSocket socket, Acknowledgeable message, Acknowledgement acknowledgement) {
        if (message instanceof ContentUpdate content) {
            contentReceived(socket, content, acknowledgement);
        } else if (message instanceof StateUpdate states) {
            states.states().forEach(said -> stateReceived(socket, said, acknowledgement));
        }
    }

    private void stateReceived(BridgeSocket socket, IndexState said, Acknowledgement acknowledgement) {
        BridgeSubscription subscription = socket.list().withIndex(said.index());
        LOG.debug("Meeting Server {}: index {} ({}) is {}", address, said.index(), subscription, said.state());
        if (subscription == null) {
            return;
        }
        switch (subscription.stateReceived(said.index(), said.state(), acknowledgement)) {
            case ACTIVE -> activated(socket, subscription, said.index());
            case DEACTIVATED -> deactivated(subscription, acknowledgement);
            case PENDING -> statusChanged();
            case NOTHING -> {}
        }
    }

    private void activated(BridgeSocket socket, BridgeSubscription subscription, int index) {
        socket.list().forgetEarlierIndexes(subscription, index);
        if (subscription.phase() == SubscriptionPhase.SNAPSHOT) {
            socket.snapshotBegins();
        }
        statusChanged();
        listener.activated(subscription);
    }

    private void deactivated(BridgeSubscription subscription, Acknowledgement acknowledgement) {
        boolean wasActive = subscription.isActive();
        listener.turnedDown(subscription, wasActive, acknowledgement);
        if (subscription.phase() != SubscriptionPhase.ENDED) {
            subscription.content().stateReceived(SubscriptionState.DEACTIVATED, acknowledgement);
            if (subscription.want().resource().ofOneCall()) {
                retryLater(subscription);
            } else {
                reportTurnedDown(subscription, "deactivated the subscription to " + subscription.want());
            }
        }
    }

    private void contentReceived(BridgeSocket socket, ContentUpdate message, Acknowledgement acknowledgement) {
        BridgeSubscription subscription = socket.list().withIndex(message.subscriptionIndex());
        if (subscription == null || !subscription.carries(message.subscriptionIndex())) {
            // Sent before the server knew that the subscription was dropped: no violation.
            LOG.debug("Meeting Server {}: content for the dropped index {}", address, message.subscriptionIndex());
            return;
        }
        Want want = subscription.want();
        if (want.resource() != message.resource()) {
            violated(
                    ProtocolViolation.WRONG_CONTENT,
                    message.resource().messageType() + " for a subscription to "
                            + want.resource().wireName());
            return;
        }
        if (subscription.contentReceived(message.subscriptionIndex(), acknowledgement) == Meaning.ACTIVE) {
            violated(ProtocolViolation.EARLY_CONTENT, "content before saying that the subscription is active");
            activated(socket, subscription, message.subscriptionIndex());
        }
        activity.updatesReceived(message.rows().size());
        Content content = subscription.content();
        int known = content.known();
        int unconfirmed = content.unconfirmed();
        int ignored = content.received(message, acknowledgement);
        for (int i = 0; i < ignored; i++) {
            violated(ProtocolViolation.LATE_UPDATE, "an update of something that it had removed or never added");
        }
        if (content.unconfirmed() < unconfirmed) {
            subscription.confirmedMore();
            socket.confirmed();
        }
        if (content.known() != known) {
            statusChanged();
        }
    }

    /** The server answered a request with a refusal of this subscription. */
    void refused(BridgeSocket socket, BridgeSubscription subscription) {
        String what = "refused the subscription to " + subscription.want();
        if (subscription.isReplacing() && socket.list().isAccepted(subscription.line())) {
            if (subscription.refusals() == 0) {
                report(subscription, what + " with more elements");
            }
            subscription.keepLine(options.backOff());
            return;
        }
        listener.turnedDown(subscription, false, null);
        if (subscription.phase() != SubscriptionPhase.ENDED) {
            reportTurnedDown(subscription, what);
        }
    }

    private void reportTurnedDown(BridgeSubscription subscription, String what) {
        if (subscription.refusals() == 0) {
            report(subscription, what);
        }
        retryLater(subscription);
    }

    private void report(BridgeSubscription subscription, String what) {
        CmsEventsSubscriptionException refused =
                new CmsEventsSubscriptionException("Meeting Server " + address + " " + what + "; retrying");
        LOG.warn(refused.getMessage());
        subscription.content().problem(refused);
    }

    private void retryLater(BridgeSubscription subscription) {
        subscription.backOff(options.backOff());
        // Without its line the list is another one, and the place counts as free for nobody else.
        subscription.socket().listChanged();
        statusChanged();
    }

    void violated(ProtocolViolation violation, String detail) {
        if (activity.violated(violation) == 1) {
            LOG.warn(
                    "Meeting Server {} violated the events protocol: {} ({}). Ignored; further violations of this kind are only"
                            + " counted (see the metric cms.events.protocol.violations)",
                    address,
                    detail,
                    violation);
        } else {
            LOG.debug("Meeting Server {} violated the events protocol: {} ({})", address, detail, violation);
        }
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
    }

    void closedInGoodOrder(CmsEventsConnectionException why, String delay) {
        LOG.info("{}; reconnecting in {}", why.getMessage(), delay);
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
        roomMadeSoon();
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
        sockets.forEach(socket -> connections.put(socket, socket.status()));
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

    private final class SubscriptionOwner implements BridgeSubscription.Owner {

        @Override
        public void listChanged(BridgeSubscription subscription) {
            if (subscription.socket() != null) {
                subscription.socket().listChanged();
            }
        }

        @Override
        public void pendingTooLong(BridgeSubscription subscription) {
            boolean wasActive = subscription.isActive();
            listener.turnedDown(subscription, wasActive, null);
            if (subscription.phase() != SubscriptionPhase.ENDED) {
                reportTurnedDown(
                        subscription,
                        "left the subscription to " + subscription.want() + " pending for more than "
                                + BridgeSubscription.PENDING_LIMIT.toSeconds() + " s");
            }
        }
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
