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
package io.github.cmsevents.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that sends exactly the frames of a test, valid or not. */
final class ScriptedServer implements AutoCloseable {

    static final String TOKEN = "a-token-not-to-be-seen-anywhere";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer http;
    private final BlockingQueue<ServerWebSocket> sockets = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();
    private ServerWebSocket socket;

    ScriptedServer() throws Exception {
        HttpServerOptions options = new HttpServerOptions().setMaxWebSocketFrameSize(1 << 26);
        http = vertx.createHttpServer(options)
                .requestHandler(request -> request.response()
                        .putHeader("x-cisco-cms-auth-token", TOKEN)
                        .end())
                .webSocketHandler(accepted -> {
                    opened.incrementAndGet();
                    accepted.textMessageHandler(frames::add);
                    sockets.add(accepted);
                });
        http.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    }

    String url() {
        return "http://127.0.0.1:" + http.actualPort();
    }

    int socketsOpened() {
        return opened.get();
    }

    /** Waits for the next socket that the client opens, and sends on it from now on. */
    void awaitSocket() throws InterruptedException {
        socket = sockets.poll(10, TimeUnit.SECONDS);
        if (socket == null) {
            throw new AssertionError("No socket was opened");
        }
    }

    /** Waits for the client's next frame. */
    JsonNode awaitFrame() throws Exception {
        String frame = frames.poll(10, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("The client sent no frame");
        }
        return JSON.readTree(frame);
    }

    boolean isSilent() {
        return frames.isEmpty();
    }

    /** Sends a frame; single quotes stand for double ones. */
    void send(String frame) {
        sendAsIs(frame.replace('\'', '"'));
    }

    void sendAsIs(String frame) {
        socket.writeFinalTextFrame(frame);
    }

    /** Sends a text frame whose text need not be UTF-8. */
    void sendText(byte[] content) {
        socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, content, true));
    }

    /** Sends a message in several frames, which no Meeting Server does. */
    void sendInPieces(String... pieces) {
        socket.writeFrame(WebSocketFrame.textFrame(pieces[0], false));
        for (int i = 1; i < pieces.length; i++) {
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(pieces[i]), i == pieces.length - 1));
        }
    }

    void sendBinary(byte[] content) {
        socket.writeFinalBinaryFrame(Buffer.buffer(content));
    }

    /** Whether the client reads more slowly than the server sends. */
    boolean isHeldBack() {
        return socket.writeQueueFull();
    }

    static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
