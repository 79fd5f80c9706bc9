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
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketFrame;

/** One events WebSocket on Vert.x. All of it runs on the event loop that opened it, other than {@link #send}. */
final class VertxEventsSocket implements EventsSocket {

    private static final short NORMAL_CLOSURE = 1000;

    // A first content can be much larger than what follows, and there are many sockets.
    private static final int LONGEST_KEPT = 64 * 1024;

    // Less than any limit for a frame.
    private static final int SHORT = 128;

    private final ClientWebSocket webSocket;
    private final ConnectionFailures failures;
    private final int maxMessageSize;
    private final Listener listener;
    private final Vigil vigil;
    /** What a message is read from: used again for the next. */
    private byte[] text = new byte[1024];
    /** The frames so far of a message in several, which the protocol has none of; null outside of one. */
    private Buffer fragments;

    private volatile boolean closing;
    private CmsEventsConnectionException failure;

    VertxEventsSocket(
            ClientWebSocket webSocket,
            Listener listener,
            ConnectionFailures failures,
            int maxMessageSize,
            Vigil vigil) {
        this.webSocket = webSocket;
        this.listener = listener;
        this.failures = failures;
        this.maxMessageSize = maxMessageSize;
        this.vigil = vigil;
        // Not Vert.x's handler of text messages: its string would be taken to bytes again.
        webSocket.frameHandler(this::frameCame);
        webSocket.exceptionHandler(this::failed);
        webSocket.closeHandler(closed -> listener.closed(
                failure != null ? failure : failures.lost(webSocket.closeStatusCode(), webSocket.closeReason())));
    }

    private void frameCame(WebSocketFrame frame) {
        // What comes after our goodbye can't be acknowledged any more.
        if (closing) {
            return;
        }
        if (frame.isBinary()) {
            abandon(failures.binaryFrame());
        } else if (frame.isText() && frame.isFinal()) {
            messageCame(frame.binaryData());
        } else if (frame.isText() || frame.isContinuation()) {
            fragmentCame(frame);
        }
    }

    private void fragmentCame(WebSocketFrame frame) {
        if (fragments == null) {
            fragments = Buffer.buffer();
        }
        fragments.appendBuffer(frame.binaryData());
        if (fragments.length() > maxMessageSize) {
            abandon(failures.tooLarge());
        } else if (frame.isFinal()) {
            Buffer whole = fragments;
            fragments = null;
            messageCame(whole);
        }
    }

    private void messageCame(Buffer message) {
        long came = System.nanoTime();
        vigil.messageCame(came);
        int length = message.length();
        if (length > LONGEST_KEPT) {
            listener.received(message.getBytes(), length, came);
            return;
        }
        if (text.length < length) {
            text = new byte[length];
        }
        message.getBytes(text);
        listener.received(text, length, came);
    }

    // A message over the limit leaves the socket open but its acknowledgement for ever unwritten, so it ends here.
    private void failed(Throwable cause) {
        if (failure == null) {
            failure = failures.lost(cause);
        }
        close();
    }

    @Override
    public void answerIsNear() {
        vigil.keep();
    }

    @Override
    public Future<Void> send(String message) {
        vigil.answerSent();
        // The first costs less, but may cut what is long into several frames.
        return message.length() < SHORT ? webSocket.writeTextMessage(message) : webSocket.writeFinalTextFrame(message);
    }

    @Override
    public void pause() {
        webSocket.pause();
    }

    @Override
    public void resume() {
        webSocket.resume();
    }

    @Override
    public Future<Void> close() {
        if (closing) {
            return Future.succeededFuture();
        }
        closing = true;
        return webSocket.close(NORMAL_CLOSURE);
    }

    @Override
    public void abandon(CmsEventsConnectionException why) {
        if (failure == null) {
            failure = why;
        }
        close();
    }
}
