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
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Consumer;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queued updates when their route or its context is stopped or suspended. */
class ShutdownTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    private final SeenExchanges seen = new SeenExchanges();
    private final Semaphore permits = new Semaphore(0);

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void withCompleteAllTasksEverythingReceivedIsProcessedBeforeTheRouteStops() throws Exception {
        slowRoute(ShutdownRunningTask.CompleteAllTasks);
        CompletableFuture<Void> stopped = stopInBackground();
        await().until(() -> server().subscriptions().isEmpty());

        permits.release(5);

        stopped.get(60, TimeUnit.SECONDS);
        assertThat(seen.values("name")).containsExactly("Call 0", "Call 1", "Call 2", "Call 3", "Call 4");
    }

    @Test
    void otherwiseTheCurrentUpdateIsProcessedAndTheRestDeliveredAfterTheNextStart() throws Exception {
        slowRoute(ShutdownRunningTask.CompleteCurrentTaskOnly);
        CompletableFuture<Void> stopped = stopInBackground();
        await().until(() -> server().subscriptions().isEmpty());

        permits.release(5);
        stopped.get(60, TimeUnit.SECONDS);
        assertThat(seen.values("name")).containsExactly("Call 0");

        context.getRouteController().startRoute("slow");
        permits.release(5);
        seen.awaitSize(6);
        assertThat(seen.all().subList(1, 6)).allMatch(update -> "add".equals(update.type()));
    }

    @Test
    void aSuspendedRouteReceivesTheCurrentContentWhenItIsResumed() throws Exception {
        slowRoute(ShutdownRunningTask.CompleteCurrentTaskOnly);
        CompletableFuture<Void> suspended = CompletableFuture.runAsync(() -> {
            try {
                context.getRouteController().suspendRoute("slow");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> server().subscriptions().isEmpty());
        permits.release(1);
        suspended.get(60, TimeUnit.SECONDS);
        assertThat(seen.values("name")).containsExactly("Call 0");

        permits.release(5);
        context.getRouteController().resumeRoute("slow");
        seen.awaitSize(6);
        assertThat(seen.all().subList(1, 6)).allMatch(update -> "add".equals(update.type()));
    }

    @Test
    void theFirstRouteCanBeAddedWhileTheContextIsSuspended() throws Exception {
        server().createCall("Board");
        context.suspend();
        Consumer consumer =
                context.getEndpoint("cms-events:calls?elements=name").createConsumer(seen);
        consumer.start();
        context.resume();

        seen.awaitSize(1);
        consumer.stop();
    }

    private void slowRoute(ShutdownRunningTask task) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name")
                        .routeId("slow")
                        .shutdownRunningTask(task)
                        .process(exchange -> permits.acquire())
                        .process(seen);
            }
        });
        awaitActive(1);
        server().transaction(() -> {
            for (int i = 0; i < 5; i++) {
                server().createCall("Call " + i);
            }
        });
        CmsEventsConsumer consumer =
                (CmsEventsConsumer) context.getRoute("slow").getConsumer();
        await().until(() -> consumer.getQueueDepth() == 5);
    }

    private CompletableFuture<Void> stopInBackground() {
        return CompletableFuture.runAsync(() -> {
            try {
                context.getRouteController().stopRoute("slow", 60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
