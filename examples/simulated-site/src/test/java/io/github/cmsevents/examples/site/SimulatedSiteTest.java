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
package io.github.cmsevents.examples.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedSiteTest {

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Main main = new Main();

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void standsInWhereNoServerIsNamed() throws Exception {
        start();

        await().atMost(Duration.ofSeconds(60)).until(() -> names.contains("Andy's coSpace"));
    }

    @Test
    void leavesARouteToTheServersThatAreNamed() throws Exception {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .credentials("apiuser", "secret")
                .build()) {
            server.start();
            server.createCall("Board meeting");
            main.addOverrideProperty("cms.servers", server.url());
            main.addOverrideProperty("cms.username", "apiuser");
            main.addOverrideProperty("cms.password", "secret");

            start();

            await().atMost(Duration.ofSeconds(60)).until(() -> !names.isEmpty());
            assertThat(names).containsExactly("Board meeting");
            main.stop();
        }
    }

    private void start() throws Exception {
        main.addMainListener(new SimulatedSite());
        main.addInitialProperty("camel.component.cms-events.servers", "{{cms.servers}}");
        main.addInitialProperty("camel.component.cms-events.username", "{{cms.username}}");
        main.addInitialProperty("camel.component.cms-events.password", "{{cms.password}}");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:conferences?elements=name&merge=true")
                        .process(exchange -> names.add(exchange.getMessage()
                                .getBody(Map.class)
                                .get("name")
                                .toString()));
            }
        });
        main.start();
    }
}
