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
package io.github.cmsevents.benchmark.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.cmsevents.benchmark.Load;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The least that a client on Vert.x can do: finds the id of a message and acknowledges it. It does not read the content, so
 * a client that does can hardly be faster.
 */
final class FloorClient {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int SECONDS = 60;

    private FloorClient() {}

    static ClientReport run(List<HandWrittenSocket> sockets, Arrivals arrivals) throws Exception {
        Vertx vertx = Vertx.vertx();
        await(Future.all(
                sockets.stream().map(socket -> connect(vertx, socket, arrivals)).toList()));
        ClientReport report = arrivals.await();
        await(vertx.close());
        return report;
    }

    private static Future<Void> connect(Vertx vertx, HandWrittenSocket socket, Arrivals arrivals) {
        return vertx.createHttpClient()
                .request(HttpMethod.POST, socket.port(), "127.0.0.1", "/api/v1/authTokens")
                .compose(HttpClientRequest::send)
                .map(response -> response.getHeader("X-Cisco-CMS-Auth-Token"))
                .compose(token -> vertx.createWebSocketClient()
                        .connect(socket.port(), "127.0.0.1", "/events/v1?authToken=" + token))
                .compose(open -> {
                    open.textMessageHandler(text -> received(open, socket, text, arrivals));
                    return open.writeFinalTextFrame(socket.subscribeRequest());
                });
    }

    private static void received(WebSocket webSocket, HandWrittenSocket socket, String text, Arrivals arrivals) {
        int messageId = messageId(text);
        if (messageId >= 0) {
            webSocket.writeFinalTextFrame(HandWrittenSocket.acknowledgement(messageId));
        }
        if (messageId >= Load.FIRST_UPDATE_ID) {
            arrivals.number(socket, messageId - Load.FIRST_UPDATE_ID);
        }
    }

    /** -1 for an acknowledgement. */
    private static int messageId(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    if ("messageAck".equals(parser.currentName())) {
                        return -1;
                    }
                    if ("messageId".equals(parser.currentName())) {
                        return parser.nextIntValue(-1);
                    }
                }
            }
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException("The load server sent a message that is not JSON", e);
        }
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
}
