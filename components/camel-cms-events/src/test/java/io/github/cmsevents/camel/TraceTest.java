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

import io.github.cmsevents.camel.RecordedTraffic.Message;
import io.github.cmsevents.simulator.ScriptedMeetingServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;

/** Plays a recording of a live bridge over many sockets: the routes end with the bridge's last content, without duplicates. */
class TraceTest {

    private static final String CORRELATOR = "af4b46f6-b3be-4820-bb03-667def3cf17a";
    private static final List<String> RESOURCES = List.of("calls", "callRoster", "callInfo");

    private final Map<String, ConversationRoute> routes = new LinkedHashMap<>();

    @Test
    void afterNineteenSocketsTheRoutesHaveTheLastContentOfTheBridge() throws Exception {
        RecordedTraffic traffic = new RecordedTraffic(0, 18);

        play(traffic, () -> assertThat(received(traffic, "callRoster").records())
                .hasSize(5));

        for (String resource : RESOURCES) {
            assertThat(received(traffic, resource).repeated()).as(resource).isEmpty();
        }
        assertThat(received(traffic, "calls").records()).hasSize(1);
        assertThat(received(traffic, "callRoster").records()).hasSize(5);
    }

    @Test
    void theEndOfTheCallRemovesAllRecords() throws Exception {
        RecordedTraffic traffic = new RecordedTraffic(17, 19);

        play(traffic, () -> assertThat(received(traffic, "callRoster").records())
                .isEmpty());

        for (String resource : RESOURCES) {
            assertThat(received(traffic, resource).repeated()).as(resource).isEmpty();
        }
        List<ConversationRoute.Seen> calls = routes.get("calls").seen();
        assertThat(calls.get(calls.size() - 1).header("Reason").asText()).isEqualTo("allLeft");
    }

    private void play(RecordedTraffic traffic, Runnable assertion) throws Exception {
        try (ScriptedMeetingServer server = ScriptedMeetingServer.playing(traffic.asConversation())
                        .build()
                        .listen();
                DefaultCamelContext context = new DefaultCamelContext()) {
            configure(context, server);
            for (String resource : RESOURCES) {
                addRoute(context, resource);
            }
            context.start();
            server.play();
            server.await();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion::run);
            context.stop();
            assertThat(server.breaches()).isEmpty();
        }
    }

    private static void configure(DefaultCamelContext context, ScriptedMeetingServer server) {
        context.getShutdownStrategy().setTimeout(5);
        Component component = context.getComponent("cms-events");
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withTarget(component)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withMandatory(true)
                .withProperties(new LinkedHashMap<>(Map.of(
                        "servers", server.urls(),
                        "username", "apiuser",
                        "password", "secret",
                        "reconnectInitialDelay", "50",
                        "reconnectMaxDelay", "100",
                        "resyncQuietPeriod", "500")))
                .bind();
    }

    private void addRoute(DefaultCamelContext context, String resource) throws Exception {
        ConversationRoute seen = ConversationRoute.quick();
        routes.put(resource, seen);
        String uri = "cms-events:" + resource + "?elements=*"
                + (resource.equals("calls") ? "" : "&callCorrelator=" + CORRELATOR);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(resource).process(seen);
            }
        });
    }

    private FoldedUpdates received(RecordedTraffic traffic, String resource) {
        FoldedUpdates folded = new FoldedUpdates(traffic.elements(resource));
        routes.get(resource)
                .seen()
                .forEach(seen -> folded.take(
                        key(
                                seen.header("Call").asText(),
                                seen.header("Participant").asText()),
                        seen.header("UpdateType").asText(),
                        seen.body()));
        return folded;
    }

    private static Map<String, ?> lastWord(RecordedTraffic traffic, String resource) {
        FoldedUpdates folded = new FoldedUpdates(traffic.elements(resource));
        String call = traffic.lastSocket().get(0).rows().get(0).path("call").asText();
        boolean known = false;
        for (Message message : traffic.lastSocket()) {
            if (message.resource().equals(resource)) {
                for (var row : message.rows()) {
                    // callInfo has no updateType.
                    String updateType = row.path("updateType").asText(known ? "update" : "add");
                    folded.take(key(call, row.path("participant").asText()), updateType, row);
                    known = true;
                }
            }
        }
        return folded.records();
    }

    private static String key(String call, String participant) {
        return call + " " + participant;
    }
}
