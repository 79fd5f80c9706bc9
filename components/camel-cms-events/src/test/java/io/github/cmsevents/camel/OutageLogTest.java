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
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageLogTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void logsAnOutageAsOneWarningAndItsEndAsOneInfo() throws Exception {
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

    private List<String> ours(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.contains(server().url()))
                .toList();
    }
}
