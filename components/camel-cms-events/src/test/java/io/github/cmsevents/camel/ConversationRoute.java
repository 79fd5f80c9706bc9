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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Records the exchanges of a conversation's route, and delays those that the file names. */
final class ConversationRoute implements Processor {

    private static final String PREFIX = "CamelCmsEvents";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** An exchange as JSON, so that it can be compared with the file. */
    record Seen(JsonNode body, Map<String, JsonNode> headers) {

        /** @param name without the prefix {@code CamelCmsEvents} */
        JsonNode header(String name) {
            return headers.getOrDefault(PREFIX + name, MissingNode.getInstance());
        }

        /** Whether it has at least these members. */
        boolean isLike(JsonNode wanted) {
            boolean sameType = !wanted.has("updateType") || header("UpdateType").equals(wanted.get("updateType"));
            return sameType
                    && wanted.path("body").properties().stream()
                            .allMatch(member -> member.getValue().equals(body.get(member.getKey())))
                    && wanted.path("headers").properties().stream()
                            .allMatch(header -> header.getValue().equals(header(header.getKey())));
        }
    }

    private final JsonNode slow;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param slow a text that a slow update's body has, and the milliseconds that it takes; may be missing */
    ConversationRoute(JsonNode slow) {
        this.slow = slow;
    }

    /** A route that delays no update. */
    static ConversationRoute quick() {
        return new ConversationRoute(MissingNode.getInstance());
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        JsonNode body = json(exchange.getMessage().getBody());
        if (slow.isObject() && body.toString().contains(slow.path("bodyHas").asText())) {
            released.await(slow.path("ms").asLong(), TimeUnit.MILLISECONDS);
        }
        Map<String, JsonNode> headers = new LinkedHashMap<>();
        for (Map.Entry<String, Object> header :
                exchange.getMessage().getHeaders().entrySet()) {
            headers.put(header.getKey(), json(header.getValue()));
        }
        seen.add(new Seen(body, headers));
    }

    /** Through text, so that equal numbers of different Java types are equal nodes. */
    private static JsonNode json(Object value) throws JsonProcessingException {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Slow updates are processed at once from now on. */
    void release() {
        released.countDown();
    }
}
