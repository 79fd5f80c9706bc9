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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.route.RouteReadiness;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.github.cmsevents.camel.internal.transport.VirtualEventLoop;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster on servers without a network and an event loop without a clock. */
final class VirtualCluster {

    static final Duration MAX_DELAY = Duration.ofSeconds(10);
    static final Duration QUIET = Duration.ofSeconds(2);
    static final Duration STALLED = Duration.ofMinutes(1);
    static final CallSelector EVERY = new CallSelector.Every();

    /** Long enough for a few requests, too short for a retry. */
    private static final Duration A_MOMENT = Duration.ofMillis(400);

    final VirtualEventLoop loop = new VirtualEventLoop();
    final Cluster cluster;
    private final Map<String, FakeServer> servers = new LinkedHashMap<>();
    private int routes;

    VirtualCluster(String... names) {
        this(3, names);
    }

    /** @param sockets how many of each server's sockets to use */
    VirtualCluster(int sockets, String... names) {
        Map<ServerAddress, EventsTransport> transports = new LinkedHashMap<>();
        for (String name : names) {
            servers.put(name, new FakeServer(loop));
            transports.put(new ServerAddress(true, name, 443), servers.get(name));
        }
        cluster = new Cluster(transports, options(sockets), loop, Future::succeededFuture);
    }

    static ConnectionOptions options(int sockets) {
        Duration ten = Duration.ofSeconds(10);
        return new ConnectionOptions(
                Duration.ofSeconds(1), MAX_DELAY, 0, ten, ten, ten, Duration.ZERO, QUIET, STALLED, sockets, 10_000_000);
    }

    static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }

    FakeServer server(String name) {
        return servers.get(name);
    }

    /** One conference with the participants ann and bo on the servers a and b. */
    void boardOnAAndB() {
        for (String name : List.of("a", "b")) {
            server(name).list(FakeServer.call(name + "1", "Board", "k"));
            server(name).participant(name + "1", "ann", "Ann");
            server(name).participant(name + "1", "bo", "Bo");
        }
    }

    /** A route begins to follow, and what comes of that happens. */
    SeenUpdates follow(Resource resource, CallSelector calls) {
        return follow(resource, calls, interest("name"));
    }

    SeenUpdates follow(Resource resource, CallSelector calls, Interest interest) {
        return attach(new Topic.InCalls(resource, calls), interest);
    }

    SeenUpdates attach(Topic topic, Interest interest) {
        SeenUpdates route = begin(topic, interest);
        soon();
        return route;
    }

    /** A route begins; nothing has come of that yet. */
    SeenUpdates begin(Topic topic, Interest interest) {
        SeenUpdates route = new SeenUpdates("route" + ++routes, topic);
        cluster.attach(topic, route, interest);
        return route;
    }

    void detach(SeenUpdates route) {
        Future<Void> detached = cluster.detach(route);
        soon();
        if (!detached.succeeded()) {
            throw new AssertionError("not detached", detached.cause());
        }
    }

    FollowingStatus status(SeenUpdates route) {
        return cluster.following(route);
    }

    RouteReadiness readiness(SeenUpdates route) {
        Instant now = Instant.ofEpochMilli(loop.millis());
        return RouteReadiness.of(
                route.topic, cluster.status(), cluster.following(route), route.waitingSince(), STALLED, now);
    }

    /** The roster subscriptions on all servers. */
    List<String> rosters() {
        return servers.values().stream()
                .flatMap(server -> server.rosters().stream())
                .toList();
    }

    /** What is under way arrives; nothing is retried yet. */
    void soon() {
        after(A_MOMENT);
    }

    void after(Duration time) {
        loop.advance(time);
    }
}
