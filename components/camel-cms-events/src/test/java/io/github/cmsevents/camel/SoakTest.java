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
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Changing meetings and periodic faults for the given time: {@code ./mvnw -Psoak verify -Dsoak.minutes=60}. Not part of the
 * normal build.
 */
@Tag("soak")
class SoakTest extends CmsEventsTestSupport {

    private static final int CALLS = 50;
    private static final int CHANGES_PER_TURN = 200;
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration FAULT_EVERY = Duration.ofSeconds(10);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).journalCapacity(1_000));

    private final Random random = new Random(1);
    private final List<SimulatedCall> calls = new ArrayList<>();
    private final Map<String, Set<String>> rosters = new ConcurrentHashMap<>();
    private final AtomicLong updates = new AtomicLong();

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void heapAndThreadsStayFlatAndNothingIsLost() throws Exception {
        component().setHeartbeatInterval(500);
        component().setAckTimeout(1_000);
        for (int i = 0; i < CALLS; i++) {
            calls.add(server().createCall("Meeting " + i));
            rosters.put(calls.get(i).id(), ConcurrentHashMap.newKeySet());
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=*").process(exchange -> updates.incrementAndGet());
                for (SimulatedCall call : calls) {
                    from("cms-events:callRoster?elements=name,audioMuted,activeSpeaker&call=" + call.id())
                            .process(exchange -> {
                                updates.incrementAndGet();
                                String who =
                                        exchange.getMessage().getHeader(CmsEventsConstants.PARTICIPANT, String.class);
                                if ("remove".equals(exchange.getMessage().getHeader(CmsEventsConstants.UPDATE_TYPE))) {
                                    rosters.get(call.id()).remove(who);
                                } else {
                                    rosters.get(call.id()).add(who);
                                }
                            });
                }
            }
        });
        Instant end = Instant.now().plus(Duration.ofMinutes(Integer.getInteger("soak.minutes", 10)));
        churnFor(Duration.ofSeconds(20));
        Reading first = read();
        report("warm", first);

        Instant nextReport = Instant.now().plus(REPORT_EVERY);
        while (Instant.now().isBefore(end)) {
            churnFor(FAULT_EVERY);
            if (Instant.now().isAfter(nextReport)) {
                report("", read());
                nextReport = nextReport.plus(REPORT_EVERY);
            }
            breakSomething();
        }
        awaitActive(CALLS + 1);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(this::assertNothingIsLost);
        Reading last = read();
        report("last", last);

        assertThat(last.heapMiB()).as("heap in MiB").isLessThan(first.heapMiB() + 20);
        assertThat(last.threads()).as("threads").isLessThanOrEqualTo(first.threads() + 5);
        assertThat(server().sockets()).isEqualTo(1);
        assertThat(server().breaches()).isEmpty();
    }

    private void assertNothingIsLost() {
        for (SimulatedCall call : calls) {
            assertThat(rosters.get(call.id()))
                    .isEqualTo(call.participants().stream()
                            .map(SimulatedParticipant::id)
                            .collect(Collectors.toSet()));
        }
    }

    private void churnFor(Duration time) {
        Instant until = Instant.now().plus(time);
        while (Instant.now().isBefore(until)) {
            server().transaction(() -> {
                for (int i = 0; i < CHANGES_PER_TURN; i++) {
                    change(calls.get(random.nextInt(CALLS)));
                }
            });
            // Sets the rate of the load; not a wait for a condition.
            await().pollDelay(TURN).until(() -> true);
        }
    }

    private void change(SimulatedCall call) {
        List<SimulatedParticipant> people = call.participants();
        if (people.size() < 5 || people.size() < 40 && random.nextInt(4) == 0) {
            call.addParticipant("Person", "person@example.com");
        } else if (random.nextInt(4) == 0) {
            people.get(random.nextInt(people.size())).leave("clientInitiated");
        } else {
            people.get(random.nextInt(people.size())).set("audioMuted", random.nextBoolean());
        }
    }

    private void breakSomething() {
        switch (random.nextInt(4)) {
            case 0 -> server().faults().reset();
            case 1 -> server().faults().close(1001);
            case 2 -> server().faults().silence();
            default -> server().faults().restart();
        }
    }

    private record Reading(long heapMiB, int threads, int sockets, long updates, int queued) {}

    private Reading read() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Reading(
                heap >> 20,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                server().sockets(),
                updates.get(),
                server().queuedMessages());
    }

    private static void report(String label, Reading reading) {
        System.out.printf(
                "soak %-5s heap %4d MiB, %3d threads, %d sockets, %9d updates, %d messages queued in the server%n",
                label, reading.heapMiB, reading.threads, reading.sockets, reading.updates, reading.queued);
    }
}
