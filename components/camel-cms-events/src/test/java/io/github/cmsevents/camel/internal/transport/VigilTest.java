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
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VigilTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context eventLoop = vertx.getOrCreateContext();
    private final AtomicLong clock = new AtomicLong();
    private final Vigil vigil = new Vigil(vertx, clock::get);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void isNotKeptBeforeRoutesHaveBeenQuickForAWhile() throws Exception {
        exchange(3, 10, 10);

        assertThat(keep()).isFalse();
    }

    @Test
    void isKeptWhileTheRouteIsAsQuickAsUsual() throws Exception {
        exchange(200, 10, 10);
        assertThat(keep()).isTrue();

        pass(50);
        await().during(50, TimeUnit.MILLISECONDS).until(() -> onEventLoop(vigil::isKept));

        pass(20);
        await().until(() -> !onEventLoop(vigil::isKept));
    }

    @Test
    void goesOnForAServerThatIsQuickToo() throws Exception {
        exchange(200, 10, 10);
        keep();
        pass(50);
        vigil.answerSent();
        pass(50);

        await().during(50, TimeUnit.MILLISECONDS).until(() -> onEventLoop(vigil::isKept));
    }

    @Test
    void endsWithTheAnswerWhereTheServerIsANetworkAway() throws Exception {
        exchange(200, 10, 200);
        assertThat(keep()).isTrue();

        pass(10);
        vigil.answerSent();

        await().until(() -> !onEventLoop(vigil::isKept));
    }

    @Test
    void isNotKeptForARouteThatIsSlow() throws Exception {
        exchange(200, 150, 10);

        assertThat(keep()).isFalse();
    }

    @Test
    void keepsNothingElseFromHappening() throws Exception {
        exchange(200, 10, 10);
        AtomicInteger turns = new AtomicInteger();
        assertThat(keep()).isTrue();

        vertx.setPeriodic(1, timer -> turns.incrementAndGet());

        await().untilAsserted(() -> assertThat(turns).hasValueGreaterThan(10));
        assertThat(onEventLoop(vigil::isKept)).isTrue();
    }

    @Test
    void canBeKeptAgainAfterItHasEnded() throws Exception {
        exchange(200, 10, 10);
        keep();
        pass(1_000);
        await().until(() -> !onEventLoop(vigil::isKept));
        vigil.answerSent();
        exchange(200, 10, 10);

        assertThat(keep()).isTrue();
    }

    /** Messages that are each answered after so many microseconds, and followed by the next after so many; and one more. */
    private void exchange(int messages, int ours, int servers) {
        for (int i = 0; i < messages; i++) {
            vigil.messageCame(clock.get());
            pass(ours);
            vigil.answerSent();
            pass(servers);
        }
        vigil.messageCame(clock.get());
    }

    private void pass(int micros) {
        clock.addAndGet(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    private boolean keep() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "With one processor the route needs it");
        return onEventLoop(() -> {
            vigil.keep();
            return vigil.isKept();
        });
    }

    private <T> T onEventLoop(Callable<T> action) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        eventLoop.runOnContext(turn -> {
            try {
                result.complete(action.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(10, TimeUnit.SECONDS);
    }
}
