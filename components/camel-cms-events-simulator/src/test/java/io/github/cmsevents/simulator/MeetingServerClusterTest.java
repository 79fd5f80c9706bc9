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

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MeetingServerClusterTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private MeetingServerCluster cluster =
            right(MeetingServerCluster.builder()).build().start();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void use(ClusterBuilder builder) {
        cluster.close();
        cluster = right(builder).build().start();
    }

    /** Calls that are right from the beginning, so that the number of messages is known. */
    private static ClusterBuilder right(ClusterBuilder builder) {
        return builder.server(server -> server.callsCorrectedAfter(Duration.ZERO));
    }

    // ---- Over the wire

    /** Subscribes to calls under 1 and, when the bridge takes part, to the roster under 2. */
    private TestClient subscribe(int bridge, DistributedCall call) {
        TestClient client = TestClient.connect(cluster.bridge(bridge));
        String calls = "{'index': 1, 'type': 'calls', 'elements': ['participants', 'distributedInstances']}";
        String roster = call.instance(bridge)
                .map(instance -> ", {'index': 2, 'type': 'callRoster', 'call': '" + instance.id()
                        + "', 'elements': ['audioMuted']}")
                .orElse("");
        client.subscribe(1, calls + roster);
        assertThat(client.next().path("messageAck").path("status").asText()).isEqualTo("success");
        return client;
    }

    /** The next message in short form, without GUIDs. */
    private static String received(TestClient client) {
        JsonNode message = client.nextAcked();
        if (message.path("type").asText().equals("subscriptionUpdate")) {
            List<String> states = new ArrayList<>();
            message.path("subscriptions")
                    .forEach(state -> states.add(state.path("index").asText() + " "
                            + state.path("state").asText()));
            return String.join(", ", states);
        }
        List<String> rows = new ArrayList<>();
        message.path("updates").forEach(row -> {
            List<String> words = new ArrayList<>();
            row.properties().stream()
                    .filter(field ->
                            !field.getKey().equals("call") && !field.getKey().equals("participant"))
                    .map(field -> field.getKey().equals("updateType")
                            ? field.getValue().asText()
                            : field.getKey() + "=" + field.getValue().asText())
                    .forEach(words::add);
            rows.add(String.join(" ", words));
        });
        return message.path("subscriptionIndex").asText() + ": " + String.join(", ", rows);
    }

    private static List<String> received(TestClient client, int messages) {
        List<String> received = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            received.add(received(client));
        }
        return received;
    }

    @Test
    void bothBridgesShowTheWholeConference() {
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        board.addParticipant(1, "Bo", "bo@example.com");
        try (TestClient first = subscribe(0, board);
                TestClient second = subscribe(1, board)) {
            for (TestClient client : List.of(first, second)) {
                assertThat(received(client, 4))
                        .containsExactly(
                                "1 pending, 2 pending",
                                "1 active, 2 active",
                                "1: add participants=2 distributedInstances=2",
                                "2: add audioMuted=false, add audioMuted=false");
            }
            ada.set("audioMuted", true);
            assertThat(received(first)).isEqualTo("2: update audioMuted=true");
            assertThat(received(second)).isEqualTo("2: update audioMuted=true");
        }
        assertThat(cluster.breaches()).isEmpty();
    }

    @Test
    void aBridgeWithoutLocalParticipantsDeactivatesSubscriptions() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
        try (TestClient first = subscribe(0, board);
                TestClient second = subscribe(1, board)) {
            received(first, 4);
            received(second, 4);
            // Their acks have arrived, so that the next message does not wait for one.
            first.expectNothingBeforeAckOf(9);
            second.expectNothingBeforeAckOf(9);
            bo.leave("clientInitiated");
            assertThat(received(first, 3))
                    .containsExactly("1: update participants=1", "2: remove", "1: update distributedInstances=0");
            assertThat(received(second, 4))
                    .containsExactly(
                            "1: update participants=1",
                            "2: remove reason=clientInitiated",
                            "2 deactivated",
                            "1: remove reason=allLeft");
            assertThat(board.instance(1)).isEmpty();
            assertThat(board.instances()).containsExactly(board.instance(0).orElseThrow());
        }
    }

    @Test
    void theReasonOfTheLastLocalParticipantComesBeforeTheDeactivation() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        board.addParticipant(1, "Bo", "bo@example.com");
        String there = board.instance(1).orElseThrow().id();
        try (TestClient client = TestClient.connect(cluster.bridge(1))) {
            client.subscribe(1, "{'index': 2, 'type': 'callRoster', 'call': '" + there + "'}");
            client.next();
            received(client, 3);
            client.expectNothingBeforeAckOf(9);
            board.leave(1, "remoteTeardown");
            assertThat(received(client, 2)).containsExactly("2: remove reason=remoteTeardown", "2 deactivated");
        }
    }

    @Test
    void onlyTheParticipantsOwnBridgeSendsTheReason() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
        board.addParticipant(1, "Chidi", "chidi@example.com");
        try (TestClient first = subscribe(0, board);
                TestClient second = subscribe(1, board)) {
            received(first, 4);
            received(second, 4);
            bo.leave("clientInitiated");
            assertThat(received(first, 2)).containsExactly("1: update participants=2", "2: remove");
            assertThat(received(second, 2))
                    .containsExactly("1: update participants=2", "2: remove reason=clientInitiated");
        }
    }

    @Test
    void theEndReachesEveryBridge() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        board.join(1);
        try (TestClient first = subscribe(0, board);
                TestClient second = subscribe(1, board)) {
            received(first, 4);
            received(second, 4);
            board.end();
            assertThat(received(first, 2)).containsExactly("2 deactivated", "1: remove reason=participantInitiated");
            assertThat(received(second, 2)).containsExactly("2 deactivated", "1: remove reason=participantInitiated");
        }
        assertThat(board.hasEnded()).isTrue();
        assertThat(cluster.calls()).isEmpty();
        assertThat(board.instances()).isEmpty();
        assertThatThrownBy(board::end)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Conference[" + board.correlator() + "] has ended");
    }

    // ---- Death and life

    @Test
    void aKilledBridgeResetsItsSocketsAndClosesItsPort() throws Exception {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        board.addParticipant(1, "Bo", "bo@example.com");
        MeetingServerSimulator victim = cluster.bridge(1);
        int port = victim.port();
        try (RawClient socket = RawClient.upgraded(victim);
                TestClient other = subscribe(0, board)) {
            received(other, 4);
            cluster.kill(1);
            assertThatThrownBy(socket::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
            assertThat(received(other, 2))
                    .containsExactly("1: update participants=1 distributedInstances=0", "2: remove");
        }
        assertThat(cluster.isAlive(1)).isFalse();
        assertThat(victim.isRunning()).isFalse();
        assertThat(victim.calls()).isEmpty();
        assertThat(board.participants())
                .extracting(DistributedParticipant::name)
                .containsExactly("Ada");
        assertThatThrownBy(() -> board.addParticipant(1, "Bo", "bo@example.com"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Bridge 1 was killed; revive it first");
        assertThatThrownBy(() -> board.join(1)).isInstanceOf(IllegalStateException.class);
        cluster.kill(1);
    }

    @Test
    void aKilledBridgeResetsConnectionsBeforeTheUpgrade() throws Exception {
        MeetingServerSimulator victim = cluster.bridge(1);
        victim.createCall("Board");
        try (RawClient silent = RawClient.upgraded(victim);
                RawClient waiting = new RawClient(victim)) {
            victim.faults().next(new Fault.IgnoreLogin());
            victim.faults().next(new Fault.SilenceAfter(1));
            waiting.send(RawClient.loginRequest());
            silent.frame(
                    RawClient.FIN | RawClient.TEXT,
                    "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\","
                            + "\"subscriptions\":[{\"index\":1,\"type\":\"calls\"}]}}");
            silent.read();
            silent.read();
            await().atMost(30, SECONDS).until(() -> FaultsInJournal.of(victim).size() == 2);
            cluster.kill(1);
            assertThatThrownBy(waiting::isAtEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThatThrownBy(silent::isAtEnd)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aRevivedBridgeHasItsPortButNoCallsAndNoTokens() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        String before = board.join(1).id();
        MeetingServerSimulator risen = cluster.bridge(1);
        risen.createCall("Of this bridge alone");
        String token = TestClient.login(http, risen);
        int port = risen.port();
        cluster.kill(1);
        cluster.revive(1);
        assertThat(risen.port()).isEqualTo(port);
        assertThat(risen.calls()).isEmpty();
        assertThat(cluster.isAlive(1)).isTrue();
        assertThatThrownBy(() -> TestClient.connect(http, risen, token)).hasStackTraceContaining("401");
        try (TestClient client = subscribe(1, board)) {
            assertThat(received(client, 2)).containsExactly("1 pending", "1 active");
            client.expectNothingBeforeAckOf(9);
            board.addParticipant(1, "Bo", "bo@example.com");
            assertThat(received(client)).isEqualTo("1: add participants=2 distributedInstances=2");
            assertThat(risen.calls()).extracting(SimulatedCall::id).doesNotContain(before);
        }
        cluster.revive(1);
    }

    @Test
    void aConferenceThatOnlyADeadBridgeHostedIsOver() {
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant bo = board.addParticipant(2, "Bo", "bo@example.com");
        cluster.kill(2);
        assertThat(board.hasEnded()).isTrue();
        assertThat(bo.hasLeft()).isTrue();
        assertThat(cluster.calls()).isEmpty();
    }

    /** The README's way to play a network failure. */
    @Test
    void aStoppedBridgeKeepsTakingPart() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        SimulatedCall there = board.join(1);
        cluster.bridge(1).stop();
        board.addParticipant(1, "Bo", "bo@example.com");
        cluster.bridge(1).start();
        assertThat(cluster.isAlive(1)).isTrue();
        assertThat(board.instance(1)).contains(there);
        assertThat(there.participants()).extracting(SimulatedParticipant::name).containsExactly("Ada", "Bo");
    }

    @Test
    void itsThreadsAreGoneAfterClose() {
        cluster.close();
        cluster.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("meeting-server-simulator"));
        assertThatThrownBy(() -> cluster.createCall("Board"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The cluster is closed");
    }

    // ---- Building

    @Test
    void givesConsecutivePortsFromTheGivenOneOn() throws IOException {
        int port = cluster.bridge(2).port();
        cluster.close();
        ClusterBuilder builder = MeetingServerCluster.builder().bridges(2).server(server -> server.port(port));
        try (MeetingServerCluster two = builder.build()) {
            assertThat(two.size()).isEqualTo(2);
            assertThat(two.urls()).isEqualTo("http://127.0.0.1:" + port + ",http://127.0.0.1:" + (port + 1));
        }
        assertThatThrownBy(() -> builder.server(server -> server.port(65_535)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be 0 to 65535: 65536");
    }

    @Test
    void whenAPortIsTakenNoBridgeListens() throws IOException {
        int taken = cluster.bridge(0).port();
        try (MeetingServerCluster other = MeetingServerCluster.builder()
                .bridges(2)
                .server(1, server -> server.port(taken - 1))
                .build()) {
            assertThatThrownBy(other::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken);
            assertThat(other.bridges()).noneMatch(MeetingServerSimulator::isRunning);
        }
    }

    @Test
    void oneBridgeIsAClusterToo() {
        use(MeetingServerCluster.builder().bridges(1));
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        assertThat(board.instance(0).orElseThrow().get("distributedInstances").asInt())
                .isZero();
        assertThatThrownBy(() -> MeetingServerCluster.builder().bridges(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyBridgeHasItsCertificateAndItsCredentials() {
        use(MeetingServerCluster.builder().bridges(2).server(server -> server.tls(SimulatorTls.selfSigned())
                .credentials("me", "hunter2")));
        assertThat(cluster.urls()).matches("https://127\\.0\\.0\\.1:\\d+,https://127\\.0\\.0\\.1:\\d+");
        assertThat(cluster.certificatesPem())
                .isEqualTo(
                        cluster.bridge(0).certificatePem() + cluster.bridge(1).certificatePem());
    }

    @Test
    void refusesBridgesWithDifferentElements() {
        assertThatThrownBy(() -> MeetingServerCluster.builder()
                        .server(1, server -> server.additionalElements("callInfo", "mood"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("All bridges must know the same elements, but those of callInfo differ");
        use(MeetingServerCluster.builder().server(server -> server.additionalElements("callInfo", "mood")));
        DistributedCall board = cluster.createCall(CallOptions.named("Board").set("mood", "good"));
        assertThat(board.join(2).get("mood").asText()).isEqualTo("good");
    }

    @Test
    void refusesAnUnknownBridge() {
        DistributedCall board = cluster.createCall("Board");
        for (Callable<?> mistake : List.<Callable<?>>of(
                () -> cluster.bridge(3),
                () -> cluster.isAlive(3),
                () -> board.join(3),
                () -> board.addParticipant(3, "Bo", "bo@example.com"),
                () -> board.instance(-1))) {
            assertThatThrownBy(mistake::call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("No bridge (3|-1); there are 0 to 2");
        }
    }

    // ---- The Java API

    @Test
    void returnsTheTrueStateOfCallsAndParticipants() {
        DistributedCall board =
                cluster.createCall(CallOptions.named("Board").correlator("c1").callType("adHoc"));
        assertThat(board.correlator()).isEqualTo("c1");
        assertThat(board.name()).isEqualTo("Board");
        assertThat(board.get("callType").asText()).isEqualTo("adHoc");
        assertThat(board.participants()).isEmpty();
        assertThat(board.instances()).isEmpty();
        assertThat(cluster.calls()).containsExactly(board);
        assertThat(cluster.call("c1")).contains(board);
        assertThat(cluster.call("c2")).isEmpty();

        DistributedParticipant bo = board.addParticipant(2, "Bo", "bo@example.com");
        assertThat(bo.bridge()).isEqualTo(2);
        assertThat(bo.name()).isEqualTo("Bo");
        assertThat(bo.call()).isEqualTo(board);
        assertThat(bo.idOn(2)).contains(bo.id());
        assertThat(bo.idOn(1)).isEmpty();
        assertThat(board.participants()).containsExactly(bo);
        assertThat(board.participant(bo.id())).contains(bo);
        assertThat(board.bridges()).containsExactly(2);
        SimulatedCall shown = board.instance(2).orElseThrow();
        assertThat(cluster.bridge(2).calls()).containsExactly(shown);
        assertThat(shown.correlator()).isEqualTo("c1");
        assertThat(board.join(2)).isEqualTo(shown);

        board.set(Map.of("recording", "active", "lockState", "locked"));
        assertThat(board.get("recording").asText()).isEqualTo("active");
        assertThat(shown.get("lockState").asText()).isEqualTo("locked");

        bo.set(Map.of("audioMuted", true));
        assertThat(bo.get("audioMuted").asBoolean()).isTrue();
        board.activeSpeaker(bo);
        assertThat(shown.participants().get(0).get("activeSpeaker").asBoolean()).isTrue();
        board.activeSpeaker(null);
        assertThat(bo.get("activeSpeaker").asBoolean()).isFalse();

        bo.leave("clientInitiated");
        assertThat(bo.hasLeft()).isTrue();
        assertThat(bo.bridge()).isEqualTo(2);
        assertThat(bo.idOn(2)).isEmpty();
        assertThat(board.hasEnded()).isTrue();
        assertThatThrownBy(() -> bo.leave("clientInitiated"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Participant " + bo.id() + " has left");
        assertThat(cluster.createCall(CallOptions.named("Board").correlator("c1")))
                .isNotEqualTo(board);
    }

    @Test
    void withOwnParticipantIdsARemoteParticipantHasAnotherGuid() {
        use(MeetingServerCluster.builder().ownParticipantIds(true));
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        SimulatedCall there = board.join(1);
        assertThat(there.participants()).singleElement().satisfies(shown -> {
            assertThat(shown.id()).isNotEqualTo(ada.id());
            assertThat(ada.idOn(1)).contains(shown.id());
        });
        assertThat(ada.idOn(0)).contains(ada.id());
        ada.set("audioMuted", true);
        assertThat(there.participants().get(0).get("audioMuted").asBoolean()).isTrue();
    }

    @Test
    void clearEndsEverythingButKeepsSocketsAndKilledBridges() {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        cluster.bridge(1).createCall("Of this bridge alone");
        cluster.kill(2);
        try (TestClient client = subscribe(0, board)) {
            received(client, 4);
            cluster.clear();
            assertThat(received(client, 2)).containsExactly("2 deactivated", "1: remove reason=participantInitiated");
            assertThat(cluster.bridge(0).sockets()).isEqualTo(1);
        }
        assertThat(cluster.calls()).isEmpty();
        assertThat(cluster.bridge(1).calls()).isEmpty();
        assertThat(cluster.isAlive(2)).isFalse();
        assertThat(cluster.bridge(0).subscribeRequests()).isEmpty();
    }

    @Test
    void breachesAreThoseOfAllBridges() throws IOException {
        for (int bridge : List.of(0, 2)) {
            try (RawClient client = RawClient.upgraded(cluster.bridge(bridge))) {
                client.frame(RawClient.FIN | 0x9, "ping");
                client.read();
            }
        }
        assertThat(cluster.breaches()).extracting(Breach::kind).containsExactly(Breach.Kind.PING, Breach.Kind.PING);
        cluster.clear();
        assertThat(cluster.breaches()).isEmpty();
    }

    // ---- Lag

    @Test
    void changesReachOtherBridgesAfterTheDelay() {
        use(MeetingServerCluster.builder().propagationDelay(Duration.ofMillis(50)));
        DistributedCall board = cluster.createCall("Board");
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        SimulatedCall there = board.join(1);
        board.addParticipant(0, "Bo", "bo@example.com");
        await().atMost(30, SECONDS).until(() -> there.participants().size() == 2);
        ada.leave("clientInitiated");
        await().atMost(30, SECONDS).until(() -> there.participants().size() == 1);
        cluster.kill(0);
        await().atMost(30, SECONDS).until(() -> cluster.bridge(1).calls().isEmpty());
    }

    @Test
    void aDelayedChangeIsNotVisibleOnOtherBridges() {
        use(MeetingServerCluster.builder().propagationDelay(Duration.ofHours(1)));
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        SimulatedCall there = board.join(1);
        board.addParticipant(0, "Bo", "bo@example.com");
        assertThat(board.instance(0).orElseThrow().participants()).hasSize(2);
        assertThat(there.participants()).hasSize(1);
        // A change to the conference reaches every bridge at once, after all delayed changes.
        board.set("recording", "active");
        assertThat(there.get("recording").asText()).isEqualTo("active");
        assertThat(there.participants()).hasSize(2);
        cluster.kill(0);
        assertThat(board.hasEnded()).isTrue();
        assertThat(cluster.bridge(1).calls()).containsExactly(there);
        assertThatThrownBy(() -> MeetingServerCluster.builder().propagationDelay(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- Threads

    @Test
    void changesFromManyThreadsLeaveAllBridgesAlike() throws Exception {
        DistributedCall board = cluster.createCall("Board");
        for (int bridge = 0; bridge < 3; bridge++) {
            board.join(bridge);
        }
        inParallel(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 200; i++) {
                List<DistributedParticipant> all = board.participants();
                try {
                    if (all.size() < 4 || random.nextInt(3) == 0) {
                        board.addParticipant(random.nextInt(3), "P" + i, "p@example.com");
                    } else if (random.nextInt(3) == 0) {
                        all.get(random.nextInt(all.size())).leave("clientInitiated");
                    } else {
                        all.get(random.nextInt(all.size())).set("activeSpeaker", true);
                    }
                } catch (IllegalStateException leftMeanwhile) {
                    assertThat(leftMeanwhile).hasMessageContaining("has left");
                }
            }
        });
        List<String> truth = board.participants().stream()
                .map(participant -> participant.id() + participant.get("activeSpeaker"))
                .toList();
        assertThat(truth).isNotEmpty();
        for (SimulatedCall instance : board.instances()) {
            assertThat(instance.participants())
                    .extracting(participant -> participant.id() + participant.get("activeSpeaker"))
                    .containsExactlyElementsOf(truth);
        }
    }

    @Test
    void bridgesEndUpEqualAfterChangesFromManyThreads() throws Exception {
        DistributedCall board = cluster.createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        inParallel(4, thread -> {
            Random random = new Random(thread);
            for (int i = 0; i < 60; i++) {
                int bridge = 1 + random.nextInt(2);
                try {
                    switch (random.nextInt(5)) {
                        case 0 -> cluster.kill(bridge);
                        case 1 -> cluster.revive(bridge);
                        case 2 -> board.leave(bridge);
                        case 3 -> board.join(bridge);
                        default -> board.addParticipant(bridge, "P", "p@example.com");
                    }
                } catch (IllegalStateException e) {
                    assertThat(e.getMessage()).containsAnyOf("was killed", "does not take part");
                }
            }
        });
        List<String> truth =
                board.participants().stream().map(DistributedParticipant::id).toList();
        Set<String> guids = new HashSet<>();
        for (MeetingServerSimulator bridge : cluster.bridges()) {
            bridge.calls().forEach(call -> {
                guids.add(call.id());
                assertThat(call.participants())
                        .extracting(SimulatedParticipant::id)
                        .containsExactlyElementsOf(truth);
            });
        }
        assertThat(board.instances()).extracting(SimulatedCall::id).containsExactlyInAnyOrderElementsOf(guids);
    }

    @Test
    void changesOnABridgesOwnThreadDoNotWaitForOtherBridges() throws Exception {
        DistributedCall board = cluster.createCall("Board");
        SimulatedCall first = board.join(0);
        SimulatedCall second = board.join(1);
        inParallel(2, bridge -> {
            for (int i = 0; i < 300; i++) {
                cluster.bridge(bridge).transaction(() -> {
                    board.addParticipant(bridge, "Bo", "bo@example.com");
                    board.activeSpeaker(board.participants().get(0));
                });
            }
        });
        List<String> truth =
                board.participants().stream().map(DistributedParticipant::id).toList();
        assertThat(truth).hasSize(600);
        assertThat(first.participants()).extracting(SimulatedParticipant::id).containsExactlyElementsOf(truth);
        assertThat(second.participants()).extracting(SimulatedParticipant::id).containsExactlyElementsOf(truth);
    }

    @Test
    void changesOnABridgesOwnThreadAreVisibleThereAtOnce() {
        DistributedCall board = cluster.createCall("Board");
        cluster.bridge(0).transaction(() -> {
            SimulatedCall call = board.join(0);
            board.addParticipant(0, "Bo", "bo@example.com");
            assertThat(call.participants()).hasSize(1);
        });
    }

    @Test
    void cannotBeKilledOnABridgesOwnThread() {
        for (Runnable mistake : List.<Runnable>of(
                () -> cluster.kill(1), () -> cluster.revive(1), cluster::clear, cluster::close, cluster::start)) {
            assertThatThrownBy(() -> cluster.bridge(0).transaction(mistake))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Not allowed on a bridge's own thread: this method waits for the bridges");
        }
        assertThat(cluster.isAlive(1)).isTrue();
    }

    private interface Work {
        void work(int thread) throws Exception;
    }

    private static void inParallel(int threads, Work work)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all.add(pool.submit(() -> {
                    work.work(thread);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(40, SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
