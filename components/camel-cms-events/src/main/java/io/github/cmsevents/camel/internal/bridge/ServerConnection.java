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
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Answer;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The life of one of a server's sockets: log in, open, subscribe, live, and again after a wait when it is lost. One attempt
 * at a time; a fresh token for each. Lives on the cluster's event loop.
 */
final class ServerConnection {

    // Wants that change within this time of each other go into one request, but none waits longer than the second.
    private static final Duration REQUEST_LULL = Duration.ofMillis(50);
    private static final Duration REQUEST_LATEST = Duration.ofSeconds(1);

    /** Who the connection belongs to. */
    interface Owner {
        /** The server answered a request. */
        void answered(ServerConnection connection, Answer answer);

        void messageCame(ServerConnection connection, Acknowledgeable message, Acknowledgement acknowledgement);

        void breached(ProtocolViolation breach, String detail);

        /** An attempt to connect is over; {@code cause} is null if it worked. */
        void attemptEnded(Throwable cause);

        /** The connection came into another state. */
        void statusChanged();

        /** No updates come any more; told once for an outage. */
        void interrupted(ServerConnection connection, CmsEventsConnectionException why, String next);

        /** The open socket was lost. */
        void socketLost(ServerConnection connection);

        /** Everything wanted is confirmed again after an outage. */
        void recovered(ServerConnection connection);
    }

    private final String server;
    private final EventsTransport transport;
    private final MessageDecoder decoder;
    private final ConnectionOptions options;
    private final BackOff backOff;
    private final Timers timers;
    private final AttemptGate gate;
    private final ServerActivity activity;
    private final Owner owner;
    private final SubscriptionTable table = new SubscriptionTable();

    private ConnectionState state = ConnectionState.IDLE;
    private Instant since = Instant.now();
    private Instant nextAttempt;
    private CmsEventsConnectionException lastFailure;
    private EventsSession session;
    private int failures;
    private boolean interrupted;
    private Timers.Timer retryTimer = Timers.NONE;
    private Timers.Timer requestTimer = Timers.NONE;
    private Timers.Timer stableTimer = Timers.NONE;
    private long requestDueSince;

    ServerConnection(
            String server,
            EventsTransport transport,
            MessageDecoder decoder,
            ConnectionOptions options,
            Timers timers,
            AttemptGate gate,
            ServerActivity activity,
            Owner owner) {
        this.server = server;
        this.transport = transport;
        this.decoder = decoder;
        this.options = options;
        this.backOff = new BackOff(options.reconnectInitialDelay(), options.reconnectMaxDelay());
        this.timers = timers;
        this.gate = gate;
        this.activity = activity;
        this.owner = owner;
    }

    /** What this socket is for. Whoever changes it calls {@link #wantsChanged}. */
    SubscriptionTable table() {
        return table;
    }

    /** Whether subscriptions can be asked for on it now. */
    boolean isOpen() {
        return state.isOpen();
    }

    /** Whether it can't be had: it is tried again and again, or not any more. */
    boolean isAway() {
        return state == ConnectionState.BACKING_OFF
                || state == ConnectionState.GAVE_UP
                || (state == ConnectionState.CONNECTING && interrupted);
    }

    /** Whether it can't be had because the server would not give it a socket. */
    boolean isRefused() {
        return isAway() && lastFailure.getReason() == Reason.SOCKET_REFUSED;
    }

    /** As it is now, for whoever wants to look from another thread. */
    ConnectionStatus status() {
        return new ConnectionStatus(
                state,
                since,
                table.size(),
                failures,
                state == ConnectionState.BACKING_OFF ? nextAttempt : null,
                lastFailure);
    }

    /** Whether the server may be holding messages back until we acknowledge others. */
    boolean isBehind() {
        return session != null && session.isBehind();
    }

    void wantsChanged() {
        owner.statusChanged();
        switch (state) {
            case IDLE -> {
                if (!table.isEmpty()) {
                    connect();
                }
            }
            case BACKING_OFF, GAVE_UP -> {
                if (table.isEmpty()) {
                    rest();
                }
            }
            case SUBSCRIBING, LIVE -> {
                if (table.isEmpty()) {
                    sayGoodbye();
                } else {
                    become(ConnectionState.SUBSCRIBING);
                    requestSoon();
                }
            }
            // A running attempt, or goodbye, looks at what is wanted when it is done.
            case CONNECTING, CLOSING, CLOSED -> {}
        }
    }

    /** Gives up the socket, and makes a new one if anything is wanted. */
    void reconnect() {
        switch (state) {
            case SUBSCRIBING, LIVE -> session.abandon(Reason.LOST, "is to be connected to anew");
            case BACKING_OFF, GAVE_UP -> connect();
            case IDLE, CONNECTING, CLOSING, CLOSED -> {}
        }
    }

    /** Tries again although it gave up. */
    void tryAgain() {
        if (state == ConnectionState.GAVE_UP) {
            failures = 0;
            connect();
        }
    }

    /** Ends it for good, whatever it is doing; bounded in time. */
    Future<Void> close() {
        EventsSession open = session;
        become(ConnectionState.CLOSED);
        retryTimer.cancel();
        requestTimer.cancel();
        return open == null ? Future.succeededFuture() : open.end();
    }

    private void become(ConnectionState next) {
        if (state != next) {
            state = next;
            since = Instant.now();
            owner.statusChanged();
        }
    }

    private void connect() {
        retryTimer.cancel();
        become(ConnectionState.CONNECTING);
        gate.enter(this::attempt);
    }

    private void attempt() {
        EventsSession next = new EventsSession(server, table, decoder, options, timers, activity, new SessionOwner());
        // What is thrown at once is as much a failure as what comes later.
        Future.<EventsSocket>future(opening -> logInAndOpen(next).onComplete(opening))
                .onComplete(attempted -> {
                    // Left only when all is done: the next attempt must not see this one half over.
                    if (attempted.succeeded()) {
                        opened(next, attempted.result());
                    } else {
                        attemptFailed(attempted.cause());
                    }
                    owner.attemptEnded(attempted.cause());
                });
    }

    private Future<EventsSocket> logInAndOpen(EventsSession next) {
        return isWantedStill()
                ? transport
                        .logIn()
                        .compose(token -> isWantedStill()
                                ? transport.open(token, next)
                                : Future.succeededFuture((EventsSocket) null))
                : Future.succeededFuture(null);
    }

    private boolean isWantedStill() {
        return state == ConnectionState.CONNECTING && !table.isEmpty();
    }

    private void opened(EventsSession next, EventsSocket socket) {
        if (state != ConnectionState.CONNECTING) {
            closeUnused(socket);
        } else if (table.isEmpty()) {
            closeUnused(socket);
            rest();
        } else if (socket == null) {
            // Wanted no more when its turn came, and wanted again since.
            connect();
        } else if (next.hasEnded()) {
            attemptFailed(new CmsEventsConnectionException(
                    Reason.LOST, "Meeting Server " + server + " closed the socket as soon as it was open"));
        } else {
            session = next;
            activity.socketOpened();
            become(ConnectionState.SUBSCRIBING);
            session.begin(socket);
        }
    }

    private static void closeUnused(EventsSocket socket) {
        if (socket != null) {
            socket.close();
        }
    }

    private void attemptFailed(Throwable cause) {
        if (state == ConnectionState.CONNECTING) {
            if (table.isEmpty()) {
                rest();
            } else {
                backOff(asConnectionException(cause));
            }
        }
    }

    private CmsEventsConnectionException asConnectionException(Throwable cause) {
        return cause instanceof CmsEventsConnectionException known
                ? known
                : new CmsEventsConnectionException(
                        Reason.UNREACHABLE, "Meeting Server " + server + " can't be connected to: " + cause);
    }

    private void backOff(CmsEventsConnectionException why) {
        failures++;
        lastFailure = why;
        boolean exhausted = options.maxReconnectAttempts() > 0 && failures > options.maxReconnectAttempts();
        Duration delay = why.getReason() == Reason.CREDENTIALS
                ? backOff.longest()
                : backOff.delay(failures, ThreadLocalRandom.current().nextDouble());
        if (exhausted) {
            become(ConnectionState.GAVE_UP);
            owner.interrupted(
                    this,
                    why,
                    "giving up after " + options.maxReconnectAttempts()
                            + " attempts (option maxReconnectAttempts); restart a route to try again");
        } else {
            nextAttempt = Instant.now().plus(delay);
            become(ConnectionState.BACKING_OFF);
            if (!interrupted) {
                owner.interrupted(
                        this, why, "trying again in " + delay.toMillis() + " ms, and from then on until it works");
            }
            retryTimer = timers.after(delay, this::connect);
        }
        interrupted = true;
    }

    private void rest() {
        retryTimer.cancel();
        failures = 0;
        interrupted = false;
        become(ConnectionState.IDLE);
    }

    private void sayGoodbye() {
        become(ConnectionState.CLOSING);
        requestTimer.cancel();
        session.end();
    }

    private void requestSoon() {
        long now = System.nanoTime();
        if (requestTimer == Timers.NONE) {
            requestDueSince = now;
        }
        requestTimer.cancel();
        Duration left = REQUEST_LATEST.minusNanos(now - requestDueSince);
        Duration delay = left.compareTo(REQUEST_LULL) < 0 ? left : REQUEST_LULL;
        requestTimer = timers.after(delay.isNegative() ? Duration.ZERO : delay, () -> {
            requestTimer = Timers.NONE;
            if (session != null) {
                session.requestIfNeeded();
                settleIfDone();
            }
        });
    }

    private void settleIfDone() {
        if (state == ConnectionState.SUBSCRIBING && table.isSettled()) {
            become(ConnectionState.LIVE);
            outageIsOver();
        }
    }

    private void outageIsOver() {
        stableTimer.cancel();
        stableTimer = Timers.NONE;
        failures = 0;
        if (interrupted) {
            interrupted = false;
            owner.recovered(this);
        }
    }

    private final class SessionOwner implements EventsSession.Owner {

        @Override
        public void answered(Answer answer) {
            owner.answered(ServerConnection.this, answer);
            if (answer.accepted() && failures > 0 && stableTimer == Timers.NONE) {
                // One subscription that stays pending must not make the next outage count as more of this one.
                stableTimer = timers.after(options.reconnectMaxDelay(), ServerConnection.this::outageIsOver);
            }
            if (table.hasMoreToAsk() && requestTimer == Timers.NONE) {
                requestSoon();
            }
            settleIfDone();
        }

        @Override
        public void messageCame(Acknowledgeable message, Acknowledgement acknowledgement) {
            owner.messageCame(ServerConnection.this, message, acknowledgement);
            if (message instanceof StateUpdate) {
                settleIfDone();
            }
        }

        @Override
        public void breached(ProtocolViolation breach, String detail) {
            owner.breached(breach, detail);
        }

        @Override
        public void ended(EventsSession ended, CmsEventsConnectionException why) {
            if (ended != session) {
                return;
            }
            session = null;
            stableTimer.cancel();
            stableTimer = Timers.NONE;
            requestTimer.cancel();
            requestTimer = Timers.NONE;
            owner.socketLost(ServerConnection.this);
            if (state == ConnectionState.CLOSED) {
                return;
            }
            owner.statusChanged();
            boolean farewell = state == ConnectionState.CLOSING;
            if (table.isEmpty()) {
                rest();
            } else if (farewell) {
                connect();
            } else {
                activity.socketLost();
                backOff(why);
            }
        }
    }
}
