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

import java.util.List;
import java.util.Map;

/** One text frame from a Meeting Server, decoded. */
public sealed interface ServerMessage {

    /** A message that we have to acknowledge under its {@code messageId} (events guide, section 5, step 4). */
    sealed interface Acknowledgeable extends ServerMessage {
        long messageId();

        /** What in this message could not be understood and was left out; empty when all was understood. */
        List<String> problems();
    }

    /** The server's answer to a request of ours. It means only that the request was received. */
    record Ack(long messageId, String status) implements ServerMessage {
        public boolean isSuccess() {
            return "success".equals(status);
        }
    }

    /** New states of one or more subscriptions. */
    record StateUpdate(long messageId, List<IndexState> states, List<String> problems) implements Acknowledgeable {}

    /** The state of the subscription with this index. */
    record IndexState(int index, SubscriptionState state) {}

    /** Content of the subscription with this index: changes of calls, of participants, or of one call's details. */
    record ContentUpdate(
            long messageId, Resource resource, int subscriptionIndex, List<Row> rows, List<String> problems)
            implements Acknowledgeable {

        /** Whether this may belong to the content that a new subscription begins with: changes alone can't. */
        public boolean mayBeFresh() {
            if (resource == Resource.CALL_INFO) {
                return true;
            }
            for (Row row : rows) {
                if (row.type() == UpdateType.ADD) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * One call or participant of a {@link ContentUpdate}.
     *
     * @param type   null for the details of a call, which come without one
     * @param key    the call's or participant's GUID; null for the details of a call, which may come without it
     * @param fields every key as the server sent it, in its order, null values included; owned by whoever reads the row
     */
    record Row(UpdateType type, String key, Map<String, Object> fields) {}

    /** A well-formed message of a kind that this version does not know. */
    record UnknownMessage(long messageId, String type) implements Acknowledgeable {
        @Override
        public List<String> problems() {
            return List.of("unknown message type " + Quoted.of(type));
        }
    }

    /** A message that can be acknowledged, but whose payload makes no sense. */
    record UnusableMessage(long messageId, String problem) implements Acknowledgeable {
        @Override
        public List<String> problems() {
            return List.of(problem);
        }
    }

    /**
     * A frame that is neither an acknowledgement nor a message with an id.
     *
     * @param stalls whether the server may be waiting for an acknowledgement that nobody can write
     */
    record UnreadableFrame(String problem, boolean stalls) implements ServerMessage {}
}
