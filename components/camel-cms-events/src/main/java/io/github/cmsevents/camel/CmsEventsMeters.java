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

import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;

/**
 * Micrometer's meters, in the registry that camel-micrometer uses. The only class that depends on Micrometer, and loaded only
 * where that is present.
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
            String route,
            List<ServerAddress> used,
            Supplier<List<ServerStatus>> statuses,
            IntSupplier queued,
            LongSupplier waitingSince) {
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
        List<Meter> ofRoute =
                route == null ? List.of() : metersOfRoute(tags.and("route", route), registry, queued, waitingSince);
        return () -> {
            hide(names, statuses);
            ofRoute.forEach(registry::remove);
        };
    }

    private static List<Meter> metersOfRoute(
            Tags tags, MeterRegistry registry, IntSupplier queued, LongSupplier waitingSince) {
        Meter queue = Gauge.builder(PREFIX + "queue", queued::getAsInt)
                .description("Updates that wait for the route or are being processed")
                .tags(tags)
                .register(registry);
        Meter oldest = TimeGauge.builder(PREFIX + "unacknowledged.age", () -> age(waitingSince), TimeUnit.MILLISECONDS)
                .description("Age of the oldest message that the route has not acknowledged")
                .tags(tags)
                .register(registry);
        return List.of(queue, oldest);
    }

    private static long age(LongSupplier waitingSince) {
        long since = waitingSince.getAsLong();
        return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since);
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

    /** One server, for all routes that use it. Kept as long as its meters, which refer to it only weakly. */
    private static final class MeteredServer {

        private final String name;
        private final MeterRegistry registry;
        private final List<Meter> meters = new ArrayList<>();
        /** Read by the threads that read meters. */
        private final List<Supplier<List<ServerStatus>>> routes = new CopyOnWriteArrayList<>();

        MeteredServer(String name, MeterRegistry registry, Tags common) {
            this.name = name;
            this.registry = registry;
            Tags tags = common.and("server", name);
            counter("messages", "Messages from the server", tags, ServerActivity::messages);
            counter("updates", "Updates of calls or participants in those messages", tags, ServerActivity::updates);
            counter("sockets.opened", "Sockets that were opened", tags, ServerActivity::sockets);
            counter(
                    "sockets.lost",
                    "Sockets that were lost rather than closed by the component",
                    tags,
                    ServerActivity::socketsLost);
            for (ProtocolViolation violation : ProtocolViolation.values()) {
                counter(
                        "protocol.violations",
                        "Violations of the protocol by the server",
                        tags.and("violation", violation.name().toLowerCase(Locale.ROOT)),
                        activity -> activity.violations().get(violation));
            }
            meters.add(FunctionTimer.builder(
                            PREFIX + "acknowledgements",
                            this,
                            server -> server.sum(ServerActivity::acknowledgements),
                            server -> server.sum(
                                    activity -> activity.acknowledgementTime().toNanos()),
                            TimeUnit.NANOSECONDS)
                    .description("Acknowledged messages, and how long they waited for it")
                    .tags(tags)
                    .register(registry));
            meters.add(TimeGauge.builder(
                            PREFIX + "acknowledgement.max",
                            this,
                            TimeUnit.NANOSECONDS,
                            MeteredServer::slowestAcknowledgementNanos)
                    .description("The longest wait of a message for its acknowledgement in the last minutes")
                    .tags(tags)
                    .register(registry));
            Arrays.stream(SubscriptionPhase.values())
                    .map(SubscriptionPhase::label)
                    .distinct()
                    .forEach(label -> subscriptions(label, tags));
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

        private void subscriptions(String label, Tags tags) {
            meters.add(Gauge.builder(PREFIX + "subscriptions", this, server -> server.subscriptions(label))
                    .description("Subscriptions that routes need, by their state")
                    .tags(tags.and("state", label.replace(' ', '_')))
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

        private long subscriptions(String label) {
            return statuses().stream()
                    .flatMap(status -> status.subscriptions().stream())
                    .filter(subscription -> subscription.phase().label().equals(label))
                    .count();
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
