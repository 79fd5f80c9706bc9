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
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.conversation.ClientState;
import io.github.cmsevents.simulator.conversation.Conversation;
import io.github.cmsevents.simulator.conversation.ConversationFailedException;
import io.github.cmsevents.simulator.scenario.ScenarioException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ScriptedMeetingServerTest {

    private static final String CALLS = "{'index': 7, 'type': 'calls', 'elements': ['name']}";
    private static final String ROSTER = "{'index': 8, 'type': 'callRoster', 'call': 'board', 'elements': ['name']}";

    private ScriptedMeetingServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private MeetingServerSimulator play(String... steps) {
        server = ScriptedMeetingServer.playing(parse(steps)).start();
        return server.server("A");
    }

    private static Conversation parse(String... steps) {
        return Conversation.parse("test.yaml", "server:\n- " + String.join("\n- ", steps));
    }

    private static void expectStates(TestClient client, String... states) {
        assertThat(client.nextAcked().path("subscriptions"))
                .extracting(state ->
                        state.path("index").asText() + " " + state.path("state").asText())
                .containsExactly(states);
    }

    private static void subscribeToCalls(TestClient client) {
        client.subscribe(1, CALLS);
        assertThat(client.next().path("type").asText()).isEqualTo("messageAck");
        expectStates(client, "7 pending");
        expectStates(client, "7 active");
    }

    @Test
    void sendsEachMessageWhenTheOneBeforeIsAcknowledged() throws Exception {
        MeetingServerSimulator cms = play(
                "{expect: subscribeRequest, of: [calls]}",
                "{send: {type: callListUpdate, subscriptionIndex: calls, updates: [{call: board, updateType: add}]}}",
                "{expect: subscribeRequest, of: [calls, callRoster board]}",
                "{send: {type: rosterUpdate, subscriptionIndex: callRoster board, updates: []}}",
                "{send: {type: subscriptionUpdate, subscriptions: [{index: callRoster board, state: deactivated}]}}",
                "{afterAck: true}");
        try (TestClient client = TestClient.connect(cms)) {
            subscribeToCalls(client);
            JsonNode added = client.nextAcked();
            assertThat(added.path("subscriptionIndex").asInt()).isEqualTo(7);
            assertThat(added.at("/updates/0/call").asText()).isEqualTo("board");

            client.subscribe(2, CALLS + "," + ROSTER);
            assertThat(client.next().path("type").asText()).isEqualTo("messageAck");
            expectStates(client, "8 pending");
            expectStates(client, "8 active");
            JsonNode roster = client.next();
            assertThat(roster.at("/message/subscriptionIndex").asInt()).isEqualTo(8);
            client.expectNothingBeforeAckOf(99);
            client.ack(roster.at("/message/messageId").asLong());
            expectStates(client, "8 deactivated");
            server.await();
            assertThat(server.isOver()).isTrue();
        }
        assertThat(server.breaches()).isEmpty();
    }

    @Test
    void aRawFrameGetsTheNextNumberAndTheIndexes() throws Exception {
        MeetingServerSimulator cms = play(
                "{expect: subscribeRequest, of: [calls]}",
                "{raw: '{\"type\": \"message\", \"message\": {\"messageId\": \"@id\", \"index\": \"@calls@\"}}'}",
                "{raw: 'no JSON'}",
                "{afterAck: true}");
        try (TestClient client = TestClient.connect(cms)) {
            client.subscribe(1, CALLS);
            client.next();
            client.nextAcked();
            client.nextAcked();
            assertThat(client.nextAcked()).isEqualTo(json("{'messageId': 3, 'index': 7}"));
            assertThat(client.nextText()).isEqualTo("no JSON");
            server.await();
        }
        assertThat(server.breaches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'lose: drop', 1006", "'lose: close, code: 1001', 1001", "lose: close, 1000"})
    void continuesOnTheNextSocketAfterALoss(String lose, int code) throws Exception {
        MeetingServerSimulator cms = play(
                "{expect: subscribeRequest, of: [calls]}",
                "{afterAck: true}",
                "{" + lose + "}",
                "{expect: subscribeRequest, of: [calls]}",
                "{afterAck: true}");
        try (TestClient first = TestClient.connect(cms)) {
            first.subscribe(1, CALLS);
            first.next();
            first.nextAcked();
            first.nextAcked();
            assertThat(first.closeCode()).isEqualTo(code);
        }
        try (TestClient second = TestClient.connect(cms)) {
            second.subscribe(1, CALLS);
            second.next();
            second.nextAcked();
            second.nextAcked();
            server.await();
        }
    }

    @Test
    void aSilentSocketStaysOpenAndNewOnesAreServed() throws Exception {
        MeetingServerSimulator cms = play(
                "{expect: subscribeRequest, of: [calls]}",
                "{afterAck: true}",
                "{silent: true}",
                "{logins: 2}",
                "{expect: subscribeRequest, of: [calls]}");
        try (TestClient first = TestClient.connect(cms)) {
            first.subscribe(1, CALLS);
            first.next();
            first.nextAcked();
            first.nextAcked();
            try (TestClient second = TestClient.connect(cms)) {
                second.subscribe(1, CALLS);
                server.await();
            }
        }
    }

    @Test
    void loginsAreAnsweredInTurnAndTheLastAnswerRepeats() throws Exception {
        MeetingServerSimulator cms = play(
                "{login: 503, headers: {Retry-After: 20}}",
                "{login: 401}",
                "{logins: 3}",
                "{login: 200, end: fin}",
                "{logins: 4}");
        HttpResponse<String> first = login(cms);
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("retry-after")).hasValue("20");
        assertThat(login(cms).statusCode()).isEqualTo(401);
        assertThat(login(cms).statusCode()).isEqualTo(401);
        HttpResponse<String> granted = login(cms);
        while (granted.statusCode() == 401) {
            // The step that grants it may be played a moment later.
            granted = login(cms);
        }
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(granted.headers().firstValue("content-length")).isEmpty();
        assertThat(granted.headers().firstValue("x-cisco-cms-auth-token")).isPresent();
        server.await();
        assertThat(cms.hostHeaders()).containsOnly("127.0.0.1:" + cms.port());
    }

    private static HttpResponse<String> login(MeetingServerSimulator cms) {
        return TestClient.login(HttpClient.newHttpClient(), cms, TestClient.USER, TestClient.PASSWORD);
    }

    @Test
    void severalServersPlayTheirParts() throws Exception {
        server = ScriptedMeetingServer.playing(Conversation.parse(
                        "two.json",
                        "{component: {servers: [A, B]}, server: [{expect: subscribeRequest, of: [calls], on: B}]}"))
                .start();
        assertThat(server.names()).containsExactly("A", "B");
        assertThat(server.urls())
                .isEqualTo(server.server("A").url() + "," + server.server("B").url());
        try (TestClient client = TestClient.connect(server.server("B"))) {
            client.subscribe(1, CALLS);
            server.await();
        }
    }

    @Test
    void readsLogAndHealthFromTheClient() throws Exception {
        CopyOnWriteArrayList<String> asked = new CopyOnWriteArrayList<>();
        server = ScriptedMeetingServer.playing(
                        parse("{logSays: hangs, level: WARN}", "{logSays: never, orHealth: DOWN}"))
                .client(new ClientState() {
                    @Override
                    public boolean logSays(String text, String level) {
                        asked.add(text + " " + level);
                        return text.equals("hangs");
                    }

                    @Override
                    public boolean isHealth(String state) {
                        return state.equals("DOWN");
                    }
                })
                .start();
        server.await();
        assertThat(asked).containsExactly("hangs WARN", "never null");
    }

    @Test
    void aStepThatTimesOutNamesWhatIsMissing() {
        MeetingServerSimulator cms = play("{expect: subscribeRequest, of: [calls, callRoster board], within: 500}");
        try (TestClient client = TestClient.connect(cms)) {
            client.subscribe(1, CALLS);
            assertThatThrownBy(server::await)
                    .isInstanceOf(ConversationFailedException.class)
                    .hasMessageStartingWith(
                            "test.yaml: step 1 (expect): no request listed [calls, callRoster board]; subscriptions: [");
        }
    }

    @Test
    void aClientMayCloseItsSocketOnceItHasAcknowledgedEverything() throws Exception {
        MeetingServerSimulator cms = play(
                "{expect: subscribeRequest, of: [calls]}",
                "{send: {type: callListUpdate, subscriptionIndex: calls, updates: []}}",
                "{logins: 2}",
                "{afterAck: true}");
        try (TestClient client = TestClient.connect(cms)) {
            subscribeToCalls(client);
            client.nextAcked();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> cms.sockets() == 0);
        TestClient.connect(cms).close();

        server.await();
    }

    @Test
    void aSocketThatTheClientClosesFailsTheStep() {
        MeetingServerSimulator cms = play(
                "{expect: subscribeRequest, of: [calls]}",
                "{send: {type: callListUpdate, subscriptionIndex: calls, updates: []}}",
                "{afterAck: true}",
                "{logins: 1}");
        try (TestClient client = TestClient.connect(cms)) {
            subscribeToCalls(client);
            // The steps before have been played when this arrives.
            assertThat(client.next().at("/message/type").asText()).isEqualTo("callListUpdate");
        }
        assertThatThrownBy(server::await).hasMessage("test.yaml: step 3 (afterAck): socket 1 is closed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{shout: loud}; step 1: needs exactly one of",
                "{expect: subscribeRequest}; step 1: of: is missing",
                "{expect: subscribeRequest, of: [rosters]}; step 1: of: must list 'calls'",
                "{send: hello}; step 1: send: must be an object",
                "{wait: soon}; step 1: wait: must be a whole number",
                "{lose: interest}; step 1: lose: must be 'drop'",
                "{login: 200, end: badly}; step 1: needs a status",
                "{afterAck: true, on: C}; step 1: on: no server 'C'",
                "{afterAck: true, colour: red}; step 1: colour: unknown field"
            })
    void aStepThatCannotBePlayedIsRefusedWithItsNumberAndField(String step, String message) {
        assertThatThrownBy(() -> parse(step))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("test.yaml: " + message);
    }
}
