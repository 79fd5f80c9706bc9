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

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.cmsevents.camel.internal.cluster.ClusterRegistry.Lease;
import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.route.RouteReadiness;
import io.github.cmsevents.camel.internal.route.ServerReadiness;
import io.github.cmsevents.camel.internal.route.UpdateLane;
import io.github.cmsevents.camel.internal.route.UpdateMessage;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateConsumerException;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an exchange of each update, in order, one at a time. */
@ManagedResource(description = "Managed CMS events consumer")
public class CmsEventsConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final Logger LOG = LoggerFactory.getLogger(CmsEventsConsumer.class);

    // Longer than the component needs at most to end its subscriptions.
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    // With acknowledge=received, what one route may keep in memory beside the updates that queueSize allows.
    private static final int QUEUED_MESSAGES_OF_MAX_SIZE = 4;

    private final CmsEventsEndpoint endpoint;
    private final UpdateMessage messages;

    private volatile Lease lease;
    /** One for each start and resume, so that nothing of an earlier one reaches the route. */
    private volatile RouteReceiver receiver;

    private Runnable hideMeters = () -> {};
    private boolean attached;

    public CmsEventsConsumer(CmsEventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.messages = endpoint.messages();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Routes can't be started on an event loop: starting them can take long");
        }
        if (getHealthCheck() == null) {
            setHealthCheck(new CmsEventsHealthCheck(this, "consumer:cms-events-" + getRouteId()));
        }
        CmsEventsComponent component = endpoint.getComponent();
        getHealthCheck().setEnabled(component.isHealthCheckConsumerEnabled());
        receiver = new RouteReceiver();
        lease = component
                .clusters()
                .acquire(component.runtime().threads(), component.runtime()::vertx, endpoint.clusterSpec(this));
        try {
            begin(component);
        } catch (Exception | Error e) {
            release();
            throw e;
        }
        // Not before every route is there: the routes that updates are sent on to may not have started yet, and the
        // subscriptions of all routes go into one request.
        getEndpoint().getCamelContext().addStartupListener((context, alreadyStarted) -> attach());
    }

    private void begin(CmsEventsComponent component) throws Exception {
        lease.prepared()
                .onFailure(e -> LOG.error(
                        "Route {} receives no updates: preparing its connections failed. Restart the route to retry",
                        getRouteId(),
                        e));
        if (endpoint.getConfiguration().isTestConnectionOnStartup()) {
            testConnection();
        }
        hideMeters = component
                .meters()
                .show(
                        getRouteId(),
                        endpoint.options().servers(),
                        lease::status,
                        this::getPendingExchangesSize,
                        this::waitingSince);
        endpoint.options().hint().ifPresent(hint -> LOG.info("Route {}: {}", getRouteId(), hint));
    }

    @Override
    protected void doSuspend() throws Exception {
        await(detach(), "The route may still receive updates");
        // What the server was not to send again is processed; the rest is dropped, and comes again with resume.
        receiver.lane.clear();
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        RouteReceiver suspended = receiver;
        receiver = new RouteReceiver();
        suspended.lane.close();
        attach();
    }

    @Override
    protected void doStop() throws Exception {
        // Each step, whatever the one before does: what stays open would go on on behalf of a stopped route.
        for (Runnable step : List.<Runnable>of(hideMeters, this::detach, this::closeLane, this::release)) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.warn("Route {}: stopping failed in part; the rest of it stops", getRouteId(), e);
            }
        }
        super.doStop();
    }

    RouteReadiness readiness() {
        Lease held = lease;
        if (held == null) {
            return new RouteReadiness(false, "The route is not started", Map.of());
        }
        Future<Void> prepared = held.prepared();
        if (!prepared.succeeded()) {
            String problem = prepared.failed()
                    ? "Preparing the connections failed: " + prepared.cause()
                    : "The connections are being prepared";
            return new RouteReadiness(false, problem, Map.of());
        }
        return RouteReadiness.of(
                endpoint.options().topic(),
                held.status(),
                held.following(receiver),
                waitingSince(),
                Duration.ofMillis(endpoint.getComponent().getStalledRouteTimeout()),
                Instant.now());
    }

    @ManagedAttribute(description = "The Meeting Servers, comma-separated")
    public String getServers() {
        return endpoint.options().servers().stream()
                .map(ServerAddress::toString)
                .collect(Collectors.joining(", "));
    }

    @ManagedAttribute(description = "Whether the component can do what the route asks for, as in its readiness check")
    public boolean isReady() {
        return readiness().ready();
    }

    @ManagedAttribute(description = "What keeps updates of any server from coming; empty when nothing does")
    public String getLastProblem() {
        String message = readiness().message();
        return message == null ? "" : message;
    }

    @ManagedAttribute(description = "State of the socket that the subscription is on, of each server")
    public String getConnectionState() {
        return readiness().ofEachServer(endpoint.options().servers(), ServerReadiness.CONNECTION_STATE, "NONE");
    }

    @ManagedAttribute(description = "State of the subscription, of each server")
    public String getSubscriptionState() {
        return readiness().ofEachServer(endpoint.options().servers(), ServerReadiness.SUBSCRIPTION_STATE, "none");
    }

    @ManagedAttribute(description = "Attempts to connect that have failed in a row, of all servers together")
    public int getAttempts() {
        return readiness().attempts();
    }

    @ManagedAttribute(description = "Calls that the route follows now")
    public int getFollowedCalls() {
        Lease held = lease;
        return held == null ? 0 : held.following(receiver).followed();
    }

    @ManagedAttribute(description = "Updates that wait for the route or are being processed")
    public int getQueueDepth() {
        return getPendingExchangesSize();
    }

    @ManagedAttribute(description = "Age of the oldest message that the route has not acknowledged, in milliseconds")
    public long getOldestUnacknowledgedMillis() {
        long since = waitingSince();
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since);
    }

    @ManagedAttribute(description = "Messages from the Meeting Servers, for all routes that share their connections")
    public long getServerMessages() {
        return sum(ServerActivity::messages);
    }

    @ManagedAttribute(description = "Sockets that were lost, for all routes that share the connections")
    public long getServerSocketsLost() {
        return sum(ServerActivity::socketsLost);
    }

    private long sum(ToLongFunction<ServerActivity> count) {
        Lease held = lease;
        List<ServerStatus> servers = held == null ? List.of() : held.status();
        return servers.stream().map(ServerStatus::activity).mapToLong(count).sum();
    }

    @ManagedOperation(description = "Replaces the sockets now, for all routes that share them")
    public void reconnect() {
        Lease held = lease;
        if (held != null) {
            held.reconnect();
        }
    }

    private synchronized void attach() {
        // A startup listener can come after the route has been stopped again.
        if (!attached && lease != null && isRunAllowed() && !isSuspendingOrSuspended()) {
            attached = true;
            lease.attach(
                    endpoint.options().topic(), receiver, endpoint.options().interest());
        }
    }

    private synchronized Future<Void> detach() {
        if (!attached) {
            return Future.succeededFuture();
        }
        attached = false;
        return lease.detach(receiver);
    }

    private void testConnection() throws FailedToCreateConsumerException {
        long timeout = 2 * endpoint.getComponent().getConnectTimeout() + CLOSE_TIMEOUT_MILLIS;
        try {
            lease.probe().toCompletionStage().toCompletableFuture().get(timeout, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedToCreateConsumerException(endpoint, e);
        } catch (ExecutionException e) {
            throw new FailedToCreateConsumerException(endpoint, e.getCause());
        } catch (TimeoutException e) {
            throw new FailedToCreateConsumerException(endpoint, e);
        }
    }

    private void release() {
        Lease held = lease;
        lease = null;
        if (held != null) {
            await(held.release(), "The connection did not close properly");
        }
    }

    private void await(Future<Void> future, String otherwise) {
        if (Context.isOnEventLoopThread()) {
            // What has begun goes on; it may need this very thread.
            return;
        }
        try {
            future.toCompletionStage().toCompletableFuture().get(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Camel does not want to wait any longer; what has begun goes on.
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} ({}): {}", otherwise, endpoint.getServiceUrl(), e.toString());
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        if (shutdownRunningTask != ShutdownRunningTask.CompleteAllTasks) {
            return false;
        }
        // Nothing more comes; Camel waits until what is here has been processed, and stops the route then.
        detach();
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        RouteReceiver current = receiver;
        return current == null ? 0 : current.lane.size();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (forced) {
            closeLane();
        }
    }

    private long waitingSince() {
        RouteReceiver current = receiver;
        return current == null ? 0 : current.lane.waitingSince();
    }

    private void closeLane() {
        if (receiver != null) {
            receiver.lane.close();
        }
    }

    private void process(Update update, Runnable done) {
        Exchange exchange = createExchange(false);
        try {
            messages.fill(exchange.getMessage(), update);
        } catch (JsonProcessingException | RuntimeException e) {
            releaseExchange(exchange, false);
            handleException("Failed to make an exchange of an update", e);
            done.run();
            return;
        }
        AsyncCallback finish = defaultConsumerCallback(exchange, false);
        getAsyncProcessor().process(exchange, doneSync -> {
            try {
                finish.done(doneSync);
            } catch (Throwable e) {
                // Whatever a user's exception handler does, the server must not wait for ever.
                LOG.error("The exception handler of route {} failed", getRouteId(), e);
            } finally {
                done.run();
            }
        });
    }

    /** Where the event loop delivers to: the route's own lane. */
    private final class RouteReceiver implements Receiver {

        private final UpdateLane lane = new UpdateLane(
                endpoint.getComponent().runtime().routeThreads(),
                endpoint.getConfiguration().getAcknowledge(),
                endpoint.getConfiguration().getQueueSize(),
                (long) QUEUED_MESSAGES_OF_MAX_SIZE * endpoint.getComponent().getMaxMessageSize(),
                CmsEventsConsumer.this::process);

        @Override
        public void receive(Batch batch) {
            lane.add(batch);
        }

        @Override
        public void problem(Exception problem) {
            // It is in the log already, once for all routes; only another handler has anything to add.
            if (!(getExceptionHandler() instanceof LoggingExceptionHandler)) {
                lane.add(() -> handleException(problem.getMessage(), problem));
            }
        }

        @Override
        public String name() {
            return getRouteId();
        }

        @Override
        public long waitingSince() {
            return lane.waitingSince();
        }
    }
}
