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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageLogTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void anOutageIsOneWarningAndItsEndOneInformation() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        route("again", "cms-events:calls?elements=participants");
        awaitActive(1);
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            server().faults().next(4, new Fault.RefuseLogin(503));
            server().dropSockets();
            await().until(() -> ours(log).stream().anyMatch(line -> line.startsWith("INFO")));

            assertThat(ours(log)).hasSize(2);
            assertThat(ours(log).get(0))
                    .startsWith("WARN")
                    .contains("is no longer connected")
                    .contains("retrying in");
            assertThat(ours(log).get(1)).startsWith("INFO").contains("is connected and subscribed again");
        }
        assertThat(server().loginCount()).isEqualTo(6);
    }

    @Test
    void aServerThatBreaksOffLoginsIsOneWarning() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket broken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CapturedLog log = new CapturedLog(Level.WARN)) {
            Thread server = new Thread(() -> {
                String[] answers = {
                    "", "HTTP/1.1 200 OK\r\n", "nonsense", "HTTP/1.1 200 OK\r\n" + "x: y\r\n".repeat(9_000)
                };
                while (!broken.isClosed()) {
                    try (Socket connection = broken.accept()) {
                        int number = connections.getAndIncrement();
                        connection.setSoLinger(number % 2 == 0, 0);
                        connection.getInputStream().read();
                        connection
                                .getOutputStream()
                                .write(answers[number % answers.length].getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        // The client ended it first.
                    }
                }
            });
            server.setDaemon(true);
            server.start();
            route("broken", "cms-events:calls?servers=http://127.0.0.1:" + broken.getLocalPort());
            await().until(() -> connections.get() > 8);

            assertThat(log.lines()).hasSize(1);
        }
    }

    private List<String> ours(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.contains(server().url()))
                .toList();
    }
}
