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
package io.github.cmsevents.camel.internal.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.IndexState;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import io.github.cmsevents.camel.internal.protocol.ValueReader.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The object under {@code message} (events guide, section 5); its type may come after its content. */
final class MessageBody {

    private Long messageId;
    private String type;
    private Object subscriptionIndex;
    private List<Entry> updates;
    private List<Entry> subscriptions;
    private Entry callInfo;

    void read(JsonParser parser, ValueReader values) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "messageId" -> messageId = values.id();
                case "type" -> type = values.text();
                case "subscriptionIndex" -> subscriptionIndex = values.value();
                case "updates" -> updates = values.entries();
                case "subscriptions" -> subscriptions = values.entries();
                case "callInfo" -> callInfo = values.entry();
                default -> parser.skipChildren();
            }
        }
    }

    /** The number to acknowledge; null when none was read or it is not usable. */
    Long messageId() {
        return messageId;
    }

    ServerMessage toMessage() {
        if (messageId == null) {
            return new UnreadableFrame("a message without a usable messageId", true);
        }
        if ("subscriptionUpdate".equals(type)) {
            return toStateUpdate();
        }
        Resource resource = Resource.ofMessageType(type);
        if (resource == null) {
            return new UnknownMessage(messageId, type);
        }
        if (!(subscriptionIndex instanceof Integer index)) {
            return unusable(resource.messageType() + " with the subscriptionIndex " + ServerText.of(subscriptionIndex));
        }
        return resource == Resource.CALL_INFO ? toCallInfo(index) : toRows(resource, index);
    }

    private ServerMessage toStateUpdate() {
        if (subscriptions == null) {
            return unusable("subscriptionUpdate without a list of subscriptions");
        }
        List<IndexState> states = new ArrayList<>(subscriptions.size());
        String firstProblem = null;
        for (Entry entry : subscriptions) {
            SubscriptionState state = SubscriptionState.ofWireName(entry.get("state"));
            if (state != null && entry.get("index") instanceof Integer index) {
                states.add(new IndexState(index, state));
            } else if (firstProblem == null) {
                firstProblem = describe(entry, "index", "state");
            }
        }
        int unusable = subscriptions.size() - states.size();
        return new StateUpdate(
                messageId, states, problems("subscriptionUpdate", unusable, "subscription", firstProblem));
    }

    private ServerMessage toRows(Resource resource, int index) {
        if (updates == null) {
            return unusable(resource.messageType() + " without a list of updates");
        }
        List<Row> rows = new ArrayList<>(updates.size());
        String firstProblem = null;
        for (Entry entry : updates) {
            UpdateType updateType = UpdateType.ofWireName(entry.get("updateType"));
            if (updateType != null && entry.get(resource.keyName()) instanceof String key && !entry.nonNumeric()) {
                rows.add(new Row(updateType, key, entry.fields()));
            } else if (firstProblem == null) {
                firstProblem = describe(entry, resource.keyName(), "updateType");
            }
        }
        int unusable = updates.size() - rows.size();
        return new ContentUpdate(
                messageId, resource, index, rows, problems(resource.messageType(), unusable, "update", firstProblem));
    }

    private ServerMessage toCallInfo(int index) {
        if (callInfo == null || callInfo.fields() == null) {
            return unusable("callInfoUpdate without a callInfo object");
        }
        if (callInfo.nonNumeric()) {
            return unusable("callInfoUpdate with a number that is NaN or infinite");
        }
        String call = callInfo.get("call") instanceof String text ? text : null;
        Row row = new Row(null, call, callInfo.fields());
        return new ContentUpdate(messageId, Resource.CALL_INFO, index, List.of(row), List.of());
    }

    private UnusableMessage unusable(String problem) {
        return new UnusableMessage(messageId, problem);
    }

    private static String describe(Entry entry, String oneName, String otherName) {
        if (entry.fields() == null) {
            return ServerText.of(entry.value());
        }
        return oneName + " " + ServerText.of(entry.get(oneName)) + ", " + otherName + " "
                + ServerText.of(entry.get(otherName))
                + (entry.nonNumeric() ? ", a number that is NaN or infinite" : "");
    }

    /** One problem however many entries are unusable: each would take a log line and memory. */
    private static List<String> problems(String messageType, int unusable, String entryName, String first) {
        return switch (unusable) {
            case 0 -> List.of();
            case 1 -> List.of(messageType + " with an unusable " + entryName + ": " + first);
            default -> List.of(messageType + " with " + unusable + " unusable " + entryName + "s, the first: " + first);
        };
    }
}
