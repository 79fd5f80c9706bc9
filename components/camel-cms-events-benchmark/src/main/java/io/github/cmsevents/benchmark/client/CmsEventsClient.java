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
package io.github.cmsevents.benchmark.client;

import io.github.cmsevents.camel.Acknowledge;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.impl.engine.PooledProcessorExchangeFactory;

/** Routes of the component that send what they get to a {@code direct:} that only counts it. */
final class CmsEventsClient {

    private static final String ALL_CALLS = "cms-events:calls?elements=name,participants";

    private final CamelContext context = new DefaultCamelContext();

    /** One route for all calls. */
    static CmsEventsClient ofCalls(int port, Acknowledge acknowledge, Arrivals arrivals) throws Exception {
        CmsEventsClient client = new CmsEventsClient(port);
        client.add(ALL_CALLS, acknowledge, arrivals, 0);
        return client;
    }

    /** A route for each of so many rosters. */
    static CmsEventsClient ofRosters(int count, int port, Acknowledge acknowledge, Arrivals arrivals) throws Exception {
        CmsEventsClient client = new CmsEventsClient(port);
        for (int i : IntStream.range(0, count).toArray()) {
            String call = String.format("%08x-0000-4000-8000-000000000000", i);
            client.add("cms-events:callRoster?elements=name,importance&call=" + call, acknowledge, arrivals, i);
        }
        return client;
    }

    private CmsEventsClient(int port) {
        CmsEventsAccount.set(context, port);
    }

    /** As {@code exchange-factory=pooled} does it in Camel Main, Spring Boot and Quarkus. */
    void poolExchanges() {
        ExtendedCamelContext extended = context.getCamelContextExtension();
        extended.setExchangeFactory(new PooledExchangeFactory());
        extended.setProcessorExchangeFactory(new PooledProcessorExchangeFactory());
    }

    void start() {
        context.start();
    }

    void stop() {
        context.stop();
    }

    private void add(String source, Acknowledge acknowledge, Arrivals arrivals, int lane) throws Exception {
        String updates = "updates" + lane;
        context.addRoutes(new UpdatesRoute(updates, arrivals, lane));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(source + "&acknowledge=" + acknowledge).to("direct:" + updates);
            }
        });
    }
}
