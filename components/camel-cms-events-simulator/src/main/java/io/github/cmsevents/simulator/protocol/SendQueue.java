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
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The server's messages of one socket: sent in order, with a limit of unacknowledged ones, and numbered from 1 (guide,
 * section 5, steps 3 and 4).
 */
final class SendQueue {

    /** A message that may be sent now, with its number. */
    record Sendable(long messageId, ServerMessage message) {}

    private final int window;
    private final UpdateFaults faults;
    private Deque<Entry> waiting = new ArrayDeque<>();
    private final Map<Long, Long> sentAtById = new LinkedHashMap<>();
    private final List<Long> excusedAcks = new ArrayList<>();
    private long lastMessageId;

    /**
     * One message in the queue.
     *
     * @param faultsApplied whether faults have been applied to it
     */
    private record Entry(ServerMessage message, boolean faultsApplied) {}

    /** @param window how many messages may be unacknowledged at a time */
    SendQueue(int window, UpdateFaults faults) {
        this.window = window;
        this.faults = faults;
    }

    void add(ServerMessage message) {
        waiting.add(new Entry(message, false));
    }

    /** The next message, if there is one and enough earlier ones are acknowledged. */
    Optional<Sendable> next(long nowNanos) {
        if (sentAtById.size() >= window) {
            return Optional.empty();
        }
        applyFaults();
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Sendable(takeNumber(nowNanos), waiting.remove().message()));
    }

    /** Takes the next number for a message that bypasses the queue; it needs an acknowledgement. */
    long takeNumber(long nowNanos) {
        long messageId = ++lastMessageId;
        sentAtById.put(messageId, nowNanos);
        return messageId;
    }

    /** Replaces the first message by what faults make of it: none, one or several messages. */
    private void applyFaults() {
        while (!waiting.isEmpty() && !waiting.peek().faultsApplied()) {
            List<ServerMessage> instead = faults.insteadOf(waiting.remove().message());
            for (int i = instead.size() - 1; i >= 0; i--) {
                waiting.addFirst(new Entry(instead.get(i), true));
            }
        }
    }

    /** Queues what faults have held back. */
    void release() {
        faults.release().ifPresent(held -> waiting.addFirst(new Entry(held, true)));
    }

    /** @return false when no message with this number waits for its acknowledgement */
    boolean acknowledge(long messageId) {
        return sentAtById.remove(messageId) != null || excusedAcks.remove((Long) messageId);
    }

    /** Accepts one acknowledgement of this number, without requiring it. */
    void excuseAck(long messageId) {
        excusedAcks.add(messageId);
    }

    /** Discards everything of a subscription that was not sent yet. */
    void purge(Subscription dropped) {
        rewrite(message -> message.without(dropped));
    }

    /** Discards the updates of a subscription that were not sent yet, but not its states. */
    void purgeUpdates(Subscription ended) {
        rewrite(message -> message.withoutUpdatesOf(ended));
    }

    private void rewrite(Function<ServerMessage, Optional<ServerMessage>> rule) {
        Deque<Entry> left = new ArrayDeque<>(Math.max(16, waiting.size()));
        waiting.forEach(entry ->
                rule.apply(entry.message()).ifPresent(message -> left.add(new Entry(message, entry.faultsApplied()))));
        waiting = left;
        faults.rewrite(rule);
    }

    int waiting() {
        return waiting.size() + (faults.holdsOne() ? 1 : 0);
    }

    int unacked() {
        return sentAtById.size();
    }

    /** The numbers of the messages that have been unacknowledged for this time or longer. */
    List<Long> unackedFor(long nanos, long nowNanos) {
        return sentAtById.entrySet().stream()
                .filter(sent -> nowNanos - sent.getValue() >= nanos)
                .map(Map.Entry::getKey)
                .toList();
    }
}
