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
package io.github.cmsevents.benchmark.scale;

import io.github.cmsevents.camel.CmsEventsComponent;
import io.github.cmsevents.camel.CmsEventsConfiguration;
import io.github.cmsevents.camel.CmsEventsConstants;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route that follows who is in any call of a cluster. */
final class Follower {

    private final CamelContext context = new DefaultCamelContext();
    private final Picture picture = new Picture();
    private final CountDownLatch complete = new CountDownLatch(1);
    private final int participants;
    private volatile long updates;

    /** @param participants how many there are before anything changes */
    Follower(List<Integer> ports, Vertx vertx, int participants) throws Exception {
        this.participants = participants;
        CmsEventsConfiguration configuration = new CmsEventsConfiguration();
        configuration.setServers(
                ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(",")));
        configuration.setUsername("benchmark");
        configuration.setPassword("benchmark");
        CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
        component.setConfiguration(configuration);
        component.setVertx(vertx);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:callRoster?call=*&elements=name,audioMuted&acknowledge=processed")
                        .process(Follower.this::learn);
            }
        });
    }

    void start() {
        context.start();
    }

    void stop() {
        context.stop();
    }

    /** Waits until all participants are known, and tells whether they have come to be. */
    boolean awaitAll(long seconds) throws InterruptedException {
        return complete.await(seconds, TimeUnit.SECONDS);
    }

    Picture picture() {
        return picture;
    }

    long updates() {
        return updates;
    }

    // A route is on one thread at a time, so nothing is lost of the count.
    private void learn(Exchange exchange) {
        picture.learn(
                exchange.getMessage().getHeader(CmsEventsConstants.CALL, String.class),
                exchange.getMessage().getBody(Map.class));
        updates++;
        if (picture.present() == participants) {
            complete.countDown();
        }
    }
}
