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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.util.Collection;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateConsumerException;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ObservabilityTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Override
    public void configureTest(TestExecutionConfiguration testExecutionConfiguration) {
        super.configureTest(testExecutionConfiguration);
        testExecutionConfiguration.withEnableJMX();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        HealthCheckRegistry registry = new DefaultHealthCheckRegistry(camelContext);
        registry.setExposureLevel("full");
        registry.register(new ConsumersHealthCheckRepository());
        camelContext.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
        return camelContext;
    }

    @Test
    void aRouteIsReadyWhenItsServerIsEvenIfItsCallIsNotActive() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        route("absent", "cms-events:callRoster?elements=name&call=97c771ae-fc2e-4257-b129-30ee818e034b");
        await().untilAsserted(() -> assertThat(readiness("calls").getState()).isEqualTo(HealthCheck.State.UP));

        await().untilAsserted(() ->
                assertThat(readiness("absent").getDetails()).containsEntry("cms.subscription.state", "deactivated"));
        assertThat(readiness("absent").getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(readiness("calls").getDetails())
                .containsEntry("cms.server", server().url())
                .containsEntry("cms.subscription.state", "active")
                .containsKey("cms.last.message.seconds");
    }

    @Test
    void theHealthCheckReportsAnOutageAndTheNextRetry() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        await().until(() -> readiness("calls").getState() == HealthCheck.State.UP);

        server().stop();
        await().untilAsserted(() -> {
            HealthCheck.Result result = readiness("calls");
            assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(result.getMessage().orElse(""))
                    .contains("retrying after attempt")
                    .contains("can't be reached");
            assertThat(result.getDetails())
                    .containsEntry("cms.connection.state", "BACKING_OFF")
                    .containsEntry("cms.subscription.state", "requested")
                    .containsEntry("cms.last.failure", "UNREACHABLE")
                    .containsKey("cms.next.attempt.millis");
        });
        CmsEventsConsumer consumer =
                (CmsEventsConsumer) context.getRoute("calls").getConsumer();
        assertThat(consumer.getSubscriptionState()).isEqualTo("requested");
        assertThat(console(DevConsole.MediaType.TEXT).toString()).contains("calls: requested, ");
        server().start();
        await().until(() -> readiness("calls").getState() == HealthCheck.State.UP);
    }

    @Test
    void givingUpIsSaidToBe() throws Exception {
        server().stop();
        component().setMaxReconnectAttempts(1);
        route("calls", "cms-events:calls?elements=name");
        await().untilAsserted(() ->
                assertThat(readiness("calls").getMessage().orElse("")).contains("gave up after 2 attempts"));
    }

    @Test
    void theCheckIsForReadinessNotLiveness() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        HealthCheck check = ((CmsEventsConsumer) context.getRoute("calls").getConsumer()).getHealthCheck();
        assertThat(check.isReadiness()).isTrue();
        assertThat(check.isLiveness()).isFalse();
    }

    @Test
    void theConsoleShowsServersSocketsAndSubscriptions() throws Exception {
        SimulatedCall call = server().createCall("Board");
        route("calls", "cms-events:calls?elements=name").awaitSize(1);
        route("roster", "cms-events:callRoster?elements=name&call=" + call.id());
        awaitActive(2);

        await().untilAsserted(
                        () -> assertThat(console(DevConsole.MediaType.TEXT).toString())
                                .contains(server().url() + ": ")
                                .contains("socket LIVE")
                                .contains("calls: active, 1 routes, 1 known")
                                .contains("callRoster of call " + call.id() + ": active"));
        @SuppressWarnings("unchecked")
        Map<String, Object> json = (Map<String, Object>) console(DevConsole.MediaType.JSON);
        assertThat((Collection<?>) json.get("servers")).singleElement().satisfies(shown -> assertThat((Map<?, ?>) shown)
                .extracting("server")
                .isEqualTo(server().url()));
        assertThat(json.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void jmxShowsTheRouteAndCanReconnect() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        MBeanServer mbeans =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName name = mbeans
                .queryNames(
                        new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=consumers,*"),
                        null)
                .stream()
                .filter(candidate -> candidate.toString().contains("CmsEventsConsumer"))
                .findFirst()
                .orElseThrow();
        await().untilAsserted(
                        () -> assertThat(mbeans.getAttribute(name, "Ready")).isEqualTo(true));
        assertThat(mbeans.getAttribute(name, "Servers")).isEqualTo(server().url());
        assertThat(mbeans.getAttribute(name, "ConnectionState")).isEqualTo("LIVE");
        assertThat(mbeans.getAttribute(name, "SubscriptionState")).isEqualTo("active");
        assertThat(mbeans.getAttribute(name, "LastProblem")).isEqualTo("");
        assertThat(mbeans.getAttribute(name, "QueueDepth")).isEqualTo(0);

        mbeans.invoke(name, "reconnect", new Object[0], new String[0]);
        await().until(() -> server().socketsOpenedInAll() == 2);
        awaitActive(1);
        assertThat(mbeans.getAttribute(name, "ServerSocketsLost")).isEqualTo(0L);
    }

    @Test
    void aFailedConnectionTestFailsTheStart() {
        server().stop();
        assertThatThrownBy(() -> route("calls", "cms-events:calls?testConnectionOnStartup=true"))
                .hasStackTraceContaining("can't be reached to log in")
                .isInstanceOf(FailedToCreateConsumerException.class);
        server().start();
        assertThat(server().loginCount()).isZero();
    }

    @Test
    void anAccountThatWasJustRefusedIsNotTestedAgain() throws Exception {
        component().setReconnectMaxDelay(60_000);
        configuration().setPassword("wrong");
        route("untested", "cms-events:calls");
        await().until(() -> readiness("untested").getDetails().containsKey("cms.last.failure"));
        for (int i = 0; i < 5; i++) {
            String id = "tested" + i;
            assertThatThrownBy(() -> route(id, "cms-events:calls?testConnectionOnStartup=true"))
                    .hasStackTraceContaining("refused the login (401)");
        }
        assertThat(server().loginCount()).isEqualTo(1);
    }

    @Test
    void aTestedConnectionIsUsed() throws Exception {
        server().createCall("Board");
        route("calls", "cms-events:calls?elements=name&testConnectionOnStartup=true")
                .awaitSize(1);
        await().until(() -> server().sockets() == 1);
    }

    @Test
    void theServiceConsoleShowsTheAddressOfTheServer() throws Exception {
        route("calls", "cms-events:calls");
        CmsEventsEndpoint endpoint =
                (CmsEventsEndpoint) context.getRoute("calls").getEndpoint();
        assertThat(endpoint.getServiceUrl()).isEqualTo("ws://127.0.0.1:" + server().port() + "/events/v1");
        assertThat(endpoint.getServiceProtocol()).isEqualTo("cms-events");
    }

    private HealthCheck.Result readiness(String route) {
        Collection<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(context);
        return results.stream()
                .filter(result -> result.getCheck().getId().equals("consumer:" + route))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No check of route " + route + " in " + results));
    }

    private Object console(DevConsole.MediaType type) {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        return consoles.resolveById("cms-events").call(type);
    }
}
