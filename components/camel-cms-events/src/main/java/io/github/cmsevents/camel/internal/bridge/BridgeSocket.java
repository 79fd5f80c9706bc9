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

    private final CallBridge bridge;
    private final MessageHandler messages;
    private final EventLoop loop;
    private final LoginGate gate;
    private final SubscriptionList list = new SubscriptionList();
    private final SnapshotWatch snapshots;
    private final FailedAttempts failures;
    private final RequestDelay requestDelay;

    private ConnectionState state = ConnectionState.IDLE;
    private Instant since;
    private Instant nextAttempt;
    private Conversation conversation;
    /** Whether the open socket has been confirmed once, whatever was added to its list since. */
    private boolean wasLive;

    private Outage outage = Outage.NONE;
    private Timer retry = EventLoop.NONE;

    /** How far an outage has been reported. */
    private enum Outage {
        NONE,
        /** The server closed the socket in good order; reported only if the next attempt fails. */
        ROUTINE,
        REPORTED
    }

    BridgeSocket(
            CallBridge bridge, MessageHandler messages, EventLoop loop, ConnectionOptions options, LoginGate gate) {
        this.bridge = bridge;
        this.messages = messages;
        this.loop = loop;
        this.gate = gate;
        this.failures = new FailedAttempts(options, gate, loop);
        this.requestDelay = new RequestDelay(loop, this::request);
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
        return isAway() && failures.lastWas(Reason.SOCKET_REFUSED);
    }

    /** Whether messages of the server may have to wait until the client acknowledges or reads others. */
    boolean isBehind() {
        return conversation != null && conversation.isBehind();
    }

    ConnectionStatus status() {
        return new ConnectionStatus(
                state,
                since,
                list.size(),
                failures.count(),
                state == ConnectionState.BACKING_OFF ? nextAttempt : null,
                failures.last());
    }

    SnapshotWatch snapshots() {
        return snapshots;
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
        bridge.statusChanged();
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
                    requestDelay.begin();
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

    /** A route began: tries again although it gave up; and at once after a refused login if the route was restarted. */
    void tryAgain(boolean restarted) {
        if (state == ConnectionState.GAVE_UP) {
            failures.reset();
            connect();
        } else if (restarted && state == ConnectionState.BACKING_OFF && failures.lastWas(Reason.CREDENTIALS)) {
            connect();
        }
    }

    /** Ends it for good, whatever it is doing; bounded in time. The list has to be empty. */
    Future<Void> close() {
        Conversation open = conversation;
        become(ConnectionState.CLOSED);
        retry.cancel();
        requestDelay.cancel();
        failures.reset();
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
        if (isStillNeeded()) {
            backOff(
                    cause instanceof CmsEventsConnectionException known
                            ? known
                            : bridge.failure(Reason.UNREACHABLE, "can't be connected to: " + cause));
        } else if (state == ConnectionState.CONNECTING) {
            rest();
        }
    }

    private void backOff(CmsEventsConnectionException why) {
        failures.add(why);
        if (failures.areTooMany()) {
            become(ConnectionState.GAVE_UP);
            report(why, failures.givingUp());
            return;
        }
        Duration delay = retryLater();
        if (outage != Outage.REPORTED) {
            report(why, failures.retrying(delay));
        }
    }

    /** The server closed the socket in good order: no outage unless the next attempt fails. */
    private void backOffAfterRoutineClosure(CmsEventsConnectionException why) {
        failures.add(why);
        outage = Outage.ROUTINE;
        bridge.closedInGoodOrder(why, retryLater());
    }

    private Duration retryLater() {
        Duration delay = failures.delay();
        nextAttempt = Instant.ofEpochMilli(loop.millis()).plus(delay);
        become(ConnectionState.BACKING_OFF);
        retry = loop.after(delay, this::connect);
        return delay;
    }

    private void report(CmsEventsConnectionException why, String next) {
        outage = Outage.REPORTED;
        bridge.interrupted(this, why, next);
    }

    private void rest() {
        retry.cancel();
        failures.reset();
        outage = Outage.NONE;
        become(ConnectionState.IDLE);
    }

    private void sayGoodbye() {
        become(ConnectionState.CLOSING);
        requestDelay.cancel();
        conversation.end();
    }

    private void request() {
        conversation.requestIfNeeded();
        liveIfConfirmed();
    }

    private void liveIfConfirmed() {
        if (state != ConnectionState.SUBSCRIBING || !list.isConfirmed()) {
            return;
        }
        become(ConnectionState.LIVE);
        bridge.connected(outage == Outage.REPORTED);
        outage = Outage.NONE;
        if (!wasLive) {
            wasLive = true;
            failures.resetLater(bridge::statusChanged);
        }
    }

    /** Nothing of the open socket counts any more. */
    private void socketGone() {
        conversation = null;
        wasLive = false;
        retry.cancel();
        requestDelay.cancel();
        snapshots.stop();
        list.members().forEach(BridgeSubscription::socketLost);
        bridge.socketLost(this);
    }

    private final class ConversationOwner implements Conversation.Owner {

        @Override
        public void answered(Answer answer) {
            if (answer.accepted()) {
                list.members().stream()
                        .filter(member -> list.isAccepted(member.listed()))
                        .forEach(BridgeSubscription::listAccepted);
            }
            answer.refused().forEach(messages::refused);
            if (list.hasMoreToAsk() && !requestDelay.isRunning()) {
                requestDelay.begin();
            }
            liveIfConfirmed();
        }

        @Override
        public void received(Acknowledgeable message, Acknowledgement acknowledgement) {
            snapshots.messageReceived();
            messages.received(list, message, acknowledgement);
            liveIfConfirmed();
        }

        @Override
        public void violated(ProtocolViolation violation, String detail) {
            messages.violated(violation, detail);
        }

        @Override
        public void caughtUp() {
            snapshots.caughtUp();
        }

        @Override
        public void ended(Conversation ended, CmsEventsConnectionException why) {
            if (ended != conversation) {
                return;
            }
            boolean routine = why.getReason() == Reason.CLOSED && wasLive;
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
                    backOffAfterRoutineClosure(why);
                } else {
                    backOff(why);
                }
            }
        }
    }
}
