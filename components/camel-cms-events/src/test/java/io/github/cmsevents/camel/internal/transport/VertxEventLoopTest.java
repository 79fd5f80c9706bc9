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
package io.github.cmsevents.camel.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxEventLoopTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final VertxEventLoop loop = new VertxEventLoop(vertx, context);

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void runsActionsOfAnyThreadOnItsContextInTheirOrder() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> onContext = new CompletableFuture<>();

        loop.run(() -> order.add("first"));
        loop.run(() -> order.add("second"));
        loop.run(() -> onContext.complete(Vertx.currentContext() == context));

        assertThat(onContext.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void runsTimersOnItsContextAndNoneThatIsCancelled() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        CompletableFuture<Boolean> onContext = new CompletableFuture<>();

        loop.run(() -> {
            EventLoop.Timer cancelled = loop.after(Duration.ZERO, () -> ran.add("cancelled"));
            loop.after(Duration.ofMillis(5), () -> onContext.complete(Vertx.currentContext() == context));
            cancelled.cancel();
        });

        assertThat(onContext.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isEmpty();
    }

    @Test
    void readsTheMachinesClockOnlyOnce() {
        AtomicLong nanos = new AtomicLong(-7_000_000);
        EventLoop ticking = new VertxEventLoop(vertx, context, 1_000, nanos::get);

        assertThat(ticking.millis()).isEqualTo(1_000);
        nanos.addAndGet(20_000_000);
        assertThat(ticking.millis()).isEqualTo(1_020);
        assertThat(loop.millis())
                .isCloseTo(
                        System.currentTimeMillis(), within(Duration.ofMinutes(1).toMillis()));
    }

    @Test
    void dropsActionsAfterItsEnd() {
        vertx.close().toCompletionStage().toCompletableFuture().join();

        assertThat(loop.run(() -> {})).isFalse();
    }
}
