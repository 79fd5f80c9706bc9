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
package io.github.cmsevents.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Base64;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

class MeetingServerExtensionTest {

    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class OnePerClass {

        @RegisterExtension
        static MeetingServerExtension cms =
                MeetingServerExtension.create(builder -> builder.credentials("me", "hunter2"));

        private static MeetingServerSimulator first;

        @Test
        @Order(1)
        void starts() {
            first = cms.server();
            first.createCall("Board");
            assertThat(login(first, "me:hunter2")).isEqualTo(200);
            assertThat(first.loginCount()).isEqualTo(1);
            first.faults().untilCleared(new Fault.RefuseLogin(503));
            assertThat(login(first, "me:hunter2")).isEqualTo(503);
        }

        @Test
        @Order(2)
        void isTheSameButCleared() {
            assertThat(cms.server()).isSameAs(first);
            assertThat(first.calls()).isEmpty();
            assertThat(first.journal()).isEmpty();
            // And so are the faults.
            assertThat(login(first, "me:hunter2")).isEqualTo(200);
            first.stop();
        }

        @Test
        @Order(3)
        void runsAgainAfterATestHasStoppedIt() {
            assertThat(first.isRunning()).isTrue();
        }

        @Nested
        class Inner {
            @Test
            @Order(4)
            void sharesIt() {
                assertThat(cms.server()).isSameAs(first);
            }
        }
    }

    @Nested
    class OnePerTest {

        @RegisterExtension
        final MeetingServerExtension cms = MeetingServerExtension.create();

        @Test
        void starts() {
            assertThat(cms.server().isRunning()).isTrue();
        }
    }

    /** Calls the life cycle directly: this class cannot contain a test that fails on purpose. */
    @Test
    void failsATestForABreach() throws IOException {
        MeetingServerExtension extension = MeetingServerExtension.create(builder -> builder.maxSockets(0));
        assertThatThrownBy(extension::server)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
        extension.beforeAll(null);
        extension.beforeEach(null);
        MeetingServerSimulator server = extension.server();
        breach(server);

        assertThatThrownBy(() -> extension.afterEach(null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The client breached the protocol:\n  TOO_MANY_SOCKETS: ");

        extension.beforeEach(null);
        extension.afterEach(null);
        extension.afterAll(null);
        assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close()).isInstanceOf(IOException.class);
    }

    @Test
    void ignoresBreachesWithFailOnBreachFalse() {
        MeetingServerExtension extension =
                MeetingServerExtension.create(builder -> builder.maxSockets(0)).failOnBreach(false);
        extension.beforeEach(null);
        breach(extension.server());
        extension.afterEach(null);
        assertThatThrownBy(extension::server).isInstanceOf(IllegalStateException.class);
    }

    private static void breach(MeetingServerSimulator server) {
        HttpClient http = HttpClient.newHttpClient();
        String token = http.sendAsync(loginRequest(server, "apiuser:secret"), HttpResponse.BodyHandlers.discarding())
                .join()
                .headers()
                .firstValue("X-Cisco-CMS-Auth-Token")
                .orElseThrow();
        assertThatThrownBy(() -> http.newWebSocketBuilder()
                        .buildAsync(URI.create(server.eventsUrl() + "?authToken=" + token), new WebSocket.Listener() {})
                        .join())
                .isNotNull();
    }

    private static int login(MeetingServerSimulator server, String account) {
        return HttpClient.newHttpClient()
                .sendAsync(loginRequest(server, account), HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }

    private static HttpRequest loginRequest(MeetingServerSimulator server, String account) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/authTokens"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account.getBytes()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }
}
