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
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.JournalEntry;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void aRestartedRouteReceivesTheCurrentContent() throws Exception {
        server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        context.getRouteController().stopRoute("calls");
        awaitNoSocket();
        server().createCall("Second");
        context.getRouteController().startRoute("calls");
        seen.awaitSize(3);

        assertThat(seen.types()).containsExactly("add", "add", "add");
        assertThat(server().loginCount()).isEqualTo(2);
    }

    @Test
    void aSuspendedRouteReceivesNothingAndAResumedOneTheCurrentContent() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        context.getRouteController().suspendRoute("calls");
        awaitNoSocket();
        call.set("name", "Bored");
        assertThat(seen.size()).isEqualTo(1);

        context.getRouteController().resumeRoute("calls");
        seen.awaitSize(2);
        assertThat(seen.last().map()).containsEntry("name", "Bored").containsEntry("updateType", "add");
    }

    @Test
    void aSuspendedRouteDoesNotHoldUpTheOthers() throws Exception {
        SimulatedCall call = server().createCall("Board");
        Semaphore permits = new Semaphore(1);
        route("slow", "cms-events:calls?elements=name", exchange -> permits.acquire());
        SeenExchanges seen = route("quick", "cms-events:calls?elements=name").awaitSize(1);
        call.set("name", "one");
        call.set("name", "two");
        seen.awaitSize(2);
        await().untilAsserted(() -> assertThat(server().queuedMessages()).isEqualTo(1));

        CompletableFuture<Void> suspended = CompletableFuture.runAsync(() -> suspend("slow"));
        CmsEventsConsumer slow = (CmsEventsConsumer) context.getRoute("slow").getConsumer();
        await().until(slow::isSuspendingOrSuspended);
        permits.release(1);
        suspended.get();
        seen.awaitSize(3);
        call.set("name", "three");
        seen.awaitSize(4);
    }

    @Test
    void aRouteThatStopsDuringAnOutageDoesNotSubscribeAgain() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        server().stop();
        context.getRouteController().stopRoute("calls");
        server().start();
        await().during(Duration.ofMillis(500)).until(() -> server().loginCount() == 1 && server().sockets() == 0);
    }

    @Test
    void aRouteThatIsSuspendedDuringAnOutageDoesNotSubscribeAgain() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        server().stop();
        context.getRouteController().suspendRoute("calls");
        server().start();
        await().during(Duration.ofMillis(500)).until(() -> server().loginCount() == 1 && server().sockets() == 0);
    }

    @ParameterizedTest
    @MethodSource("pendingAttempts")
    void aRouteThatStopsWhileConnectingStopsAtOnceAndDoesNotConnectAgain(Fault pending) throws Exception {
        component().setConnectTimeout(60_000);
        server().faults().untilCleared(pending);
        route("calls", "cms-events:calls?elements=name");
        await().until(() -> server().loginCount() == 1);
        await().until(() -> server().journal().stream().anyMatch(JournalEntry.Fault.class::isInstance));

        assertTimeout(Duration.ofSeconds(30), () -> context.getRouteController().stopRoute("calls"));
        server().faults().clear();
        await().during(Duration.ofMillis(300)).until(() -> server().loginCount() == 1 && server().sockets() == 0);

        context.getRouteController().startRoute("calls");
        awaitActive(1);
    }

    static Stream<Fault> pendingAttempts() {
        return Stream.of(new Fault.IgnoreLogin(), new Fault.IgnoreUpgrade());
    }

    @Test
    void aRouteThatStopsWhileItsSubscriptionIsPendingUnsubscribes() throws Exception {
        server().faults().untilCleared(new Fault.NeverActivate());
        route("calls", "cms-events:calls?elements=name");
        await().until(() -> server().subscriptions().size() == 1);
        context.getRouteController().stopRoute("calls");
        awaitNoSocket();
    }

    @Test
    void aRouteStopsInBoundedTimeWhileTheServerIsSilent() throws Exception {
        component().setAckTimeout(60_000);
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        server().faults().silence();
        assertTimeout(Duration.ofSeconds(30), () -> context.getRouteController().stopRoute("calls"));
    }

    @Test
    void theContextsShutdownLeavesNoThreadAndNoSocket() throws Exception {
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        Set<String> during = threads();
        assertThat(during).anyMatch(name -> name.startsWith("vert.x-eventloop"));

        context.stop();

        assertThat(server().sockets()).isZero();
        await().untilAsserted(() ->
                assertThat(threads()).noneMatch(name -> name.startsWith("vert.x-") || name.contains("CmsEvents")));
    }

    @Test
    void aUsersVertxIsUsedAndNotClosed() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            context.getComponent("cms-events", CmsEventsComponent.class).setVertx(vertx);
            route("calls", "cms-events:calls?elements=name");
            awaitActive(1);
            assertThat(vertx.deploymentIDs()).hasSize(1);

            context.stop();

            assertThat(vertx.deploymentIDs()).isEmpty();
            assertThat(vertx.executeBlocking(() -> "still there")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get())
                    .isEqualTo("still there");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void theVertxOfTheVertxWebsocketComponentIsShared() throws Exception {
        Vertx vertx = context.getComponent("vertx-websocket", VertxWebsocketComponent.class)
                .getVertx();
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        assertThat(vertx.deploymentIDs()).hasSize(1);
    }

    @Test
    void itsOwnVertxNeedsNoDirectoryToWriteTo(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("a-file"));
        VertxOptions nowhere = new VertxOptions()
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCacheDir(file.resolve("in-a-file").toString()));
        context.getComponent("cms-events", CmsEventsComponent.class).setVertxOptions(nowhere);
        server().createCall("Board");

        route("calls", "cms-events:calls?elements=name").awaitSize(1);
    }

    @Test
    void itsOwnVertxFindsFilesOnTheClassPath() {
        CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);

        // For instance the certificates of clientOptions.
        assertThat(component
                        .runtime()
                        .vertx()
                        .fileSystem()
                        .existsBlocking("META-INF/services/org/apache/camel/component.properties"))
                .isTrue();
    }

    @Test
    void updatesComeOnCamelsThreads() throws Exception {
        server().createCall("Board");
        Set<String> names = ConcurrentHashMap.newKeySet();
        route(
                "calls",
                "cms-events:calls?elements=name",
                exchange -> names.add(Thread.currentThread().getName()));
        await().until(() -> !names.isEmpty());
        assertThat(names).allMatch(name -> name.contains("CmsEvents"));
    }

    private void suspend(String route) {
        try {
            context.getRouteController().suspendRoute(route);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }
}
