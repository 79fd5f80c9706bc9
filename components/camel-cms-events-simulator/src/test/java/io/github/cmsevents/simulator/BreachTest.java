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

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Breaches of the protocol by a client: counted, and punished by a close that names the breach. */
class BreachTest {

    private static final int FIN = RawClient.FIN;

    private MeetingServerSimulator server =
            MeetingServerSimulator.builder().build().start();

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Arguments> frames() {
        String list = "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\","
                + "\"subscriptions\":[]}}";
        return List.of(
                Arguments.of(Breach.Kind.PING, 1008, FIN | 0x9, "hi"),
                Arguments.of(Breach.Kind.PONG, 1008, FIN | 0xA, ""),
                Arguments.of(Breach.Kind.BINARY_FRAME, 1008, FIN | 0x2, list),
                Arguments.of(Breach.Kind.FRAGMENTED_FRAME, 1008, 0x1, list),
                Arguments.of(Breach.Kind.FRAGMENTED_FRAME, 1008, FIN, list),
                Arguments.of(Breach.Kind.FRAGMENTED_FRAME, 1008, 0x2, list),
                Arguments.of(Breach.Kind.INVALID_FRAME, 1002, FIN | 0x40 | 0x1, list),
                Arguments.of(Breach.Kind.INVALID_FRAME, 1002, FIN | 0x3, list),
                Arguments.of(Breach.Kind.INVALID_FRAME, 1002, FIN | 0xB, ""),
                Arguments.of(Breach.Kind.INVALID_FRAME, 1002, 0x9, ""),
                Arguments.of(Breach.Kind.INVALID_FRAME, 1002, FIN | 0x8, "x"),
                Arguments.of(Breach.Kind.INVALID_FRAME, 1002, FIN | 0x9, "x".repeat(126)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void punishesIllegalFrames(Breach.Kind kind, int closeCode, int firstByte, String payload) throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            client.frame(firstByte, payload);

            expectPunishment(client, kind, closeCode);
        }
    }

    @Test
    void punishesAnUnmaskedFrame() throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            client.unmasked(FIN | RawClient.TEXT, "{}");

            expectPunishment(client, Breach.Kind.UNMASKED_FRAME, 1002);
        }
    }

    @Test
    void punishesTextThatIsNotUtf8() throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            client.frame(FIN | RawClient.TEXT, new byte[] {(byte) 0xC3, 0x28});

            expectPunishment(client, Breach.Kind.INVALID_FRAME, 1002);
        }
    }

    @Test
    void punishesAFrameOfAnAbsurdLength() throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            client.send(new byte[] {(byte) 0x81, (byte) 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});

            expectPunishment(client, Breach.Kind.INVALID_FRAME, 1002);
        }
    }

    @Test
    void evenALenientServerClosesWhenItCannotFindTheNextFrame() throws IOException {
        server.close();
        server = MeetingServerSimulator.builder().punish(false).build().start();
        try (RawClient client = RawClient.upgraded(server)) {
            client.send(new byte[] {(byte) 0x81, (byte) 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
            assertThat(client.read().closeCode()).isEqualTo(1009);
            expectKinds(Breach.Kind.INVALID_FRAME);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "",
                "[]",
                "{}",
                "{\"type\":\"message\"} x",
                "{\"type\":\"greeting\",\"greeting\":{\"messageId\":1}}",
                "{\"type\":\"message\"}",
                "{\"type\":\"message\",\"message\":{\"type\":\"subscribeRequest\",\"subscriptions\":[]}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":\"1\",\"type\":\"subscribeRequest\",\"subscriptions\":[]}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":1.5,\"type\":\"subscribeRequest\",\"subscriptions\":[]}}",
                "{\"type\":\"messageAck\",\"messageAck\":{\"status\":\"success\"}}",
                "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":1}}"
            })
    void closesTheSocketForTextThatCannotBeAcknowledged(String text) throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            client.frame(FIN | RawClient.TEXT, text);

            expectPunishment(client, Breach.Kind.INVALID_MESSAGE, 1008);
        }
    }

    private void expectPunishment(RawClient client, Breach.Kind kind, int closeCode) throws IOException {
        RawClient.Received close = client.read();
        assertThat(close.opcode()).isEqualTo(RawClient.CLOSE);
        assertThat(close.closeCode()).isEqualTo(closeCode);
        assertThat(close.closeReason()).startsWith(kind.name() + ": ");
        assertThat(server.sockets()).isZero();
        assertThat(server.breaches()).singleElement().satisfies(breach -> {
            assertThat(breach.kind()).isEqualTo(kind);
            assertThat(breach.socket()).isEqualTo(1);
            assertThat(breach.detail()).isNotBlank();
            assertThat(breach.toString()).startsWith(kind + " on socket 1: ");
        });
        // Frames after the close are not counted.
        client.frame(FIN | 0x9, "");
        client.frame(FIN | RawClient.CLOSE, new byte[] {(byte) (closeCode >> 8), (byte) closeCode});
        assertThat(client.isAtEnd()).isTrue();
        assertThat(server.breaches()).hasSize(1);
    }

    @Test
    void disconnectsAClientThatDoesNotAnswerTheClose() throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            client.frame(FIN | 0x9, "");
            assertThat(client.read().opcode()).isEqualTo(RawClient.CLOSE);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void punishesAnAckOfAnUnknownMessage() {
        try (TestClient client = TestClient.connect(server)) {
            client.ack(1);

            assertThat(client.closeCode()).isEqualTo(1008);
            expectKinds(Breach.Kind.ACK_FOR_NOTHING);
        }
    }

    @Test
    void punishesARepeatedAck() {
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");
            client.next();
            client.nextAcked();
            client.nextAcked();
            client.ack(1);

            assertThat(client.closeReason()).startsWith("ACK_FOR_NOTHING: message 1 ");
            expectKinds(Breach.Kind.ACK_FOR_NOTHING);
        }
    }

    @Test
    void punishesAMissingAck() {
        server.close();
        server = MeetingServerSimulator.builder()
                .ackTimeout(Duration.ofMillis(200))
                .build()
                .start();
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");

            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(client.closeReason()).isEqualTo("UNACKED_MESSAGE: message 1 not acknowledged within PT0.2S");
            expectKinds(Breach.Kind.UNACKED_MESSAGE);
        }
    }

    @Test
    void countsEveryMissingAckOnceWhenLenient() {
        server.close();
        server = MeetingServerSimulator.builder()
                .ackTimeout(Duration.ofMillis(50))
                .ackWindow(2)
                .punish(false)
                .build()
                .start();
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");

            await().atMost(30, SECONDS).until(() -> server.breaches().size() == 2);
            client.ack(1);
            client.ack(2);
            client.next();
            client.next();
            client.next();
            client.expectNothingBeforeAckOf(7);
            expectKinds(Breach.Kind.UNACKED_MESSAGE, Breach.Kind.UNACKED_MESSAGE);
        }
    }

    @Test
    void refusesTheSixthSocketUntilOneCloses() {
        HttpClient http = HttpClient.newHttpClient();
        List<TestClient> clients = new ArrayList<>();
        IntStream.rangeClosed(1, 5).forEach(i -> clients.add(TestClient.connect(server)));
        String token = TestClient.login(http, server);

        assertThatThrownBy(() -> TestClient.connect(http, server, token))
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                refused.getResponse().statusCode())
                        .isEqualTo(503));
        expectKinds(Breach.Kind.TOO_MANY_SOCKETS);
        assertThat(server.sockets()).isEqualTo(5);

        clients.get(0).socket().sendClose(1000, "enough").join();
        await().atMost(30, SECONDS).until(() -> server.sockets() == 4);
        // The refusal has not used the token up.
        clients.add(TestClient.connect(http, server, token));
        assertThat(server.sockets()).isEqualTo(5);
        assertThat(server.socketsOpenedInAll()).isEqualTo(6);
        clients.forEach(TestClient::close);
    }

    @Test
    void refusesTheHundredAndFirstSubscription() {
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, subscriptions(100));
            assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("success");
            assertThat(client.nextAcked().path("subscriptions")).hasSize(100);
            assertThat(server.subscriptions()).hasSize(100);
            client.nextAcked();

            client.subscribe(2, subscriptions(101));
            assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("failure");
            assertThat(client.closeCode()).isEqualTo(1008);
            expectKinds(Breach.Kind.TOO_MANY_SUBSCRIPTIONS);
        }
    }

    private static String subscriptions(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(index -> "{'index': " + index + ", 'type': 'callInfo', 'call': 'no-such-call'}")
                .collect(Collectors.joining(", "));
    }

    @Test
    void punishesADuplicateIndex() {
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}, {'index': 1, 'type': 'callInfo', 'call': 'x'}");

            assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("failure");
            assertThat(client.closeReason()).isEqualTo("DUPLICATE_INDEX: index 1 twice");
            expectKinds(Breach.Kind.DUPLICATE_INDEX);
        }
    }

    @Test
    void aLenientServerOnlyCounts() throws IOException {
        server.close();
        server = MeetingServerSimulator.builder().punish(false).build().start();
        try (RawClient client = RawClient.upgraded(server)) {
            client.frame(FIN | 0x9, "");
            client.frame(FIN | 0xA, "");
            client.frame(FIN | 0x2, "x");
            client.frame(RawClient.TEXT, "{");
            client.frame(FIN, "}");
            client.frame(FIN | RawClient.TEXT, "hello");
            client.unmasked(
                    FIN | RawClient.TEXT,
                    "{\"type\":\"message\",\"message\":{\"messageId\":5,\"type\":\"subscribeRequest\",\"subscriptions\":[]}}");

            // The first and only answer is that to the last frame: pings are never answered.
            assertThat(client.read().text())
                    .isEqualTo("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":5,\"status\":\"success\"}}");
            expectKinds(
                    Breach.Kind.PING,
                    Breach.Kind.PONG,
                    Breach.Kind.BINARY_FRAME,
                    Breach.Kind.FRAGMENTED_FRAME,
                    Breach.Kind.FRAGMENTED_FRAME,
                    Breach.Kind.INVALID_MESSAGE,
                    Breach.Kind.UNMASKED_FRAME);
            assertThat(server.sockets()).isEqualTo(1);
        }
    }

    @Test
    void countsPingsOfTheJdksClient() {
        try (TestClient client = TestClient.connect(server)) {
            client.socket().sendPing(ByteBuffer.allocate(0)).join();
            assertThat(client.closeCode()).isEqualTo(1008);
            assertThat(server.journal()).anySatisfy(entry -> assertThat(entry)
                    .isInstanceOfSatisfying(JournalEntry.Frame.class, frame -> assertThat(frame.type())
                            .isEqualTo("ping")));
        }
    }

    private void expectKinds(Breach.Kind... kinds) {
        assertThat(server.breaches()).extracting(Breach::kind).containsExactly(kinds);
    }
}
