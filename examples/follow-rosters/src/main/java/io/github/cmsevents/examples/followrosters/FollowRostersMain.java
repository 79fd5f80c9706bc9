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

import io.github.cmsevents.simulator.MeetingServerCluster;
import java.time.Duration;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Runs the routes against a simulated cluster of three Call Bridges in this process, which the story changes. The routes
 * and application.properties do not depend on it: with the addresses of real servers they are a complete application.
 * Camel finds the routes in the folder camel.
 */
public final class FollowRostersMain {

    private static final Duration PAUSE = Duration.ofMillis(400);

    private FollowRostersMain() {}

    public static void main(String[] args) throws Exception {
        // Prevents a warning about Netty on Java 24 and later.
        System.setProperty("io.netty.noUnsafe", "true");
        try (MeetingServerCluster cluster = MeetingServerCluster.builder()
                .bridges(3)
                // Live bridges empty the name just before a remove, which would print another line.
                .server(server -> server.credentials("admin", "admin").blankNames(false))
                .build()) {
            cluster.start();
            System.out.println("Simulated Call Bridges at " + cluster.urls() + ". Ctrl-C stops.");
            runRoute(cluster);
        }
    }

    private static void runRoute(MeetingServerCluster cluster) throws Exception {
        Main main = new Main();
        main.addOverrideProperty("simulator.urls", cluster.urls());
        main.configure().withDurationMaxSeconds(Integer.getInteger("follow-rosters.seconds", 0));
        main.addMainListener(new MainListenerSupport() {
            private Story story;

            @Override
            public void afterStart(BaseMainSupport started) {
                Rosters rosters = started.getCamelContext().getRegistry().lookupByNameAndType("rosters", Rosters.class);
                story = new Story(cluster, new Agreement(cluster, rosters), PAUSE);
                story.start();
            }

            @Override
            public void beforeStop(BaseMainSupport stopping) {
                if (story != null) {
                    story.stop();
                }
            }

            @Override
            public void afterStop(BaseMainSupport stopped) {
                // Only after the routes have unsubscribed, also on Ctrl-C.
                cluster.close();
            }
        });
        main.run();
    }
}
