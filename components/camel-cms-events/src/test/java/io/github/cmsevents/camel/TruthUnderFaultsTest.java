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

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random meetings under random faults: a consumer that applies every update of a route ends with exactly the content of the
 * server, and receives no duplicate and nothing out of order.
 *
 * <p>{@code -Dtruth.schedules=1000} plays more schedules, {@code -Dtruth.seed=N} the one with this seed.
 */
class TruthUnderFaultsTest {

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
        private final MeetingServerSimulator server;
        private final CamelContext context = new DefaultCamelContext();
        private final List<SimulatedCall> followed = new ArrayList<>();
        private final Applied calls = new Applied("call");
        private final List<Applied> rosters = List.of(new Applied("participant"), new Applied("participant"));
        private final Applied info = new Applied("call");
        private int version;

        Schedule(long seed) throws Exception {
            random = new Random(seed);
            server = MeetingServerSimulator.builder()
                    .credentials("apiuser", "secret")
                    .rowsPerMessage(1 + random.nextInt(10))
                    .ackWindow(random.nextInt(4) == 0 ? 8 : 1)
                    .build()
                    .start();
            for (int i = 0; i < 2; i++) {
                followed.add(createCall());
                addParticipant(followed.get(i));
            }
            CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
            component.setVertx(vertx);
            CmsEventsConfiguration configuration = component.getConfiguration();
            configuration.setServers(server.url());
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
                    from("cms-events:calls?elements=name,participants,recording")
                            .routeId("calls")
                            .process(calls);
                    for (int i = 0; i < rosters.size(); i++) {
                        from("cms-events:callRoster?elements=name,audioMuted,importance&call="
                                        + followed.get(i).id())
                                .process(rosters.get(i));
                    }
                    from("cms-events:callInfo?elements=name,participants&call="
                                    + followed.get(0).id())
                            .process(info);
                    // Shares a subscription, and changes its elements when it starts and stops.
                    from("cms-events:calls?elements=streaming,name")
                            .routeId("other")
                            .autoStartup(random.nextBoolean())
                            .to("log:none?level=OFF");
                }
            });
            context.start();
        }

        void play() {
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
            server.faults().clear();
            await().pollInterval(Duration.ofMillis(20)).untilAsserted(this::assertTruth);
            assertThat(violations()).isEmpty();
            assertThat(server.breaches())
                    .filteredOn(breach -> breach.kind() != Breach.Kind.REUSED_TOKEN)
                    .isEmpty();
        }

        private void assertTruth() {
            assertThat(calls.records()).as(this::bothSides).isEqualTo(truthOfCalls());
            for (int i = 0; i < rosters.size(); i++) {
                assertThat(rosters.get(i).records()).as(this::bothSides).isEqualTo(truthOfRoster(followed.get(i)));
            }
            assertThat(info.records()).as(this::bothSides).isEqualTo(truthOfInfo());
        }

        private String bothSides() {
            CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
            return "server: " + server.subscriptions() + "\ncomponent: "
                    + component.clusters().status();
        }

        private List<String> violations() {
            return Stream.of(calls, rosters.get(0), rosters.get(1), info)
                    .flatMap(applied -> applied.violations().stream())
                    .toList();
        }

        private void changeSomething() {
            Optional<SimulatedCall> call = any(server.calls());
            switch (random.nextInt(12)) {
                case 0 -> createCall();
                case 1 -> call.filter(any -> server.calls().size() > 1).ifPresent(SimulatedCall::end);
                case 2, 3 -> call.ifPresent(any -> any.set("name", "Meeting #" + ++version));
                case 4 -> call.ifPresent(any -> any.set("recording", random.nextBoolean() ? "active" : "inactive"));
                case 5, 6, 7 -> call.ifPresent(this::addParticipant);
                case 8 -> call.flatMap(any -> any(any.participants())).ifPresent(who -> who.leave("clientInitiated"));
                case 9 ->
                    call.flatMap(any -> any(any.participants()))
                            .ifPresent(who -> who.set("importance", random.nextBoolean() ? random.nextInt(9) : null));
                case 10 ->
                    call.flatMap(any -> any(any.participants()))
                            .ifPresent(who -> who.set("audioMuted", random.nextBoolean()));
                default ->
                    server.transaction(() -> {
                        for (int i = 0; i < 5; i++) {
                            call.ifPresent(this::addParticipant);
                        }
                    });
            }
        }

        private void breakSomething() {
            switch (random.nextInt(27)) {
                case 0, 1 -> server.faults().reset();
                case 2 -> server.faults().close(1001);
                case 3 -> server.faults().hangUp();
                case 4 -> server.faults().silence();
                case 5 ->
                    server.faults().restart(() -> {
                        for (int i = 0; i < 5; i++) {
                            changeSomething();
                        }
                    });
                case 6 -> server.faults().next(new Fault.ResetAfter(1 + random.nextInt(5)));
                case 7 -> server.faults().next(new Fault.SilenceAfter(1 + random.nextInt(5)));
                case 8 -> server.faults().next(new Fault.RefuseLogin(503));
                case 9 -> server.faults().next(new Fault.LoginWithoutToken());
                case 10 -> server.faults().next(new Fault.DropLogin());
                case 11 -> server.faults().next(new Fault.IgnoreLogin());
                case 12 -> server.faults().next(new Fault.RefuseUpgrade(503));
                case 13 -> server.faults().next(new Fault.IgnoreUpgrade());
                case 14 -> server.faults().next(new Fault.WithholdAck());
                case 15 -> server.faults().next(new Fault.IgnoreRequest());
                case 16 -> server.faults().next(random.nextBoolean() ? new Fault.WrongAckId() : new Fault.DoubleAck());
                case 17 -> server.faults().next(new Fault.AckStatus("failure"));
                case 18 -> server.faults().next(new Fault.DeactivateNew());
                case 19 -> server.faults().deactivate("calls", null);
                case 20 -> server.faults().next(2, new Fault.DuplicateUpdate());
                case 21 -> server.faults().next(new Fault.UnknownMessage());
                case 22 -> server.faults().next(3, new Fault.WrongTypes());
                case 23 -> server.faults().next(new Fault.UpdateAfterRemove());
                case 24 -> server.faults().next(new Fault.Garbage("{\"type\":\"message\""));
                case 25 -> server.faults().next(new Fault.CloseAfter(1 + random.nextInt(5), 1005));
                default -> otherRouteComesOrGoes();
            }
        }

        private void otherRouteComesOrGoes() {
            try {
                if (context.getRouteController().getRouteStatus("other").isStarted()) {
                    context.getRouteController().stopRoute("other");
                } else {
                    context.getRouteController().startRoute("other");
                }
            } catch (Exception e) {
                throw new AssertionError("Failed to start or stop a route", e);
            }
        }

        private SimulatedCall createCall() {
            return server.createCall(CallOptions.named("Meeting #" + ++version));
        }

        private void addParticipant(SimulatedCall call) {
            call.addParticipant("Person #" + ++version, "person@example.com");
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
            server.calls().forEach(call -> truth.put(call.id(), values(call, "name", "participants", "recording")));
            return truth;
        }

        private Map<String, Map<String, Object>> truthOfInfo() {
            SimulatedCall call = followed.get(0);
            return call.hasEnded() ? Map.of() : Map.of(call.id(), values(call, "name", "participants"));
        }

        private Map<String, Map<String, Object>> truthOfRoster(SimulatedCall call) {
            Map<String, Map<String, Object>> truth = new LinkedHashMap<>();
            if (!call.hasEnded()) {
                for (SimulatedParticipant who : call.participants()) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (String element : List.of("name", "audioMuted", "importance")) {
                        values.put(element, JSON.convertValue(who.get(element), Object.class));
                    }
                    truth.put(who.id(), values);
                }
            }
            return truth;
        }

        private static Map<String, Object> values(SimulatedCall call, String... elements) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (String element : elements) {
                values.put(element, JSON.convertValue(call.get(element), Object.class));
            }
            return values;
        }

        @Override
        public void close() {
            context.stop();
            server.close();
        }
    }
}
