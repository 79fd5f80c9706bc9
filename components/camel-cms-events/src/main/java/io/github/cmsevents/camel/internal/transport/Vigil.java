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

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps an event loop awake while the one message that a server has sent is with a route's thread that has always been quick,
 * and then for a server that has always been quick too: falling asleep and being woken up would take longer than that. It
 * ends when things take longer than usual, and does not begin where they usually take longer: with a slow route, with a server
 * that is a network away, or with a single processor, which the route needs.
 */
final class Vigil {

    // Less than it takes to get through a network, and not much more than to fall asleep and be woken.
    private static final long LONGEST_USUAL_WAIT = TimeUnit.MICROSECONDS.toNanos(100);

    // Spinning for longer than usual mostly means to keep a core from the very thread that is waited for.
    private static final long LEAST_PATIENCE = TimeUnit.MICROSECONDS.toNanos(60);
    private static final int PATIENCE = 2;

    // One long wait says little of the next.
    private static final long OUTLIER = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int WEIGHT = 16;

    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final boolean pays = Runtime.getRuntime().availableProcessors() > 1;
    private EventExecutor eventLoop;
    /** When a message came or an answer was sent; told by other threads too, and a value lost between them matters little. */
    private volatile long last;

    private volatile boolean serversTurn;
    private volatile long ourUsualWait = OUTLIER;
    private volatile long serversUsualWait = OUTLIER;
    private Future<?> watch;

    Vigil(Vertx vertx) {
        this(vertx, System::nanoTime);
    }

    Vigil(Vertx vertx, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** A message came. */
    void messageCame(long now) {
        long wait = sinceLast(now);
        if (serversTurn) {
            serversTurn = false;
            serversUsualWait += (wait - serversUsualWait) / WEIGHT;
        }
    }

    /** An answer was sent; from any thread. */
    void answerSent() {
        if (!serversTurn) {
            long wait = sinceLast(nanoTime.getAsLong());
            serversTurn = true;
            ourUsualWait += (wait - ourUsualWait) / WEIGHT;
        }
    }

    /** A server waits for an answer that another thread will have in a moment. On the event loop that is to stay awake. */
    void keep() {
        if (watch == null && pays && ourUsualWait < LONGEST_USUAL_WAIT) {
            // No delay to speak of, but before each turn the loop has a look at its sockets.
            watch = eventLoop().scheduleWithFixedDelay(this::endIfItTakesLong, 0, 1, TimeUnit.NANOSECONDS);
        }
    }

    boolean isKept() {
        return watch != null;
    }

    private void endIfItTakesLong() {
        long usual = serversTurn ? serversUsualWait : ourUsualWait;
        if (usual >= LONGEST_USUAL_WAIT || nanoTime.getAsLong() - last > Math.max(LEAST_PATIENCE, PATIENCE * usual)) {
            watch.cancel(false);
            watch = null;
        }
    }

    private long sinceLast(long now) {
        long wait = now - last;
        last = now;
        return Math.max(0, Math.min(wait, OUTLIER));
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
}
