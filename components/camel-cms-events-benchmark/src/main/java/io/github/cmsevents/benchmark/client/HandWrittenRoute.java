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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The route that one writes without the component: reads the message, handles each update, and acknowledges. It does not
 * reconnect and keeps no order, since camel-vertx-websocket processes messages on several threads at once.
 */
final class HandWrittenRoute extends RouteBuilder {

    private static final String MESSAGE_ID = "messageId";

    private final HandWrittenSocket socket;
    private final Arrivals arrivals;
    private final String uri;

    private HandWrittenRoute(HandWrittenSocket socket, Arrivals arrivals) throws Exception {
        this.socket = socket;
        this.arrivals = arrivals;
        this.uri = "vertx-websocket:127.0.0.1:" + socket.port() + "/events/v1?consumeAsClient=true&authToken="
                + token(socket.port());
    }

    static ClientReport run(List<HandWrittenSocket> sockets, Arrivals arrivals) throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            context.start();
            for (HandWrittenSocket socket : sockets) {
                HandWrittenRoute route = new HandWrittenRoute(socket, arrivals);
                context.addRoutes(route);
                context.createFluentProducerTemplate()
                        .to(route.uri)
                        .withBody(socket.subscribeRequest())
                        .send();
            }
            ClientReport report = arrivals.await();
            awaitLastExchange(context);
            return report;
        } finally {
            context.stop();
        }
    }

    @Override
    public void configure() {
        from(uri)
                .unmarshal()
                .json(JsonLibrary.Jackson, Map.class)
                .filter(exchange -> message(exchange) != null)
                .process(exchange ->
                        exchange.setProperty(MESSAGE_ID, message(exchange).get(MESSAGE_ID)))
                .split()
                .exchange(exchange -> message(exchange).getOrDefault("updates", List.of()))
                .process(exchange -> arrivals.row(socket, exchange.getMessage().getBody(Map.class)))
                .end()
                .setBody(exchange -> HandWrittenSocket.acknowledgement(exchange.getProperty(MESSAGE_ID)))
                .to(uri);
    }

    /** camel-vertx-websocket interrupts its exchanges when it stops. */
    private static void awaitLastExchange(CamelContext context) throws InterruptedException {
        while (context.getInflightRepository().size() > 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Null for an acknowledgement. */
    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static Map<String, Object> message(Exchange exchange) {
        return (Map<String, Object>) exchange.getMessage().getBody(Map.class).get("message");
    }

    private static String token(int port) throws Exception {
        HttpRequest login = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/authTokens"))
                .POST(BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(login, BodyHandlers.discarding())
                .headers()
                .firstValue("X-Cisco-CMS-Auth-Token")
                .orElseThrow();
    }
}
