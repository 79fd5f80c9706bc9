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

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CmsEventsMetersTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        camelContext.getRegistry().bind("metricsRegistry", registry);
        return camelContext;
    }

    @Test
    void countsMessagesOfTheServer() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        call.set("name", "Bored");
        seen.awaitSize(2);
        await().until(() -> server().unackedMessages() == 0);

        assertThat(counter("updates")).isEqualTo(2);
        // Two messages with content, and one or two with subscription states.
        assertThat(counter("messages")).isBetween(3.0, 4.0);
        await().untilAsserted(() ->
                assertThat(ofServer("acknowledgements").functionTimer().count()).isEqualTo(counter("messages")));
        double total = ofServer("acknowledgements").functionTimer().totalTime(TimeUnit.NANOSECONDS);
        double max = ofServer("acknowledgement.max").timeGauge().value(TimeUnit.NANOSECONDS);
        assertThat(max).isBetween(0.0, total);
    }

    @Test
    void countsSocketsAndTheStatesOfSubscriptions() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        route("roster", "cms-events:callRoster?elements=name&call=97c771ae-fc2e-4257-b129-30ee818e034b");
        await().untilAsserted(() -> assertThat(subscriptions())
                .isEqualTo(Map.of("pending", 0.0, "active", 1.0, "deactivated", 1.0, "requested", 0.0)));
        assertThat(counter("sockets.opened")).isEqualTo(1);
        assertThat(counter("sockets.lost")).isZero();

        server().stop();

        await().untilAsserted(() -> assertThat(subscriptions())
                .isEqualTo(Map.of("pending", 0.0, "active", 0.0, "deactivated", 0.0, "requested", 2.0)));
        assertThat(counter("sockets.lost")).isEqualTo(1);
        server().start();
        await().untilAsserted(() -> assertThat(subscriptions()).containsEntry("active", 1.0));
        assertThat(counter("sockets.opened")).isEqualTo(2);
    }

    @Test
    void countsProtocolViolationsOfTheServer() throws Exception {
        server().faults().next(new Fault.UnknownMessage());
        server().createCall("Board");
        route("calls", "cms-events:calls?elements=name").awaitSize(1);

        assertThat(ofServer("protocol.violations")
                        .tag("violation", "unknown_message")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(ofServer("protocol.violations")
                        .tag("violation", "late_update")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void showsTheQueueOfEachRoute() throws Exception {
        Semaphore permits = new Semaphore(0);
        route("slow", "cms-events:calls?elements=name", exchange -> permits.acquire());
        route("quick", "cms-events:calls?elements=name");
        awaitActive(1);
        server().transaction(() -> {
            server().createCall("One");
            server().createCall("Two");
            server().createCall("Three");
        });

        await().untilAsserted(() -> assertThat(queue("slow")).isEqualTo(3));
        await().untilAsserted(() -> assertThat(queue("quick")).isZero());
        permits.release(3);
        await().untilAsserted(() -> assertThat(queue("slow")).isZero());
    }

    @Test
    void keepsTheMetersAfterGarbageCollection() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.get() == null;
        });

        assertThat(queue("calls")).isZero();
        assertThat(counter("sockets.opened")).isEqualTo(1);
        assertThat(subscriptions()).containsEntry("active", 1.0);
    }

    @Test
    void keepsTheServersMetersUntilItsLastRouteStops() throws Exception {
        route("one", "cms-events:calls?elements=name");
        route("two", "cms-events:calls?elements=name,participants");
        awaitActive(1);

        context.getRouteController().stopRoute("one");
        assertThat(names()).contains("cms.events.messages");
        assertThat(routes()).containsExactly("two");

        context.getRouteController().stopRoute("two");
        assertThat(names()).isEmpty();
    }

    @Test
    void bindsTheMetersAgainWhenARouteIsRestarted() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        List<String> before = names();
        server().dropSockets();
        await().until(() -> counter("sockets.opened") == 2);

        context.getRouteController().stopRoute("calls");
        context.getRouteController().startRoute("calls");

        assertThat(names()).isEqualTo(before);
        await().until(() -> counter("sockets.opened") == 1);
    }

    @Test
    void keepsTheMetersOfASuspendedRoute() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);

        context.getRouteController().suspendRoute("calls");

        await().untilAsserted(() -> assertThat(subscriptions()).containsEntry("active", 0.0));
        assertThat(routes()).containsExactly("calls");
    }

    @Test
    void leavesNothingBehindWhenTheContextStops() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);

        context.stop();

        assertThat(names()).isEmpty();
    }

    @Test
    void sumsTheConnectionsOfSeveralAccountsAndComponents() throws Exception {
        context.addComponent("other", new CmsEventsComponent());
        CmsEventsConfiguration other =
                context.getComponent("other", CmsEventsComponent.class).getConfiguration();
        other.setServers(server().url());
        other.setUsername(USER);
        other.setPassword(PASSWORD);
        route("one", "cms-events:calls?elements=name");
        route("two", "other:calls?elements=name");
        await().untilAsserted(() -> assertThat(subscriptions()).containsEntry("active", 2.0));
        assertThat(counter("sockets.opened")).isEqualTo(2);

        context.getRouteController().stopRoute("one");

        assertThat(subscriptions()).containsEntry("active", 1.0);
        assertThat(counter("sockets.opened")).isEqualTo(1);
    }

    private Search ofServer(String meter) {
        return registry.find("cms.events." + meter)
                .tag("server", "127.0.0.1:" + server().port())
                .tag("camelContext", context.getName());
    }

    private double counter(String meter) {
        return ofServer(meter).functionCounter().count();
    }

    private Map<String, Double> subscriptions() {
        return Map.of(
                "pending", subscriptions("pending"),
                "active", subscriptions("active"),
                "deactivated", subscriptions("deactivated"),
                "requested", subscriptions("requested"));
    }

    private double subscriptions(String state) {
        return ofServer("subscriptions").tag("state", state).gauge().value();
    }

    private double queue(String route) {
        return registry.find("cms.events.queue").tag("route", route).gauge().value();
    }

    private List<String> names() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("cms.events."))
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> routes() {
        return registry.find("cms.events.queue").meters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("route"))
                .toList();
    }
}
