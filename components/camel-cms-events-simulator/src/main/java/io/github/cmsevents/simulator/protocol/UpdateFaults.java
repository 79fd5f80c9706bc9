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

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.fault.SocketFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Applies faults to the next message of a socket. */
final class UpdateFaults {

    private static final String UPDATE_TYPE = "updateType";

    private final SocketFaults faults;
    /** An update that is sent after the next one. */
    private ServerMessage held;

    private int wrongTypes;

    UpdateFaults(SocketFaults faults) {
        this.faults = faults;
    }

    /** The messages to send instead of a message; without a fault, the message itself. */
    List<ServerMessage> insteadOf(ServerMessage message) {
        Optional<Subscription> subscription = message.updates();
        if (subscription.isEmpty()) {
            return List.of(message);
        }
        if (held == null && faults.take(Fault.SwapUpdates.class) != null) {
            held = message;
            return List.of();
        }
        List<ServerMessage> instead = new ArrayList<>();
        addWithFaults(message, subscription.get(), instead);
        if (held != null) {
            Subscription other = held.updates().orElseThrow();
            addWithFaults(held, other, instead);
            held = null;
        }
        return instead;
    }

    private void addWithFaults(ServerMessage message, Subscription subscription, List<ServerMessage> target) {
        if (faults.take(Fault.UnknownMessage.class) != null) {
            target.add(StrangeMessage.unknown());
        }
        if (faults.take(Fault.WrongTypes.class) != null) {
            target.add(StrangeMessage.wrongTypes(wrongTypes++, subscription));
        }
        Fault.OversizeMessage oversize = faults.take(Fault.OversizeMessage.class);
        if (oversize != null) {
            target.add(StrangeMessage.oversize(oversize.bytes()));
        }
        List<ObjectNode> early = rows(message, "add");
        if (!early.isEmpty() && faults.take(Fault.UpdateBeforeAdd.class) != null) {
            target.add(asUpdates(subscription, early));
        }
        target.add(message);
        if (faults.take(Fault.DuplicateUpdate.class) != null) {
            target.add(message);
        }
        List<ObjectNode> gone = rows(message, "remove");
        if (!gone.isEmpty() && faults.take(Fault.UpdateAfterRemove.class) != null) {
            target.add(asUpdates(subscription, gone));
        }
    }

    private static List<ObjectNode> rows(ServerMessage message, String updateType) {
        return message instanceof ServerMessage.Rows rows
                ? rows.rows().stream()
                        .filter(row -> updateType.equals(row.path(UPDATE_TYPE).textValue()))
                        .toList()
                : List.of();
    }

    /** An update of the same keys with every element; missing ones are null. */
    private static ServerMessage asUpdates(Subscription subscription, List<ObjectNode> rows) {
        return new ServerMessage.Rows(
                subscription,
                rows.stream()
                        .map(row -> {
                            ObjectNode update = row.deepCopy();
                            update.remove("reason");
                            update.put(UPDATE_TYPE, "update");
                            subscription.elements().stream()
                                    .filter(element -> !update.has(element))
                                    .forEach(element -> update.set(element, JsonNodeFactory.instance.nullNode()));
                            return update;
                        })
                        .toList());
    }

    /** Applies a rule to the message that is held back. */
    void rewrite(Function<ServerMessage, Optional<ServerMessage>> rule) {
        if (held != null) {
            held = rule.apply(held).orElse(null);
        }
    }

    boolean holdsOne() {
        return held != null;
    }

    /** Returns the message that is held back. */
    Optional<ServerMessage> release() {
        Optional<ServerMessage> released = Optional.ofNullable(held);
        held = null;
        return released;
    }
}
