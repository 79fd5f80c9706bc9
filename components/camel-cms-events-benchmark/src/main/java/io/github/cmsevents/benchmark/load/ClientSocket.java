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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A client's socket, seen from the server: reads what the client says, and acknowledges what it asks for. */
public final class ClientSocket {

    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();

    private final ServerWebSocket webSocket;
    private final Listener listener;

    /**
     * A subscription that a client asks for.
     *
     * @param type such as {@code callRoster}
     * @param call null for all calls
     */
    public record Wanted(int index, String type, String call, Set<String> elements) {}

    /** Is told on the socket's event loop. */
    public interface Listener {

        void acknowledged(long messageId);

        /** @param wanted all subscriptions that there are to be on this socket */
        void subscribe(List<Wanted> wanted);

        /** The client has said what is neither of these. */
        void strayed();

        void closed();
    }

    public ClientSocket(ServerWebSocket webSocket, Listener listener) {
        this.webSocket = webSocket;
        this.listener = listener;
        webSocket.textMessageHandler(this::received);
        webSocket.closeHandler(closed -> listener.closed());
    }

    public void send(String text) {
        if (!webSocket.isClosed()) {
            webSocket.writeFinalTextFrame(text);
        }
    }

    private void received(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            parser.nextToken();
            if (parser.nextToken() == JsonToken.VALUE_STRING && "messageAck".equals(parser.getText())) {
                while (parser.nextToken() != null) {
                    if (parser.currentToken() == JsonToken.FIELD_NAME && "messageId".equals(parser.currentName())) {
                        listener.acknowledged(parser.nextLongValue(-1));
                        return;
                    }
                }
                listener.strayed();
            } else {
                asked(TREES.readTree(text).path("message"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A client sent what is not JSON", e);
        }
    }

    private void asked(JsonNode message) {
        if (!"subscribeRequest".equals(message.path("type").asText())) {
            listener.strayed();
            return;
        }
        send(ServerMessages.acknowledgement(message.path("messageId").asLong()));
        List<Wanted> wanted = new ArrayList<>();
        for (JsonNode entry : message.path("subscriptions")) {
            Set<String> elements = new LinkedHashSet<>();
            entry.path("elements").forEach(element -> elements.add(element.asText()));
            wanted.add(new Wanted(
                    entry.path("index").asInt(),
                    entry.path("type").asText(),
                    entry.path("call").textValue(),
                    elements));
        }
        listener.subscribe(wanted);
    }
}
