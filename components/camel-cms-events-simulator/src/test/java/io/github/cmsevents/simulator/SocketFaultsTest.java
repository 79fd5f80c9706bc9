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
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets that break, fall silent or are refused, and servers that restart. */
class SocketFaultsTest {

    private static final String CALLS =
            "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\",\"subscriptions\":["
                    + "{\"index\":1,\"type\":\"calls\"}]}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private MeetingServerSimulator server =
            MeetingServerSimulator.builder().build().start();

    @AfterEach
    void stop() {
        assertThat(server.breaches()).isEmpty();
        server.close();
    }

    @Test
    void resetsNow() throws IOException {
        try (RawClient first = RawClient.upgraded(server);
                RawClient second = RawClient.upgraded(server)) {
            assertThat(server.faults().on(2).reset()).isEqualTo(1);
            assertThatThrownBy(second::read).isInstanceOf(SocketException.class);
            assertThat(first.hasNothing()).isTrue();
            assertThat(server.faults().reset()).isEqualTo(1);
            assertThatThrownBy(first::read).isInstanceOf(SocketException.class);
            assertThat(server.faults().reset()).isZero();
            expectFaults("reset@2", "reset@1");
        }
    }

    @Test
    void resetsAfterTheGivenNumberOfMessagesOfAllSockets() throws IOException {
        server.faults().next(new Fault.ResetAfter(3));
        try (RawClient first = RawClient.upgraded(server);
                RawClient second = RawClient.upgraded(server)) {
            subscribe(first);
            assertThat(first.read().text()).contains("messageAck");
            assertThat(first.read().text()).contains("\"messageId\":1").contains("pending");
            subscribe(second);
            assertThat(second.read().text()).contains("messageAck");
            assertThat(second.read().text()).contains("\"messageId\":1").contains("pending");
            expectFaults();
            ack(second, 1);
            assertThatThrownBy(() -> {
                        second.read();
                        second.read();
                    })
                    .isInstanceOf(SocketException.class);
            expectFaults("resetAfter@2");
            ack(first, 1);
            assertThat(first.read().text()).contains("\"messageId\":2").contains("active");
            assertThat(server.sockets()).isEqualTo(1);
        }
    }

    @Test
    void resetsAgainAndAgain() {
        server.faults().next(2, new Fault.ResetAfter(1));
        for (int i = 0; i < 2; i++) {
            try (TestClient client = TestClient.connect(server)) {
                client.subscribe(1, "{'index': 1, 'type': 'calls'}");
                assertThat(client.closeCode()).isEqualTo(1006);
            }
        }
        try (TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");
            client.next();
            client.nextAcked();
            client.nextAcked();
        }
        expectFaults("resetAfter@1", "resetAfter@2");
    }

    @Test
    void fallsSilentAndKeepsTheConnection() throws IOException {
        server.close();
        server = MeetingServerSimulator.builder()
                .maxSockets(1)
                .ackTimeout(Duration.ofMillis(50))
                .build()
                .start();
        try (RawClient client = RawClient.upgraded(server)) {
            assertThat(server.faults().silence()).isEqualTo(1);
            subscribe(client);
            // It does not count towards the five sockets, and needs no acknowledgement.
            assertThat(server.sockets()).isZero();
            try (TestClient other = TestClient.connect(server)) {
                server.createCall("Board");
                other.expectNothingBeforeAckOf(1);
                assertThat(client.hasNothing()).isTrue();
            }
            assertThat(server.subscribeRequests()).isEmpty();
            expectFaults("silence@1");

            server.faults().clear();
            assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void fallsSilentAfterTheGivenNumberOfMessages() throws IOException {
        server.faults().on(1).next(new Fault.SilenceAfter(1));
        try (RawClient client = RawClient.upgraded(server)) {
            subscribe(client);
            assertThat(client.read().text()).contains("messageAck");
            assertThat(client.read().text()).contains("pending");
            ack(client, 1);
            server.createCall("Board");
            assertThat(server.sockets()).isZero();
            assertThat(client.hasNothing()).isTrue();
            expectFaults("silenceAfter@1");
            server.stop();
            assertThatThrownBy(() -> client.read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void restartsWithoutTokensOnTheSamePort() {
        String token = TestClient.login(http, server);
        int port = server.port();
        try (TestClient client = TestClient.connect(server)) {
            server.faults().restart(() -> {
                assertThat(server.isRunning()).isFalse();
                server.createCall("Made meanwhile");
            });
            assertThat(client.closeCode()).isEqualTo(1001);
        }
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.calls()).extracting(SimulatedCall::name).containsExactly("Made meanwhile");
        assertThatThrownBy(() -> TestClient.connect(http, server, token)).isNotNull();
        try (TestClient client = TestClient.connect(server)) {
            assertThat(client.hasNothing()).isTrue();
        }
        expectFaults("restart");
        assertThatThrownBy(() -> server.faults().restart(() -> {
                    throw new IllegalArgumentException("oops");
                }))
                .hasMessage("oops");
        assertThat(server.isRunning()).isTrue();
    }

    @Test
    void otherClientsOccupySockets() {
        server.faults().occupySockets(4);
        try (TestClient first = TestClient.connect(server)) {
            String token = TestClient.login(http, server);
            expectRefused(token);
            expectRefused(token);
            expectFaults("occupySockets", "occupySockets");
            assertThat(server.sockets()).isEqualTo(1);

            server.faults().occupySockets(3);
            TestClient.connect(http, server, token).close();

            server.faults().occupySockets(5);
            await().atMost(30, SECONDS).until(() -> server.sockets() == 1);
            String another = TestClient.login(http, server);
            expectRefused(another);
            server.faults().freeSockets();
            TestClient.connect(http, server, another).close();
            assertThat(first.hasNothing()).isTrue();
        }
    }

    @Test
    void writesAFrameAFewBytesAtATime() throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            server.faults().next(2, new Fault.Drip(7, Duration.ofMillis(5)));
            subscribe(client);
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(30, SECONDS)
                    .until(() -> server.subscribeRequests().size() == 1);
            // The close is sent after the ack and the first message, which are slow.
            server.faults().close(1001);
            String ack = client.read().text();
            String pending = client.read().text();
            RawClient.Received close = client.read();
            assertThat(ack)
                    .isEqualTo("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":1,\"status\":\"success\"}}");
            assertThat(pending).contains("\"state\":\"pending\"");
            assertThat(close.closeCode()).isEqualTo(1001);
            expectFaults("drip@1", "drip@1", "close@1");
        }
    }

    @Test
    void clearSpeedsUpADripAndSilenceStopsIt() throws IOException {
        server.faults().untilCleared(new Fault.Drip(1, Duration.ofHours(1)));
        try (RawClient hurried = RawClient.upgraded(server);
                RawClient silenced = RawClient.upgraded(server)) {
            subscribe(hurried);
            subscribe(silenced);
            await().atMost(30, SECONDS).until(() -> server.subscribeRequests().size() == 2);
            server.faults().on(2).silence();
            server.faults().on(1).clear();
            assertThat(FaultsInJournal.of(server))
                    .containsExactlyInAnyOrder("drip@1", "drip@1", "drip@2", "drip@2", "silence@2");
            assertThat(hurried.read().text()).contains("messageAck");
            assertThat(hurried.read().text()).contains("pending");
            // This cleared only that socket: the drip continues until all faults are cleared.
            server.faults().clear();
            assertThatThrownBy(silenced::read).isInstanceOf(IOException.class);
            ack(hurried, 1);
            assertThat(hurried.read().text()).contains("active");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011})
    void closesWithACode(int code) throws IOException {
        try (RawClient client = RawClient.upgraded(server)) {
            assertThat(server.faults().close(code)).isEqualTo(1);
            RawClient.Received close = client.read();
            assertThat(close.opcode()).isEqualTo(RawClient.CLOSE);
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(server.sockets()).isZero();
            expectFaults("close@1");
        }
    }

    @Test
    void closesWithoutACodeAndWithoutAHandshake() throws IOException {
        try (RawClient first = RawClient.upgraded(server);
                RawClient second = RawClient.upgraded(server)) {
            server.faults().on(1).close();
            RawClient.Received close = first.read();
            assertThat(close.opcode()).isEqualTo(RawClient.CLOSE);
            assertThat(close.payload()).isEmpty();
            server.faults().on(2).hangUp();
            assertThat(second.isAtEnd()).isTrue();
            expectFaults("close@1", "hangUp@2");
        }
    }

    @Test
    void closesAfterTheGivenNumberOfMessages() throws IOException {
        server.faults().next(new Fault.CloseAfter(1, 1011));
        try (RawClient client = RawClient.upgraded(server)) {
            subscribe(client);
            assertThat(client.read().text()).contains("messageAck");
            assertThat(client.read().text()).contains("pending");
            assertThat(client.read().closeCode()).isEqualTo(1011);
            expectFaults("closeAfter@1");
        }
    }

    private void expectRefused(String token) {
        assertThatThrownBy(() -> TestClient.connect(http, server, token))
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, refused -> assertThat(
                                refused.getResponse().statusCode())
                        .isEqualTo(503));
    }

    private static void subscribe(RawClient client) throws IOException {
        client.frame(RawClient.FIN | RawClient.TEXT, CALLS);
    }

    private static void ack(RawClient client, int messageId) throws IOException {
        client.frame(
                RawClient.FIN | RawClient.TEXT,
                "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + messageId + ",\"status\":\"success\"}}");
    }

    private void expectFaults(String... names) {
        assertThat(FaultsInJournal.of(server)).containsExactly(names);
    }
}
