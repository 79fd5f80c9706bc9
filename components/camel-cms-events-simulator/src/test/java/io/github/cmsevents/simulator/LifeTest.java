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
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Starting, stopping, dropping sockets, and records. */
class LifeTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aRestartKeepsPortAndMeetingsButNoTokens() {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            assertThat(server.isRunning()).isFalse();
            SimulatedCall call = server.createCall("Made before the start");
            server.start();
            int port = server.port();
            assertThat(port).isPositive();
            String token = TestClient.login(http, server);
            try (TestClient client = TestClient.connect(server)) {
                server.stop();
                assertThat(client.closeCode()).isEqualTo(1001);
            }
            assertThat(server.isRunning()).isFalse();
            assertThat(server.sockets()).isZero();
            server.stop();

            server.start();
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.calls()).containsExactly(call);
            assertThatThrownBy(() -> TestClient.connect(http, server, token)).isNotNull();
            assertThat(server.breaches()).isEmpty();
            try (TestClient client = TestClient.connect(server)) {
                assertThat(client.hasNothing()).isTrue();
                assertThat(server.socketsOpenedInAll()).isEqualTo(2);
            }
            assertThatThrownBy(server::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The simulator is running already");
        }
    }

    @RepeatedTest(20)
    void aStoppedServerRefusesConnectionsAtOnceAndCanStartAtOnce() {
        try (MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                TestClient client = TestClient.connect(server)) {
            server.stop();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            server.start();
            assertThat(TestClient.login(http, server)).isNotBlank();
            assertThat(client.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void droppedSocketsAreReset() throws IOException {
        try (MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                RawClient client = RawClient.upgraded(server)) {
            server.dropSockets();
            assertThat(server.sockets()).isZero();
            assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
            assertThat(closes(server)).containsExactly(new Close(JournalEntry.Closer.NONE, 1006, ""));
        }
    }

    @Test
    void closedSocketsReceiveTheReason() {
        try (MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                TestClient client = TestClient.connect(server)) {
            server.closeSockets(1012, "service restart");
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(client.closeReason()).isEqualTo("service restart");
            assertThat(closes(server)).containsExactly(new Close(JournalEntry.Closer.SERVER, 1012, "service restart"));
        }
    }

    @Test
    void answersACloseWithAClose() throws IOException {
        try (MeetingServerSimulator server =
                MeetingServerSimulator.builder().build().start()) {
            try (RawClient client = RawClient.upgraded(server)) {
                client.frame(RawClient.FIN | RawClient.CLOSE, new byte[] {0x03, (byte) 0xE8, 'o', 'k'});
                RawClient.Received answer = client.read();
                assertThat(answer.opcode()).isEqualTo(RawClient.CLOSE);
                assertThat(answer.closeCode()).isEqualTo(1000);
                assertThat(client.isAtEnd()).isTrue();
            }
            try (RawClient client = RawClient.upgraded(server)) {
                client.frame(RawClient.FIN | RawClient.CLOSE, "");
                assertThat(client.read().payload()).isEmpty();
                assertThat(client.isAtEnd()).isTrue();
            }
            RawClient lost = RawClient.upgraded(server);
            assertThat(server.sockets()).isEqualTo(1);
            lost.close();
            await().atMost(30, SECONDS).until(() -> server.sockets() == 0);
            assertThat(closes(server))
                    .containsExactly(
                            new Close(JournalEntry.Closer.CLIENT, 1000, "ok"),
                            new Close(JournalEntry.Closer.CLIENT, 1005, ""),
                            new Close(JournalEntry.Closer.NONE, 1006, ""));
            assertThat(server.breaches()).isEmpty();
        }
    }

    private record Close(JournalEntry.Closer by, int code, String reason) {}

    private static List<Close> closes(MeetingServerSimulator server) {
        return server.journal().stream()
                .filter(JournalEntry.Closed.class::isInstance)
                .map(JournalEntry.Closed.class::cast)
                .map(closed -> new Close(closed.by(), closed.code(), closed.reason()))
                .toList();
    }

    @Test
    void theThreadIsGoneAfterClose() {
        MeetingServerSimulator server = MeetingServerSimulator.builder().build().start();
        TestClient client = TestClient.connect(server);
        assertThat(simulatorThreads()).isEqualTo(1);
        server.close();
        assertThat(simulatorThreads()).isZero();
        assertThat(client.closeCode()).isEqualTo(1001);
        server.close();
        assertThatThrownBy(server::sockets)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The simulator is closed");
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    }

    private static long simulatorThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().startsWith("meeting-server-simulator"))
                .count();
    }

    @Test
    void namesATakenPort() {
        try (MeetingServerSimulator first =
                        MeetingServerSimulator.builder().build().start();
                MeetingServerSimulator second =
                        MeetingServerSimulator.builder().port(first.port()).build()) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + first.port());
            assertThat(second.isRunning()).isFalse();
        }
    }

    @Test
    void cannotBeStoppedOnItsOwnThread() {
        try (MeetingServerSimulator server =
                MeetingServerSimulator.builder().build().start()) {
            assertThatThrownBy(() -> server.transaction(server::stop))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("own thread");
            assertThatThrownBy(() -> server.transaction(server::close))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("own thread");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void clearEndsCallsAndRemovesRecordsButKeepsSockets() {
        try (MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                TestClient client = TestClient.connect(server)) {
            server.createCall("Board");
            client.subscribe(1, "{'index': 1, 'type': 'calls'}");
            client.next();
            client.nextAcked();
            client.nextAcked();
            client.nextAcked();
            client.expectNothingBeforeAckOf(5);
            assertThat(server.refusals()).hasSize(1);

            server.clear();

            assertThat(server.calls()).isEmpty();
            assertThat(server.journal()).isEmpty();
            assertThat(server.refusals()).isEmpty();
            assertThat(server.subscribeRequests()).isEmpty();
            assertThat(server.loginCount()).isZero();
            assertThat(server.socketsOpenedInAll()).isZero();
            assertThat(server.sockets()).isEqualTo(1);
            assertThat(client.nextAcked().at("/updates/0/updateType").asText()).isEqualTo("remove");
        }
    }

    @Test
    void theJournalIsARingAndHasAListener() {
        List<JournalEntry> received = new CopyOnWriteArrayList<>();
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .journalCapacity(3)
                .journalListener(received::add)
                .build()
                .start()) {
            IntStream.range(0, 5).forEach(i -> TestClient.login(http, server));
            assertThat(server.journal()).hasSize(3);
            assertThat(server.loginCount()).isEqualTo(5);
            assertThat(received).hasSize(5).endsWith(server.journal().toArray(JournalEntry[]::new));
        }
    }

    @Test
    void theJournalHasEveryFrameBothWays() {
        try (MeetingServerSimulator server =
                        MeetingServerSimulator.builder().build().start();
                TestClient client = TestClient.connect(server)) {
            client.subscribe(1, "");
            client.next();
            assertThat(server.journal()).hasSize(4);
            assertThat(server.journal().get(1)).isInstanceOfSatisfying(JournalEntry.Upgrade.class, upgrade -> {
                assertThat(upgrade.status()).isEqualTo(101);
                assertThat(upgrade.socket()).isEqualTo(1);
            });
            assertThat(server.journal().get(2)).isInstanceOfSatisfying(JournalEntry.Frame.class, frame -> {
                assertThat(frame.direction()).isEqualTo(JournalEntry.Direction.IN);
                assertThat(frame.text()).contains("subscribeRequest");
            });
            assertThat(server.journal().get(3)).isInstanceOfSatisfying(JournalEntry.Frame.class, frame -> {
                assertThat(frame.direction()).isEqualTo(JournalEntry.Direction.OUT);
                assertThat(frame.text()).contains("messageAck");
            });
        }
    }

    @Test
    void findsCallsAndParticipants() {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            SimulatedCall call = server.createCall("Board", "board");
            SimulatedParticipant bo = call.addParticipant("Bo", "bo@example.com");
            assertThat(server.call("board")).contains(call);
            assertThat(server.call("other")).isEmpty();
            assertThat(call.name()).isEqualTo("Board");
            assertThat(call.get("participants").asInt()).isEqualTo(1);
            assertThat(call.participants()).containsExactly(bo);
            assertThat(call.participant(bo.id())).contains(bo);
            assertThat(bo.call()).isEqualTo(call);
            assertThat(bo.name()).isEqualTo("Bo");
            assertThat(bo.get("uri").asText()).isEqualTo("bo@example.com");
            call.end();
            assertThat(call.hasEnded()).isTrue();
            assertThat(bo.hasLeft()).isTrue();
        }
    }
}
