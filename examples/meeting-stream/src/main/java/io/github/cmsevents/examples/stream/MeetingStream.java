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
package io.github.cmsevents.examples.stream;

import io.github.cmsevents.camel.CmsEventsConstants;
import io.github.cmsevents.camel.CmsEventsEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the updates of its routes to Kafka while this instance is the active one of its group. It is both a step of those routes and
 * their policy, because the state has to be read again whenever one of them starts again.
 */
public class MeetingStream extends RoutePolicySupport
        implements Processor, CamelContextAware, CamelClusterEventListener.Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(MeetingStream.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final Duration REJOIN_DELAY = Duration.ofSeconds(10);
    private static final String ACTIVE = "active";

    private final Set<String> routes = ConcurrentHashMap.newKeySet();
    private CamelContext context;
    private CamelClusterService cluster;
    private String group;
    private String eventsTopic;
    private String conferencesTopic;
    private String participantsTopic;
    private Integer partitions;
    private Short replicas;
    private int acknowledgedAhead;
    private int quietSeconds = 3;

    private volatile CamelClusterView view;
    private volatile Term term;
    /** Kafka refuses the writes of this term, and the routes restart to begin another. */
    private volatile boolean steppingDown;

    /** Writes an update, once it is the active instance's and Kafka can be reached. Blocks until then. */
    @Override
    public void process(Exchange exchange) throws Exception {
        Optional<Term> active = activeTerm((CmsEventsEndpoint) exchange.getFromEndpoint());
        if (active.isEmpty()) {
            LOG.debug("Not the active instance: left to the one that is");
            return;
        }
        Message message = exchange.getMessage();
        String state = message.getHeader(CmsEventsConstants.SUBSCRIPTION_STATE, String.class);
        if (state != null) {
            active.get()
                    .subscription(
                            message.getHeader(CmsEventsConstants.SERVER, String.class),
                            message.getHeader(CmsEventsConstants.CONFERENCE, String.class),
                            message.getHeader(CmsEventsConstants.CALL_CORRELATOR, String.class),
                            state.equals(ACTIVE));
            return;
        }
        try {
            active.get().write(Report.of(message));
        } catch (ExecutionException e) {
            LOG.debug("Not written: the term of this instance has ended", e);
        }
    }

    @Override
    public void onStart(Route route) {
        synchronized (this) {
            if (routes.isEmpty()) {
                joinCluster();
            }
            routes.add(route.getRouteId());
        }
    }

    @Override
    public void onStop(Route route) {
        endTerm();
        synchronized (this) {
            routes.remove(route.getRouteId());
            if (routes.isEmpty()) {
                leaveCluster();
            }
        }
    }

    @Override
    public void onSuspend(Route route) {
        endTerm();
    }

    @Override
    public void leadershipChanged(CamelClusterView changed, CamelClusterMember leader) {
        endTerm();
    }

    private boolean isActive() {
        CamelClusterView now = view;
        return now != null && now.getLocalMember().isLeader() && !steppingDown && !context.isStopping();
    }

    /** Begins a term if there is none. Empty when this is not the active instance. */
    private Optional<Term> activeTerm(CmsEventsEndpoint endpoint) throws InterruptedException {
        if (!isActive()) {
            return Optional.empty();
        }
        Term now = term;
        return now == null ? beginTerm(endpoint) : Optional.of(now);
    }

    private synchronized Optional<Term> beginTerm(CmsEventsEndpoint endpoint) throws InterruptedException {
        boolean reported = false;
        while (term == null && isActive()) {
            try {
                term = openTerm(endpoint);
                if (!isActive()) {
                    endTerm();
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (!reported) {
                    LOG.warn(
                            "The state topics can't be taken over ({}). Updates wait, and so do the Call Bridges;"
                                    + " retrying",
                            e.getMessage());
                    LOG.debug("Can't take over", e);
                    reported = true;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
            }
        }
        return Optional.ofNullable(term);
    }

    private Term openTerm(CmsEventsEndpoint endpoint) throws Exception {
        long start = System.nanoTime();
        StreamTopics topics = new StreamTopics(eventsTopic, conferencesTopic, participantsTopic, group);
        CurrentState state = new CurrentState(servers(endpoint), quietSeconds * Term.TICKS_PER_SECOND);
        KafkaClients clients = new KafkaClients(context.getComponent("kafka", KafkaComponent.class));
        Map<String, Integer> partitionsOf = new HashMap<>();
        Producer<String, String> producer = clients.producer("meeting-stream-" + group);
        try (Admin admin = clients.admin();
                Consumer<String, String> consumer = clients.consumer()) {
            KafkaClients.ensure(admin, topics, Optional.ofNullable(partitions), Optional.ofNullable(replicas));
            topics.names()
                    .forEach(topic -> partitionsOf.put(
                            topic, consumer.partitionsFor(topic).size()));
            // From here on no earlier instance can write.
            producer.initTransactions();
            int records = new StateReader(topics, admin, consumer).readInto(state, () -> !isActive());
            LOG.info(
                    "Active for the group {}: {} records of current state read in {} ms",
                    group,
                    records,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (Exception e) {
            producer.close(Duration.ZERO);
            throw e;
        }
        TransactionalWriter writer = new TransactionalWriter(producer, this::stepDown);
        return new Term(state, topics, partitionsOf, writer, acknowledgedAhead);
    }

    private static Set<String> servers(CmsEventsEndpoint endpoint) {
        return Arrays.stream(endpoint.getServiceUrl().split(","))
                .map(url -> URI.create(url).getAuthority())
                .collect(Collectors.toSet());
    }

    private void endTerm() {
        Term ended = term;
        term = null;
        if (ended != null) {
            ended.close();
        }
    }

    /** Kafka accepts no more writes of this term. Leaves the cluster, so that this instance or another can begin a new one. */
    private void stepDown(Exception refusal) {
        steppingDown = true;
        Throwable cause = refusal.getCause() == null ? refusal : refusal.getCause();
        LOG.error(
                "Kafka accepts no more writes of this instance ({}): another one is active, or a transaction took too long. It steps down,"
                        + " and is available again in {} seconds",
                cause.getMessage(),
                REJOIN_DELAY.toSeconds());
        Thread restart = new Thread(this::restart, "step-down");
        restart.setDaemon(true);
        restart.start();
    }

    private void restart() {
        if (context.isStopping()) {
            return;
        }
        Set<String> all = Set.copyOf(routes);
        try {
            for (String route : all) {
                context.getRouteController().stopRoute(route);
            }
            TimeUnit.MILLISECONDS.sleep(REJOIN_DELAY.toMillis());
            steppingDown = false;
            for (String route : all) {
                context.getRouteController().startRoute(route);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("This instance can't become available again; restart it", e);
        }
    }

    private void joinCluster() {
        try {
            view = cluster.getView(group);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        view.addEventListener(this);
        LOG.info("Standing by for the group {}", group);
    }

    private void leaveCluster() {
        CamelClusterView left = view;
        view = null;
        left.removeEventListener(this);
        try {
            cluster.releaseView(left);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    /** What decides which instance is active; Camel's master component finds it as a service of the context. */
    public void setCluster(CamelClusterService cluster) throws Exception {
        this.cluster = cluster;
        context.addService(cluster);
    }

    /** The name of the instances that share these Call Bridges; one of them is active at a time. */
    public void setGroup(String group) {
        this.group = group;
    }

    public void setEventsTopic(String eventsTopic) {
        this.eventsTopic = eventsTopic;
    }

    public void setConferencesTopic(String conferencesTopic) {
        this.conferencesTopic = conferencesTopic;
    }

    public void setParticipantsTopic(String participantsTopic) {
        this.participantsTopic = participantsTopic;
    }

    /** The partitions of a topic that has to be created; the brokers' default unless set. */
    public void setPartitions(Integer partitions) {
        this.partitions = partitions;
    }

    /** The replicas of a topic that has to be created; the brokers' default unless set. */
    public void setReplicas(Short replicas) {
        this.replicas = replicas;
    }

    /** How many updates of a route may count as processed before Kafka has committed them. */
    public void setAcknowledgedAhead(int acknowledgedAhead) {
        this.acknowledgedAhead = acknowledgedAhead;
    }

    /** The silence, in seconds, after which the first content of a subscription counts as complete. */
    public void setQuietSeconds(int quietSeconds) {
        this.quietSeconds = quietSeconds;
    }
}
