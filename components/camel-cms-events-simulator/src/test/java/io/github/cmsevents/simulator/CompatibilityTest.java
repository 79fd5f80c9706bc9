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

import static io.github.cmsevents.simulator.TestClient.json;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and frames as public clients send them, each within the protocol. */
class CompatibilityTest {

    private MeetingServerSimulator server =
            MeetingServerSimulator.builder().build().start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String answer(String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            return client.request(request);
        }
    }

    private String token() {
        return TestClient.login(HttpClient.newHttpClient(), server);
    }

    @Nested
    class Logins {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "authorization: Basic YXBpdXNlcjpzZWNyZXQ=",
                    "AUTHORIZATION: BASIC YXBpdXNlcjpzZWNyZXQ=",
                    "Authorization: basic YXBpdXNlcjpzZWNyZXQ="
                })
        void takesTheAuthorizationInAnyCase(String header) throws IOException {
            assertThat(answer("POST /api/v1/authTokens HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + header
                            + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Content-Length: 0\r\n",
                    "Content-Type: application/json\r\nContent-Length: 0\r\n",
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n",
                    "content-type: nonsense\r\ncontent-length: 0\r\n",
                    "Host: cms.example.com\r\n",
                    "Host: cms.example.com:445\r\nOrigin: null\r\n"
                })
        void takesAPostWithAnyOrNoContentTypeHostAndOrigin(String headers) throws IOException {
            assertThat(answer("POST /api/v1/authTokens HTTP/1.1\r\n" + headers
                            + "Authorization: Basic YXBpdXNlcjpzZWNyZXQ=\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ");
        }

        @Test
        void answersWithOnlyTheHeadersOfTheGuide() throws IOException {
            String answer = answer(RawClient.loginRequest());
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsPattern("\r\nX-Cisco-CMS-Auth-Token: [0-9a-f-]{36}\r\n")
                    .doesNotContainIgnoringCase("\r\nLocation:");
        }
    }

    @Nested
    class Upgrades {

        @ParameterizedTest
        @ValueSource(strings = {"websocket", "WebSocket", "WEBSOCKET"})
        void takesAnyCase(String upgrade) throws IOException {
            String request = RawClient.upgradeRequest(token())
                    .replace("Upgrade: websocket", "upgrade: " + upgrade)
                    .replace("Connection: Upgrade", "connection: keep-alive, upgrade");
            assertThat(answer(request)).startsWith("HTTP/1.1 101 ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Host: cms.example.com",
                    "Host: cms.example.com:443",
                    "Host: x\r\nOrigin: https://elsewhere.example.com",
                    "Host: x\r\nOrigin: null",
                    "Host: x\r\nPragma: no-cache\r\nCache-Control: no-cache\r\nAccept-Encoding: gzip, deflate"
                })
        void takesAnyHostAndOrigin(String headers) throws IOException {
            assertThat(answer(RawClient.upgradeRequest(token()).replace("Host: localhost", headers)))
                    .startsWith("HTTP/1.1 101 ");
        }

        @Test
        void answersInTheUsualSpellingAndDeclinesCompressionByOmission() throws IOException {
            String request = RawClient.upgradeRequest(token());
            assertThat(request).contains("permessage-deflate");
            assertThat(answer(request))
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .contains("\r\nUpgrade: websocket\r\n")
                    .contains("\r\nConnection: Upgrade\r\n")
                    .contains("\r\nSec-WebSocket-Accept: ")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Protocol");
        }
    }

    @Nested
    class Conversations {

        private TestClient client = TestClient.connect(server);

        @AfterEach
        void disconnect() {
            client.close();
            assertThat(server.breaches()).isEmpty();
        }

        @Test
        void numbersMayBeginAtZeroAndRepeat() {
            for (int i = 0; i < 3; i++) {
                client.subscribe(0, "");
                assertThat(client.next().at("/messageAck/messageId").asInt()).isZero();
            }
            client.subscribe(Long.MAX_VALUE, "");
            assertThat(client.next().at("/messageAck/messageId").asLong()).isEqualTo(Long.MAX_VALUE);
            client.subscribe(-1, "");
            assertThat(client.next().at("/messageAck/messageId").asLong()).isEqualTo(-1);
        }

        @Test
        void keysMayComeInAnyOrder() {
            server.createCall("Board", "board");
            client.send("{'message': {'subscriptions': [{'elements': ['name'], 'call': 'board', 'type': 'callInfo',"
                    + " 'index': 1}], 'type': 'subscribeRequest', 'messageId': 4}, 'type': 'message'}");
            assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("success");
            long pending = client.next().at("/message/messageId").asLong();
            client.send("{'messageAck': {'status': 'success', 'messageId': " + pending + "}, 'type': 'messageAck'}");
            assertThat(client.nextAcked().at("/subscriptions/0/state").asText()).isEqualTo("active");
            assertThat(client.nextAcked().at("/callInfo/name").asText()).isEqualTo("Board");
        }

        @Test
        void indexesMayBeBigAndHaveGaps() {
            server.createCall("Board", "board");
            client.subscribe(
                    1,
                    "{'index': 0, 'type': 'calls'}, {'index': 10000, 'type': 'callInfo', 'call': 'board'},"
                            + " {'index': 2147483648, 'type': 'callRoster', 'call': 'board'}");
            assertThat(client.next().at("/messageAck/status").asText()).isEqualTo("success");
            assertThat(client.nextAcked().path("subscriptions"))
                    .extracting(state -> state.path("index").asLong())
                    .containsExactly(0L, 10_000L, 2_147_483_648L);
            client.nextAcked();
            assertThat(client.nextAcked().path("subscriptionIndex").asLong()).isZero();
            assertThat(client.nextAcked().path("subscriptionIndex").asLong()).isEqualTo(10_000);
        }

        @Test
        void requestsMayComeWhileMessagesWaitForTheirAcks() {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");
            assertThat(client.next().at("/messageAck/messageId").asInt()).isEqualTo(1);
            JsonNode pending = client.next();
            client.subscribe(2, "{'index': 1, 'type': 'calls'}, {'index': 2, 'type': 'callInfo', 'call': 'x'}");
            assertThat(client.next().at("/messageAck/messageId").asInt()).isEqualTo(2);
            client.ack(pending.at("/message/messageId").asLong());
            expectStates("1 active");
            expectStates("2 pending");
            expectStates("2 deactivated");
        }

        @Test
        void severalRequestsMayComeInARow() {
            for (int id = 1; id <= 20; id++) {
                String list = IntStream.rangeClosed(1, id)
                        .mapToObj(index -> "{'index': " + index + ", 'type': 'calls'}")
                        .collect(Collectors.joining(", "));
                client.subscribe(id, list);
            }
            int acks = 0;
            while (acks < 20) {
                JsonNode frame = client.next();
                if (frame.has("messageAck")) {
                    assertThat(frame.at("/messageAck/messageId").asInt()).isEqualTo(++acks);
                } else {
                    client.ack(frame.at("/message/messageId").asLong());
                }
            }
            assertThat(server.subscriptions()).hasSize(20);
        }

        @Test
        void theAckComesFirstThenPendingThenActiveThenContentEachAfterTheAckOfTheOneBefore() {
            server.createCall("Board");
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");
            assertThat(client.next())
                    .isEqualTo(json("{'type': 'messageAck', 'messageAck': {'messageId': 1, 'status': 'success'}}"));
            JsonNode pending = client.next();
            assertThat(pending)
                    .isEqualTo(json("{'type': 'message', 'message': {'messageId': 1, 'type': 'subscriptionUpdate',"
                            + " 'subscriptions': [{'index': 1, 'state': 'pending'}]}}"));
            client.expectNothingBeforeAckOf(2);
            client.ack(1);
            JsonNode active = client.next();
            assertThat(active)
                    .isEqualTo(json("{'type': 'message', 'message': {'messageId': 2, 'type': 'subscriptionUpdate',"
                            + " 'subscriptions': [{'index': 1, 'state': 'active'}]}}"));
            client.expectNothingBeforeAckOf(3);
            client.ack(2);
            assertThat(client.nextAcked().path("type").asText()).isEqualTo("callListUpdate");
        }

        private void expectStates(String state) {
            JsonNode message = client.nextAcked();
            assertThat(message.at("/subscriptions/0/index").asText() + " "
                            + message.at("/subscriptions/0/state").asText())
                    .isEqualTo(state);
        }
    }

    @Nested
    class Lenient {

        private static final int FIN = RawClient.FIN;

        @Test
        void pingsAreCountedAndNeverAnswered() throws IOException {
            lenient(Duration.ofSeconds(30));
            try (RawClient client = RawClient.upgraded(server)) {
                for (int i = 0; i < 10; i++) {
                    client.frame(FIN | 0x9, "keepalive");
                }
                client.frame(
                        FIN | RawClient.TEXT,
                        "{\"type\":\"message\",\"message\":{\"messageId\":0,\"type\":\"subscribeRequest\",\"subscriptions\":[]}}");
                RawClient.Received first = client.read();
                assertThat(first.opcode()).isEqualTo(RawClient.TEXT);
                assertThat(first.text()).contains("messageAck");
                assertThat(server.breaches())
                        .extracting(Breach::kind)
                        .hasSize(10)
                        .containsOnly(Breach.Kind.PING);
                assertThat(server.sockets()).isEqualTo(1);
            }
        }

        @Test
        void aClientThatNeverAcknowledgesStallsOnlyItself() {
            lenient(Duration.ofMillis(20));
            try (TestClient lazy = TestClient.connect(server);
                    TestClient good = TestClient.connect(server)) {
                lazy.subscribe(1, "{'index': 1, 'type': 'calls'}");
                assertThat(lazy.next().has("messageAck")).isTrue();
                assertThat(lazy.next().has("message")).isTrue();
                await().atMost(30, SECONDS).until(() -> server.breaches().size() == 1);

                good.subscribe(1, "{'index': 1, 'type': 'calls'}");
                good.next();
                good.nextAcked();
                good.nextAcked();
                server.createCall("Board");
                assertThat(good.nextAcked().path("updates")).hasSize(1);
                lazy.expectNothingBeforeAckOf(2);
                assertThat(server.sockets()).isEqualTo(2);
                assertThat(server.breaches()).extracting(Breach::kind).containsOnly(Breach.Kind.UNACKED_MESSAGE);
                // A late acknowledgement still counts.
                lazy.ack(1);
                assertThat(lazy.nextAcked().at("/subscriptions/0/state").asText())
                        .isEqualTo("active");
            }
        }

        private void lenient(Duration ackTimeout) {
            server.close();
            server = MeetingServerSimulator.builder()
                    .punish(false)
                    .ackTimeout(ackTimeout)
                    .build()
                    .start();
        }
    }
}
