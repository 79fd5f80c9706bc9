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

import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.scenario.LivelyClusterScenario;
import io.github.cmsevents.simulator.scenario.LivelyOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts three simulated Call Bridges with lively meetings, and sets {@code cms.servers}, {@code cms.username} and {@code cms.password}
 * to them. Does nothing where {@code cms.servers} is set already.
 */
public final class SimulatedSite extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedSite.class);

    private MeetingServerCluster cluster;

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        if (context.getPropertiesComponent().resolveProperty("cms.servers").isPresent()) {
            return;
        }
        cluster = MeetingServerCluster.builder()
                .bridges(3)
                .server(server -> server.credentials("admin", "admin"))
                .build();
        cluster.start();
        // Rooms are the same at each start, but as on a real server no GUID of a call or participant comes again.
        LivelyClusterScenario.start(cluster, new LivelyOptions(System.nanoTime(), 1));
        PropertiesComponent properties = context.getPropertiesComponent();
        properties.addOverrideProperty("cms.servers", cluster.urls());
        properties.addOverrideProperty("cms.username", "admin");
        properties.addOverrideProperty("cms.password", "admin");
        LOG.info("No cms.servers is set: simulated Call Bridges run at {}", cluster.urls());
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        // Only after the routes have unsubscribed.
        if (cluster != null) {
            cluster.close();
        }
    }
}
