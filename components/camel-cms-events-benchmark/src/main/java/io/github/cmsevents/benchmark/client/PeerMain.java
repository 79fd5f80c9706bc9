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
package io.github.cmsevents.benchmark.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The route by hand in a JVM of its own: logs in, starts the route, asks for all calls. */
@Command(
        name = "peer",
        mixinStandardHelpOptions = true,
        description = "A route on vertx-websocket that is written by hand; reports what it saw.")
public final class PeerMain implements Callable<Integer> {

    @Mixin
    private ClientOptions options;

    public static void main(String[] args) {
        System.exit(new CommandLine(new PeerMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Arrivals arrivals = options.arrivals(1);
        String socket =
                "vertx-websocket:127.0.0.1:" + options.port() + "/events/v1?consumeAsClient=true&authToken=" + token();
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new UpdatesRoute("updates", arrivals, 0));
        context.addRoutes(new PeerRoute(socket));
        context.start();
        context.createProducerTemplate().sendBody(socket, SubscribeRequest.TEXT);
        options.report(arrivals);
        context.stop();
        return 0;
    }

    private String token() throws Exception {
        HttpRequest login = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + options.port() + "/api/v1/authTokens"))
                .POST(BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(login, BodyHandlers.discarding())
                .headers()
                .firstValue("X-Cisco-CMS-Auth-Token")
                .orElseThrow();
    }
}
