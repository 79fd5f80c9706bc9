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

import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionStatus;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;

/**
 * Micrometer's meters, in the registry that camel-micrometer uses. The only class that knows Micrometer, and loaded only
 * where that is there.
 */
final class CmsEventsMeters implements Meters {

    private static final String PREFIX = "cms.events.";

    private final CamelContext camelContext;
    private final Map<String, MeteredServer> servers = new HashMap<>();

    CmsEventsMeters(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public synchronized Runnable show(
            String route, List<ServerAddress> used, Supplier<List<ServerStatus>> statuses, IntSupplier queued) {
        MeterRegistry registry = MicrometerUtils.getOrCreateMeterRegistry(
                camelContext.getRegistry(), MicrometerConstants.METRICS_REGISTRY_NAME);
        // As Camel's own meters have it: contexts may share a registry.
        Tags tags = Tags.of(MicrometerConstants.CAMEL_CONTEXT_TAG, camelContext.getName());
        List<String> names = used.stream().map(ServerAddress::authority).toList();
        for (String name : names) {
            servers.computeIfAbsent(name, first -> new MeteredServer(name, registry, tags))
                    .routes
                    .add(statuses);
        }
        Meter queue = route == null
                ? null
                : Gauge.builder(PREFIX + "queue", queued::getAsInt)
                        .description("Updates that wait for the route, or that it is at")
                        .tags(tags.and("route", route))
                        .register(registry);
        return () -> {
            hide(names, statuses);
            if (queue != null) {
                registry.remove(queue);
            }
        };
    }

    private synchronized void hide(List<String> names, Supplier<List<ServerStatus>> statuses) {
        for (String name : names) {
            MeteredServer server = servers.get(name);
            if (server != null && server.routes.remove(statuses) && server.routes.isEmpty()) {
                servers.remove(name);
                server.remove();
            }
        }
    }

    private static String name(ServerStatus status) {
        return status.server().authority();
    }

    /** One server, as all routes that use it see it. Kept for as long as its meters: they refer to it only weakly. */
    private static final class MeteredServer {

        private final String name;
        private final MeterRegistry registry;
        private final List<Meter> meters = new ArrayList<>();
        /** Read by whoever reads a meter. */
        private final List<Supplier<List<ServerStatus>>> routes = new CopyOnWriteArrayList<>();

        MeteredServer(String name, MeterRegistry registry, Tags common) {
            this.name = name;
            this.registry = registry;
            Tags tags = common.and("server", name);
            counter("messages", "Messages that came from the server", tags, ServerActivity::messages);
            counter("updates", "Updates of calls or participants in those messages", tags, ServerActivity::updates);
            counter("sockets.opened", "Sockets that were opened", tags, ServerActivity::sockets);
            counter(
                    "sockets.lost",
                    "Sockets that were lost, rather than closed by us",
                    tags,
                    ServerActivity::socketsLost);
            for (ProtocolViolation breach : ProtocolViolation.values()) {
                counter(
                        "breaches",
                        "What the server did against the protocol, and was survived",
                        tags.and("breach", breach.name().toLowerCase(Locale.ROOT)),
                        activity -> activity.breaches().get(breach));
            }
            meters.add(FunctionTimer.builder(
                            PREFIX + "acknowledgements",
                            this,
                            server -> server.sum(ServerActivity::acknowledgements),
                            server -> server.sum(
                                    activity -> activity.acknowledgementTime().toNanos()),
                            TimeUnit.NANOSECONDS)
                    .description("Messages that were acknowledged, and how long they waited for it")
                    .tags(tags)
                    .register(registry));
            meters.add(TimeGauge.builder(
                            PREFIX + "acknowledgement.max",
                            this,
                            TimeUnit.NANOSECONDS,
                            MeteredServer::slowestAcknowledgementNanos)
                    .description("How long the message waited that waited longest for its acknowledgement")
                    .tags(tags)
                    .register(registry));
            for (SubscriptionState state : SubscriptionState.values()) {
                subscriptions(state.wireName(), state, tags);
            }
            subscriptions("none", null, tags);
        }

        void remove() {
            meters.forEach(registry::remove);
        }

        private void counter(String of, String description, Tags tags, ToLongFunction<ServerActivity> count) {
            meters.add(FunctionCounter.builder(PREFIX + of, this, server -> server.sum(count))
                    .description(description)
                    .tags(tags)
                    .register(registry));
        }

        private void subscriptions(String label, SubscriptionState state, Tags tags) {
            meters.add(Gauge.builder(PREFIX + "subscriptions", this, server -> server.subscriptions(state))
                    .description("Subscriptions that routes want, by what the server last said of them")
                    .tags(tags.and("state", label))
                    .register(registry));
        }

        private long sum(ToLongFunction<ServerActivity> count) {
            return statuses().stream()
                    .map(ServerStatus::activity)
                    .mapToLong(count)
                    .sum();
        }

        private long slowestAcknowledgementNanos() {
            return statuses().stream()
                    .mapToLong(
                            status -> status.activity().slowestAcknowledgement().toNanos())
                    .max()
                    .orElse(0);
        }

        private long subscriptions(SubscriptionState state) {
            return statuses().stream()
                    .flatMap(status -> status.subscriptions().stream())
                    .filter(subscription -> state(subscription) == state)
                    .count();
        }

        /** What a server said on a socket that is gone no longer counts. */
        private static SubscriptionState state(SubscriptionStatus subscription) {
            ConnectionStatus connection = subscription.connection();
            boolean open = connection != null && connection.state().isOpen();
            return open ? subscription.state() : null;
        }

        /** Routes share connections, or have their own to the same server: each is counted once. */
        private Collection<ServerStatus> statuses() {
            Map<ServerActivity, ServerStatus> distinct = new IdentityHashMap<>();
            for (Supplier<List<ServerStatus>> route : routes) {
                for (ServerStatus status : route.get()) {
                    if (name(status).equals(name)) {
                        distinct.putIfAbsent(status.activity(), status);
                    }
                }
            }
            return distinct.values();
        }
    }
}
