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
package io.github.cmsevents.camel.transport;

import io.vertx.core.Future;
import io.vertx.core.http.ClientWebSocket;

/** One events WebSocket on Vert.x. All of it runs on the event loop that opened it. */
final class VertxEventsSocket implements EventsSocket {

    private static final short NORMAL_CLOSURE = 1000;

    private final ClientWebSocket webSocket;
    private final ConnectionFailures failures;
    private boolean closing;
    private ConnectionException failure;

    VertxEventsSocket(ClientWebSocket webSocket, Listener listener, ConnectionFailures failures) {
        this.webSocket = webSocket;
        this.failures = failures;
        webSocket.textMessageHandler(text -> {
            // What comes after our goodbye can't be acknowledged any more.
            if (!closing) {
                listener.received(text);
            }
        });
        webSocket.binaryMessageHandler(frame -> abandon(failures.binaryFrame()));
        webSocket.exceptionHandler(this::failed);
        webSocket.closeHandler(closed -> listener.closed(
                failure != null ? failure : failures.lost(webSocket.closeStatusCode(), webSocket.closeReason())));
    }

    // A message over the limit leaves the socket open but its acknowledgement for ever unwritten, so it ends here.
    private void failed(Throwable cause) {
        if (failure == null) {
            failure = failures.lost(cause);
        }
        close();
    }

    @Override
    public void send(String text) {
        if (!closing) {
            webSocket.writeFinalTextFrame(text);
        }
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
    public void abandon(ConnectionException why) {
        if (failure == null) {
            failure = why;
        }
        close();
    }
}
