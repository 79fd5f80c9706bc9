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

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Keeps an event loop awake while a server waits for us and we for a route's thread that has always been quick: falling
 * asleep and being woken up would take longer than the wait. For as long as things happen within microseconds of each
 * other only, so it costs nothing where they do not: with a server that is a network away, or with a slow route.
 */
final class Vigil {

    // More is a network, and then the wait is longer than it takes to fall asleep and be woken.
    private static final long LONGEST_USUAL_WAIT = TimeUnit.MICROSECONDS.toNanos(125);

    // Spinning for longer than usual mostly means to keep a core from the very thread that is waited for.
    private static final long LEAST_PATIENCE = TimeUnit.MICROSECONDS.toNanos(60);
    private static final int PATIENCE = 2;

    // One long wait says little of the next.
    private static final long OUTLIER = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int WEIGHT = 16;

    private final Vertx vertx;
    private EventExecutor eventLoop;
    /** When something happened last. Other threads tell it too; a value that is lost between them matters little. */
    private volatile long last = System.nanoTime();

    private volatile long usualWait = OUTLIER;
    private Future<?> watch;

    Vigil(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A server waits for something that will be there in a moment. On the event loop that is to stay awake. */
    void keep() {
        if (watch == null && usualWait < LONGEST_USUAL_WAIT) {
            // No delay to speak of, but before each turn the loop has a look at its sockets.
            watch = eventLoop().scheduleWithFixedDelay(this::endIfNothingHappens, 0, 1, TimeUnit.NANOSECONDS);
        }
    }

    @SuppressWarnings("deprecation") // gone in Vert.x 5; Vert.x 4 has no other public way to its loops
    private EventExecutor eventLoop() {
        if (eventLoop == null) {
            for (EventExecutor candidate : vertx.nettyEventLoopGroup()) {
                if (candidate.inEventLoop()) {
                    eventLoop = candidate;
                }
            }
        }
        return eventLoop;
    }

    /** A message came, or one was sent. */
    void happened() {
        long now = System.nanoTime();
        long wait = Math.min(now - last, OUTLIER);
        last = now;
        usualWait += (wait - usualWait) / WEIGHT;
    }

    boolean isKept() {
        return watch != null;
    }

    private void endIfNothingHappens() {
        if (System.nanoTime() - last > Math.max(LEAST_PATIENCE, PATIENCE * usualWait)) {
            watch.cancel(false);
            watch = null;
        }
    }
}
