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

import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerCluster;
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

class MeetingServerClusterExtensionTest {

    @Nested
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    class OnePerClass {

        @RegisterExtension
        static MeetingServerClusterExtension cms = MeetingServerClusterExtension.create(
                builder -> builder.bridges(4).server(server -> server.credentials("me", "hunter2")));

        private static MeetingServerCluster first;
        private static String urls;
        private static DistributedCall board;

        @Test
        @Order(1)
        void starts() {
            first = cms.cluster();
            urls = first.urls();
            assertThat(first.size()).isEqualTo(4);
            board = first.createCall("Board");
            board.join(2);
            first.bridge(3).faults().untilCleared(new Fault.RefuseLogin(503));
            assertThat(login(first.bridge(3))).isEqualTo(503);
            first.kill(0);
            first.bridge(1).stop();
        }

        @Test
        @Order(2)
        void isTheSameButClearedAndEveryBridgeRuns() {
            assertThat(cms.cluster()).isSameAs(first);
            assertThat(first.urls()).isEqualTo(urls);
            assertThat(board.hasEnded()).isTrue();
            for (int bridge = 0; bridge < 4; bridge++) {
                assertThat(first.isAlive(bridge)).isTrue();
                assertThat(first.bridge(bridge).calls()).isEmpty();
                assertThat(first.bridge(bridge).loginCount()).isZero();
                assertThat(login(first.bridge(bridge))).isEqualTo(200);
            }
        }

        @Nested
        class Inner {
            @Test
            void sharesIt() {
                assertThat(cms.cluster()).isSameAs(first);
            }
        }
    }

    @Nested
    class OnePerTest {

        @RegisterExtension
        final MeetingServerClusterExtension cms = MeetingServerClusterExtension.create();

        @Test
        void starts() {
            assertThat(cms.cluster().bridges()).hasSize(3).allMatch(MeetingServerSimulator::isRunning);
        }
    }

    /** Calls the life cycle directly: this class cannot contain a test that fails on purpose. */
    @Test
    void failsATestForABreachOnAnyBridge() {
        MeetingServerClusterExtension extension =
                MeetingServerClusterExtension.create(builder -> builder.server(1, server -> server.maxSockets(0)));
        assertThatThrownBy(extension::cluster)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
        extension.beforeAll(null);
        extension.beforeEach(null);
        MeetingServerSimulator server = extension.cluster().bridge(1);
        breach(server);

        assertThatThrownBy(() -> extension.afterEach(null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The client breached the protocol:\n  bridge 1: TOO_MANY_SOCKETS: ");

        extension.beforeEach(null);
        extension.afterEach(null);
        extension.afterAll(null);
        assertThatThrownBy(() -> new Socket("127.0.0.1", server.port()).close()).isInstanceOf(IOException.class);
    }

    @Test
    void ignoresBreachesWithFailOnBreachFalse() {
        MeetingServerClusterExtension extension = MeetingServerClusterExtension.create(
                        builder -> builder.bridges(1).server(server -> server.maxSockets(0)))
                .failOnBreach(false);
        extension.beforeEach(null);
        breach(extension.cluster().bridge(0));
        assertThat(extension.cluster().breaches())
                .extracting(Breach::kind)
                .containsExactly(Breach.Kind.TOO_MANY_SOCKETS);
        extension.afterEach(null);
        assertThatThrownBy(extension::cluster).isInstanceOf(IllegalStateException.class);
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

    private static int login(MeetingServerSimulator server) {
        return HttpClient.newHttpClient()
                .sendAsync(loginRequest(server, "me:hunter2"), HttpResponse.BodyHandlers.discarding())
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
