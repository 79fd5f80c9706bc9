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
import io.github.cmsevents.camel.cluster.ClusterRegistry.Lease;
import io.github.cmsevents.camel.feed.Batch;
import io.github.cmsevents.camel.feed.Origin;
import io.github.cmsevents.camel.feed.Receiver;
import io.github.cmsevents.camel.feed.Update;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
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
    private static final int RELEASE_TIMEOUT_SECONDS = 5;

    private final CmsEventsEndpoint endpoint;
    private final Receiver receiver = new RouteReceiver();

    private volatile UpdateLane lane;
    private Lease lease;
    private boolean attached;

    public CmsEventsConsumer(CmsEventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        CmsEventsComponent component = endpoint.getComponent();
        lane = new UpdateLane(
                component.executor(),
                endpoint.getConfiguration().getAcknowledge(),
                endpoint.getConfiguration().getQueueSize(),
                this::process);
        lease = component.clusters().acquire(component.vertxToUse(), endpoint.clusterSpec());
        // Not before every route is there: what updates are sent on to may not have been started yet, and the
        // subscriptions of all routes go into one request.
        getEndpoint().getCamelContext().addStartupListener((context, alreadyStarted) -> attach());
    }

    @Override
    protected void doSuspend() throws Exception {
        detach();
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
        try {
            detach();
            if (lane != null) {
                lane.close();
            }
            release();
        } finally {
            super.doStop();
        }
    }

    private synchronized void attach() {
        // A startup listener can come after the route has been stopped again.
        if (!attached && lease != null && isRunAllowed() && !isSuspendingOrSuspended()) {
            attached = true;
            lease.attach(endpoint.options().want(), receiver, endpoint.options().interest());
        }
    }

    private synchronized void detach() {
        if (attached) {
            attached = false;
            lease.detach(endpoint.options().want(), receiver);
        }
    }

    private void release() {
        Lease held = lease;
        lease = null;
        if (held == null) {
            return;
        }
        try {
            held.release().toCompletionStage().toCompletableFuture().get(RELEASE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // Camel does not want to wait any longer; the goodbye goes on without us.
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The connection to {} did not close properly: {}", endpoint.getServiceUrl(), e.toString());
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

    private boolean process(Update update, Runnable done) {
        Exchange exchange;
        try {
            exchange = createExchange(false);
            fill(exchange.getMessage(), update);
        } catch (JsonProcessingException | RuntimeException e) {
            handleException("No exchange could be made of an update", e);
            return true;
        }
        AsyncCallback finish = defaultConsumerCallback(exchange, false);
        return getAsyncProcessor().process(exchange, doneSync -> {
            finish.done(doneSync);
            if (!doneSync) {
                done.run();
            }
        });
    }

    private void fill(Message message, Update update) throws JsonProcessingException {
        Origin origin = update.origin();
        message.setHeader(CmsEventsConstants.RESOURCE, update.resource().wireName());
        message.setHeader(CmsEventsConstants.MESSAGE_TYPE, origin.messageType());
        message.setHeader(CmsEventsConstants.SERVER, origin.server());
        message.setHeader(CmsEventsConstants.MESSAGE_TIMESTAMP, origin.receivedAt());
        setIfKnown(message, CmsEventsConstants.SUBSCRIPTION_INDEX, origin.index());
        setIfKnown(message, CmsEventsConstants.MESSAGE_ID, origin.messageId());
        if (update.type() != null) {
            message.setHeader(CmsEventsConstants.UPDATE_TYPE, update.type().wireName());
        }
        if (update.state() != null) {
            message.setHeader(
                    CmsEventsConstants.SUBSCRIPTION_STATE, update.state().wireName());
        }
        setIfKnown(message, CmsEventsConstants.CALL, update.call());
        setIfKnown(message, CmsEventsConstants.CALL_NAME, update.callName());
        setIfKnown(message, CmsEventsConstants.CALL_CORRELATOR, update.callCorrelator());
        setIfKnown(message, CmsEventsConstants.PARTICIPANT, update.participant());
        setIfKnown(message, CmsEventsConstants.REASON, update.reason());
        setIfKnown(message, CmsEventsConstants.CHANGED_ELEMENTS, update.changedElements());
        if (update.synthetic()) {
            message.setHeader(CmsEventsConstants.SYNTHETIC, true);
        }
        message.setBody(
                endpoint.getConfiguration().getBodyType() == BodyType.json
                        ? endpoint.json().writeValueAsString(update.body())
                        : update.body());
    }

    private static void setIfKnown(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
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
