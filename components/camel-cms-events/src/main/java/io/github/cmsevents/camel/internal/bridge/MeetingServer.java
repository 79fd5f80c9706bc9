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
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Answer;
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Meaning;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.Feed;
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
import io.github.cmsevents.camel.internal.status.SubscriptionStatus;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Call Bridge: the feeds that routes want from it, and the sockets that carry them. Lives on the cluster's event loop.
 */
public final class MeetingServer {

    private static final Logger LOG = LoggerFactory.getLogger(MeetingServer.class);

    /** Who decides what this server carries. */
    public interface Owner {
        /** Whether a call is over that this server has ended its subscription to. */
        boolean isOver(Feed feed);

        /** The server turned a subscription down, or ended one; it may be taken elsewhere. */
        void deactivated(Feed feed);

        /** A subscription does its work. */
        void activated(Feed feed);

        /** The server can't be connected to now. */
        void unreachable(MeetingServer server);

        /** The socket that a subscription was on is lost. */
        void lost(Feed feed);

        /** A place came free on one of the sockets. */
        void roomMade();
    }

    // How current the number of known calls and participants in the status is.
    private static final Duration SIZE_EVERY = Duration.ofSeconds(1);

    private final ServerAddress address;
    private final EventsTransport transport;
    private final ConnectionOptions options;
    private final SocketPlacement placement;
    private final BackOff backOff;
    private final Timers timers;
    private final MessageDecoder decoder;
    private final AttemptGate gate;
    private final QuietWatch quietWatch;
    private final Owner owner;

    private final Map<Want, Feed> feeds = new LinkedHashMap<>();
    private final List<ServerConnection> connections = new ArrayList<>();
    /** Which of them a want is on. */
    private final Map<Want, ServerConnection> places = new HashMap<>();
    /** Wants for which no socket has room. */
    private final Set<Want> waiting = new LinkedHashSet<>();
    /** How often in a row a want was turned down. */
    private final Map<Want, Integer> setbacks = new HashMap<>();
    /** For what will be asked for again. */
    private final Map<Want, Timers.Timer> retries = new HashMap<>();

    private final ServerActivity activity = new ServerActivity();
    private boolean publishing;
    private boolean sizePending;
    private boolean roomPending;
    private CmsEventsConnectionException refusedLogin;
    /** A trial connection under way, which all that ask meanwhile share; null if there is none. */
    private Future<Void> probe;
    /** For whoever looks from another thread. */
    private volatile ServerStatus status;

    /** To be made on the event loop that it is to live on. */
    public MeetingServer(
            ServerAddress address,
            EventsTransport transport,
            ConnectionOptions options,
            Vertx vertx,
            Context context,
            Owner owner) {
        this.address = address;
        this.transport = transport;
        this.options = options;
        this.owner = owner;
        this.placement = new SocketPlacement(SubscriptionTable.CAPACITY, options.maxConnectionsPerServer());
        this.backOff = new BackOff(options.reconnectInitialDelay(), options.reconnectMaxDelay());
        this.timers = new Timers(vertx, context);
        this.decoder = new MessageDecoder(options.maxMessageSize());
        this.quietWatch = new QuietWatch(timers, options.resyncQuietPeriod());
        this.gate = new AttemptGate(timers, options.reconnectMaxDelay());
        this.status = currentStatus();
    }

    /** As it was a moment ago. May be called from any thread. */
    public ServerStatus status() {
        return status;
    }

    /** As {@code host:port}. */
    public String name() {
        return address.authority();
    }

    /** How many subscriptions it has, or is to have as soon as there is room. */
    public int subscriptions() {
        return feeds.size();
    }

    /** Whether another subscription finds a place on one of its sockets, as far as the server has not refused these. */
    public boolean hasRoom() {
        boolean refused = connections.stream().anyMatch(ServerConnection::isAway);
        return (!refused && connections.size() < options.maxConnectionsPerServer())
                || connections.stream()
                        .anyMatch(connection ->
                                !connection.isAway() && connection.table().size() < SubscriptionTable.CAPACITY);
    }

    /** Whether a subscription is on a socket that can't be had now. */
    public boolean isAway(Want want) {
        ServerConnection connection = places.get(want);
        return connection != null && connection.isAway();
    }

    /** Whether a subscription waits because no socket has room for it. */
    public boolean isWaiting(Want want) {
        return waiting.contains(want);
    }

    /** The feed that a subscription is for; null when it is not subscribed to. */
    public Feed feed(Want want) {
        return feeds.get(want);
    }

    /** Whether a subscription is on a socket that the server refuses. */
    public boolean isRefused(Want want) {
        ServerConnection connection = places.get(want);
        return connection != null && connection.isRefused();
    }

    /** Subscribes to something for a feed; or, where that is done already, looks at which elements it wants now. */
    public void carry(Want want, Feed feed) {
        if (feeds.put(want, feed) == null) {
            feed.carriedBy(name(), want.call());
        }
        place(want, feed);
        statusChanged();
    }

    /** Somebody new wants something: sockets that were given up are tried again. */
    public void tryAgain() {
        connections.forEach(ServerConnection::tryAgain);
    }

    /** Ends a subscription. */
    public void drop(Want want) {
        Feed feed = feeds.remove(want);
        if (feed == null) {
            return;
        }
        statusChanged();
        waiting.remove(want);
        setbacks.remove(want);
        cancelRetry(want);
        quietWatch.cancel(feed);
        ServerConnection connection = places.remove(want);
        if (connection != null) {
            connection.table().unwant(want);
            connection.wantsChanged();
            lookForRoomSoon();
        }
    }

    private void lookForRoomSoon() {
        if (!roomPending) {
            roomPending = true;
            timers.soon(this::roomMade);
        }
    }

    private void roomMade() {
        roomPending = false;
        placeWaiting();
        relocateRefused();
        owner.roomMade();
    }

    /**
     * Whether the server can be connected to: tries it, unless a socket is open already.
     *
     * @return fails with a {@link CmsEventsConnectionException}
     */
    public Future<Void> probe() {
        if (connections.stream().anyMatch(ServerConnection::isOpen)) {
            return Future.succeededFuture();
        }
        if (gate.isPaused()) {
            // The account was refused a moment ago: to try it again for every route would get it locked.
            return Future.failedFuture(refusedLogin);
        }
        if (probe == null) {
            Promise<Void> probed = Promise.promise();
            probe = probed.future();
            gate.enter(() -> Future.<Void>future(trial -> logInAndClose().onComplete(trial))
                    .onComplete(trial -> {
                        probe = null;
                        leaveGate(trial.cause());
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

    private void leaveGate(Throwable cause) {
        if (cause instanceof CmsEventsConnectionException failure && failure.getReason() == Reason.CREDENTIALS) {
            refusedLogin = failure;
            gate.leave(true);
        } else {
            gate.leave(false);
        }
    }

    /** Gives up all sockets, and makes new ones for what is wanted. */
    public void reconnect() {
        connections.forEach(ServerConnection::reconnect);
        gate.reopen();
    }

    /** Ends everything; bounded in time. */
    public Future<Void> close() {
        quietWatch.cancelAll();
        List<Future<Void>> farewells = new ArrayList<>();
        for (ServerConnection connection : connections) {
            connection.table().wants().forEach(connection.table()::unwant);
            farewells.add(connection.close());
        }
        return Future.join(farewells).otherwiseEmpty().compose(done -> transport.close());
    }

    /** A socket that can be had, before one that can't: what goes there waits, and is moved when there is room. */
    private OptionalInt placeForAnother() {
        OptionalInt place = placement.place(connections.stream()
                .map(connection -> connection.isAway()
                        ? SubscriptionTable.CAPACITY
                        : connection.table().size())
                .toList());
        if (place.isPresent() && place.getAsInt() < connections.size()) {
            return place;
        }
        return placement.place(connections.stream()
                .map(connection -> connection.table().size())
                .toList());
    }

    private void place(Want want, Feed feed) {
        ServerConnection connection = places.get(want);
        if (connection == null) {
            OptionalInt place = placeForAnother();
            if (place.isEmpty()) {
                waitForRoom(want, feed);
                return;
            }
            if (place.getAsInt() == connections.size()) {
                connections.add(new ServerConnection(
                        address.toString(),
                        transport,
                        decoder,
                        options,
                        timers,
                        gate,
                        activity,
                        new ConnectionOwner()));
            }
            connection = connections.get(place.getAsInt());
        }
        waiting.remove(want);
        places.put(want, connection);
        connection.table().want(want, feed.elements());
        connection.wantsChanged();
    }

    private void waitForRoom(Want want, Feed feed) {
        boolean first = waiting.isEmpty();
        if (waiting.add(want)) {
            CmsEventsSubscriptionException noRoom = new CmsEventsSubscriptionException("Meeting Server " + address
                    + " has no room for " + want + ": all " + options.maxConnectionsPerServer()
                    + " sockets (option maxConnectionsPerServer) have " + SubscriptionTable.CAPACITY
                    + " subscriptions; it waits until another ends");
            if (first) {
                LOG.warn("{}. What waits as well is shown by the dev console", noRoom.getMessage());
            } else {
                LOG.debug(noRoom.getMessage());
            }
            feed.troubled(noRoom);
        }
    }

    private void placeWaiting() {
        for (Want want : List.copyOf(waiting)) {
            if (placeForAnother().isEmpty()) {
                return;
            }
            place(want, feeds.get(want));
        }
    }

    /** Moves what waits for a socket that other clients hold to open sockets, as far as there is room. */
    private void relocateRefused() {
        for (ServerConnection refused : connections) {
            if (refused.isRefused()) {
                refused.table().wants().forEach(want -> relocate(want, refused));
            }
        }
    }

    private void relocate(Want want, ServerConnection from) {
        connections.stream()
                .filter(connection -> connection.isOpen() && connection.table().size() < SubscriptionTable.CAPACITY)
                .findFirst()
                .ifPresent(to -> {
                    from.table().unwant(want);
                    places.put(want, to);
                    to.table().want(want, feeds.get(want).elements());
                    from.wantsChanged();
                    to.wantsChanged();
                });
    }

    private void stateCame(
            ServerConnection connection, long messageId, IndexState told, Acknowledgement acknowledgement) {
        SubscriptionTable table = connection.table();
        Want want = table.wantOf(told.index());
        Meaning meaning = table.stateTold(told.index(), told.state());
        LOG.debug("Meeting Server {}: subscription {} ({}) is {}", address, told.index(), want, told.state());
        if (meaning == Meaning.OUTDATED) {
            return;
        }
        Feed feed = feeds.get(want);
        boolean wasActive = feed.isLive();
        boolean over = meaning == Meaning.DEACTIVATED && want.resource().ofOneCall() && owner.isOver(feed);
        if (over) {
            feed.callEnded(acknowledgement);
        }
        feed.stateChanged(told.state(), table.elements(want), told.index(), messageId, acknowledgement);
        statusChanged();
        switch (meaning) {
            case ACTIVE -> {
                setbacks.remove(want);
                quietWatch.begin(feed, connection, connection::isBehind);
                owner.activated(feed);
            }
            case DEACTIVATED -> {
                quietWatch.cancel(feed);
                owner.deactivated(feed);
                if (feeds.get(want) == feed) {
                    deactivated(connection, want, wasActive, over);
                }
                // The line that the server turned down goes out of the list and frees its place.
                connection.wantsChanged();
            }
            case PENDING, OUTDATED -> {}
        }
    }

    private void deactivated(ServerConnection connection, Want want, boolean wasActive, boolean over) {
        if (!want.resource().ofOneCall()) {
            turnedDown(connection, want, "deactivated the subscription to " + want + "; trying again");
        } else if (!over) {
            // It has ended and the word of that is under way, or we will have to ask again.
            LOG.debug("Meeting Server {} deactivated the subscription to {}, which it lists", address, want);
            tryAgainLater(connection, want);
        } else if (wasActive) {
            LOG.info("Meeting Server {}: call {} has ended, or this server has left it", address, want.call());
            tryAgainLater(connection, want);
        } else {
            turnedDown(
                    connection,
                    want,
                    "reports no active call with the GUID " + want.call()
                            + " (option call): it has ended or never was; trying again from time to time");
        }
    }

    private void contentCame(ServerConnection connection, ContentUpdate message, Acknowledgement acknowledgement) {
        Want want = connection.table().wantOf(message.subscriptionIndex());
        if (want == null) {
            // Sent before the server knew that we dropped it: not a breach.
            LOG.debug(
                    "Meeting Server {}: content for the dropped subscription {}", address, message.subscriptionIndex());
            return;
        }
        if (want.resource() != message.resource()) {
            breached(
                    ProtocolViolation.WRONG_CONTENT,
                    message.resource().messageType() + " for a subscription to "
                            + want.resource().wireName());
            return;
        }
        Feed feed = feeds.get(want);
        int known = feed.known();
        boolean early = connection.table().contentTold(message.subscriptionIndex()) == Meaning.ACTIVE;
        if (early) {
            breached(ProtocolViolation.EARLY_CONTENT, "content before saying that the subscription is active");
            setbacks.remove(want);
            feed.stateChanged(
                    SubscriptionState.ACTIVE,
                    connection.table().elements(want),
                    message.subscriptionIndex(),
                    null,
                    acknowledgement);
            owner.activated(feed);
        }
        activity.updatesCame(message.rows().size());
        int unconfirmed = feed.unconfirmed();
        int late = feed.contentCame(message, acknowledgement);
        for (int i = 0; i < late; i++) {
            breached(ProtocolViolation.LATE_UPDATE, "an update of something that it had removed");
        }
        if (early) {
            quietWatch.begin(feed, connection, connection::isBehind);
        } else if (message.mayBeFresh()) {
            quietWatch.goOn(feed, connection, feed.unconfirmed() < unconfirmed);
        }
        if (feed.known() != known) {
            sizeChanged();
        }
    }

    /** The server does not want to tell us of this: says so the first time, and tries again. */
    private void turnedDown(ServerConnection connection, Want want, String what) {
        if (!setbacks.containsKey(want)) {
            CmsEventsSubscriptionException refused =
                    new CmsEventsSubscriptionException("Meeting Server " + address + " " + what);
            LOG.warn(refused.getMessage());
            feeds.get(want).troubled(refused);
        }
        if (connection.table().state(want) == SubscriptionState.ACTIVE) {
            feeds.get(want).settleForLess();
        }
        tryAgainLater(connection, want);
    }

    private void tryAgainLater(ServerConnection connection, Want want) {
        int setback = setbacks.merge(want, 1, Integer::sum);
        Duration delay = backOff.delay(setback, ThreadLocalRandom.current().nextDouble());
        cancelRetry(want);
        retries.put(want, timers.after(delay, () -> {
            retries.remove(want);
            // It may be on another socket by now, which asks for all that it has.
            if (places.get(want) == connection) {
                connection.table().retry(want);
                connection.wantsChanged();
            }
        }));
    }

    private void cancelRetry(Want want) {
        Timers.Timer retry = retries.remove(want);
        if (retry != null) {
            retry.cancel();
        }
    }

    private void breached(ProtocolViolation breach, String detail) {
        if (activity.breached(breach) == 1) {
            LOG.warn(
                    "Meeting Server {} sent {}; what is like it ({}) will be counted, not reported",
                    address,
                    detail,
                    breach);
        } else {
            LOG.debug("Meeting Server {} sent {} ({})", address, detail, breach);
        }
    }

    /** Makes the present state known to other threads, once this turn of the event loop is over. */
    private void statusChanged() {
        if (!publishing) {
            publishing = true;
            timers.soon(() -> {
                publishing = false;
                status = currentStatus();
            });
        }
    }

    /** What is known changes with many a message, so it is not made known with each. */
    private void sizeChanged() {
        if (!sizePending) {
            sizePending = true;
            timers.after(SIZE_EVERY, () -> {
                sizePending = false;
                statusChanged();
            });
        }
    }

    private ServerStatus currentStatus() {
        List<ConnectionStatus> connectionStatuses =
                connections.stream().map(ServerConnection::status).toList();
        List<SubscriptionStatus> subscriptions = new ArrayList<>(feeds.size());
        feeds.forEach((want, feed) -> {
            ServerConnection connection = places.get(want);
            subscriptions.add(new SubscriptionStatus(
                    want,
                    connection == null ? null : connection.table().state(want),
                    connection == null ? null : connectionStatuses.get(connections.indexOf(connection)),
                    feed.receivers(),
                    feed.known()));
        });
        return new ServerStatus(address, connectionStatuses, subscriptions, activity);
    }

    private final class ConnectionOwner implements ServerConnection.Owner {

        @Override
        public void answered(ServerConnection connection, Answer answer) {
            for (Want refused : answer.refused()) {
                if (connection.table().state(refused) != SubscriptionState.ACTIVE) {
                    owner.deactivated(feeds.get(refused));
                }
                turnedDown(connection, refused, "refused the subscription to " + refused + "; trying again");
            }
        }

        @Override
        public void messageCame(ServerConnection connection, Acknowledgeable message, Acknowledgement acknowledgement) {
            if (message instanceof ContentUpdate content) {
                contentCame(connection, content, acknowledgement);
            } else if (message instanceof StateUpdate states) {
                for (IndexState told : states.states()) {
                    stateCame(connection, states.messageId(), told, acknowledgement);
                }
            }
        }

        @Override
        public void attemptEnded(Throwable cause) {
            leaveGate(cause);
        }

        @Override
        public void breached(ProtocolViolation breach, String detail) {
            MeetingServer.this.breached(breach, detail);
        }

        @Override
        public void statusChanged() {
            MeetingServer.this.statusChanged();
            if (connections.size() > 1) {
                lookForRoomSoon();
            }
        }

        @Override
        public void interrupted(ServerConnection connection, CmsEventsConnectionException why, String next) {
            LOG.warn("{}; {}", why.getMessage(), next);
            owner.unreachable(MeetingServer.this);
            // Each route once, however many subscriptions on the socket are its own.
            Set<Receiver> concerned = new LinkedHashSet<>();
            for (Want want : connection.table().wants()) {
                concerned.addAll(feeds.get(want).concerned());
                owner.lost(feeds.get(want));
            }
            concerned.forEach(receiver -> receiver.troubled(why));
        }

        @Override
        public void socketLost(ServerConnection connection) {
            for (Want want : connection.table().wants()) {
                quietWatch.cancel(feeds.get(want));
                feeds.get(want).lost();
                owner.lost(feeds.get(want));
            }
        }

        @Override
        public void recovered(ServerConnection connection) {
            LOG.info("Meeting Server {} is connected and subscribed again", address);
        }
    }

    /** For a socket that is opened only to see whether that works. */
    private static final class IgnoringListener implements EventsSocket.Listener {
        @Override
        public void received(byte[] text, int length) {
            // Nothing has been asked for, so nothing matters.
        }

        @Override
        public void closed(CmsEventsConnectionException why) {
            // As it was meant to be.
        }
    }
}
