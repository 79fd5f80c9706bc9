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
import io.github.cmsevents.camel.internal.bridge.SubscriptionList.Answer;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.status.ConnectionState;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventLoop.Timer;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/**
 * One of a server's sockets: log in, open, subscribe, live, and again after a delay when it is lost. One attempt at a time, with
 * a fresh token for each.
 */
final class BridgeSocket {

    // Subscriptions that change within this time of each other go into one request, but none waits longer than the
    // second.
    private static final Duration REQUEST_LULL = Duration.ofMillis(50);
    private static final Duration REQUEST_LATEST = Duration.ofSeconds(1);

    // A socket has proved itself when it has lived for this long with everything confirmed.
    private static final Duration PROBATION = Duration.ofMinutes(1);

    private final CallBridge bridge;
    private final EventLoop loop;
    private final ConnectionOptions options;
    private final LoginGate gate;
    private final SubscriptionList list = new SubscriptionList();
    private final SnapshotWatch snapshots;

    private ConnectionState state = ConnectionState.IDLE;
    private Instant since;
    private Instant nextAttempt;
    private CmsEventsConnectionException lastFailure;
    private Conversation conversation;
    private int failures;
    private Outage outage = Outage.NONE;
    private Timer retry = EventLoop.NONE;
    private Timer request = EventLoop.NONE;
    private Timer probation = EventLoop.NONE;
    private long requestDueSince;
    private boolean requestDue;

    /** How far an outage has been reported. */
    private enum Outage {
        NONE,
        /** The server closed the socket in good order; reported only if the next attempt fails. */
        ROUTINE,
        REPORTED
    }

    BridgeSocket(CallBridge bridge, EventLoop loop, ConnectionOptions options, LoginGate gate) {
        this.bridge = bridge;
        this.loop = loop;
        this.options = options;
        this.gate = gate;
        this.since = Instant.ofEpochMilli(loop.millis());
        this.snapshots = new SnapshotWatch(loop, options.resyncQuietPeriod(), this::snapshotsComplete);
    }

    SubscriptionList list() {
        return list;
    }

    boolean isOpen() {
        return state.isOpen();
    }

    /** Whether it can't be had now: it is tried again and again, or not any more. */
    boolean isAway() {
        return state == ConnectionState.BACKING_OFF
                || state == ConnectionState.GAVE_UP
                || (state == ConnectionState.CONNECTING && outage != Outage.NONE);
    }

    /** Whether it can't be had because the server refuses a socket. */
    boolean isRefused() {
        return isAway() && lastFailure != null && lastFailure.getReason() == Reason.SOCKET_REFUSED;
    }

    boolean owesAcknowledgements() {
        return conversation != null && conversation.owesAcknowledgements();
    }

    ConnectionStatus status() {
        return new ConnectionStatus(
                state,
                since,
                list.size(),
                failures,
                state == ConnectionState.BACKING_OFF ? nextAttempt : null,
                lastFailure);
    }

    /** A snapshot with something known before begins on this socket. */
    void snapshotBegins() {
        snapshots.begin();
    }

    /** Something known before came again. */
    void confirmed() {
        snapshots.confirmed();
        if (list.members().stream().noneMatch(member -> member.phase() == SubscriptionPhase.SNAPSHOT)) {
            snapshots.stop();
        }
    }

    private void snapshotsComplete() {
        list.members().forEach(BridgeSubscription::snapshotComplete);
    }

    /** The list is not what it was. */
    void listChanged() {
        bridge.statusChanged();
        switch (state) {
            case IDLE -> {
                if (!list.isEmpty()) {
                    connect();
                }
            }
            case BACKING_OFF, GAVE_UP -> {
                if (list.isEmpty()) {
                    rest();
                }
            }
            case SUBSCRIBING, LIVE -> {
                if (list.isEmpty()) {
                    sayGoodbye();
                } else {
                    become(ConnectionState.SUBSCRIBING);
                    requestSoon();
                }
            }
            // A running attempt, or goodbye, looks at the list when it is over.
            case CONNECTING, CLOSING, CLOSED -> {}
        }
    }

    /** Replaces the socket now; a user asked for it. */
    void reconnect() {
        switch (state) {
            case SUBSCRIBING, LIVE -> {
                Conversation old = conversation;
                socketGone();
                old.abandon(Reason.LOST, "is reconnected to on request");
                connect();
            }
            case BACKING_OFF, GAVE_UP -> connect();
            case IDLE, CONNECTING, CLOSING, CLOSED -> {}
        }
    }

    /** A route began or restarted: tries again although it gave up, or waits after a refused login. */
    void tryAgain() {
        boolean loginRefused = state == ConnectionState.BACKING_OFF && lastFailure.getReason() == Reason.CREDENTIALS;
        if (state == ConnectionState.GAVE_UP || loginRefused) {
            failures = loginRefused ? failures : 0;
            connect();
        }
    }

    /** Ends it for good, whatever it is doing; bounded in time. The list has to be empty. */
    Future<Void> close() {
        Conversation open = conversation;
        become(ConnectionState.CLOSED);
        cancelTimers();
        return open == null ? Future.succeededFuture() : open.end();
    }

    private void become(ConnectionState next) {
        if (state != next) {
            state = next;
            since = Instant.ofEpochMilli(loop.millis());
            bridge.statusChanged();
        }
    }

    private void connect() {
        retry.cancel();
        become(ConnectionState.CONNECTING);
        gate.enter(this::attempt);
    }

    private void attempt() {
        Conversation next = bridge.newConversation(list, new ConversationOwner());
        // What is thrown at once is as much a failure as what comes later.
        Future.<EventsSocket>future(opening -> logInAndOpen(next).onComplete(opening))
                .onComplete(attempted -> {
                    // First the gate: it knows when the next login is due.
                    gate.leave(attempted.cause());
                    if (attempted.succeeded()) {
                        opened(next, attempted.result());
                    } else {
                        attemptFailed(attempted.cause());
                    }
                });
    }

    private Future<EventsSocket> logInAndOpen(Conversation next) {
        return isStillNeeded()
                ? bridge.transport()
                        .logIn()
                        .compose(token -> isStillNeeded()
                                ? bridge.transport().open(token, next)
                                : Future.succeededFuture((EventsSocket) null))
                : Future.succeededFuture(null);
    }

    private boolean isStillNeeded() {
        return state == ConnectionState.CONNECTING && !list.isEmpty();
    }

    private void opened(Conversation next, EventsSocket socket) {
        if (state != ConnectionState.CONNECTING || list.isEmpty()) {
            if (socket != null) {
                socket.close();
            }
            if (state == ConnectionState.CONNECTING) {
                rest();
            }
        } else if (socket == null) {
            // Not needed when its turn came, and needed again since.
            connect();
        } else if (next.hasEnded()) {
            backOff(bridge.failure(Reason.LOST, "closed the socket as soon as it was open"));
        } else {
            conversation = next;
            bridge.activity().socketOpened();
            become(ConnectionState.SUBSCRIBING);
            conversation.begin(socket);
        }
    }

    private void attemptFailed(Throwable cause) {
        if (state != ConnectionState.CONNECTING) {
            return;
        }
        if (list.isEmpty()) {
            rest();
        } else {
            backOff(
                    cause instanceof CmsEventsConnectionException known
                            ? known
                            : bridge.failure(Reason.UNREACHABLE, "can't be connected to: " + cause));
        }
    }

    private void backOff(CmsEventsConnectionException why) {
        failures++;
        lastFailure = why;
        if (options.maxReconnectAttempts() > 0 && failures > options.maxReconnectAttempts()) {
            become(ConnectionState.GAVE_UP);
            report(
                    why,
                    "giving up after " + options.maxReconnectAttempts()
                            + " attempts (option maxReconnectAttempts); restart a route to try again");
            return;
        }
        Duration delay = delayAfter(why);
        nextAttempt = Instant.ofEpochMilli(loop.millis()).plus(delay);
        become(ConnectionState.BACKING_OFF);
        if (outage != Outage.REPORTED) {
            report(why, "retrying in " + inWords(delay) + retriesAfterwards(why));
        }
        retry = loop.after(delay, this::connect);
    }

    private Duration delayAfter(CmsEventsConnectionException why) {
        if (why.getReason() == Reason.CREDENTIALS) {
            return gate.delayAfterRefusal();
        }
        Duration delay = options.backOff().delay(failures, loop.random());
        Duration asked = why.getRetryAfter();
        return asked != null && asked.compareTo(delay) > 0 ? asked : delay;
    }

    private String retriesAfterwards(CmsEventsConnectionException why) {
        if (options.maxReconnectAttempts() > 0) {
            return ", " + options.maxReconnectAttempts() + " times at most (option maxReconnectAttempts)";
        }
        return why.getReason() == Reason.CREDENTIALS
                ? ", then every " + inWords(options.refusedLoginDelay()) + " (option refusedLoginDelay)"
                : ", then until it succeeds";
    }

    private static String inWords(Duration delay) {
        return delay.toMillis() < 10_000 ? delay.toMillis() + " ms" : delay.toSeconds() + " s";
    }

    private void report(CmsEventsConnectionException why, String next) {
        outage = Outage.REPORTED;
        bridge.interrupted(this, why, next);
    }

    private void rest() {
        retry.cancel();
        failures = 0;
        outage = Outage.NONE;
        become(ConnectionState.IDLE);
    }

    private void sayGoodbye() {
        become(ConnectionState.CLOSING);
        request.cancel();
        requestDue = false;
        conversation.end();
    }

    private void requestSoon() {
        long now = loop.millis();
        if (!requestDue) {
            requestDue = true;
            requestDueSince = now;
        }
        long left = requestDueSince + REQUEST_LATEST.toMillis() - now;
        request.cancel();
        request = loop.after(Duration.ofMillis(Math.max(0, Math.min(left, REQUEST_LULL.toMillis()))), () -> {
            requestDue = false;
            if (conversation != null) {
                conversation.requestIfNeeded();
                liveIfConfirmed();
            }
        });
    }

    private void liveIfConfirmed() {
        if (state != ConnectionState.SUBSCRIBING || !list.isConfirmed()) {
            return;
        }
        become(ConnectionState.LIVE);
        bridge.connected(outage == Outage.REPORTED);
        outage = Outage.NONE;
        if (failures > 0) {
            probation.cancel();
            probation = loop.after(PROBATION, () -> failures = 0);
        }
    }

    /** Nothing of the open socket counts any more. */
    private void socketGone() {
        conversation = null;
        cancelTimers();
        snapshots.stop();
        list.members().forEach(BridgeSubscription::socketLost);
        bridge.socketLost(this);
    }

    private void cancelTimers() {
        retry.cancel();
        request.cancel();
        requestDue = false;
        probation.cancel();
    }

    private final class ConversationOwner implements Conversation.Owner {

        @Override
        public void answered(Answer answer) {
            if (answer.accepted()) {
                list.members().forEach(BridgeSubscription::listAccepted);
            }
            answer.refused().forEach(refused -> bridge.refused(BridgeSocket.this, refused));
            if (list.hasMoreToAsk() && !requestDue) {
                requestSoon();
            }
            liveIfConfirmed();
        }

        @Override
        public void received(Acknowledgeable message, Acknowledgement acknowledgement) {
            snapshots.messageReceived();
            bridge.received(BridgeSocket.this, message, acknowledgement);
            liveIfConfirmed();
        }

        @Override
        public void violated(ProtocolViolation violation, String detail) {
            bridge.violated(violation, detail);
        }

        @Override
        public void allAcknowledged() {
            snapshots.allAcknowledged();
        }

        @Override
        public void ended(Conversation ended, CmsEventsConnectionException why) {
            if (ended != conversation) {
                return;
            }
            boolean routine = why.getReason() == Reason.CLOSED && state == ConnectionState.LIVE;
            boolean goodbye = state == ConnectionState.CLOSING;
            socketGone();
            if (state == ConnectionState.CLOSED) {
                return;
            }
            if (list.isEmpty()) {
                rest();
            } else if (goodbye) {
                connect();
            } else {
                bridge.activity().socketLost();
                if (routine && outage == Outage.NONE) {
                    reconnectAfterRoutineClosure(why);
                } else {
                    backOff(why);
                }
            }
        }

        private void reconnectAfterRoutineClosure(CmsEventsConnectionException why) {
            failures++;
            lastFailure = why;
            outage = Outage.ROUTINE;
            Duration delay = delayAfter(why);
            nextAttempt = Instant.ofEpochMilli(loop.millis()).plus(delay);
            become(ConnectionState.BACKING_OFF);
            bridge.closedInGoodOrder(why, inWords(delay));
            retry = loop.after(delay, BridgeSocket.this::connect);
        }
    }
}
