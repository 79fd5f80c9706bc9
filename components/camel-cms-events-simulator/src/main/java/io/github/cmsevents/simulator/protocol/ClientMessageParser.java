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
package io.github.cmsevents.simulator.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.model.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the envelope and the subscribe request of the guide's section 5. Unknown keys are ignored. */
final class ClientMessageParser {

    /** Guide, section 6. */
    static final int MAX_SUBSCRIPTIONS = 100;

    private static final ObjectReader JSON =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    ClientMessage parse(String text) {
        JsonNode envelope;
        try {
            envelope = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new ClientMessage.Unreadable("not JSON: " + e.getOriginalMessage());
        }
        if (!envelope.isObject()) {
            return new ClientMessage.Unreadable("not a JSON object");
        }
        String type = envelope.path("type").textValue();
        if (!"message".equals(type) && !"messageAck".equals(type)) {
            return new ClientMessage.Unreadable("\"type\" is neither \"message\" nor \"messageAck\"");
        }
        JsonNode content = envelope.path(type);
        JsonNode messageId = content.path("messageId");
        if (!content.isObject() || !messageId.canConvertToLong() || !messageId.isIntegralNumber()) {
            return new ClientMessage.Unreadable("no object \"" + type + "\" with a whole number \"messageId\"");
        }
        return type.equals("messageAck")
                ? ack(messageId.longValue(), content)
                : message(messageId.longValue(), content);
    }

    /** The messageId of a message; empty when the text has none. */
    OptionalLong messageId(String text) {
        try {
            JsonNode messageId = JSON.readTree(text).at("/message/messageId");
            return messageId.canConvertToLong() && messageId.isIntegralNumber()
                    ? OptionalLong.of(messageId.longValue())
                    : OptionalLong.empty();
        } catch (JsonProcessingException notJson) {
            return OptionalLong.empty();
        }
    }

    private static ClientMessage ack(long messageId, JsonNode ack) {
        String status = ack.path("status").textValue();
        return status == null
                ? new ClientMessage.Unreadable("\"messageAck\" without a text \"status\"")
                : new ClientMessage.Ack(messageId, status);
    }

    private static ClientMessage message(long messageId, JsonNode message) {
        if (!"subscribeRequest".equals(message.path("type").textValue())) {
            return new ClientMessage.Refused(messageId, "unknown message type", null, message);
        }
        JsonNode list = message.path("subscriptions");
        if (!list.isArray()) {
            return new ClientMessage.Refused(messageId, "no array \"subscriptions\"", null, message);
        }
        if (list.size() > MAX_SUBSCRIPTIONS) {
            return new ClientMessage.Refused(
                    messageId, list.size() + " subscriptions", Breach.Kind.TOO_MANY_SUBSCRIPTIONS, message);
        }
        List<WantedSubscription> wanted = new ArrayList<>();
        Set<Long> indexes = new HashSet<>();
        for (JsonNode entry : list) {
            try {
                wanted.add(wanted(entry));
            } catch (InvalidSubscription e) {
                String which = "subscription " + (wanted.size() + 1) + ": " + e.getMessage();
                return new ClientMessage.Refused(messageId, which, null, message);
            }
            long index = wanted.get(wanted.size() - 1).index();
            if (!indexes.add(index)) {
                String reason = "index " + index + " twice";
                return new ClientMessage.Refused(messageId, reason, Breach.Kind.DUPLICATE_INDEX, message);
            }
        }
        return new ClientMessage.Subscribe(messageId, wanted, message);
    }

    private static WantedSubscription wanted(JsonNode entry) throws InvalidSubscription {
        JsonNode index = entry.path("index");
        if (!index.isIntegralNumber() || !index.canConvertToLong()) {
            throw new InvalidSubscription("no whole number \"index\"");
        }
        Resource resource = Resource.ofWireName(entry.path("type").textValue())
                .orElseThrow(() -> new InvalidSubscription("unknown \"type\" " + entry.path("type")));
        String call = entry.path("call").textValue();
        if (resource.needsCall() && call == null) {
            throw new InvalidSubscription(resource.wireName() + " without a text \"call\"");
        }
        return new WantedSubscription(
                index.longValue(), resource, resource.needsCall() ? call : null, elements(entry.path("elements")));
    }

    private static List<String> elements(JsonNode node) throws InvalidSubscription {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(element.textValue());
        }
        if (!node.isArray() || elements.contains(null)) {
            throw new InvalidSubscription("\"elements\" is not an array of texts");
        }
        return elements;
    }

    private static final class InvalidSubscription extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidSubscription(String message) {
            super(message, null, false, false);
        }
    }
}
