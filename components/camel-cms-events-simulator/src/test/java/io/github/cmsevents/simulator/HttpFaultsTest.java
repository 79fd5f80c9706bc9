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
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of valid logins and upgrades. */
class HttpFaultsTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final MeetingServerSimulator server =
            MeetingServerSimulator.builder().build().start();
    private final Faults faults = server.faults();

    @AfterEach
    void stop() {
        assertThat(server.breaches()).isEmpty();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 503})
    void refusesTheNextLogins(int status) {
        faults.next(2, new Fault.RefuseLogin(status));
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = login("secret");
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("X-Cisco-CMS-Auth-Token")).isEmpty();
        }
        assertThat(login("secret").statusCode()).isEqualTo(200);
        expectFaults("refuseLogin", "refuseLogin");
        assertThat(server.loginCount()).isEqualTo(3);
    }

    @Test
    void refusesLoginsUntilCleared() {
        faults.untilCleared(new Fault.RefuseLogin(503));
        for (int i = 0; i < 4; i++) {
            assertThat(login("secret").statusCode()).isEqualTo(503);
        }
        faults.clear();
        assertThat(login("secret").statusCode()).isEqualTo(200);
    }

    @Test
    void wrongCredentialsDoNotUseUpAFault() {
        faults.next(new Fault.RefuseLogin(503));
        assertThat(login("wrong").statusCode()).isEqualTo(401);
        expectFaults();
        assertThat(login("secret").statusCode()).isEqualTo(503);
    }

    @Test
    void leavesTheTokenOut() {
        faults.next(new Fault.LoginWithoutToken());
        HttpResponse<String> answer = login("secret");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Cisco-CMS-Auth-Token")).isEmpty();
        expectFaults("loginWithoutToken");
    }

    @Test
    void neverAnswersALogin() throws IOException {
        faults.next(new Fault.IgnoreLogin());
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.loginRequest());
            await().atMost(30, SECONDS).until(() -> server.loginCount() == 1);
            expectFaults("ignoreLogin");
            assertThat(server.journal()).last().isInstanceOfSatisfying(JournalEntry.Login.class, entry -> assertThat(
                            entry.status())
                    .isZero());
            assertThat(login("secret").statusCode()).isEqualTo(200);
            assertThat(client.hasNothing()).isTrue();
            // Still connected.
            server.stop();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void answersALoginLate() throws IOException {
        faults.next(new Fault.DelayLogin(Duration.ofHours(1)));
        faults.next(new Fault.DelayLogin(Duration.ofMillis(10)));
        try (RawClient waiting = new RawClient(server);
                RawClient client = new RawClient(server)) {
            waiting.send(RawClient.loginRequest());
            await().atMost(30, SECONDS).until(() -> server.loginCount() == 1);
            assertThat(client.request(RawClient.loginRequest())).startsWith("HTTP/1.1 200 ");
            assertThat(waiting.hasNothing()).isTrue();
            expectFaults("delayLogin", "delayLogin");
        }
    }

    @Test
    void aClientThatGaveUpGetsNoTokenLate() throws Exception {
        faults.next(2, new Fault.DelayLogin(Duration.ofMillis(300)));
        // On the server's thread, so that it reads the request and the end of the connection together.
        server.scheduler()
                .submit(() -> {
                    try (RawClient client = new RawClient(server)) {
                        client.send(RawClient.loginRequest());
                    }
                    return null;
                })
                .get();
        await().atMost(30, SECONDS).until(() -> server.loginCount() == 1);
        // Requested later, so it is answered after the first one.
        assertThat(login("secret").statusCode()).isEqualTo(200);
        expectFaults("delayLogin", "delayLogin");
        assertThat(server.journal())
                .filteredOn(JournalEntry.Login.class::isInstance)
                .hasSize(1);
    }

    @Test
    void closesInsteadOfAnsweringALogin() throws IOException {
        faults.next(new Fault.DropLogin());
        try (RawClient client = new RawClient(server)) {
            assertThat(client.request(RawClient.loginRequest())).isEmpty();
            expectFaults("dropLogin");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 503})
    void refusesTheNextUpgradeAndTheTokenStaysValid(int status) throws IOException {
        String token = TestClient.login(http, server);
        faults.next(new Fault.RefuseUpgrade(status));
        assertThat(answer(RawClient.upgradeRequest("no-such-token"))).startsWith("HTTP/1.1 401 ");
        assertThat(answer(RawClient.upgradeRequest(token))).startsWith("HTTP/1.1 " + status + " ");
        expectFaults("refuseUpgrade");
        assertThat(answer(RawClient.upgradeRequest(token))).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void neverAnswersAnUpgrade() throws IOException {
        faults.next(new Fault.IgnoreUpgrade());
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.upgradeRequest(TestClient.login(http, server)));
            await().atMost(30, SECONDS).untilAsserted(() -> expectFaults("ignoreUpgrade"));
            assertThat(login("secret").statusCode()).isEqualTo(200);
            assertThat(client.hasNothing()).isTrue();
            assertThat(server.sockets()).isZero();
            assertThat(server.socketsOpenedInAll()).isZero();
        }
    }

    @Test
    void answersAnUpgradeLate() throws IOException {
        String token = TestClient.login(http, server);
        faults.next(new Fault.DelayUpgrade(Duration.ofMillis(300)));
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.upgradeRequest(token));
            await().atMost(30, SECONDS).untilAsserted(() -> expectFaults("delayUpgrade"));
            assertThat(client.request("")).startsWith("HTTP/1.1 101 ");
            client.frame(
                    RawClient.FIN | RawClient.TEXT,
                    "{\"type\":\"message\",\"message\":{\"messageId\":0,\"type\":\"subscribeRequest\",\"subscriptions\":[]}}");
            assertThat(client.read().text()).contains("\"messageId\":0,\"status\":\"success\"");
        }
    }

    @Test
    void closesInsteadOfAnsweringAnUpgrade() throws IOException {
        faults.next(new Fault.DropUpgrade());
        assertThat(answer(RawClient.upgradeRequest(TestClient.login(http, server))))
                .isEmpty();
        expectFaults("dropUpgrade");
    }

    @Test
    void refusesInvalidArguments() {
        assertThatThrownBy(() -> faults.next(0, new Fault.DropLogin())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.next(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> faults.on(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.on(1).next(new Fault.DropLogin())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.RefuseLogin(101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.RefuseUpgrade(600)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> faults.occupySockets(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.ResetAfter(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpResponse<String> login(String password) {
        return TestClient.login(http, server, TestClient.USER, password);
    }

    private String answer(String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            return client.request(request);
        }
    }

    private void expectFaults(String... names) {
        assertThat(FaultsInJournal.of(server)).containsExactly(names);
    }
}
