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
package io.github.cmsevents.examples.followrosters;

import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The example's route, run as the launcher runs it, with its log. */
final class RunningRoute implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Main main = new Main();

    RunningRoute(MeetingServerCluster cluster) {
        main.addOverrideProperty("simulator.urls", cluster.urls());
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport configured) {
                configured.getCamelContext().getCamelContextExtension().addLogListener((exchange, logger, message) -> {
                    lines.add(message);
                    return message;
                });
            }
        });
        main.configure().withRoutesIncludePattern("camel/rosters.camel.yaml");
        main.start();
    }

    Rosters rosters() {
        return main.getCamelContext().getRegistry().lookupByNameAndType("rosters", Rosters.class);
    }

    /** Waits until the log of the route meets the expectation. */
    void logs(Consumer<List<String>> expectation) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> expectation.accept(new ArrayList<>(lines)));
    }

    @Override
    public void close() {
        main.stop();
    }
}
