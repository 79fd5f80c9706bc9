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
package io.github.cmsevents.camel.endpointdsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.BodyType;
import io.github.cmsevents.camel.CmsEventsComponent;
import io.github.cmsevents.camel.CmsEventsEndpoint;
import io.github.cmsevents.camel.endpointdsl.CmsEventsEndpointBuilderFactory.AdvancedCmsEventsEndpointBuilder;
import io.github.cmsevents.camel.endpointdsl.CmsEventsEndpointBuilderFactory.CmsEventsBuilders;
import io.github.cmsevents.camel.endpointdsl.CmsEventsEndpointBuilderFactory.CmsEventsEndpointBuilder;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EndpointBuilderTest {

    private static final String USERNAME = "apiuser";
    private static final String PASSWORD = "p+s&w=r%41#x";

    private static final CmsEventsBuilders BUILDERS = new CmsEventsBuilders() {};

    @RegisterExtension
    static final MeetingServerExtension cms =
            MeetingServerExtension.create(builder -> builder.credentials(USERNAME, PASSWORD));

    @Test
    void theRouteOfTheReadmeReceivesUpdates() throws Exception {
        assertThat(Files.readString(Path.of("README.md")))
                .contains("```java\n" + source("CallsRoute.java").replaceFirst("(?s)^.*?(?=import )", "") + "```");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
            component.getConfiguration().setServers(cms.server().url());
            component.getConfiguration().setUsername(USERNAME);
            component.getConfiguration().setPassword(PASSWORD);

            assertThat(firstBody(context, new CallsRoute())).isInstanceOf(Map.class);
            CmsEventsEndpoint endpoint =
                    (CmsEventsEndpoint) context.getRoutes().get(0).getEndpoint();
            assertThat(endpoint.getResource()).isEqualTo("calls");
            assertThat(endpoint.getConfiguration().isMerge()).isTrue();
        }
    }

    @Test
    void aPasswordInRawIsKept() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Object body = firstBody(context, new EndpointRouteBuilder() {
                @Override
                public void configure() {
                    from(BUILDERS.cmsEvents("calls")
                                    .servers(cms.server().url())
                                    .username(USERNAME)
                                    .password("RAW(" + PASSWORD + ")")
                                    .elements("name,participants")
                                    .bodyType(BodyType.json))
                            .log("${body}");
                }
            });

            assertThat(body).asString().contains("\"name\":\"Board meeting\"");
        }
    }

    /** Returns the first that the route has processed. */
    private static Object firstBody(DefaultCamelContext context, EndpointRouteBuilder route) throws Exception {
        Queue<Object> bodies = new ConcurrentLinkedQueue<>();
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof ExchangeCompletedEvent completed) {
                    bodies.add(completed.getExchange().getMessage().getBody());
                }
            }
        });
        context.addRoutes(route);
        context.start();
        cms.server().createCall("Board meeting");
        return await().atMost(Duration.ofSeconds(60)).until(bodies::peek, Objects::nonNull);
    }

    private static String source(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/io/github/cmsevents/camel/endpointdsl", name));
    }

    @Test
    void noPartOfAPasswordWithAnAmpersandIsInTheExceptionWithoutRaw() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new EndpointRouteBuilder() {
                @Override
                public void configure() {
                    from(BUILDERS.cmsEvents("calls").password("not&se=en")).log("never");
                }
            });

            assertThatThrownBy(context::start)
                    .hasStackTraceContaining("Option password: ")
                    .hasStackTraceContaining("RAW(...)")
                    .extracting(Throwables::getStackTrace)
                    .asString()
                    .doesNotContain("se=en");
        }
    }

    @Test
    void hasAMethodForEachOptionOfTheEndpoint() throws Exception {
        Set<String> methods = Stream.of(CmsEventsEndpointBuilder.class, AdvancedCmsEventsEndpointBuilder.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());

        Set<String> options = new ObjectMapper()
                        .readTree(CmsEventsEndpoint.class.getResource("cms-events.json"))
                        .path("properties")
                        .properties()
                        .stream()
                        .filter(option ->
                                option.getValue().path("kind").asText().equals("parameter"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());

        assertThat(options).contains("elements", "callName");
        assertThat(methods).containsAll(options);
    }

    @Test
    void namesTheHeaders() {
        assertThat(BUILDERS.cmsEvents().cmsEventsUpdateType()).isEqualTo("CamelCmsEventsUpdateType");
    }
}
