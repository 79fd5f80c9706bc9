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
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.github.cmsevents.camel.internal.transport.VertxEventLoop;
import io.github.cmsevents.camel.internal.transport.VertxEventsTransport;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives a cluster an event loop of its own, and leaves nothing of it when it is undeployed. */
final class ClusterVerticle extends AbstractVerticle {

    private final Map<ServerAddress, EventsTransport> transports;
    private final ConnectionOptions options;
    private Cluster cluster;

    private ClusterVerticle(Map<ServerAddress, EventsTransport> transports, ConnectionOptions options) {
        this.transports = transports;
        this.options = options;
    }

    static Future<Cluster> deploy(Vertx vertx, ClusterSpec spec) {
        // Not on the event loop: it takes long to make the clients for many servers.
        Map<ServerAddress, EventsTransport> transports = new LinkedHashMap<>();
        try {
            for (ServerAddress address : spec.servers()) {
                transports.put(
                        address,
                        new VertxEventsTransport(
                                vertx,
                                address,
                                spec.credentials(),
                                spec.tls(),
                                spec.hostnameVerification(),
                                spec.clientOptions(),
                                spec.options().connectTimeout(),
                                spec.options().maxMessageSize()));
            }
        } catch (RuntimeException e) {
            close(transports);
            throw e;
        }
        return deploy(vertx, transports, spec.options());
    }

    /** Closes the transports if it fails. */
    static Future<Cluster> deploy(
            Vertx vertx, Map<ServerAddress, EventsTransport> transports, ConnectionOptions options) {
        ClusterVerticle verticle = new ClusterVerticle(transports, options);
        return Future.<String>future(deployed -> vertx.deployVerticle(verticle).onComplete(deployed))
                .map(deployed -> verticle.cluster)
                .onFailure(failed -> close(transports));
    }

    private static void close(Map<ServerAddress, EventsTransport> transports) {
        transports.values().forEach(EventsTransport::close);
    }

    @Override
    public void start() {
        cluster = new Cluster(
                transports, options, new VertxEventLoop(vertx, context), () -> vertx.undeploy(deploymentID()));
    }
}
