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
import io.github.cmsevents.camel.internal.bridge.SubscriptionList.Request;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.MessageEncoder;
import io.github.cmsevents.camel.internal.protocol.ServerMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Ack;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import io.github.cmsevents.camel.internal.protocol.ServerText;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventLoop.Timer;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation on one open socket: one request at a time, one acknowledgement for every message, and a time limit for the
 * server's answers. A new socket has a new conversation, so nothing of an old one can reach it.
 */
final class Conversation implements EventsSocket.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    // How long the last request may take before the socket is closed without its answer.
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    // A server that keeps the rules has one message out, a lenient one some dozens.
    private static final int MAX_UNACKNOWLEDGED = 256;

    /** Whose socket it is. */
    interface Owner {
        void answered(Answer answer);

        void received(Acknowledgeable message, Acknowledgement acknowledgement);

        void violated(ProtocolViolation violation, String detail);

        /** No message waits to be acknowledged or to be read any more. May be called repeatedly. */
        void caughtUp();

        /** Called once, whatever ended the conversation. */
        void ended(Conversation conversation, CmsEventsConnectionException why);
    }

    private final ServerAddress server;
    private final SubscriptionList list;
    private final MessageDecoder decoder;
    private final ConnectionOptions options;
    private final EventLoop loop;
    private final InFlight inFlight;
    private final ServerActivity activity;
    private final Owner owner;
    private final Promise<Void> ended = Promise.promise();
    private final Runnable resume = this::readOn;

    private EventsSocket socket;
    /** Read by the threads of routes, which write acknowledgements. */
    private volatile boolean open;

    private Timer answerLimit = EventLoop.NONE;
    private Timer heartbeat = EventLoop.NONE;
    private int unacknowledged;
    private boolean paused;
    private boolean heard;
    private boolean ending;

    Conversation(
            ServerAddress server,
            SubscriptionList list,
            MessageDecoder decoder,
            ConnectionOptions options,
            EventLoop loop,
            InFlight inFlight,
            ServerActivity activity,
            Owner owner) {
        this.server = server;
        this.list = list;
        this.decoder = decoder;
        this.options = options;
        this.loop = loop;
        this.inFlight = inFlight;
        this.activity = activity;
        this.owner = owner;
    }

    /** The socket is open: asks for everything on the list. */
    void begin(EventsSocket opened) {
        socket = opened;
        open = true;
        list.socketOpened();
        pauseIfTooMuch();
        requestIfNeeded();
        watchSilence();
    }

    /** Sends the list if the server does not have it and no request is in flight. */
    void requestIfNeeded() {
        if (open) {
            list.nextRequest().ifPresent(this::send);
        }
    }

    boolean hasEnded() {
        return ended.future().isComplete();
    }

    /** Whether messages of the server may have to wait until the client acknowledges or reads others. */
    boolean isBehind() {
        return paused || unacknowledged > 0;
    }

    /** Cancels every subscription and closes the socket; bounded in time. The list has to be empty. */
    Future<Void> end() {
        if (!open) {
            return Future.succeededFuture();
        }
        requestIfNeeded();
        Timer farewell = loop.after(FAREWELL, socket::close);
        if (list.awaitsAnswer()) {
            ending = true;
        } else {
            socket.close();
        }
        return ended.future().onComplete(done -> farewell.cancel());
    }

    /** Closes the socket at once, because it can't be relied on or is to be replaced. */
    void abandon(Reason reason, String why) {
        if (open) {
            // A message that can't be processed must not be acknowledged while the socket closes.
            open = false;
            socket.abandon(new CmsEventsConnectionException(
                    reason, server.authority(), "Meeting Server " + server + " " + why));
        }
    }

    @Override
    public void received(byte[] text, int length) {
        if (!open) {
            return;
        }
        heard = true;
        ServerMessage message = decoder.decode(text, length);
        if (message instanceof Ack ack) {
            answerReceived(ack);
        } else if (message instanceof Acknowledgeable acknowledgeable) {
            messageReceived(acknowledgeable, length);
        } else if (message instanceof UnreadableFrame frame) {
            owner.violated(ProtocolViolation.UNREADABLE_FRAME, frame.problem());
            if (frame.stalls()) {
                // It can't be acknowledged, so the server would wait for ever.
                abandon(Reason.PROTOCOL, "sent a frame that can't be acknowledged: " + frame.problem());
            }
        }
    }

    @Override
    public void closed(CmsEventsConnectionException why) {
        open = false;
        answerLimit.cancel();
        heartbeat.cancel();
        inFlight.forget(resume);
        if (ended.tryComplete()) {
            owner.ended(this, why);
        }
    }

    private void answerReceived(Ack ack) {
        Answer answer = list.answered(ack.messageId(), ack.isSuccess());
        if (!answer.expected()) {
            owner.violated(
                    ProtocolViolation.UNEXPECTED_ACKNOWLEDGEMENT, "an acknowledgement of message " + ack.messageId());
            return;
        }
        answerLimit.cancel();
        if (!answer.accepted()) {
            owner.violated(ProtocolViolation.REFUSED_REQUEST, "a refusal of a subscribe request");
        }
        if (!ending) {
            owner.answered(answer);
        } else {
            if (list.isEmpty()) {
                requestIfNeeded();
            }
            // What was subscribed meanwhile goes to the next socket.
            if (!list.awaitsAnswer()) {
                socket.close();
            }
        }
    }

    private void messageReceived(Acknowledgeable message, int length) {
        long receivedAt = loop.millis();
        long weight = InFlight.weightOf(
                length,
                message instanceof ContentUpdate content ? content.rows().size() : 0);
        unacknowledged++;
        inFlight.add(weight);
        activity.messageReceived(receivedAt);
        pauseIfTooMuch();
        message.problems().forEach(problem -> owner.violated(violationOf(message), problem));
        Acknowledgement acknowledgement =
                new Acknowledgement(receivedAt, length, () -> acknowledge(message.messageId(), receivedAt, weight));
        try {
            owner.received(message, acknowledgement);
        } catch (RuntimeException e) {
            // Part of it may have been delivered, so it can't be acknowledged; a new snapshot corrects the picture.
            LOG.error("Meeting Server {}: failed to process a message; reconnecting", server, e);
            abandon(
                    Reason.PROTOCOL,
                    "sent a message that the component failed to process: " + ServerText.unquoted(e.toString()));
        } finally {
            acknowledgement.handedOut();
        }
    }

    private static ProtocolViolation violationOf(Acknowledgeable message) {
        if (message instanceof UnknownMessage) {
            return ProtocolViolation.UNKNOWN_MESSAGE;
        }
        return message instanceof UnusableMessage
                ? ProtocolViolation.UNUSABLE_MESSAGE
                : ProtocolViolation.UNUSABLE_ENTRY;
    }

    /** On the thread of the route that processed the message last: the one thing that does not happen on the event loop. */
    private void acknowledge(long messageId, long receivedAt, long weight) {
        if (open) {
            activity.acknowledged(receivedAt, loop.millis());
            socket.send(MessageEncoder.acknowledgement(messageId)).onComplete(written -> processed(weight));
        } else {
            // Never on a later socket: the server has forgotten the message with this one.
            loop.run(() -> processed(weight));
        }
    }

    private void processed(long weight) {
        unacknowledged--;
        inFlight.remove(weight);
        if (open) {
            if (paused && unacknowledged <= MAX_UNACKNOWLEDGED / 2) {
                readOn();
            } else if (!isBehind()) {
                owner.caughtUp();
            }
        }
    }

    private void pauseIfTooMuch() {
        if (open && !paused && (unacknowledged >= MAX_UNACKNOWLEDGED || inFlight.isFull())) {
            paused = true;
            socket.pause();
            inFlight.whenRoom(resume);
        }
    }

    private void readOn() {
        if (!open || !paused || unacknowledged >= MAX_UNACKNOWLEDGED) {
            return;
        }
        if (inFlight.isFull()) {
            inFlight.whenRoom(resume);
        } else {
            paused = false;
            inFlight.forget(resume);
            socket.resume();
            if (open && !isBehind()) {
                owner.caughtUp();
            }
        }
    }

    private void send(Request request) {
        socket.send(MessageEncoder.subscribeRequest(request.messageId(), request.subscriptions()));
        awaitAnswer();
    }

    private void awaitAnswer() {
        answerLimit.cancel();
        answerLimit = loop.after(options.ackTimeout(), () -> {
            if (isBehind()) {
                // The answer may wait behind what the client holds back itself.
                awaitAnswer();
            } else {
                abandon(
                        Reason.LOST,
                        "did not acknowledge a request within "
                                + options.ackTimeout().toMillis() + " ms (option ackTimeout)");
            }
        });
    }

    /** The protocol has no ping: the list is sent again after a silence. */
    private void watchSilence() {
        if (options.heartbeatInterval().isZero()) {
            return;
        }
        heard = false;
        heartbeat = loop.after(options.heartbeatInterval(), () -> {
            // A server that waits for acknowledgements has every reason to be silent.
            if (!heard && !isBehind() && !ending) {
                list.repeatRequest().ifPresent(this::send);
            }
            watchSilence();
        });
    }
}
