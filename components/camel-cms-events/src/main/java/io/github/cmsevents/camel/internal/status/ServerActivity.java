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
package io.github.cmsevents.camel.internal.status;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one server. Written and read by any thread. */
public final class ServerActivity {

    private final LongAdder messages = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder acknowledgements = new LongAdder();
    private final LongAdder acknowledgementMillis = new LongAdder();
    private final RecentMaximum slowestAcknowledgement = new RecentMaximum();
    private final LongAdder sockets = new LongAdder();
    private final LongAdder socketsLost = new LongAdder();
    private final Map<ProtocolViolation, LongAdder> violations = new EnumMap<>(ProtocolViolation.class);
    private final AtomicLong lastMessage = new AtomicLong();

    public ServerActivity() {
        for (ProtocolViolation violation : ProtocolViolation.values()) {
            violations.put(violation, new LongAdder());
        }
    }

    /** @param at in milliseconds since 1970 */
    public void messageReceived(long at) {
        lastMessage.lazySet(at);
        messages.increment();
    }

    public void updatesReceived(int count) {
        updates.add(count);
    }

    /**
     * @param receivedAt when the message was received, in milliseconds since 1970
     * @param now        in milliseconds since 1970
     */
    public void acknowledged(long receivedAt, long now) {
        acknowledgements.increment();
        acknowledgementMillis.add(now - receivedAt);
        slowestAcknowledgement.record(now - receivedAt, now);
    }

    public void socketOpened() {
        sockets.increment();
    }

    public void socketLost() {
        socketsLost.increment();
    }

    /** Returns how often this kind of violation has happened now. */
    public long violated(ProtocolViolation violation) {
        violations.get(violation).increment();
        return violations.get(violation).sum();
    }

    /** Messages from the server, without its acknowledgements of requests. */
    public long messages() {
        return messages.sum();
    }

    /** Rows of calls or participants in those messages. */
    public long updates() {
        return updates.sum();
    }

    public long acknowledgements() {
        return acknowledgements.sum();
    }

    /** How long all messages together waited for their acknowledgement. */
    public Duration acknowledgementTime() {
        return Duration.ofMillis(acknowledgementMillis.sum());
    }

    /** The longest time that a message of the last minutes waited for its acknowledgement. */
    public Duration slowestAcknowledgement() {
        return Duration.ofMillis(slowestAcknowledgement.get(System.currentTimeMillis()));
    }

    public long sockets() {
        return sockets.sum();
    }

    /** Sockets that were lost rather than closed by the client. */
    public long socketsLost() {
        return socketsLost.sum();
    }

    /** When the last message was received, in milliseconds since 1970; 0 before the first. */
    public long lastMessageMillis() {
        return lastMessage.get();
    }

    public Map<ProtocolViolation, Long> violations() {
        Map<ProtocolViolation, Long> counts = new EnumMap<>(ProtocolViolation.class);
        violations.forEach((violation, count) -> counts.put(violation, count.sum()));
        return Collections.unmodifiableMap(counts);
    }
}
