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
package io.github.cmsevents.examples.meetingwall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.ParticipantOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes between simulated Call Bridges and a WebSocket. */
class WallRoutesTest {

    /** A text frame of one character, masked with zeros. */
    private static final byte[] FRAME = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, '?'};

    private final MeetingServerCluster cluster = MeetingServerCluster.builder()
            .bridges(2)
            .server(server -> server.credentials("admin", "admin"))
            .build();

    private RunningWall wall;

    @BeforeEach
    void start() {
        cluster.start();
        wall = new RunningWall(cluster.urls());
    }

    @AfterEach
    void stop() {
        wall.close();
        cluster.close();
    }

    @Test
    void sendsASnapshotAndThenEveryChangeOnceAndInOrder() {
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        try (WallSocket first = new WallSocket(wall)) {
            first.awaitFirst(message -> has(message, "people", "Ada"));

            try (WallSocket second = new WallSocket(wall)) {
                JsonNode snapshot =
                        second.awaitFirst(message -> message.get("snapshot").asBoolean());
                board.set("recording", "active");
                ada.set("activeSpeaker", true);
                board.addParticipant(
                        1,
                        ParticipantOptions.named("Bo").set("state", "initial").set("audioMuted", true));
                second.awaitFirst(message -> has(message, "people", "Bo"));
                ada.leave("clientInitiated");
                second.awaitFirst(message -> has(message, "left", ada.id()));
                board.end();
                second.awaitFirst(message -> message.has("ended"));

                assertThat(snapshot.get("title").asText()).isEqualTo("Rooms");
                assertThat(snapshot.toString())
                        .contains("\"name\":\"Board\"", "\"name\":\"Ada\"", "\"connected\":true");
                assertThat(second.messages().toString())
                        .contains("\"recording\":true", "\"speaking\":true", "\"state\":\"initial\"")
                        .doesNotContain("admin");
                assertThat(sequences(second, snapshot)).isNotEmpty().isSorted().doesNotHaveDuplicates();
                long expected = snapshot.get("sequence").asLong()
                        + sequences(second, snapshot).size();
                assertThat(sequences(second, snapshot)).last().isEqualTo(expected);
            }
        }
        assertThat(cluster.breaches()).isEmpty();
    }

    /** The numbers of the changes after a snapshot. */
    private static List<Long> sequences(WallSocket socket, JsonNode snapshot) {
        return socket.messages().stream()
                .filter(message -> !message.get("snapshot").asBoolean())
                .map(message -> message.get("sequence").asLong())
                .filter(sequence -> sequence > snapshot.get("sequence").asLong())
                .toList();
    }

    private static boolean has(JsonNode message, String part, String text) {
        return !message.get("snapshot").asBoolean()
                && message.path(part).toString().contains("\"" + text + "\"");
    }

    @Test
    void reportsACallBridgeThatIsLostAndIsBack() {
        String second = URI.create(cluster.bridge(1).url()).getAuthority();
        try (WallSocket socket = new WallSocket(wall)) {
            socket.awaitFirst(message -> connected(message, second, true));
            cluster.bridge(1).stop();
            socket.awaitFirst(message -> connected(message, second, false)
                    && !message.get("snapshot").asBoolean());
            int lost = socket.messages().size();
            cluster.bridge(1).start();
            socket.awaitFirst(message ->
                    connected(message, second, true) && socket.messages().indexOf(message) >= lost);
        }
    }

    private static boolean connected(JsonNode message, String bridge, boolean connected) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(
                                message.path("bridges").elements(), 0),
                        false)
                .anyMatch(each -> each.get("name").asText().equals(bridge)
                        && each.get("connected").asBoolean() == connected);
    }

    @Test
    void servesThePageWithHeadersThatAllowNothingElse() throws Exception {
        HttpResponse<String> page = get("/", null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        WallSite.HEADERS.forEach((name, value) ->
                assertThat(page.headers().firstValue(name)).as(name).hasValue(value));
        assertThat(page.body()).doesNotContain("http://", "https://", "admin", "style=", "onclick");
        assertThat(get("/js/main.js", null).headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
        assertThat(get("/../application.properties", null).statusCode()).isEqualTo(404);
        assertThat(get("/application.properties", null).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAPageOfAnotherSite() throws Exception {
        assertThat(get("/", "http://elsewhere.example.com").statusCode()).isEqualTo(403);
        assertThat(get("/", "not a URI").statusCode()).isEqualTo(403);
        assertThat(get("/", "http://127.0.0.1:" + wall.port()).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .header("Origin", "http://elsewhere.example.com")
                        .buildAsync(
                                URI.create(wall.uri("/updates").toString().replace("http", "ws")),
                                new WebSocket.Listener() {})
                        .join())
                .hasStackTraceContaining("WebSocketHandshakeException");
    }

    private HttpResponse<String> get(String path, String origin) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(wall.uri(path));
        if (origin != null) {
            request.header("Origin", origin);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aBrowserThatReadsNothingHoldsNoOtherUpAndIsDisconnected() throws Exception {
        DistributedCall board = cluster.createCall("Board");
        List<DistributedParticipant> crowd = IntStream.range(0, 200)
                .mapToObj(i -> board.addParticipant(0, "Person " + i, ""))
                .toList();
        try (Socket stuck = new Socket();
                WallSocket socket = new WallSocket(wall)) {
            stuck.setReceiveBufferSize(1_024);
            stuck.connect(new InetSocketAddress("127.0.0.1", wall.port()));
            upgrade(stuck);
            AtomicInteger round = new AtomicInteger();

            await().atMost(Duration.ofSeconds(120)).until(() -> {
                String name = round.incrementAndGet() + "x".repeat(190);
                crowd.forEach(person -> person.set("name", name));
                // The buffers between server and client fill up.
                socket.awaitFirst(message -> has(message, "people", name));
                return isDisconnected(stuck);
            });
        }
    }

    private static void upgrade(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("GET /updates HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static boolean isDisconnected(Socket socket) {
        try {
            socket.getOutputStream().write(FRAME);
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
