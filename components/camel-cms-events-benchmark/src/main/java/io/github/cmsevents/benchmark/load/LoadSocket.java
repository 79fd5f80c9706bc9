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
package io.github.cmsevents.benchmark.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongFunction;

/** One client's socket. Until its subscriptions are set up it is gated; from then on the run says what is sent. */
final class LoadSocket {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();

    // What a first content is cut into: well under the 64 KiB that Vert.x takes for a frame unless told otherwise.
    private static final int ROWS_PER_MESSAGE = 200;

    private final ServerWebSocket webSocket;
    private final LoadRun run;
    private final Map<Integer, LoadSubscription> subscriptions = new HashMap<>();
    private final Queue<LongFunction<String>> opening = new ArrayDeque<>();
    private long openingId;
    private boolean openingUnacknowledged;

    LoadSocket(ServerWebSocket webSocket, LoadRun run) {
        this.webSocket = webSocket;
        this.run = run;
        webSocket.textMessageHandler(this::received);
        webSocket.closeHandler(closed -> run.closed(this));
    }

    void send(String text) {
        if (!webSocket.isClosed()) {
            webSocket.writeFinalTextFrame(text);
        }
    }

    /** Whether nothing is left to be said about what the client has asked for. */
    boolean isSetUp() {
        return opening.isEmpty() && !openingUnacknowledged;
    }

    private void received(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            parser.nextToken();
            if (parser.nextToken() == JsonToken.VALUE_STRING && "messageAck".equals(parser.getText())) {
                while (parser.nextToken() != null) {
                    if (parser.currentToken() == JsonToken.FIELD_NAME && "messageId".equals(parser.currentName())) {
                        acknowledged(parser.nextLongValue(-1));
                        return;
                    }
                }
                run.strayed();
            } else {
                subscribe(TREES.readTree(text).path("message"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A client sent what is not JSON", e);
        }
    }

    private void acknowledged(long messageId) {
        if (messageId >= LoadPlan.FIRST_UPDATE_ID) {
            run.acknowledged(this, messageId - LoadPlan.FIRST_UPDATE_ID);
        } else if (openingUnacknowledged && messageId == openingId) {
            openingUnacknowledged = false;
            sendOpening();
        } else {
            run.strayed();
        }
    }

    private void subscribe(JsonNode message) {
        if (!"subscribeRequest".equals(message.path("type").asText())) {
            run.strayed();
            return;
        }
        send(ServerMessages.acknowledgement(message.path("messageId").asLong()));
        List<LoadSubscription> added = new ArrayList<>();
        for (JsonNode wanted : message.path("subscriptions")) {
            int index = wanted.path("index").asInt();
            if (!subscriptions.containsKey(index)) {
                String call = wanted.path("call").textValue();
                LoadSubscription subscription =
                        new LoadSubscription(index, call, this, run.plan().known());
                subscriptions.put(index, subscription);
                added.add(subscription);
            }
        }
        if (!added.isEmpty()) {
            opening.add(id -> ServerMessages.states(id, added, "pending"));
            opening.add(id -> ServerMessages.states(id, added, "active"));
            for (LoadSubscription subscription : added) {
                int known = run.plan().known();
                for (int from = 0; from < known; from += ROWS_PER_MESSAGE) {
                    int first = from;
                    int end = Math.min(known, from + ROWS_PER_MESSAGE);
                    opening.add(id -> ServerMessages.adds(id, subscription, first, end));
                }
                run.subscribed(subscription);
            }
            sendOpening();
        }
    }

    private void sendOpening() {
        if (openingUnacknowledged) {
            return;
        }
        LongFunction<String> next = opening.poll();
        if (next == null) {
            run.setUp();
        } else {
            openingUnacknowledged = true;
            openingId++;
            send(next.apply(openingId));
        }
    }
}
