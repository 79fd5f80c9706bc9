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
package io.github.cmsevents.camel.internal.transport;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/**
 * An events WebSocket on an upgraded Vert.x connection. Everything runs on the event loop that opened it, other than
 * {@link #send}.
 *
 * <p>Not Vert.x's WebSocket client: it keeps all of a refusal's body in memory, and answers pings without a limit.
 */
final class VertxEventsSocket implements EventsSocket {

    // How long a server may take to answer our close frame, or to read it.
    private static final Duration CLOSING_TIMEOUT = Duration.ofSeconds(1);

    private final NetSocket connection;
    private final Codec codec;
    private final EventLoop loop;
    private final ConnectionFailures failures;
    private final Listener listener;
    private final Runnable disconnect;

    private volatile boolean closing;
    private boolean closed;
    private boolean paused;
    private boolean reading;
    private EventLoop.Timer closingTimer = EventLoop.NONE;
    private CmsEventsConnectionException failure;

    /**
     * @param connection paused
     * @param first      what was received before
     * @param disconnect ends the connection at once, whatever is still to be written
     */
    VertxEventsSocket(
            NetSocket connection,
            Codec codec,
            Buffer first,
            EventLoop loop,
            ConnectionFailures failures,
            Listener listener,
            Runnable disconnect) {
        this.connection = connection;
        this.codec = codec;
        this.loop = loop;
        this.failures = failures;
        this.listener = listener;
        this.disconnect = disconnect;
        codec.decode(first);
        connection.handler(this::bytesReceived);
        connection.exceptionHandler(this::connectionFailed);
        connection.closeHandler(gone -> connectionClosed());
        // Not in this turn, in which the listener learns of its socket.
        loop.run(() -> {
            if (!paused) {
                resume();
            }
        });
    }

    private void bytesReceived(Buffer bytes) {
        codec.decode(bytes);
        readEvents();
    }

    private void readEvents() {
        // A listener that pauses and resumes within an event must not get the next one inside of it.
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (!paused && !closed) {
                WebSocketFrame frame = codec.next();
                if (frame == null) {
                    return;
                }
                try {
                    frameReceived(frame);
                } finally {
                    frame.release();
                }
            }
        } catch (DecoderException e) {
            abandon(failures.badFrame(e));
        } finally {
            reading = false;
        }
    }

    private void frameReceived(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            serverCloses(close);
        } else if (!closing) {
            // After our close frame a message can't be acknowledged any more.
            contentReceived(frame);
        }
    }

    private void contentReceived(WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame) {
            byte[] message = ByteBufUtil.getBytes(frame.content());
            listener.received(message, message.length);
        } else if (frame instanceof PingWebSocketFrame) {
            // The protocol has no pings, but a proxy may send them; a flood of them must not pile up answers.
            if (!connection.writeQueueFull()) {
                write(new PongWebSocketFrame(frame.content().retain()));
            }
        } else if (frame instanceof BinaryWebSocketFrame) {
            abandon(failures.binaryFrame());
        }
    }

    private void serverCloses(CloseWebSocketFrame close) {
        if (failure == null) {
            failure = failures.lost(close.statusCode(), close.reasonText());
        }
        if (closing) {
            disconnect.run();
        } else {
            close().onComplete(written -> disconnect.run());
        }
    }

    private void connectionFailed(Throwable cause) {
        if (failure == null && !closing) {
            failure = failures.lost(cause);
        }
        disconnect.run();
    }

    private void connectionClosed() {
        if (!closed) {
            closed = true;
            closing = true;
            closingTimer.cancel();
            codec.close();
            disconnect.run();
            listener.closed(failure != null ? failure : failures.lost((Throwable) null));
        }
    }

    @Override
    public Future<Void> send(String message) {
        return closing ? failedOnLoop() : write(new TextWebSocketFrame(message));
    }

    private Future<Void> write(WebSocketFrame frame) {
        return connection.write(codec.encode(frame));
    }

    private Future<Void> failedOnLoop() {
        Promise<Void> promise = Promise.promise();
        loop.run(() -> promise.fail("The socket is closed"));
        return promise.future();
    }

    @Override
    public void pause() {
        paused = true;
        connection.pause();
    }

    @Override
    public void resume() {
        paused = false;
        readEvents();
        if (!paused) {
            connection.resume();
        }
    }

    @Override
    public Future<Void> close() {
        if (closing) {
            return Future.succeededFuture();
        }
        closing = true;
        closingTimer = loop.after(CLOSING_TIMEOUT, disconnect);
        Future<Void> written = write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        // The server's close frame is behind what is not read yet.
        resume();
        return written;
    }

    @Override
    public void abandon(CmsEventsConnectionException why) {
        if (failure == null) {
            failure = why;
        }
        close().onComplete(written -> disconnect.run());
    }
}
