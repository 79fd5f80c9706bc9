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

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/** Where the updates of a client with routes end up: it only counts them. */
final class UpdatesRoute extends RouteBuilder {

    private final String name;
    private final Arrivals arrivals;
    private final int lane;

    /** @param name what stands behind {@code direct:} */
    UpdatesRoute(String name, Arrivals arrivals, int lane) {
        this.name = name;
        this.arrivals = arrivals;
        this.lane = lane;
    }

    @Override
    public void configure() {
        from("direct:" + name).process(new Counting());
    }

    private final class Counting implements Processor {
        @Override
        public void process(Exchange exchange) {
            Map<?, ?> row = exchange.getMessage().getBody(Map.class);
            // The first content is not among what is counted.
            if ("update".equals(row.get("updateType"))) {
                Object sequence = row.containsKey("participants") ? row.get("participants") : row.get("importance");
                arrivals.arrived(lane, (Integer) sequence);
            }
        }
    }
}
