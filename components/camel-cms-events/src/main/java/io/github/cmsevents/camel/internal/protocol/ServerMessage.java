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

    /** A message that the component must acknowledge with its {@code messageId} (events guide, section 5, step 4). */
    sealed interface Acknowledgeable extends ServerMessage {
        long messageId();

        /** What was left out because it is unusable, at most one text; empty when the whole message is usable. */
        List<String> problems();
    }

    /**
     * The server's acknowledgement of a request. It confirms receipt only (events guide, section 5, step 2).
     *
     * @param status null when the server sent none
     */
    record Ack(long messageId, String status) implements ServerMessage {
        public boolean isSuccess() {
            return "success".equals(status);
        }
    }

    /** New states of one or more subscriptions. */
    record StateUpdate(long messageId, List<IndexState> states, List<String> problems) implements Acknowledgeable {}

    /** The state of the subscription with this index. */
    record IndexState(int index, SubscriptionState state) {}

    /** Content of the subscription with this index: calls, participants, or the details of one call. */
    record ContentUpdate(
            long messageId, Resource resource, int subscriptionIndex, List<Row> rows, List<String> problems)
            implements Acknowledgeable {}

    /**
     * One call or participant of a {@link ContentUpdate}.
     *
     * @param type   null for the details of a call, which come without one
     * @param key    the call's or participant's GUID; null for the details of a call, which may come without it
     * @param fields every key as the server sent it, in its order, null values included; the receiver may change it
     */
    record Row(UpdateType type, String key, Map<String, Object> fields) {}

    /**
     * A well-formed message of an unknown type.
     *
     * @param type null when the server sent none
     */
    record UnknownMessage(long messageId, String type) implements Acknowledgeable {
        @Override
        public List<String> problems() {
            return List.of("unknown message type " + ServerText.of(type));
        }
    }

    /** A message that can be acknowledged, but whose content can't be used. */
    record UnusableMessage(long messageId, String problem) implements Acknowledgeable {
        @Override
        public List<String> problems() {
            return List.of(problem);
        }
    }

    /**
     * A frame that is neither an acknowledgement nor a message with a readable id.
     *
     * @param stalls whether the server may wait for an acknowledgement that the component can't send
     */
    record UnreadableFrame(String problem, boolean stalls) implements ServerMessage {}
}
