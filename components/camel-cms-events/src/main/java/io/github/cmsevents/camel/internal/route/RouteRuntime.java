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

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.util.concurrent.ThreadType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of one component run on: Camel's threads, and a Vert.x instance. */
public final class RouteRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(RouteRuntime.class);

    private static final int CLOSE_TIMEOUT_SECONDS = 5;

    // Delay before the next attempt when the pool has no thread.
    private static final long THREAD_RETRY_MILLIS = 10;

    private final CamelContext camelContext;
    private final Vertx usersVertx;
    private final VertxOptions vertxOptions;
    private final ExecutorService threads;
    private final Executor routeThreads;
    private Vertx ownVertx;
    /** For timers, on an event loop that already has its thread. */
    private volatile Context timers;

    private volatile boolean stopped;

    /**
     * @param usersVertx   null to share the instance of camel-vertx-websocket, or to make one
     * @param vertxOptions for an own instance; null for the defaults
     */
    public RouteRuntime(CamelContext camelContext, Vertx usersVertx, VertxOptions vertxOptions) {
        this.camelContext = camelContext;
        this.usersVertx = usersVertx;
        this.vertxOptions = vertxOptions == null ? new VertxOptions() : vertxOptions;
        this.threads = camelContext.getExecutorServiceManager().newCachedThreadPool(this, "CmsEvents");
        // A virtual thread is cheap enough to use one for each run of a lane.
        this.routeThreads =
                ThreadType.current() == ThreadType.VIRTUAL ? threads : new RouteThreads(threads, this::retryLater);
    }

    /** Camel's threads. */
    public Executor threads() {
        return threads;
    }

    /** What the lanes of routes run on. */
    public Executor routeThreads() {
        return routeThreads;
    }

    /** The user's Vert.x instance, that of camel-vertx-websocket, or one of the component. May take long. */
    public synchronized Vertx vertx() {
        if (stopped) {
            throw new IllegalStateException("The component has stopped");
        }
        Vertx chosen = choose();
        if (timers == null || timers.owner() != chosen) {
            Context loop = chosen.getOrCreateContext();
            // Starts the event loop's thread now: when a retry needs it, no new thread may be available.
            loop.runOnContext(turn -> {});
            timers = loop;
        }
        return chosen;
    }

    /** Closes the component's own Vert.x instance, and gives the threads back. */
    public void stop() throws InterruptedException {
        stopped = true;
        try {
            closeOwnVertx();
        } finally {
            camelContext.getExecutorServiceManager().shutdownNow(threads);
        }
    }

    private void retryLater(Runnable attempt) {
        Context loop = timers;
        if (loop != null && !stopped) {
            loop.runOnContext(turn -> loop.owner().setTimer(THREAD_RETRY_MILLIS, timer -> attempt.run()));
        }
    }

    private Vertx choose() {
        if (usersVertx != null) {
            return usersVertx;
        }
        if (ownVertx == null
                && camelContext.hasComponent("vertx-websocket") instanceof VertxWebsocketComponent websocket
                && websocket.getVertx() != null) {
            return websocket.getVertx();
        }
        if (ownVertx == null) {
            ownVertx = make(vertxOptions);
        }
        return ownVertx;
    }

    private static Vertx make(VertxOptions options) {
        try {
            return Vertx.vertx(options);
        } catch (IllegalStateException e) {
            // Vert.x makes a directory for files of the class path, which it can't in a read-only container.
            FileSystemOptions withoutDirectory =
                    new FileSystemOptions(options.getFileSystemOptions()).setClassPathResolvingEnabled(false);
            Vertx vertx = Vertx.vertx(new VertxOptions(options).setFileSystemOptions(withoutDirectory));
            LOG.info("Vert.x has no directory for temporary files and goes without: {}", e.toString());
            return vertx;
        }
    }

    private synchronized void closeOwnVertx() throws InterruptedException {
        if (ownVertx == null) {
            return;
        }
        try {
            ownVertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "Vert.x did not close within {} s; its threads may still run: {}",
                    CLOSE_TIMEOUT_SECONDS,
                    e.toString());
        } finally {
            ownVertx = null;
        }
    }
}
