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
package io.github.cmsevents.camel.cluster;

import io.github.cmsevents.camel.feed.Interest;
import io.github.cmsevents.camel.feed.Receiver;
import io.github.cmsevents.camel.server.MeetingServer;
import io.github.cmsevents.camel.status.ServerStatus;
import io.github.cmsevents.camel.subscription.Want;
import io.github.cmsevents.camel.transport.ServerAddress;
import io.github.cmsevents.camel.transport.VertxEventsTransport;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The Call Bridges that routes get their updates from. A verticle, so that everything it has lives on one event loop of
 * its own, and nothing of it is left when it is undeployed.
 */
final class Cluster extends AbstractVerticle {

    private final ClusterSpec spec;
    private final List<MeetingServer> servers = new ArrayList<>();

    private Cluster(ClusterSpec spec) {
        this.spec = spec;
    }

    static Future<Cluster> deploy(Vertx vertx, ClusterSpec spec) {
        Cluster cluster = new Cluster(spec);
        return vertx.deployVerticle(cluster).map(cluster);
    }

    ClusterSpec spec() {
        return spec;
    }

    @Override
    public void start() {
        for (ServerAddress address : spec.servers()) {
            VertxEventsTransport transport = new VertxEventsTransport(
                    vertx,
                    address,
                    spec.credentials(),
                    spec.tls(),
                    spec.clientOptions(),
                    spec.options().connectTimeout(),
                    spec.options().maxMessageSize());
            servers.add(new MeetingServer(address, transport, spec.options(), vertx, context));
        }
    }

    /** Tells the receiver of something from now on. */
    void attach(Want want, Receiver receiver, Interest interest) {
        onEventLoop(() -> {
            server().attach(want, receiver, interest);
            return Future.succeededFuture();
        });
    }

    /** Tells the receiver of something no more. When the answer completes, it has been told the last. */
    Future<Void> detach(Want want, Receiver receiver) {
        return onEventLoop(() -> {
            server().detach(want, receiver);
            return Future.succeededFuture();
        });
    }

    /** Whether every server can be connected to. */
    Future<Void> probe() {
        return onEventLoop(() ->
                Future.all(servers.stream().map(MeetingServer::probe).toList()).mapEmpty());
    }

    /** Gives up all sockets, and makes new ones for what is wanted. */
    void reconnect() {
        onEventLoop(() -> {
            servers.forEach(MeetingServer::reconnect);
            return Future.succeededFuture();
        });
    }

    /** Every server, as it was a moment ago. May be called from any thread. */
    List<ServerStatus> status() {
        return servers.stream().map(MeetingServer::status).toList();
    }

    /** Ends everything, whatever it is doing; bounded in time. */
    Future<Void> close() {
        return onEventLoop(
                () -> Future.join(servers.stream().map(MeetingServer::close).toList())
                        .otherwiseEmpty()
                        .compose(done -> vertx.undeploy(deploymentID())));
    }

    // The one place that knows that there is one server for now: with several, wants are placed here.
    private MeetingServer server() {
        return servers.get(0);
    }

    private Future<Void> onEventLoop(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        try {
            // What the action throws becomes a failure: somebody may wait for it.
            context.runOnContext(hop ->
                    Future.<Void>future(trial -> action.get().onComplete(trial)).onComplete(done));
        } catch (RejectedExecutionException e) {
            // A user's Vertx that is closed already: the event loop is gone, and everything that was on it.
            done.complete();
        }
        return done.future();
    }
}
