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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A queued message of the server. It gets its messageId when it is sent. */
sealed interface ServerMessage permits ServerMessage.States, ServerMessage.Rows, ServerMessage.Info, StrangeMessage {

    /** The rest of this message when a subscription is dropped; may be empty. */
    Optional<ServerMessage> without(Subscription dropped);

    /** The rest of this message when a subscription gets no further updates; its states stay. */
    Optional<ServerMessage> withoutUpdatesOf(Subscription ended);

    /** The subscription of a {@code callListUpdate}, {@code rosterUpdate} or {@code callInfoUpdate}; empty for other messages. */
    default Optional<Subscription> updates() {
        return Optional.empty();
    }

    /** Adds the message's fields to one that has its messageId. */
    void writeTo(ObjectNode message);

    /** A {@code subscriptionUpdate}. */
    record States(List<IndexState> states) implements ServerMessage {

        record IndexState(Subscription subscription, SubscriptionState state) {}

        public States {
            states = List.copyOf(states);
        }

        @Override
        public Optional<ServerMessage> without(Subscription dropped) {
            List<IndexState> left = states.stream()
                    .filter(state -> state.subscription() != dropped)
                    .toList();
            return left.isEmpty() ? Optional.empty() : Optional.of(new States(left));
        }

        @Override
        public Optional<ServerMessage> withoutUpdatesOf(Subscription ended) {
            return Optional.of(this);
        }

        @Override
        public void writeTo(ObjectNode message) {
            message.put("type", "subscriptionUpdate");
            ArrayNode list = message.putArray("subscriptions");
            states.forEach(state -> list.addObject()
                    .put("index", state.subscription().index())
                    .put("state", state.state().wireName()));
        }
    }

    /** A {@code callListUpdate} or {@code rosterUpdate}. */
    record Rows(Subscription subscription, List<ObjectNode> rows) implements ServerMessage {

        public Rows {
            rows = List.copyOf(rows);
        }

        @Override
        public Optional<Subscription> updates() {
            return Optional.of(subscription);
        }

        @Override
        public Optional<ServerMessage> without(Subscription dropped) {
            return subscription == dropped ? Optional.empty() : Optional.of(this);
        }

        @Override
        public Optional<ServerMessage> withoutUpdatesOf(Subscription ended) {
            return without(ended);
        }

        @Override
        public void writeTo(ObjectNode message) {
            message.put("type", subscription.resource().updateMessage());
            message.put("subscriptionIndex", subscription.index());
            message.set("updates", new ArrayNode(JsonNodeFactory.instance).addAll(rows));
        }
    }

    /** A {@code callInfoUpdate}. */
    record Info(Subscription subscription, ObjectNode callInfo) implements ServerMessage {

        @Override
        public Optional<Subscription> updates() {
            return Optional.of(subscription);
        }

        @Override
        public Optional<ServerMessage> without(Subscription dropped) {
            return subscription == dropped ? Optional.empty() : Optional.of(this);
        }

        @Override
        public Optional<ServerMessage> withoutUpdatesOf(Subscription ended) {
            return without(ended);
        }

        @Override
        public void writeTo(ObjectNode message) {
            message.put("type", subscription.resource().updateMessage());
            message.put("subscriptionIndex", subscription.index());
            message.set("callInfo", callInfo);
        }
    }
}
