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

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The route that one would write today without the component. It knows the protocol: it tells messages from
 * acknowledgements, takes the rows out of a message, and acknowledges through the same socket. It has Java lambdas rather
 * than Simple expressions, because they cost less.
 */
final class PeerRoute extends RouteBuilder {

    private static final String MESSAGE_ID = "messageId";

    private final String socket;

    /** @param socket the endpoint URI of the socket */
    PeerRoute(String socket) {
        this.socket = socket;
    }

    @Override
    public void configure() {
        from(socket)
                .unmarshal()
                .json(JsonLibrary.Jackson, Map.class)
                .filter(exchange -> message(exchange) != null)
                .process(exchange ->
                        exchange.setProperty(MESSAGE_ID, message(exchange).get(MESSAGE_ID)))
                .split()
                .exchange(exchange -> message(exchange).getOrDefault("updates", List.of()))
                .to("direct:updates")
                .end()
                .setBody(exchange -> "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":"
                        + exchange.getProperty(MESSAGE_ID) + ",\"status\":\"success\"}}")
                .to(socket);
    }

    /** Null for an acknowledgement. */
    @SuppressWarnings("unchecked") // JSON objects have texts for keys
    private static Map<String, Object> message(Exchange exchange) {
        return (Map<String, Object>) exchange.getMessage().getBody(Map.class).get("message");
    }
}
