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
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExchangeFactoryTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        PooledExchangeFactory factory = new PooledExchangeFactory();
        factory.setStatisticsEnabled(true);
        camelContext.getCamelContextExtension().setExchangeFactory(factory);
        return camelContext;
    }

    @Test
    void pooledExchangesAreReusedWithoutOldContent() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = new SeenExchanges();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name,participants")
                        .process(seen)
                        .setHeader("leftover", constant("x"))
                        .threads(2)
                        .to("log:none?level=OFF");
            }
        });
        seen.awaitSize(1);
        for (int i = 1; i <= 200; i++) {
            call.set("name", "Board " + i);
        }
        seen.awaitSize(201);

        assertThat(seen.values("name").subList(1, 201))
                .isEqualTo(IntStream.rangeClosed(1, 200)
                        .mapToObj(i -> "Board " + i)
                        .toList());
        assertThat(seen.all()).noneMatch(one -> one.headers().containsKey("leftover"));
        await().untilAsserted(() -> assertThat(context.getCamelContextExtension()
                        .getExchangeFactoryManager()
                        .getStatistics()
                        .getReleasedCounter())
                .isEqualTo(201));
    }

    @Test
    void aRouteThatReplacesTheHeadersReceivesThoseOfTheNextUpdate() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = new SeenExchanges();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name,participants")
                        .process(exchange -> {
                            // Before the headers are read for the first time.
                            if ("Hide"
                                    .equals(exchange.getMessage()
                                            .getBody(Map.class)
                                            .get("name"))) {
                                exchange.getMessage().setHeaders(new HashMap<>(Map.of("mine", 1)));
                            }
                        })
                        .process(seen);
            }
        });
        seen.awaitSize(1);
        call.set("name", "Hide");
        call.set("name", "Show");
        seen.awaitSize(3);

        assertThat(seen.all().get(1).headers()).containsOnlyKeys("mine");
        assertThat(seen.all().get(2).headers())
                .containsEntry(CmsEventsConstants.CALL, call.id())
                .containsEntry(CmsEventsConstants.UPDATE_TYPE, "update")
                .doesNotContainKey("mine");
    }
}
