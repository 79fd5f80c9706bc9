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
package io.github.cmsevents.camel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VigilTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context eventLoop = vertx.getOrCreateContext();
    private final Vigil vigil = new Vigil(vertx);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void isNotKeptBeforeThingsHaveHappenedQuicklyForAWhile() throws Exception {
        boolean kept = onEventLoop(() -> {
            vigil.happened();
            vigil.keep();
            return vigil.isKept();
        });

        assertThat(kept).isFalse();
    }

    @Test
    void isKeptForAMomentWhenThingsHappenQuickly() throws Exception {
        assertThat(onEventLoop(this::keepAfterManyQuickOnes)).isTrue();

        await().until(() -> !onEventLoop(vigil::isKept));
    }

    @Test
    void keepsNothingElseFromHappening() throws Exception {
        AtomicInteger turns = new AtomicInteger();
        onEventLoop(this::keepAfterManyQuickOnes);

        vertx.setPeriodic(1, timer -> turns.incrementAndGet());
        for (int i = 0; i < 1_000; i++) {
            onEventLoop(() -> {
                vigil.happened();
                return null;
            });
        }

        await().untilAsserted(() -> assertThat(turns).hasPositiveValue());
    }

    @Test
    void canBeKeptAgainAfterItHasEnded() throws Exception {
        onEventLoop(this::keepAfterManyQuickOnes);
        await().until(() -> !onEventLoop(vigil::isKept));

        assertThat(onEventLoop(this::keepAfterManyQuickOnes)).isTrue();
    }

    private boolean keepAfterManyQuickOnes() {
        for (int i = 0; i < 200; i++) {
            vigil.happened();
        }
        vigil.keep();
        return vigil.isKept();
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
