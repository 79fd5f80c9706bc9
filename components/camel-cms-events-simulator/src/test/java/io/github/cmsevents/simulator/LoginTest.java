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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's section 4, with valid and invalid requests. */
class LoginTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final MeetingServerSimulator server = MeetingServerSimulator.builder()
            .credentials(TestClient.USER, TestClient.PASSWORD)
            .build()
            .start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void returnsATokenForTheAccount() {
        HttpResponse<String> response = TestClient.login(http, server, TestClient.USER, TestClient.PASSWORD);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).hasValue("0");
        assertThat(response.headers().firstValue("connection")).hasValue("close");
        assertThat(UUID.fromString(
                        response.headers().firstValue("X-Cisco-CMS-Auth-Token").orElseThrow()))
                .isNotNull();
        assertThat(server.loginCount()).isEqualTo(1);
    }

    @Test
    void playsTheGuidesRequestAndClosesTheConnection() throws IOException {
        try (RawClient client = new RawClient(server)) {
            String answer = client.request("POST /api/v1/authTokens HTTP/1.1\r\nOrigin: http://localhost:8080\r\n"
                    + "Content-length: 0\r\nHost: localhost:8080\r\nAccept: */*\r\nConnection: keep-alive\r\n"
                    + "Authorization: Basic YXBpdXNlcjpzZWNyZXQ=\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("X-Cisco-CMS-Auth-Token: ");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"apiuser,wrong", "otheruser,secret", "apiuser,''"})
    void refusesOtherAccounts(String user, String password) {
        HttpResponse<String> response = TestClient.login(http, server, user, password);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
        assertThat(response.headers().firstValue("X-Cisco-CMS-Auth-Token")).isEmpty();
        assertThat(server.journal())
                .singleElement()
                .isInstanceOfSatisfying(JournalEntry.Login.class, login -> assertThat(login.status())
                        .isEqualTo(401));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Authorization: Bearer x\r\n", "Authorization: Basic ***\r\n"})
    void refusesWithoutUsableCredentials(String header) throws IOException {
        assertThat(answer("POST /api/v1/authTokens HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + header + "\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void toleratesABody() throws IOException {
        assertThat(answer("POST /api/v1/authTokens HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                        + "Authorization: basic YXBpdXNlcjpzZWNyZXQ=\r\n\r\na=b"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/authTokens, 405",
        "POST, /events/v1, 405",
        "GET, /, 404",
        "POST, /api/v1/authtokens, 404",
        "GET, /events/v2, 404"
    })
    void refusesOtherRequests(String method, String path, int status) throws IOException {
        assertThat(answer(method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void refusesMalformedHttp() throws IOException {
        assertThat(answer("hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void opensTheSocketAsTheGuideShowsAndIgnoresExtensions() throws IOException {
        try (RawClient client = new RawClient(server)) {
            String answer = client.request(RawClient.upgradeRequest(TestClient.login(http, server)));
            assertThat(answer)
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
                    .containsIgnoringCase("\r\nConnection: Upgrade\r\n")
                    // RFC 6455, section 4.2.2: SHA-1 of the key and a constant.
                    .containsIgnoringCase("\r\nSec-WebSocket-Accept: " + expectedAccept() + "\r\n")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
        }
    }

    private static String expectedAccept() {
        try {
            byte[] digest = java.security.MessageDigest.getInstance("SHA-1")
                    .digest("lGaahHe/KdA9lPdPxAlZfw==258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes());
            return java.util.Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsFramesThatArriveTogetherWithTheUpgrade() throws IOException {
        try (RawClient client = new RawClient(server)) {
            String request = RawClient.upgradeRequest(TestClient.login(http, server));
            byte[] frame = RawClient.frameBytes(
                    RawClient.FIN | RawClient.TEXT,
                    true,
                    "{\"type\":\"message\",\"message\":{\"messageId\":1,\"type\":\"subscribeRequest\",\"subscriptions\":[]}}"
                            .getBytes());
            assertThat(client.request(request + new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1)))
                    .startsWith("HTTP/1.1 101 ");
            assertThat(client.read().text()).contains("messageAck");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?authToken=", "?authToken=7174c102-61b3-47a6-8ff2-b86256cca958", "?authToken=%zz"})
    void refusesASocketWithoutAValidToken(String query) throws IOException {
        String request = RawClient.upgradeRequest("x").replace("?authToken=x", query);

        assertThat(answer(request)).startsWith("HTTP/1.1 401 ");
        assertThat(server.breaches()).isEmpty();
        assertThat(server.journal())
                .singleElement()
                .isInstanceOfSatisfying(JournalEntry.Upgrade.class, upgrade -> assertThat(upgrade.status())
                        .isEqualTo(401));
    }

    @Test
    void refusesARequestThatIsNoUpgradeOrAnotherVersion() throws IOException {
        String request = RawClient.upgradeRequest(TestClient.login(http, server));

        assertThat(answer(request.replace("Upgrade: websocket\r\n", ""))).startsWith("HTTP/1.1 400 ");
        assertThat(answer(request.replace("lGaahHe/KdA9lPdPxAlZfw==", "short"))).startsWith("HTTP/1.1 400 ");
        assertThat(answer(request.replace("Version: 13", "Version: 8")))
                .startsWith("HTTP/1.1 426 ")
                .containsIgnoringCase("Sec-WebSocket-Version: 13");
        // None of these has used the token up.
        assertThat(answer(request)).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void aTokenOpensOneSocket() {
        String token = TestClient.login(http, server);
        try (TestClient first = TestClient.connect(http, server, token)) {
            assertThatThrownBy(() -> TestClient.connect(http, server, token))
                    .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
            assertThat(server.breaches()).extracting(Breach::kind).containsExactly(Breach.Kind.REUSED_TOKEN);
            assertThat(first.hasNothing()).isTrue();
        }
    }

    @Test
    void aReusableTokenOpensSeveralSockets() {
        try (MeetingServerSimulator lax =
                MeetingServerSimulator.builder().reusableTokens(true).build().start()) {
            String token = TestClient.login(http, lax);
            try (TestClient first = TestClient.connect(http, lax, token);
                    TestClient second = TestClient.connect(http, lax, token)) {
                assertThat(lax.sockets()).isEqualTo(2);
                assertThat(first.hasNothing() && second.hasNothing()).isTrue();
            }
        }
    }

    @Test
    void revealsNoSecrets() {
        String token = TestClient.login(http, server);
        TestClient.login(http, server, TestClient.USER, "hunter2");
        try (TestClient client = TestClient.connect(http, server, token)) {
            assertThatThrownBy(() -> TestClient.connect(http, server, token)).isNotNull();
            client.subscribe(1, "");
            client.next();
            assertThat(server.journal() + " " + server.breaches() + server)
                    .doesNotContain(token)
                    .doesNotContain(TestClient.PASSWORD)
                    .doesNotContain("hunter2");
        }
    }

    private String answer(String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            return client.request(request);
        }
    }
}
