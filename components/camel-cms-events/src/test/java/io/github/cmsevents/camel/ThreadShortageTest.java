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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThreadShortageTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    /** How many of the next tasks the pool rejects. */
    private final AtomicInteger refusals = new AtomicInteger();

    private final AtomicInteger refused = new AtomicInteger();
    private final List<ThreadPoolExecutor> pools = new CopyOnWriteArrayList<>();

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camelContext = super.createCamelContext();
        camelContext.getExecutorServiceManager().setThreadPoolFactory(new DefaultThreadPoolFactory() {
            @Override
            public ExecutorService newCachedThreadPool(ThreadFactory threadFactory) {
                SometimesFull pool = new SometimesFull(threadFactory);
                pools.add(pool);
                return pool;
            }
        });
        return camelContext;
    }

    @Test
    void aRouteContinuesAfterTheThreadPoolRejectedAnUpdateThatTheServerWaitsFor() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);

        refusals.set(3);
        call.set("name", "Board 1");
        call.set("name", "Board 2");

        seen.awaitSize(3);
        assertThat(refused).hasValue(3);
    }

    @Test
    void anAsynchronousRouteContinuesOnItsEventLoopAfterTheThreadPoolRejectedAnUpdate() throws Exception {
        server().createCall("Board");
        server().createCall("Lobby");
        List<Set<String>> eventLoops = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name").threads(1, 1).process(exchange -> {
                    eventLoops.add(eventLoops());
                    // The message has two updates, and the pool rejects the task for the second.
                    if (eventLoops.size() == 1) {
                        // Wait until the task that delivered the first update has ended, so that the second needs a new
                        // one.
                        await().until(() -> pools.stream().allMatch(pool -> pool.getActiveCount() == 0));
                        refusals.set(1);
                    }
                });
            }
        });

        await().untilAsserted(() -> assertThat(eventLoops).hasSize(2));

        assertThat(refused).hasValue(1);
        // Another event loop would need another thread, which the pool may not have.
        assertThat(eventLoops.get(1)).isEqualTo(eventLoops.get(0));
    }

    private static Set<String> eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
                .map(thread -> thread.getId() + " " + thread.getName())
                .collect(Collectors.toSet());
    }

    private final class SometimesFull extends ThreadPoolExecutor {

        SometimesFull(ThreadFactory threadFactory) {
            super(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), threadFactory);
        }

        @Override
        public void execute(Runnable task) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                refused.incrementAndGet();
                throw new RejectedExecutionException("expected");
            }
            super.execute(task);
        }
    }
}
