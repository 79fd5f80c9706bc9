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

import io.github.cmsevents.simulator.MeetingServerSimulator;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;

/** A Camel context whose cms-events component logs in to a simulator; tests add their own routes. */
abstract class CmsEventsTestSupport extends CamelTestSupport {

    static final String USER = "apiuser";
    static final String PASSWORD = "not-to-be-seen-anywhere";

    /** The server that the component connects to. */
    abstract MeetingServerSimulator server();

    /** The value of the option {@code servers}. */
    String servers() {
        return server().url();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        camelContext.getShutdownStrategy().setTimeout(5);
        CmsEventsComponent component = camelContext.getComponent("cms-events", CmsEventsComponent.class);
        CmsEventsConfiguration configuration = component.getConfiguration();
        configuration.setServers(servers());
        configuration.setUsername(USER);
        configuration.setPassword(PASSWORD);
        component.setReconnectInitialDelay(50);
        component.setReconnectMaxDelay(200);
        component.setResyncQuietPeriod(300);
        return camelContext;
    }

    CmsEventsComponent component() {
        return context.getComponent("cms-events", CmsEventsComponent.class);
    }

    CmsEventsConfiguration configuration() {
        return component().getConfiguration();
    }

    /** Adds a route, starts it, and returns its exchanges. */
    SeenExchanges route(String id, String uri) throws Exception {
        SeenExchanges seen = new SeenExchanges();
        route(id, uri, seen);
        return seen;
    }

    void route(String id, String uri, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(id).process(processor);
            }
        });
    }

    void awaitActive(int subscriptions) {
        await().untilAsserted(() -> assertThat(server().subscriptions())
                .hasSize(subscriptions)
                .allMatch(subscription -> "active".equals(subscription.state())));
    }

    void awaitNoSocket() {
        await().untilAsserted(() -> assertThat(server().sockets()).isZero());
    }
}
