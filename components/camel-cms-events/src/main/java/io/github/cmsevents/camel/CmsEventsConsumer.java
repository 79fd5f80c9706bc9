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
import io.github.cmsevents.camel.internal.route.UpdateLane;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateConsumerException;
import org.apache.camel.PooledExchange;
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

    // Longer than a goodbye to the server takes at the most.
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    private final CmsEventsEndpoint endpoint;
    private final Receiver receiver = new RouteReceiver();

    private volatile UpdateLane lane;
    private volatile Lease lease;
    private Runnable hideMeters = () -> {};
    private boolean attached;

    public CmsEventsConsumer(CmsEventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (getHealthCheck() == null) {
            setHealthCheck(new CmsEventsHealthCheck(this, "consumer:cms-events-" + getRouteId()));
        }
        getHealthCheck().setEnabled(endpoint.getComponent().isHealthCheckConsumerEnabled());
        CmsEventsComponent component = endpoint.getComponent();
        lane = new UpdateLane(
                component.routeThreads(),
                endpoint.getConfiguration().getAcknowledge(),
                endpoint.getConfiguration().getQueueSize(),
                Long.MAX_VALUE,
                this::process);
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Routes can't be started on an event loop: stopping them waits for one");
        }
        lease = component.clusters().acquire(component.executor(), component::vertxToUse, endpoint.clusterSpec());
        lease.prepared()
                .onFailure(
                        e -> LOG.error("Route {} gets no updates: its connections can't be prepared", getRouteId(), e));
        if (endpoint.getConfiguration().isTestConnectionOnStartup()) {
            testConnection();
        }
        hideMeters = component
                .meters()
                .show(getRouteId(), endpoint.options().servers(), lease::status, this::getPendingExchangesSize);
        // Not before every route is there: what updates are sent on to may not have been started yet, and the
        // subscriptions of all routes go into one request.
        getEndpoint().getCamelContext().addStartupListener((context, alreadyStarted) -> attach());
    }

    @Override
    protected void doSuspend() throws Exception {
        await(detach(), "The route may still be given updates");
        if (endpoint.getConfiguration().getAcknowledge() == Acknowledge.processed) {
            // The server was told of nothing of this yet; what was acknowledged has to be dealt with.
            lane.clear();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        attach();
    }

    @Override
    protected void doStop() throws Exception {
        // Each step whatever becomes of the one before: what is left open would go on on behalf of a stopped route.
        for (Runnable step : List.<Runnable>of(hideMeters, this::detach, this::closeLane, this::release)) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.warn("Route {} does not stop as it should; the rest of it stops all the same", getRouteId(), e);
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
            return new RouteReadiness(
                    false,
                    prepared.failed()
                            ? "The connections can't be prepared: " + prepared.cause()
                            : "The connections are being prepared",
                    Map.of());
        }
        return RouteReadiness.of(endpoint.options().topic(), held.status(), held.following(receiver), Instant.now());
    }

    @ManagedAttribute(description = "The Meeting Servers, comma-separated")
    public String getServers() {
        return joined(endpoint.options().servers(), ServerAddress::toString);
    }

    @ManagedAttribute(description = "Whether updates flow: any server's subscription is active, and nothing lacks room")
    public boolean isReady() {
        return readiness().ready();
    }

    @ManagedAttribute(description = "What keeps updates from flowing, or those of one server; empty when nothing does")
    public String getTrouble() {
        String message = readiness().message();
        return message == null ? "" : message;
    }

    @ManagedAttribute(description = "State of the socket that the subscription is on, of each server")
    public String getConnectionState() {
        return detailOfEachServer(ServerReadiness.CONNECTION_STATE, "NONE");
    }

    @ManagedAttribute(description = "State of the subscription, as each server last said")
    public String getSubscriptionState() {
        return detailOfEachServer(ServerReadiness.SUBSCRIPTION_STATE, "none");
    }

    @ManagedAttribute(description = "How many attempts to connect have failed in a row, on all servers together")
    public int getAttempts() {
        return readiness().details().entrySet().stream()
                .filter(detail -> detail.getKey().startsWith(ServerReadiness.ATTEMPTS))
                .mapToInt(detail -> (Integer) detail.getValue())
                .sum();
    }

    @ManagedAttribute(description = "Calls that the route follows now")
    public int getFollowedCalls() {
        Lease held = lease;
        return held == null ? 0 : held.following(receiver).followed();
    }

    @ManagedAttribute(description = "Updates that wait for the route, or that it is at")
    public int getQueueDepth() {
        return getPendingExchangesSize();
    }

    @ManagedAttribute(
            description = "Messages that came from the Meeting Servers, for all routes that share their connections")
    public long getServerMessages() {
        return sum(ServerActivity::messages);
    }

    @ManagedAttribute(description = "Sockets that were lost, for all routes that share the connections")
    public long getServerSocketsLost() {
        return sum(ServerActivity::socketsLost);
    }

    private long sum(ToLongFunction<ServerActivity> count) {
        Lease held = lease;
        return held == null
                ? 0
                : held.status().stream()
                        .map(ServerStatus::activity)
                        .mapToLong(count)
                        .sum();
    }

    private String detailOfEachServer(String detail, String otherwise) {
        Map<String, Object> details = readiness().details();
        List<ServerAddress> servers = endpoint.options().servers();
        return servers.size() == 1
                ? String.valueOf(details.getOrDefault(detail, otherwise))
                : joined(
                        servers,
                        server -> server.authority() + "="
                                + details.getOrDefault(detail + "." + server.authority(), otherwise));
    }

    private static String joined(List<ServerAddress> servers, Function<ServerAddress, String> text) {
        return servers.stream().map(text).collect(Collectors.joining(", "));
    }

    @ManagedOperation(description = "Gives up the sockets, for all routes that share them, and makes new ones now")
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

    private void testConnection() {
        long timeout = 2 * endpoint.getConfiguration().getConnectTimeout() + CLOSE_TIMEOUT_MILLIS;
        Throwable problem;
        try {
            lease.probe().toCompletionStage().toCompletableFuture().get(timeout, TimeUnit.MILLISECONDS);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = e;
        } catch (ExecutionException e) {
            problem = e.getCause();
        } catch (TimeoutException e) {
            problem = e;
        }
        release();
        throw new FailedToCreateConsumerException(endpoint, problem);
    }

    private void release() {
        Lease held = lease;
        lease = null;
        if (held != null) {
            await(held.release(), "The connection did not close properly");
        }
    }

    private void await(Future<Void> future, String otherwise) {
        try {
            future.toCompletionStage().toCompletableFuture().get(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Camel does not want to wait any longer; what was begun goes on without us.
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} ({}): {}", otherwise, endpoint.getServiceUrl(), e.toString());
        }
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        UpdateLane current = lane;
        return current == null ? 0 : current.size();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Suspending has stopped the flow already.
    }

    private void closeLane() {
        if (lane != null) {
            lane.close();
        }
    }

    private void process(Update update, Runnable done) {
        Exchange exchange;
        try {
            exchange = createExchange(false);
            fill(exchange, update);
        } catch (JsonProcessingException | RuntimeException e) {
            handleException("No exchange could be made of an update", e);
            done.run();
            return;
        }
        AsyncCallback finish = defaultConsumerCallback(exchange, false);
        getAsyncProcessor().process(exchange, doneSync -> {
            try {
                finish.done(doneSync);
            } catch (Throwable e) {
                // Whatever an exception handler of the user's does, the server must not wait for ever.
                LOG.error("The exception handler of route {} failed", getRouteId(), e);
            } finally {
                done.run();
            }
        });
    }

    private void fill(Exchange exchange, Update update) throws JsonProcessingException {
        messageOf(exchange).carry(update);
        exchange.getMessage()
                .setBody(
                        endpoint.getConfiguration().getBodyType() == BodyType.json
                                ? endpoint.json().writeValueAsString(update.body())
                                : update.body());
    }

    private static CmsEventsMessage messageOf(Exchange exchange) {
        // An exchange from a pool still has the one that was made for it.
        if (exchange instanceof PooledExchange && exchange.getIn() instanceof CmsEventsMessage used) {
            return used;
        }
        CmsEventsMessage message = new CmsEventsMessage(exchange);
        exchange.setIn(message);
        return message;
    }

    /** What the event loop talks to: hands everything on to the route's own lane. */
    private final class RouteReceiver implements Receiver {

        @Override
        public void receive(Batch batch) {
            lane.add(batch);
        }

        @Override
        public void troubled(Exception problem) {
            // It is in the log already, once for all routes; only somebody else's handler has anything to add.
            if (!(getExceptionHandler() instanceof LoggingExceptionHandler)) {
                lane.add(() -> handleException(problem.getMessage(), problem));
            }
        }
    }
}
