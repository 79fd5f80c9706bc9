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
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * As many servers as a cluster has, as many followed calls as a server takes: {@code ./mvnw -Pscale verify}, with a heap of
 * 512 MiB for the component and the servers together. Not part of the normal build.
 */
@Tag("scale")
class ScaleTest {

    private static final int SERVERS = 24;
    /** Five sockets take 500 subscriptions, and one of them is that to the list of calls. */
    private static final int CALLS_PER_SERVER = 499;

    private static final int PARTICIPANTS = 10_000;
    private static final int CHANGES = 20_000;
    /** For the handlers of hundreds of sockets that run in a row; a single handler has to be much quicker. */
    private static final Duration LONGEST_ROUND = Duration.ofMillis(100);

    private final List<MeetingServerSimulator> servers = new ArrayList<>();
    private final List<SimulatedCall> calls = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Set<Object> participants = ConcurrentHashMap.newKeySet();
    private final AtomicLong updates = new AtomicLong();
    private final Random random = new Random(1);

    @Test
    void followsEveryCallOfALargeClusterWithoutBlockingTheEventLoop() throws Exception {
        for (int i = 0; i < SERVERS; i++) {
            servers.add(MeetingServerSimulator.builder()
                    .credentials("apiuser", "secret")
                    .journalCapacity(1)
                    .build()
                    .start());
        }
        for (int i = 0; i < SERVERS * CALLS_PER_SERVER; i++) {
            calls.add(servers.get(i % SERVERS).createCall("Meeting " + i));
        }
        for (int i = 0; i < PARTICIPANTS; i++) {
            calls.get(i).addParticipant("Person " + i, "person" + i + "@example.com");
        }
        // The first run mostly loads classes.
        followAndChange("cold");
        Duration longestRound = followAndChange("warm");

        assertThat(longestRound).isLessThan(LONGEST_ROUND);
        assertThat(servers).allSatisfy(server -> assertThat(server.breaches()).isEmpty());
    }

    private Duration followAndChange(String when) throws Exception {
        EventLoopWatch watch = new EventLoopWatch();
        participants.clear();
        CamelContext context = new DefaultCamelContext();
        try {
            start(context);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(followed()).isEqualTo(calls.size()));
            awaitParticipants();
            report(when + ", all calls are followed", watch);
            for (int i = 0; i < CHANGES; i++) {
                change();
            }
            awaitParticipants();
            report(when + ", after the changes", watch);
            return watch.longestRound();
        } finally {
            context.stop();
        }
    }

    private void awaitParticipants() {
        int expected =
                calls.stream().mapToInt(call -> call.participants().size()).sum();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(participants).hasSize(expected));
    }

    private long followed() {
        return servers.stream()
                .flatMap(server -> server.subscriptions().stream())
                .filter(subscription ->
                        subscription.type().equals("callRoster") && "active".equals(subscription.state()))
                .count();
    }

    private void change() {
        SimulatedCall call = calls.get(random.nextInt(calls.size()));
        if (call.participants().isEmpty() || random.nextInt(3) == 0) {
            call.addParticipant("Person", "person@example.com");
        } else if (random.nextBoolean()) {
            call.participants().get(0).set("audioMuted", random.nextBoolean());
        } else {
            call.participants().get(0).leave("clientInitiated");
        }
    }

    private void start(CamelContext context) throws Exception {
        CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
        component.setVertx(vertx);
        component.setMaxConnectionsPerServer(5);
        CmsEventsConfiguration configuration = component.getConfiguration();
        configuration.setServers(
                servers.stream().map(MeetingServerSimulator::url).collect(Collectors.joining(",")));
        configuration.setUsername("apiuser");
        configuration.setPassword("secret");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:callRoster?call=*&elements=name,audioMuted").process(exchange -> {
                    updates.incrementAndGet();
                    String participant = exchange.getMessage().getHeader(CmsEventsConstants.PARTICIPANT, String.class);
                    if ("remove".equals(exchange.getMessage().getHeader(CmsEventsConstants.UPDATE_TYPE))) {
                        participants.remove(participant);
                    } else {
                        participants.add(participant);
                    }
                });
            }
        });
        context.start();
    }

    private void report(String when, EventLoopWatch watch) {
        System.out.printf(
                "%s: %d subscriptions, %d updates, heap %d MiB, %d threads, longest round of the event loop %d ms%n",
                when,
                followed(),
                updates.get(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                Thread.activeCount(),
                watch.longestRound().toMillis());
    }

    @AfterEach
    void stop() throws Exception {
        servers.forEach(MeetingServerSimulator::close);
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    /**
     * The CPU time that the event loop spends on handlers before a timer runs. Not elapsed time: waiting for a processor or for
     * the garbage collector is no fault of the component.
     */
    private final class EventLoopWatch {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private volatile long longest;
        private long last = -1;

        EventLoopWatch() {
            vertx.setPeriodic(1, turn -> {
                long now = threads.getCurrentThreadCpuTime();
                if (last >= 0) {
                    longest = Math.max(longest, now - last);
                }
                last = now;
            });
        }

        Duration longestRound() {
            return Duration.ofNanos(longest);
        }
    }
}
