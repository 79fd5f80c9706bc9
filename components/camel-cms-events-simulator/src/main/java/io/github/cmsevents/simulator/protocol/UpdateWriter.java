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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.ChangeKind;
import io.github.cmsevents.simulator.model.Meeting;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.model.Participant;
import io.github.cmsevents.simulator.model.ParticipantChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Creates the update messages of a subscription: its first content, and those for a change. */
final class UpdateWriter {

    private final int rowsPerMessage;
    private final boolean repeatCallInCallInfo;

    UpdateWriter(int rowsPerMessage, boolean repeatCallInCallInfo) {
        this.rowsPerMessage = rowsPerMessage;
        this.repeatCallInCallInfo = repeatCallInCallInfo;
    }

    /** The current content, as {@code add}s. */
    List<ServerMessage> content(Subscription subscription, Meetings meetings) {
        return switch (subscription.resource()) {
            case CALLS ->
                chunks(
                        subscription,
                        meetings.all().stream()
                                .map(call -> callAdded(subscription, call))
                                .toList());
            case CALL_ROSTER ->
                chunks(
                        subscription,
                        call(subscription, meetings).roster().stream()
                                .map(participant -> participantAdded(subscription, participant))
                                .toList());
            case CALL_INFO -> List.of(info(subscription, call(subscription, meetings), subscription.elements()));
        };
    }

    /** The message for a change; empty when no requested element changed. */
    Optional<ServerMessage> update(Subscription subscription, List<CallChange> changes) {
        return switch (subscription.resource()) {
            case CALLS ->
                rows(
                        subscription,
                        changes.stream()
                                .flatMap(change -> callRow(subscription, change).stream())
                                .toList());
            case CALL_ROSTER ->
                rows(
                        subscription,
                        changes.stream()
                                .filter(change -> change.call().id().equals(subscription.call()))
                                .flatMap(change -> change.participants().stream())
                                .flatMap(change -> participantRow(subscription, change).stream())
                                .toList());
            case CALL_INFO ->
                changes.stream()
                        .filter(change -> change.call().id().equals(subscription.call()))
                        .map(change -> wantedOf(subscription, change.elements()))
                        .filter(elements -> !elements.isEmpty())
                        .map(elements -> info(subscription, callOf(subscription, changes), elements))
                        .findFirst();
        };
    }

    private static Meeting call(Subscription subscription, Meetings meetings) {
        return meetings.find(subscription.call())
                .orElseThrow(() -> new IllegalStateException("Active subscription to a call that does not exist"));
    }

    private static Meeting callOf(Subscription subscription, List<CallChange> changes) {
        return changes.stream()
                .map(CallChange::call)
                .filter(call -> call.id().equals(subscription.call()))
                .findFirst()
                .orElseThrow();
    }

    private List<ServerMessage> chunks(Subscription subscription, List<ObjectNode> rows) {
        List<ServerMessage> messages = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += rowsPerMessage) {
            int to = Math.min(rows.size(), from + rowsPerMessage);
            messages.add(new ServerMessage.Rows(subscription, rows.subList(from, to)));
        }
        return messages;
    }

    private static Optional<ServerMessage> rows(Subscription subscription, List<ObjectNode> rows) {
        return rows.isEmpty() ? Optional.empty() : Optional.of(new ServerMessage.Rows(subscription, rows));
    }

    private static Optional<ObjectNode> callRow(Subscription subscription, CallChange change) {
        return switch (change.kind()) {
            case ADDED -> Optional.of(callAdded(subscription, change.call()));
            case REMOVED -> Optional.of(withReason(row("call", change.call().id(), "remove"), change.reason()));
            case UPDATED -> {
                List<String> elements = wantedOf(subscription, change.elements());
                yield elements.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                put(row("call", change.call().id(), "update"), elements, change.call()::reported));
            }
        };
    }

    private static ObjectNode callAdded(Subscription subscription, Meeting call) {
        return put(row("call", call.id(), "add"), subscription.elements(), call::reported);
    }

    private static Optional<ObjectNode> participantRow(Subscription subscription, ParticipantChange change) {
        Participant participant = change.participant();
        if (change.kind() == ChangeKind.ADDED) {
            return Optional.of(participantAdded(subscription, participant));
        }
        if (change.kind() == ChangeKind.REMOVED) {
            return Optional.of(withReason(row("participant", participant.id(), "remove"), change.reason()));
        }
        List<String> elements = wantedOf(subscription, change.elements());
        return elements.isEmpty()
                ? Optional.empty()
                : Optional.of(put(row("participant", participant.id(), "update"), elements, participant::value));
    }

    /** The reason is no element: it comes with every removal that has one. */
    private static ObjectNode withReason(ObjectNode row, String reason) {
        return reason == null ? row : row.put("reason", reason);
    }

    private static ObjectNode participantAdded(Subscription subscription, Participant participant) {
        return put(row("participant", participant.id(), "add"), subscription.elements(), participant::value);
    }

    private ServerMessage info(Subscription subscription, Meeting call, List<String> elements) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        if (repeatCallInCallInfo) {
            info.put("call", call.id());
        }
        return new ServerMessage.Info(subscription, put(info, elements, call::reported));
    }

    private static ObjectNode row(String key, String id, String updateType) {
        return JsonNodeFactory.instance.objectNode().put(key, id).put("updateType", updateType);
    }

    private static ObjectNode put(ObjectNode target, List<String> elements, Function<String, JsonNode> values) {
        for (String element : elements) {
            JsonNode value = values.apply(element);
            if (value != null) {
                target.set(element, value);
            }
        }
        return target;
    }

    private static List<String> wantedOf(Subscription subscription, Collection<String> changed) {
        return subscription.elements().stream().filter(changed::contains).toList();
    }
}
