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
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Fault;
import java.util.Optional;

/**
 * A message with arbitrary fields, which is numbered and needs an acknowledgement like any other.
 *
 * @param fields those besides the {@code messageId}
 * @param bytes the minimum length of the whole frame
 */
record StrangeMessage(ObjectNode fields, int bytes) implements ServerMessage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ENVELOPE = "{\"type\":\"message\",\"message\":}".length();

    /**
     * Known messages with wrong types. The markers stand for the type and the index of a real update.
     */
    private static final String[] WRONG_TYPES = {
        "{'type': 'TYPE', 'subscriptionIndex': 'INDEX', 'updates': 'none'}",
        "{'type': 'TYPE', 'subscriptionIndex': INDEX, 'updates': {'call': 'x', 'participant': 'x', 'updateType': 'add'}}",
        "{'type': 'TYPE', 'subscriptionIndex': INDEX, 'updates': [null, 7, 'x', [], true]}",
        "{'type': 'TYPE', 'subscriptionIndex': INDEX, 'updates': [{'call': 7, 'participant': {}, 'updateType': 'add'}]}",
        "{'type': 'TYPE', 'subscriptionIndex': INDEX, 'updates': [{'call': 'x', 'participant': 'x', 'updateType': 1}]}",
        "{'type': 'TYPE', 'subscriptionIndex': INDEX, 'updates': null, 'callInfo': null}",
        "{'type': 'TYPE', 'subscriptionIndex': null, 'updates': []}",
        "{'type': 'callInfoUpdate', 'subscriptionIndex': INDEX, 'callInfo': ['name']}",
        "{'type': 'subscriptionUpdate', 'subscriptions': {'index': INDEX, 'state': 'deactivated'}}",
        "{'type': 'subscriptionUpdate', 'subscriptions': [{'index': [INDEX], 'state': 'deactivated'}]}",
        "{'type': 'subscriptionUpdate', 'subscriptions': [{'index': INDEX, 'state': 5}, null, 'x']}",
        "{'type': 17, 'subscriptionIndex': INDEX, 'updates': []}",
        "{}"
    };

    static {
        if (WRONG_TYPES.length != Fault.WrongTypes.KINDS) {
            throw new AssertionError("Fault.WrongTypes.KINDS must be " + WRONG_TYPES.length);
        }
    }

    /** A message of an unknown type. */
    static StrangeMessage unknown() {
        return new StrangeMessage(
                parse("{'type': 'weatherUpdate', 'subscriptionIndex': 1, 'weather': [{'rain': true}]}"), 0);
    }

    /** A message of exactly this length, of an unknown type. */
    static StrangeMessage oversize(int bytes) {
        return new StrangeMessage(parse("{'type': 'paddingUpdate', 'padding': ''}"), bytes);
    }

    /** One of the kinds of wrong types, with the type and index of a given subscription. */
    static StrangeMessage wrongTypes(int number, Subscription subscription) {
        String text = WRONG_TYPES[number % WRONG_TYPES.length]
                .replace("TYPE", subscription.resource().updateMessage())
                .replace("INDEX", Long.toString(subscription.index()));
        return new StrangeMessage(parse(text), 0);
    }

    private static ObjectNode parse(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<ServerMessage> without(Subscription dropped) {
        return Optional.of(this);
    }

    @Override
    public Optional<ServerMessage> withoutUpdatesOf(Subscription ended) {
        return Optional.of(this);
    }

    @Override
    public void writeTo(ObjectNode message) {
        message.setAll(fields);
        if (bytes > 0) {
            int missing = bytes - ENVELOPE - message.toString().length();
            message.put("padding", "x".repeat(Math.max(0, missing)));
        }
    }
}
