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

import io.github.cmsevents.benchmark.Load;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * As much of a Meeting Server as a measurement needs: token login, subscriptions, and the messages of a {@link Load}. All
 * servers of a run live on one event loop, so the server costs every client the same.
 */
public final class LoadServer extends AbstractVerticle {

    private final Load load;
    private final Consumer<LoadReport> finished;
    private final Set<String> tokens = new HashSet<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private LoadRun run;

    private LoadServer(Load load, Consumer<LoadReport> finished) {
        this.load = load;
        this.finished = finished;
    }

    /**
     * Listens for one client.
     *
     * @param finished called on the event loop when the client has closed its last socket and the server is closed, too
     */
    public static Future<LoadServer> start(Vertx vertx, Load load, Consumer<LoadReport> finished) {
        LoadServer server = new LoadServer(load, finished);
        return vertx.deployVerticle(server).map(server);
    }

    /** Reads a load from each line of the input, prints the ports for its client and then the report. */
    public static void main(String[] args) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            start(vertx, Load.ofJson(line), report -> System.out.println(Load.write(report)))
                    .onSuccess(server -> System.out.println(
                            server.ports().stream().map(String::valueOf).collect(Collectors.joining(","))))
                    .onFailure(problem -> {
                        problem.printStackTrace();
                        System.exit(1);
                    });
        }
        vertx.close();
    }

    public List<Integer> ports() {
        return servers.stream().map(HttpServer::actualPort).toList();
    }

    @Override
    public void start(Promise<Void> started) {
        run = new LoadRun(
                vertx, load, report -> vertx.undeploy(deploymentID()).onSuccess(closed -> finished.accept(report)));
        List<Future<HttpServer>> listening = new ArrayList<>();
        for (int i = 0; i < load.servers(); i++) {
            int number = i;
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(this::logIn)
                    .webSocketHandshakeHandler(this::admit)
                    .webSocketHandler(socket -> run.opened(new LoadSocket(socket, number, load, run)));
            servers.add(server);
            listening.add(server.listen(0, "127.0.0.1"));
        }
        Future.all(listening).<Void>mapEmpty().onComplete(started);
    }

    private void logIn(HttpServerRequest request) {
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        request.response().putHeader("X-Cisco-CMS-Auth-Token", token).end();
    }

    private void admit(ServerWebSocketHandshake handshake) {
        String query = handshake.query();
        if (query != null && tokens.remove(query.replaceFirst("^authToken=", ""))) {
            handshake.accept();
        } else {
            handshake.reject(401);
        }
    }
}
