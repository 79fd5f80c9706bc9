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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BackPressureTest extends CmsEventsTestSupport {

    private static final int UPDATES = 10_000;

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void tenThousandUpdatesArriveOnceAndInOrder() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);

        for (int i = 1; i <= UPDATES; i++) {
            call.set("name", "Board " + i);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> seen.size() == UPDATES + 1);

        assertThat(seen.values("name").subList(1, UPDATES + 1))
                .isEqualTo(IntStream.rangeClosed(1, UPDATES)
                        .mapToObj(i -> "Board " + i)
                        .toList());
        await().untilAsserted(() -> assertThat(server().unackedMessages()).isZero());
    }

    @Test
    void theServerWaitsForTheAcknowledgementOfASlowRoute() throws Exception {
        SimulatedCall call = server().createCall("Board");
        Semaphore permits = new Semaphore(1);
        SeenExchanges seen = new SeenExchanges();
        route("calls", "cms-events:calls?elements=name", exchange -> {
            permits.acquire();
            seen.process(exchange);
        });
        seen.awaitSize(1);

        for (int i = 1; i <= 100; i++) {
            call.set("name", "Board " + i);
        }
        await().untilAsserted(() -> assertThat(server().unackedMessages()).isEqualTo(1));
        assertThat(server().queuedMessages()).isEqualTo(99);
        assertThat(seen.size()).isEqualTo(1);

        permits.release(100);
        seen.awaitSize(101);
        await().untilAsserted(() -> assertThat(server().unackedMessages()).isZero());
    }

    @Test
    void withAcknowledgeReceivedTheServerWaitsForAFullQueueOnly() throws Exception {
        SimulatedCall call = server().createCall("Board");
        Semaphore permits = new Semaphore(1);
        SeenExchanges seen = new SeenExchanges();
        route("calls", "cms-events:calls?elements=name&acknowledge=received&queueSize=10", exchange -> {
            permits.acquire();
            seen.process(exchange);
        });
        seen.awaitSize(1);

        for (int i = 1; i <= 100; i++) {
            call.set("name", "Board " + i);
        }
        // One that the route is processing, ten in the queue, and one that is not acknowledged yet.
        await().untilAsserted(() -> assertThat(server().queuedMessages()).isEqualTo(100 - 12));
        assertThat(server().unackedMessages()).isEqualTo(1);

        permits.release(100);
        seen.awaitSize(101);
        assertThat(seen.values("name").subList(1, 101))
                .isEqualTo(IntStream.rangeClosed(1, 100)
                        .mapToObj(i -> "Board " + i)
                        .toList());
    }

    @Test
    void aRouteThatBlocksDoesNotHoldUpAnother() throws Exception {
        SimulatedCall call = server().createCall("Board");
        Semaphore permits = new Semaphore(0);
        AtomicBoolean blocks = new AtomicBoolean();
        SeenExchanges seen = new SeenExchanges();
        SeenExchanges other = new SeenExchanges();
        route("blocks", "cms-events:calls?elements=name&acknowledge=received", exchange -> {
            if (blocks.get()) {
                permits.acquire();
            }
            seen.process(exchange);
        });
        route("other", "cms-events:calls?elements=name", other);
        seen.awaitSize(1);
        other.awaitSize(1);
        for (int i = 1; i <= 500; i++) {
            call.set("name", "Board " + i);
        }
        seen.awaitSize(501);
        other.awaitSize(501);

        blocks.set(true);
        for (int i = 501; i <= 600; i++) {
            call.set("name", "Board " + i);
        }

        other.awaitSize(601);
        assertThat(seen.size()).isEqualTo(501);
        permits.release(100);
        seen.awaitSize(601);
    }

    @Test
    void anAsynchronousRouteKeepsTheOrderAndHoldsTheAcknowledgement() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = new SeenExchanges();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name").threads(4).process(seen);
            }
        });
        seen.awaitSize(1);
        for (int i = 1; i <= 500; i++) {
            call.set("name", "Board " + i);
        }
        seen.awaitSize(501);

        assertThat(seen.values("name").subList(1, 501))
                .isEqualTo(IntStream.rangeClosed(1, 500)
                        .mapToObj(i -> "Board " + i)
                        .toList());
    }

    @Test
    void aRouteThatFailsIsReportedAndTheNextUpdateComes() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges failures = new SeenExchanges();
        SeenExchanges seen = new SeenExchanges();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).process(failures);
                from("cms-events:calls?elements=name").process(exchange -> {
                    if ("bad"
                            .equals(exchange.getMessage()
                                    .getBody(java.util.Map.class)
                                    .get("name"))) {
                        throw new IllegalStateException("as asked");
                    }
                    seen.process(exchange);
                });
            }
        });
        seen.awaitSize(1);
        call.set("name", "bad");
        call.set("name", "good");
        seen.awaitSize(2);

        assertThat(failures.size()).isEqualTo(1);
        assertThat(seen.last().map()).containsEntry("name", "good");
    }

    @Test
    void anExceptionHandlerThatThrowsDoesNotStallAnAsynchronousRoute() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = new SeenExchanges();
        context.getRegistry().bind("throwing", new ThrowingExceptionHandler());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("cms-events:calls?elements=name&exceptionHandler=#throwing")
                        .threads(2)
                        .process(seen)
                        .throwException(new IllegalStateException("as asked"));
            }
        });
        seen.awaitSize(1);
        call.set("name", "one");
        call.set("name", "two");
        seen.awaitSize(3);
        await().untilAsserted(() -> assertThat(server().unackedMessages()).isZero());
    }

    /** A user's exception handler that fails itself. */
    private static final class ThrowingExceptionHandler implements ExceptionHandler {
        @Override
        public void handleException(Throwable exception) {
            throw new IllegalStateException(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            throw new IllegalStateException(message, exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            throw new IllegalStateException(message, exception);
        }
    }

    @Test
    void receivesASnapshotOfThousandsOfRowsInOneFrame() throws Exception {
        MeetingServerSimulator large = MeetingServerSimulator.builder()
                .credentials(USER, PASSWORD)
                .rowsPerMessage(5_000)
                .callsCorrectedAfter(Duration.ZERO)
                .build()
                .start();
        try (large) {
            List<SimulatedCall> calls = IntStream.range(0, 2_000)
                    .mapToObj(i -> large.createCall("A meeting with a name of some length " + i))
                    .toList();
            SeenExchanges seen = new SeenExchanges();
            CountDownLatch all = new CountDownLatch(calls.size());
            route("calls", "cms-events:calls?elements=*&servers=RAW(" + large.url() + ")", exchange -> {
                seen.process(exchange);
                all.countDown();
            });
            await().until(() -> all.getCount() == 0);
            assertThat(seen.values("call"))
                    .isEqualTo(calls.stream().map(SimulatedCall::id).toList());
            assertThat(large.breaches()).isEmpty();
            context.getRouteController().stopRoute("calls");
        }
    }
}
