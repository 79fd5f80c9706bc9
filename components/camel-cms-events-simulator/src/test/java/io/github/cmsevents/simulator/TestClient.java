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
package io.github.cmsevents.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An event client of the JDK alone. It acknowledges nothing by itself. */
public final class TestClient implements AutoCloseable, WebSocket.Listener {

    static final String USER = "apiuser";
    static final String PASSWORD = "secret";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<String> closeReason = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private TestClient() {}

    public static TestClient connect(MeetingServerSimulator server) {
        return connect(HttpClient.newHttpClient(), server, login(HttpClient.newHttpClient(), server));
    }

    static TestClient connect(HttpClient http, MeetingServerSimulator server, String token) {
        TestClient client = new TestClient();
        client.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(server.eventsUrl() + "?authToken=" + token), client)
                .join();
        return client;
    }

    static String login(HttpClient http, MeetingServerSimulator server) {
        return login(http, server, USER, PASSWORD)
                .headers()
                .firstValue("x-cisco-cms-auth-token")
                .orElseThrow();
    }

    static HttpResponse<String> login(HttpClient http, MeetingServerSimulator server, String user, String password) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/authTokens"))
                .header("Authorization", "Basic " + basic)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }

    void send(String text) {
        socket.sendText(quoted(text), true).join();
    }

    WebSocket socket() {
        return socket;
    }

    /** Replaces single quotes by double ones; one between letters stays an apostrophe. */
    private static String quoted(String text) {
        return text.replaceAll("(?<![A-Za-z])'|'(?![A-Za-z])", "\"");
    }

    public void subscribe(long messageId, String subscriptions) {
        send("{'type': 'message', 'message': {'messageId': " + messageId
                + ", 'type': 'subscribeRequest', 'subscriptions': [" + subscriptions + "]}}");
    }

    void ack(long messageId) {
        send("{'type': 'messageAck', 'messageAck': {'messageId': " + messageId + ", 'status': 'success'}}");
    }

    public JsonNode next() {
        String text = nextText();
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    String nextText() {
        try {
            String text = texts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("Nothing came within " + PATIENCE);
            }
            return text;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message's {@code message}, acknowledged. */
    public JsonNode nextAcked() {
        JsonNode frame = next();
        if (!frame.path("type").asText().equals("message")) {
            throw new AssertionError("Expected a message: " + frame);
        }
        ack(frame.at("/message/messageId").asLong());
        return frame.get("message");
    }

    boolean hasNothing() {
        return texts.isEmpty();
    }

    /** Checks that no message arrives before the acknowledgement of an unknown message, which the server sends at once. */
    void expectNothingBeforeAckOf(long messageId) {
        send("{'type': 'message', 'message': {'messageId': " + messageId + ", 'type': 'marker'}}");
        JsonNode frame = next();
        if (!frame.path("type").asText().equals("messageAck")
                || frame.at("/messageAck/messageId").asLong() != messageId) {
            throw new AssertionError("Expected nothing, but got " + frame);
        }
    }

    int closeCode() {
        try {
            return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new AssertionError("Socket was not closed", e);
        }
    }

    String closeReason() {
        closeCode();
        return closeReason.join();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(quoted(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            texts.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeReason.complete(reason);
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeReason.complete("");
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
