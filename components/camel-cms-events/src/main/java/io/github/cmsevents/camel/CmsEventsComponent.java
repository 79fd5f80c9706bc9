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

import io.github.cmsevents.camel.internal.cluster.ClusterRegistry;
import io.github.cmsevents.camel.internal.route.RouteThreads;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.concurrent.ThreadType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives live meeting updates from Cisco Meeting Server. */
@Component("cms-events")
public class CmsEventsComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private static final Logger LOG = LoggerFactory.getLogger(CmsEventsComponent.class);

    private static final int CLOSE_TIMEOUT_SECONDS = 5;

    // Delay before the next attempt when the pool has no thread.
    private static final long THREAD_RETRY_MILLIS = 10;

    private final ClusterRegistry clusters = new ClusterRegistry();
    private Vertx ownVertx;
    /** For timers, on an event loop that already has its thread. */
    private volatile Context timers;

    private ExecutorService executor;
    private Executor routeThreads;
    private Meters meters;

    @Metadata
    private CmsEventsConfiguration configuration = new CmsEventsConfiguration();

    @Metadata(label = "advanced", autowired = true)
    private Vertx vertx;

    @Metadata(label = "advanced")
    private VertxOptions vertxOptions;

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CmsEventsConfiguration copy = configuration.copy();
        CmsEventsEndpoint endpoint = new CmsEventsEndpoint(uri, this, SubscriptionOptions.resource(remaining), copy);
        setProperties(endpoint, parameters);
        if (copy.getSslContextParameters() == null) {
            copy.setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        executor = getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, "CmsEvents");
        // A virtual thread is cheap enough to use one for each run of a lane.
        routeThreads = ThreadType.current() == ThreadType.VIRTUAL ? executor : new RouteThreads(executor, this::later);
        meters = Meters.of(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        try {
            closeOwnVertx();
        } finally {
            timers = null;
            if (executor != null) {
                getCamelContext().getExecutorServiceManager().shutdownNow(executor);
            }
            super.doStop();
        }
    }

    ClusterRegistry clusters() {
        return clusters;
    }

    ExecutorService executor() {
        return executor;
    }

    /** What the lanes of routes run on. */
    Executor routeThreads() {
        return routeThreads;
    }

    Meters meters() {
        return meters;
    }

    private void later(Runnable attempt) {
        Context loop = timers;
        if (loop != null && isRunAllowed()) {
            loop.runOnContext(turn -> loop.owner().setTimer(THREAD_RETRY_MILLIS, timer -> attempt.run()));
        }
    }

    /** The instance to run on: the user's, or the one that camel-vertx-websocket has, or one of our own. */
    synchronized Vertx vertxToUse() {
        Vertx chosen = choose();
        if (timers == null || timers.owner() != chosen) {
            Context loop = chosen.getOrCreateContext();
            // Starts the event loop's thread now: when a retry needs it, no new thread may be available.
            loop.runOnContext(turn -> {});
            timers = loop;
        }
        return chosen;
    }

    private Vertx choose() {
        if (vertx != null) {
            return vertx;
        }
        if (ownVertx == null
                && getCamelContext().hasComponent("vertx-websocket") instanceof VertxWebsocketComponent websocket
                && websocket.getVertx() != null) {
            return websocket.getVertx();
        }
        if (ownVertx == null) {
            ownVertx = make(vertxOptions == null ? new VertxOptions() : vertxOptions);
        }
        return ownVertx;
    }

    private static Vertx make(VertxOptions options) {
        try {
            return Vertx.vertx(options);
        } catch (IllegalStateException e) {
            // It makes a directory to copy files to that are on the class path, which it can't in a read-only
            // container.
            Vertx other = Vertx.vertx(new VertxOptions(options)
                    .setFileSystemOptions(
                            new FileSystemOptions(options.getFileSystemOptions()).setClassPathResolvingEnabled(false)));
            LOG.info("Vert.x finds no files on the class path, since it has nowhere to copy them to: {}", e.toString());
            return other;
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

    public CmsEventsConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * What routes have for a default.
     */
    public void setConfiguration(CmsEventsConfiguration configuration) {
        this.configuration = configuration;
    }

    public Vertx getVertx() {
        return vertx;
    }

    /**
     * A Vert.x instance to run on. It is not closed. Without it, that of the vertx-websocket component is used where there is
     * one, and otherwise one of our own.
     */
    public void setVertx(Vertx vertx) {
        this.vertx = vertx;
    }

    public VertxOptions getVertxOptions() {
        return vertxOptions;
    }

    /**
     * Options for the component's own Vert.x instance.
     */
    public void setVertxOptions(VertxOptions vertxOptions) {
        this.vertxOptions = vertxOptions;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /**
     * Whether to use the SSL context parameters that are set for all of Camel.
     */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
