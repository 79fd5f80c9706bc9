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
package io.github.cmsevents.simulator.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.JournalEntry;
import io.github.cmsevents.simulator.JournalEntry.Closer;
import io.github.cmsevents.simulator.JournalEntry.Direction;
import io.github.cmsevents.simulator.Refusal;
import io.github.cmsevents.simulator.fault.SocketFaults;
import io.github.cmsevents.simulator.protocol.EventSession;
import io.github.cmsevents.simulator.protocol.SessionOutput;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open WebSocket: checks its frames, connects it to its session, and closes it. Used on the server's thread only. */
final class SocketHandler extends SimpleChannelInboundHandler<Frame> {

    private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);

    private static final int POLICY_VIOLATION = 1008;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int ABNORMAL = 1006;
    private static final int MESSAGE_TOO_BIG = 1009;

    /** How long a client may take to answer a close before the server closes the connection. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final int number;
    private final Channel channel;
    private final SocketRegistry registry;
    private final SocketFaults faults;
    private final SlowWriter slowWriter;
    private final EventSession session;
    private final Future<?> ackCheck;
    private boolean closing;
    /** Half-open: neither reads nor sends, but stays connected. */
    private boolean silent;

    SocketHandler(int number, Channel channel, SocketRegistry registry) {
        this.number = number;
        this.channel = channel;
        this.registry = registry;
        this.faults = new SocketFaults(registry.faults(), number);
        this.slowWriter = new SlowWriter(faults);
        this.session = new EventSession(
                registry.meetings(), registry.options().session(), faults, System::nanoTime, new RecordedOutput());
        long period = Math.min(
                1_000, Math.max(10, registry.options().session().ackTimeout().toMillis() / 10));
        this.ackCheck =
                channel.eventLoop().scheduleAtFixedRate(session::checkAcks, period, period, TimeUnit.MILLISECONDS);
    }

    int number() {
        return number;
    }

    EventSession session() {
        return session;
    }

    SlowWriter slowWriter() {
        return slowWriter;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Frame frame) {
        if (silent) {
            return;
        }
        if (closing) {
            // Only the client's answer to the close matters now.
            if (frame.opcode() == Frame.CLOSE) {
                channel.close();
            }
            return;
        }
        String text = frame.opcode() == Frame.TEXT ? decode(frame.payload()) : "";
        if (frame.opcode() != Frame.CLOSE) {
            journal(Direction.IN, frame.typeName(), text == null ? "" : text);
        }
        if (isIllegal(frame, text)) {
            return;
        }
        if (frame.opcode() == Frame.CLOSE) {
            closedByClient(frame);
        } else {
            session.received(text);
        }
    }

    /** Reports a frame's breaches; true when its content must be ignored. */
    private boolean isIllegal(Frame frame, String text) {
        if (frame.reserved() != 0) {
            return breach(Breach.Kind.INVALID_FRAME, "reserved bits set: no extension was negotiated");
        }
        if (frame.typeName().equals("reserved")) {
            return breach(Breach.Kind.INVALID_FRAME, "reserved opcode " + frame.opcode());
        }
        if (frame.isControl() && (!frame.fin() || frame.payload().length > Frame.MAX_CONTROL_PAYLOAD)) {
            return breach(Breach.Kind.INVALID_FRAME, frame.typeName() + " frame that is fragmented or too long");
        }
        if (!frame.masked()) {
            breach(Breach.Kind.UNMASKED_FRAME, frame.typeName() + " frame without a mask");
            if (closing) {
                return true;
            }
        }
        switch (frame.opcode()) {
            case Frame.PING:
                return breach(Breach.Kind.PING, "ping frame");
            case Frame.PONG:
                return breach(Breach.Kind.PONG, "pong frame");
            case Frame.CLOSE:
                return frame.payload().length == 1
                        && breach(Breach.Kind.INVALID_FRAME, "close frame with half a status code");
            case Frame.CONTINUATION:
                return breach(Breach.Kind.FRAGMENTED_FRAME, "continuation frame");
            default:
                if (!frame.fin()) {
                    return breach(Breach.Kind.FRAGMENTED_FRAME, frame.typeName() + " frame without the final bit");
                }
                if (frame.opcode() == Frame.BINARY) {
                    return breach(Breach.Kind.BINARY_FRAME, "binary frame");
                }
                return text == null && breach(Breach.Kind.INVALID_FRAME, "text frame that is not UTF-8");
        }
    }

    /** @return null when it is not UTF-8 */
    private static String decode(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Counts a breach, and closes the socket for it unless the server is lenient. */
    private boolean breach(Breach.Kind kind, String detail) {
        Breach breach = new Breach(kind, number, detail);
        LOG.debug("Breach: {}", breach);
        registry.recorder().breach(breach);
        if (registry.options().punish()) {
            boolean framing = kind == Breach.Kind.INVALID_FRAME || kind == Breach.Kind.UNMASKED_FRAME;
            close(framing ? PROTOCOL_ERROR : POLICY_VIOLATION, kind + ": " + detail);
        }
        return true;
    }

    private void closedByClient(Frame frame) {
        ended(Closer.CLIENT, frame.closeCode(), frame.closeReason());
        channel.writeAndFlush(Frame.close(frame.closeCode(), "")).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes with a closing handshake. */
    void close(int code, String reason) {
        if (closing || silent) {
            return;
        }
        ended(Closer.SERVER, code, reason);
        channel.writeAndFlush(Frame.close(code, reason));
        Future<?> cut = channel.eventLoop().schedule(this::cut, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> cut.cancel(false));
    }

    /** Resets the TCP connection. */
    void reset() {
        if (!closing) {
            ended(Closer.NONE, ABNORMAL, "");
        }
        EventsServer.reset(channel);
    }

    /** Closes the TCP connection without a closing handshake. */
    void hangUp() {
        if (!closing) {
            ended(Closer.NONE, ABNORMAL, "");
        }
        cut();
    }

    /** Stops reading and sending. */
    void silence() {
        if (!closing) {
            silent = true;
            ackCheck.cancel(false);
            channel.config().setAutoRead(false);
            slowWriter.discard();
            registry.silenced(this);
        }
    }

    private void cut() {
        channel.close();
    }

    private void ended(Closer by, int code, String reason) {
        closing = true;
        ackCheck.cancel(false);
        registry.closed(this);
        registry.recorder().journal(new JournalEntry.Closed(Instant.now(), number, by, code, reason));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (!closing) {
            ended(Closer.NONE, ABNORMAL, "");
        }
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isTooLong(cause)) {
            if (!closing) {
                breach(Breach.Kind.INVALID_FRAME, "frame longer than " + HttpFrontDoor.MAX_FRAME + " bytes");
                // Even a lenient server has to close: the start of the next frame is unknown.
                close(MESSAGE_TOO_BIG, "frame too long");
            }
            return;
        }
        if (cause instanceof java.io.IOException) {
            LOG.debug("Socket {} lost: {}", number, cause.toString());
        } else {
            LOG.warn("Socket {} failed", number, cause);
        }
        ctx.close();
    }

    private static boolean isTooLong(Throwable cause) {
        return cause instanceof TooLongFrameException || cause.getCause() instanceof TooLongFrameException;
    }

    private void journal(Direction direction, String type, String text) {
        registry.recorder().journal(new JournalEntry.Frame(Instant.now(), direction, number, type, text));
    }

    /** Sends and records what the session returns. */
    private final class RecordedOutput implements SessionOutput {

        @Override
        public void send(String text) {
            if (!closing && !silent) {
                journal(Direction.OUT, "text", text);
                channel.writeAndFlush(Frame.text(text));
            }
        }

        @Override
        public void messageSent() {
            if (!closing && !silent) {
                faults.messageSent().forEach(this::apply);
            }
        }

        private void apply(Fault.AfterMessage fault) {
            if (fault instanceof Fault.Garbage garbage) {
                session.sendRaw(garbage.text());
            } else if (fault instanceof Fault.ResetAfter) {
                reset();
            } else if (fault instanceof Fault.CloseAfter close) {
                close(close.code(), "");
            } else if (fault instanceof Fault.SilenceAfter) {
                silence();
            }
        }

        @Override
        public void breach(Breach.Kind kind, String detail) {
            if (!closing && !silent) {
                SocketHandler.this.breach(kind, detail);
            }
        }

        @Override
        public void refused(long messageId, String reason) {
            registry.recorder().refusal(new Refusal(number, messageId, reason));
        }

        @Override
        public void subscribeRequest(JsonNode message) {
            registry.recorder().subscribeRequest(message);
        }
    }
}
