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
import io.github.cmsevents.benchmark.load.LoadPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The least that a client can do: read the number of a message, acknowledge it. What it gets cannot be had faster on
 * Vert.x.
 */
public final class FloorClient {

    private final Arrivals arrivals;
    private final JsonFactory json = new JsonFactory();
    private final HttpClient httpClient;
    private final WebSocketClient webSocketClient;
    private final ClientWebSocket webSocket;

    public FloorClient(Vertx vertx, Arrivals arrivals) {
        this.arrivals = arrivals;
        this.httpClient = vertx.createHttpClient();
        this.webSocketClient = vertx.createWebSocketClient();
        this.webSocket = webSocketClient.webSocket();
    }

    /** Logs in, opens the socket, and asks for all calls. */
    public Future<Void> connect(int port) {
        webSocket.textMessageHandler(this::received);
        return httpClient
                .request(HttpMethod.POST, port, "127.0.0.1", "/api/v1/authTokens")
                .compose(HttpClientRequest::send)
                .map(response -> response.getHeader("X-Cisco-CMS-Auth-Token"))
                .compose(token -> webSocket.connect(port, "127.0.0.1", "/events/v1?authToken=" + token))
                .compose(open -> webSocket.writeFinalTextFrame(SubscribeRequest.TEXT));
    }

    public Future<Void> close() {
        return webSocket.close().compose(closed -> webSocketClient.close()).compose(closed -> httpClient.close());
    }

    private void received(String text) {
        long messageId = messageId(text);
        if (messageId >= 0) {
            webSocket.writeFinalTextFrame("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + messageId
                    + ",\"status\":\"success\"}}");
            arrivals.arrived(0, (int) messageId - LoadPlan.FIRST_UPDATE_ID);
        }
    }

    /** The number of a message; -1 for an acknowledgement. Reads no further than that. */
    private long messageId(String text) {
        try (JsonParser parser = json.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    if ("messageAck".equals(parser.currentName())) {
                        return -1;
                    }
                    if ("messageId".equals(parser.currentName())) {
                        return parser.nextLongValue(-1);
                    }
                }
            }
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException("The load server sent what is not JSON", e);
        }
    }
}
