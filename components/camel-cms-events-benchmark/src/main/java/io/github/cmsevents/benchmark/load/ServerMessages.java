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
package io.github.cmsevents.benchmark.load;

import java.util.Collection;
import java.util.stream.Collectors;

/** What the load server says, as text. All texts are plain ASCII without anything to escape. */
public final class ServerMessages {

    private ServerMessages() {}

    static String acknowledgement(long messageId) {
        return "{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":" + messageId + ",\"status\":\"success\"}}";
    }

    /** @param indexes the subscriptions that come into this state */
    public static String states(long messageId, Collection<Integer> indexes, String state) {
        return indexes.stream()
                .map(index -> "{\"index\":" + index + ",\"state\":\"" + state + "\"}")
                .collect(Collectors.joining(
                        ",", opening(messageId, "subscriptionUpdate") + ",\"subscriptions\":[", "]}}"));
    }

    /**
     * What a subscription tells.
     *
     * @param type  such as {@code rosterUpdate}
     * @param rows  JSON objects with commas between them
     */
    public static String rows(long messageId, String type, int index, String rows) {
        return opening(messageId, type) + ",\"subscriptionIndex\":" + index + ",\"updates\":[" + rows + "]}}";
    }

    /** Adds the records from one to another, the last not among them. */
    static String adds(long messageId, LoadSubscription subscription, int from, int to) {
        StringBuilder text = new StringBuilder(128 + 160 * (to - from))
                .append(opening(messageId, subscription.messageType()))
                .append(",\"subscriptionIndex\":")
                .append(subscription.index())
                .append(",\"updates\":[");
        for (int i = from; i < to; i++) {
            if (i > from) {
                text.append(',');
            }
            subscription.appendRow(text, i, "add", 0);
        }
        return text.append("]}}").toString();
    }

    /** One row, as many as they are: the same amount of text for each. */
    static String update(long messageId, LoadSubscription subscription, int record, int sequence) {
        StringBuilder text = new StringBuilder(320)
                .append(opening(messageId, subscription.messageType()))
                .append(",\"subscriptionIndex\":")
                .append(subscription.index())
                .append(",\"updates\":[");
        subscription.appendRow(text, record, "update", sequence);
        return text.append("]}}").toString();
    }

    private static String opening(long messageId, String type) {
        return "{\"type\":\"message\",\"message\":{\"messageId\":" + messageId + ",\"type\":\"" + type + "\"";
    }
}
