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
package io.github.cmsevents.camel.internal.route;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the lanes of all routes on the threads of a pool. A thread that finishes one run continues with the next that
 * waits, because waking another thread costs more than most routes need for an update. While a run waits, one more thread
 * is on its way, so a route that blocks does not hold up the others.
 *
 * <p>Meant for platform threads; virtual threads are cheap enough to use one for each run.
 */
public final class RouteThreads implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(RouteThreads.class);

    private final Executor pool;
    private final Consumer<Runnable> later;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    /** Whether a thread is on its way, or the next attempt to get one is. */
    private boolean threadRequested;
    /** So that a shortage of threads is logged once. */
    private volatile boolean shortage;

    /**
     * @param pool  provides threads; when it throws, the attempt is repeated
     * @param later runs the next attempt after a short delay; must not throw, and may drop it when the component stops
     */
    public RouteThreads(Executor pool, Consumer<Runnable> later) {
        this.pool = pool;
        this.later = later;
    }

    /** Runs a task on a thread of the pool as soon as there is one. Does not block and does not throw. */
    @Override
    public void execute(Runnable run) {
        synchronized (this) {
            waiting.add(run);
            if (threadRequested) {
                return;
            }
            threadRequested = true;
        }
        requestThread();
    }

    private void requestThread() {
        try {
            pool.execute(this::runWaiting);
        } catch (Throwable e) {
            // The pool rejects the task, or the JVM can't create a thread (OutOfMemoryError).
            if (!shortage) {
                shortage = true;
                LOG.warn("No thread to deliver updates to routes; retrying until there is one: {}", e.toString());
            }
            later.accept(this::requestThread);
        }
    }

    private void runWaiting() {
        shortage = false;
        synchronized (this) {
            threadRequested = false;
        }
        for (Runnable run = next(); run != null; run = next()) {
            try {
                run.run();
            } catch (Throwable e) {
                LOG.error("Delivering updates to a route failed", e);
            }
            // An interrupt of this route must not reach the next one.
            Thread.interrupted();
        }
    }

    private Runnable next() {
        Runnable run;
        synchronized (this) {
            run = waiting.poll();
            if (threadRequested || waiting.isEmpty()) {
                return run;
            }
            threadRequested = true;
        }
        requestThread();
        return run;
    }
}
