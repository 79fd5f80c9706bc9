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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random conferences on a cluster whose bridges join, leave, die and return: a consumer that applies every update of a route
 * ends with exactly the content of the cluster, and receives no duplicate and nothing out of order.
 *
 * <p>{@code -Dtruth.schedules=1000} plays more schedules, {@code -Dtruth.seed=N} the one with this seed.
 */
class ClusterTruthTest {

    private static final int STEPS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Vertx vertx;

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @TestFactory
    Stream<DynamicTest> whoAppliesWhatItIsGivenHoldsTheTruth() {
        Long one = Long.getLong("truth.seed");
        LongStream seeds =
                one != null ? LongStream.of(one) : LongStream.rangeClosed(1, Integer.getInteger("truth.schedules", 50));
        return seeds.mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
            try (Schedule schedule = new Schedule(seed)) {
                schedule.play();
            }
        }));
    }

    private static final class Schedule implements AutoCloseable {
        private final Random random;
        private final MeetingServerCluster cluster;
        private final CamelContext context = new DefaultCamelContext();
        private final Applied calls = new Applied("call");
        private final Applied conferences = new Applied("call").inAnyOrder();
        private final Applied conferencesByCorrelator = new Applied("call", Schedule::correlator).inAnyOrder();
        private final Applied rosters = new Applied("participant", Schedule::participant);
        private final Applied boards = new Applied("participant", Schedule::participant);
        private final Applied details = new Applied("call", Schedule::correlator);
        private final Applied first = new Applied("participant", Schedule::participant);
        private final DistributedCall firstCall;
        private int version;

        Schedule(long seed) throws Exception {
            random = new Random(seed);
            cluster = MeetingServerCluster.builder()
                    .bridges(2 + random.nextInt(3))
                    .server(server -> server.credentials("apiuser", "secret")
                            .rowsPerMessage(1 + random.nextInt(10))
                            .ackWindow(random.nextInt(4) == 0 ? 8 : 1))
                    .build()
                    .start();
            firstCall = createCall();
            join(firstCall);
            CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
            component.setVertx(vertx);
            CmsEventsConfiguration configuration = component.getConfiguration();
            configuration.setServers(cluster.urls());
            configuration.setUsername("apiuser");
            configuration.setPassword("secret");
            component.setReconnectInitialDelay(5);
            component.setReconnectMaxDelay(40);
            component.setConnectTimeout(300);
            component.setAckTimeout(200);
            component.setHeartbeatInterval(150);
            component.setResyncQuietPeriod(150);
            configuration.setAcknowledge(random.nextBoolean() ? Acknowledge.processed : Acknowledge.received);
            context.getShutdownStrategy().setTimeout(5);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("cms-events:calls?elements=name,participants").process(calls);
                    from("cms-events:conferences?elements=name,participants,recording")
                            .process(conferences)
                            .process(conferencesByCorrelator);
                    from("cms-events:callRoster?elements=name,audioMuted,importance&call=*")
                            .process(rosters);
                    from("cms-events:callRoster?elements=name,importance&callName=Board*")
                            .process(boards);
                    from("cms-events:callInfo?elements=name,recording&call=*").process(details);
                    from("cms-events:callRoster?elements=name&callCorrelator=" + firstCall.correlator())
                            .routeId("first")
                            .autoStartup(random.nextBoolean())
                            .process(first);
                }
            });
            context.start();
        }

        private static String correlator(Exchange exchange) {
            return exchange.getMessage().getHeader(CmsEventsConstants.CALL_CORRELATOR, String.class);
        }

        private static String participant(Exchange exchange) {
            return correlator(exchange) + " "
                    + exchange.getMessage().getHeader(CmsEventsConstants.PARTICIPANT, String.class);
        }

        void play() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(4) == 0) {
                    breakSomething();
                } else {
                    changeSomething();
                }
                if (random.nextInt(6) == 0) {
                    letPass(Duration.ofMillis(random.nextInt(40)));
                }
            }
            for (int bridge = 0; bridge < cluster.size(); bridge++) {
                cluster.revive(bridge);
                cluster.bridge(bridge).faults().clear();
            }
            context.getRouteController().startRoute("first");
            await().pollInterval(Duration.ofMillis(20)).untilAsserted(this::assertTruth);
            assertThat(violations()).isEmpty();
            assertThat(cluster.breaches())
                    .filteredOn(breach -> breach.kind() != Breach.Kind.REUSED_TOKEN)
                    .isEmpty();
        }

        private void assertTruth() {
            assertThat(calls.records()).as(this::bothSides).isEqualTo(truthOfCalls());
            assertThat(conferences.records().values())
                    .as(this::bothSides)
                    .containsExactlyInAnyOrderElementsOf(
                            conferencesByCorrelator.records().values());
            assertThat(conferencesByCorrelator.records())
                    .as(this::bothSides)
                    .isEqualTo(truthOfConferences("name", "participants", "recording"));
            assertThat(details.records()).as(this::bothSides).isEqualTo(truthOfConferences("name", "recording"));
            assertThat(rosters.records())
                    .as(this::bothSides)
                    .isEqualTo(truthOfRosters(call -> true, "name", "audioMuted", "importance"));
            assertThat(boards.records())
                    .as(this::bothSides)
                    .isEqualTo(truthOfRosters(call -> call.name().startsWith("Board"), "name", "importance"));
            assertThat(first.records())
                    .as(this::bothSides)
                    .isEqualTo(truthOfRosters(call -> call.correlator().equals(firstCall.correlator()), "name"));
        }

        private String bothSides() {
            CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
            StringBuilder text = new StringBuilder();
            cluster.bridges().forEach(bridge -> text.append("\nbridge ")
                    .append(bridge.url())
                    .append(": ")
                    .append(bridge.subscriptions()));
            component.clusters().status().forEach(server -> text.append("\ncomponent: ")
                    .append(server));
            return text.append('\n').toString();
        }

        private List<String> violations() {
            return Stream.of(calls, conferences, conferencesByCorrelator, rosters, boards, details, first)
                    .flatMap(applied -> applied.violations().stream())
                    .toList();
        }

        private void changeSomething() {
            Optional<DistributedCall> call = any(cluster.calls());
            Optional<DistributedParticipant> who = call.flatMap(chosen -> any(chosen.participants()));
            switch (random.nextInt(14)) {
                case 0, 1 -> join(createCall());
                case 2 -> call.ifPresent(DistributedCall::end);
                case 3, 4 -> call.ifPresent(chosen -> chosen.set("name", name()));
                case 5 ->
                    call.ifPresent(chosen -> chosen.set("recording", random.nextBoolean() ? "active" : "inactive"));
                case 6, 7, 8, 9 -> call.ifPresent(this::join);
                case 10 -> who.ifPresent(leaver -> leaver.leave("clientInitiated"));
                case 11 -> who.ifPresent(one -> one.set("importance", random.nextBoolean() ? random.nextInt(9) : null));
                case 12 -> who.ifPresent(one -> one.set("audioMuted", random.nextBoolean()));
                default -> call.ifPresent(chosen -> any(chosen.bridges()).ifPresent(chosen::leave));
            }
        }

        private void breakSomething() {
            int number = random.nextInt(cluster.size());
            MeetingServerSimulator bridge = cluster.bridge(number);
            switch (random.nextInt(18)) {
                case 0, 1, 2 -> cluster.kill(number);
                case 3, 4, 5, 6 -> cluster.revive(number);
                case 7 -> bridge.faults().reset();
                case 8 -> bridge.faults().silence();
                case 9 -> ifAlive(number, () -> bridge.faults().restart(this::changeSomething));
                case 10 -> bridge.faults().next(new Fault.ResetAfter(1 + random.nextInt(5)));
                case 11 -> bridge.faults().next(new Fault.RefuseLogin(503));
                case 12 -> bridge.faults().next(new Fault.IgnoreUpgrade());
                case 13 -> bridge.faults().next(new Fault.WithholdAck());
                case 14 -> bridge.faults().next(new Fault.AckStatus("failure"));
                case 15 -> bridge.faults().next(new Fault.DeactivateNew());
                case 16 -> any(bridge.calls()).ifPresent(call -> bridge.faults().deactivate("callRoster", call.id()));
                default -> routeComesOrGoes();
            }
        }

        private void ifAlive(int bridge, Runnable action) {
            if (cluster.isAlive(bridge)) {
                action.run();
            }
        }

        private void routeComesOrGoes() {
            try {
                if (context.getRouteController().getRouteStatus("first").isStarted()) {
                    context.getRouteController().stopRoute("first");
                    // The next start delivers the current content again.
                    first.records().clear();
                } else {
                    context.getRouteController().startRoute("first");
                }
            } catch (Exception e) {
                throw new AssertionError("Failed to start or stop a route", e);
            }
        }

        private DistributedCall createCall() {
            CallOptions options = CallOptions.named(name());
            return cluster.createCall(
                    firstCall != null && random.nextInt(3) == 0 && firstIsOver()
                            ? options.correlator(firstCall.correlator())
                            : options);
        }

        private boolean firstIsOver() {
            return cluster.call(firstCall.correlator()).isEmpty();
        }

        private String name() {
            return (random.nextInt(3) == 0 ? "Board" : "Team") + " #" + ++version;
        }

        private void join(DistributedCall call) {
            int bridge = random.nextInt(cluster.size());
            ifAlive(bridge, () -> call.addParticipant(bridge, "Person #" + ++version, "person@example.com"));
        }

        private <T> Optional<T> any(List<T> things) {
            return things.isEmpty() ? Optional.empty() : Optional.of(things.get(random.nextInt(things.size())));
        }

        // Not a wait for a condition: the pause is part of the schedule.
        private static void letPass(Duration time) {
            await().pollDelay(time).pollInterval(Duration.ofMillis(1)).until(() -> true);
        }

        private Map<String, Map<String, Object>> truthOfCalls() {
            Map<String, Map<String, Object>> truth = new LinkedHashMap<>();
            for (MeetingServerSimulator bridge : cluster.bridges()) {
                for (SimulatedCall call : bridge.calls()) {
                    truth.put(call.id(), values(call::get, "name", "participants"));
                }
            }
            return truth;
        }

        private Map<String, Map<String, Object>> truthOfConferences(String... elements) {
            Map<String, Map<String, Object>> truth = new LinkedHashMap<>();
            for (DistributedCall call : active()) {
                truth.put(call.correlator(), values(call.instances().get(0)::get, elements));
            }
            return truth;
        }

        private Map<String, Map<String, Object>> truthOfRosters(Predicate<DistributedCall> of, String... elements) {
            Map<String, Map<String, Object>> truth = new LinkedHashMap<>();
            active().stream().filter(of).forEach(call -> call.participants()
                    .forEach(who -> truth.put(call.correlator() + " " + who.id(), values(who::get, elements))));
            return truth;
        }

        /** Those that any bridge takes part in. */
        private List<DistributedCall> active() {
            List<DistributedCall> active = new ArrayList<>(cluster.calls());
            active.removeIf(call -> call.instances().isEmpty());
            return active;
        }

        private static Map<String, Object> values(Function<String, JsonNode> of, String... elements) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (String element : elements) {
                values.put(element, JSON.convertValue(of.apply(element), Object.class));
            }
            return values;
        }

        @Override
        public void close() {
            context.stop();
            cluster.close();
        }
    }
}
