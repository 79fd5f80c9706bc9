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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The server's messages of one socket: they go out in order, at most so many at a time without an acknowledgement, and
 * with the server's own numbers from 1 (guide, section 5, steps 3 and 4).
 */
final class SendQueue {

    /** A message that may go out now, under its number. */
    record Sendable(long messageId, ServerMessage message) {}

    private final int window;
    private Deque<ServerMessage> waiting = new ArrayDeque<>();
    private final Map<Long, Long> sentAtById = new LinkedHashMap<>();
    private long lastMessageId;

    /** @param window how many messages may be unacknowledged at a time */
    SendQueue(int window) {
        this.window = window;
    }

    void add(ServerMessage message) {
        waiting.add(message);
    }

    /** The next message, if there is one and enough are acknowledged. */
    Optional<Sendable> next(long nowNanos) {
        if (waiting.isEmpty() || sentAtById.size() >= window) {
            return Optional.empty();
        }
        long messageId = ++lastMessageId;
        sentAtById.put(messageId, nowNanos);
        return Optional.of(new Sendable(messageId, waiting.remove()));
    }

    /** @return false when no message with this number waits for its acknowledgement */
    boolean acknowledge(long messageId) {
        return sentAtById.remove(messageId) != null;
    }

    /** Takes everything of a subscription out that was not sent yet. */
    void purge(Subscription dropped) {
        rewrite(message -> message.without(dropped));
    }

    /** Takes the updates of a subscription out that were not sent yet, but not what is to be said about its state. */
    void purgeUpdates(Subscription ended) {
        rewrite(message -> message.withoutUpdatesOf(ended));
    }

    private void rewrite(Function<ServerMessage, Optional<ServerMessage>> rule) {
        Deque<ServerMessage> left = new ArrayDeque<>(Math.max(16, waiting.size()));
        waiting.forEach(message -> rule.apply(message).ifPresent(left::add));
        waiting = left;
    }

    int waiting() {
        return waiting.size();
    }

    int unacked() {
        return sentAtById.size();
    }

    /** The numbers of the messages that were sent so long ago or longer and are not acknowledged. */
    List<Long> unackedFor(long nanos, long nowNanos) {
        return sentAtById.entrySet().stream()
                .filter(sent -> nowNanos - sent.getValue() >= nanos)
                .map(Map.Entry::getKey)
                .toList();
    }
}
