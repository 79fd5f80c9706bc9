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

import io.github.cmsevents.benchmark.Load;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;

/** Routes of the component that only count their updates. */
final class ComponentRoutes extends RouteBuilder {

    private static final String ROSTER = "cms-events:callRoster?elements=name,importance&call=";

    private final Load load;
    private final Arrivals arrivals;

    private ComponentRoutes(Load load, Arrivals arrivals) {
        this.load = load;
        this.arrivals = arrivals;
    }

    static ClientReport run(String acknowledge, Load load, List<Integer> ports, Arrivals arrivals) throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            configure(context, acknowledge, ports);
            context.addRoutes(new ComponentRoutes(load, arrivals));
            context.start();
            return arrivals.await();
        } finally {
            context.stop();
        }
    }

    /** As {@code camel.component.cms-events.*} does it. */
    private static void configure(CamelContext context, String acknowledge, List<Integer> ports) {
        Component component = context.getComponent("cms-events");
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withProperty(
                        "servers",
                        ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(",")))
                .withProperty("username", "benchmark")
                .withProperty("password", "benchmark")
                .withProperty("acknowledge", acknowledge)
                // 500 subscriptions need all five sockets of a server.
                .withProperty("maxConnectionsPerServer", "5")
                .bind();
    }

    @Override
    public void configure() {
        if (load.follow()) {
            count(ROSTER + '*', exchange -> exchange.getMessage().getHeader("CamelCmsEventsCall"));
        } else if (load.rosters() == 0) {
            count("cms-events:calls?elements=name,participants", exchange -> "calls");
        } else {
            for (int call = 0; call < load.rosters(); call++) {
                String guid = Load.callGuid(0, call);
                count(ROSTER + guid, exchange -> guid);
            }
        }
    }

    private void count(String uri, Function<Exchange, Object> lane) {
        from(uri)
                .process(exchange ->
                        arrivals.row(lane.apply(exchange), exchange.getMessage().getBody(Map.class)));
    }
}
