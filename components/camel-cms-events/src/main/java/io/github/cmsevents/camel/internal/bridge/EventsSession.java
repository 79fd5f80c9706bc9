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
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Request;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.MessageEncoder;
import io.github.cmsevents.camel.internal.protocol.ServerMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Ack;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation on one socket: requests one at a time, an acknowledgement for every message, and a watch on both. A
 * new socket has a new session, so nothing that belongs to an old one can reach it. Lives on the event loop; only an
 * acknowledgement is written by whatever thread was done with the message.
 */
final class EventsSession implements EventsSocket.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(EventsSession.class);

    // How long the last word to a server may take before the socket is closed without its answer.
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    // A server that keeps the rules has one message out, a lenient one some dozens. More than this waits in the
    // network.
    private static final int MAX_UNACKNOWLEDGED = 256;

    // A server that has more than so many messages out waits for none of them in particular.
    private static final int STREAM = 8;

    /** What the owner of the session is told. */
    interface Owner {
        /** The server answered a request. */
        void answered(Answer answer);

        /** A message came; {@link Acknowledgement#allTold} is run when this returns. */
        void messageCame(Acknowledgeable message, Acknowledgement acknowledgement);

        /** The server broke a rule, or said something that can't be understood. */
        void breached(ProtocolViolation breach, String detail);

        /** Told once, whatever ended the session. */
        void ended(EventsSession session, CmsEventsConnectionException why);
    }

    private final String server;
    private final SubscriptionTable table;
    private final MessageDecoder decoder;
    private final ConnectionOptions options;
    private final Timers timers;
    private final ServerActivity activity;
    private final Owner owner;
    private final Promise<Void> ended = Promise.promise();

    private volatile EventsSocket socket;
    private Timers.Timer answerTimer = Timers.NONE;
    private Timers.Timer heartbeatTimer = Timers.NONE;
    private final Handler<AsyncResult<Void>> written = this::acknowledgementWritten;
    /** Messages whose acknowledgements are not written yet. */
    private int unacknowledged;

    private boolean paused;
    private boolean heard;
    private boolean ending;

    EventsSession(
            String server,
            SubscriptionTable table,
            MessageDecoder decoder,
            ConnectionOptions options,
            Timers timers,
            ServerActivity activity,
            Owner owner) {
        this.server = server;
        this.table = table;
        this.decoder = decoder;
        this.options = options;
        this.timers = timers;
        this.activity = activity;
        this.owner = owner;
    }

    /** The socket is open: says what is wanted. */
    void begin(EventsSocket opened) {
        socket = opened;
        table.socketOpened();
        requestIfNeeded();
        watch();
    }

    /** Sends the full list if the server does not have it and is not busy with another. */
    void requestIfNeeded() {
        if (isOpen()) {
            table.nextRequest().ifPresent(this::send);
        }
    }

    boolean hasEnded() {
        return ended.future().isComplete();
    }

    /** Whether the server may be holding messages back until we acknowledge others. */
    boolean isBehind() {
        return unacknowledged > 0;
    }

    /** Cancels every subscription, as the guide asks for, and closes the socket; bounded in time. */
    Future<Void> end() {
        if (!isOpen()) {
            return Future.succeededFuture();
        }
        requestIfNeeded();
        Timers.Timer farewell = timers.after(FAREWELL, () -> socket.close());
        if (table.awaitsAnswer()) {
            ending = true;
        } else {
            socket.close();
        }
        return ended.future().onComplete(done -> farewell.cancel());
    }

    /** Closes the socket because the server is not to be relied on any more. */
    void abandon(Reason kind, String why) {
        if (isOpen()) {
            socket.abandon(new CmsEventsConnectionException(kind, "Meeting Server " + server + " " + why));
        }
    }

    @Override
    public void received(byte[] text, int length) {
        if (!isOpen()) {
            return;
        }
        heard = true;
        ServerMessage message = decoder.decode(text, length);
        if (message instanceof Ack ack) {
            answerCame(ack);
        } else if (message instanceof Acknowledgeable acknowledgeable) {
            messageCame(acknowledgeable, System.nanoTime());
        } else if (message instanceof UnreadableFrame frame) {
            owner.breached(ProtocolViolation.UNREADABLE_FRAME, frame.problem());
            if (frame.stalls()) {
                // Nobody can acknowledge it, so the server would wait for ever.
                abandon(Reason.PROTOCOL, "sent what can't be acknowledged: " + frame.problem());
            }
        }
    }

    @Override
    public void closed(CmsEventsConnectionException why) {
        answerTimer.cancel();
        heartbeatTimer.cancel();
        if (ended.tryComplete()) {
            owner.ended(this, why);
        }
    }

    private boolean isOpen() {
        return socket != null && !ended.future().isComplete();
    }

    private void answerCame(Ack ack) {
        Answer answer = table.answered(ack.messageId(), ack.isSuccess());
        if (!answer.expected()) {
            owner.breached(
                    ProtocolViolation.UNEXPECTED_ACKNOWLEDGEMENT, "an acknowledgement of message " + ack.messageId());
            return;
        }
        answerTimer.cancel();
        if (!answer.accepted()) {
            owner.breached(ProtocolViolation.REFUSED_REQUEST, "a refusal of a subscribe request");
        }
        if (ending) {
            if (table.isEmpty()) {
                requestIfNeeded();
            }
            if (!table.awaitsAnswer()) {
                socket.close();
            }
            return;
        }
        owner.answered(answer);
    }

    private void messageCame(Acknowledgeable message, long came) {
        unacknowledged++;
        if (unacknowledged >= MAX_UNACKNOWLEDGED && !paused) {
            paused = true;
            socket.pause();
        }
        activity.messageCame(came);
        message.problems().forEach(problem -> owner.breached(breachOf(message), problem));
        Acknowledgement acknowledgement =
                new Acknowledgement(unacknowledged > STREAM, () -> acknowledge(message.messageId(), came));
        try {
            owner.messageCame(message, acknowledgement);
        } catch (RuntimeException e) {
            // Half of it may have been dealt with, so it can't be acknowledged; fresh content sets it right.
            LOG.error("A message of Meeting Server {} can't be dealt with", server, e);
            abandon(Reason.PROTOCOL, "sent a message that can't be dealt with: " + e);
        } finally {
            acknowledgement.allTold();
        }
    }

    private static ProtocolViolation breachOf(Acknowledgeable message) {
        if (message instanceof UnknownMessage) {
            return ProtocolViolation.UNKNOWN_MESSAGE;
        }
        return message instanceof UnusableMessage
                ? ProtocolViolation.UNUSABLE_MESSAGE
                : ProtocolViolation.UNUSABLE_ENTRY;
    }

    /** On whatever thread was done with the message last: one hop less than on the event loop. */
    private void acknowledge(long messageId, long came) {
        if (isOpen()) {
            socket.send(MessageEncoder.acknowledgement(messageId)).onComplete(written);
            activity.acknowledged(System.nanoTime() - came);
        }
    }

    private void acknowledgementWritten(AsyncResult<Void> result) {
        unacknowledged--;
        if (paused && unacknowledged <= MAX_UNACKNOWLEDGED / 2 && isOpen()) {
            paused = false;
            socket.resume();
        }
    }

    private void send(Request request) {
        socket.send(MessageEncoder.subscribeRequest(request.messageId(), request.subscriptions()));
        answerTimer = timers.after(options.ackTimeout(), this::answerIsLate);
    }

    private void answerIsLate() {
        if (paused || isBehind()) {
            // The answer may be waiting behind what we hold back ourselves.
            answerTimer = timers.after(options.ackTimeout(), this::answerIsLate);
            return;
        }
        abandon(
                Reason.LOST,
                "did not acknowledge a request within " + options.ackTimeout().toMillis() + " ms (option ackTimeout)");
    }

    private void watch() {
        if (options.heartbeatInterval().isZero()) {
            return;
        }
        heard = false;
        heartbeatTimer = timers.after(options.heartbeatInterval(), () -> {
            // While we owe acknowledgements the server has every reason to be silent.
            if (!heard && !isBehind() && !ending) {
                Optional<Request> heartbeat = table.repeatRequest();
                heartbeat.ifPresent(this::send);
            }
            watch();
        });
    }
}
