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
package io.github.cmsevents.benchmark.load;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * As much of a Meeting Server as it takes to send updates as fast as a client acknowledges them: token login, one token
 * for one socket, subscriptions, and messages to a plan. All of it on one event loop, so that it costs every client the
 * same.
 */
public final class LoadServer extends AbstractVerticle {

    private final int wantedPort;
    private final Consumer<ServerWebSocket> opened;
    private final Set<String> tokens = new HashSet<>();
    private HttpServer server;

    private LoadServer(int wantedPort, Consumer<ServerWebSocket> opened) {
        this.wantedPort = wantedPort;
        this.opened = opened;
    }

    /**
     * Starts one.
     *
     * @param port    0 for a free one
     * @param plans   asked on the event loop when a client opens its first socket
     * @param reports told on the event loop when a client has closed its last socket
     */
    public static Future<LoadServer> start(
            Vertx vertx, int port, Supplier<LoadPlan> plans, Consumer<LoadReport> reports) {
        return start(vertx, port, new LoadRuns(plans, reports)::open);
    }

    /**
     * Starts one that leaves it to somebody else what is said on its sockets.
     *
     * @param port   0 for a free one
     * @param opened given each socket on the event loop, as soon as it is open
     */
    public static Future<LoadServer> start(Vertx vertx, int port, Consumer<ServerWebSocket> opened) {
        LoadServer loadServer = new LoadServer(port, opened);
        return vertx.deployVerticle(loadServer).map(loadServer);
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(this::logIn)
                .webSocketHandshakeHandler(this::admit)
                .webSocketHandler(opened::accept)
                .listen(wantedPort, "127.0.0.1")
                .onSuccess(listening -> server = listening)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void logIn(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST || !"/api/v1/authTokens".equals(request.path())) {
            request.response().setStatusCode(404).end();
            return;
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        request.response().putHeader("X-Cisco-CMS-Auth-Token", token).end();
    }

    private void admit(ServerWebSocketHandshake handshake) {
        String query = handshake.query();
        String token = query == null ? "" : query.replaceFirst("^authToken=", "");
        if ("/events/v1".equals(handshake.path()) && tokens.remove(token)) {
            handshake.accept();
        } else {
            handshake.reject(401);
        }
    }
}
