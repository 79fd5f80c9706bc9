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

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The event loop of a Vert.x context. */
public final class VertxEventLoop implements EventLoop {

    private final Vertx vertx;
    private final Context context;
    private final LongSupplier nanos;
    private final long epochOffset;

    public VertxEventLoop(Vertx vertx, Context context) {
        this(vertx, context, System.currentTimeMillis(), System::nanoTime);
    }

    VertxEventLoop(Vertx vertx, Context context, long now, LongSupplier nanos) {
        this.vertx = vertx;
        this.context = context;
        this.nanos = nanos;
        this.epochOffset = now - TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        // Vert.x has no timer of less than a millisecond.
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
        return () -> vertx.cancelTimer(id);
    }

    @Override
    public boolean run(Runnable action) {
        try {
            context.runOnContext(turn -> action.run());
            return true;
        } catch (RejectedExecutionException e) {
            // The Vert.x instance is closed: nothing is left that the action could change.
            return false;
        }
    }

    @Override
    public long millis() {
        return epochOffset + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
