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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What has happened between a server and us so far. Counted and read by any thread. */
public final class ServerActivity {

    private final LongAdder messages = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder acknowledgements = new LongAdder();
    private final LongAdder acknowledgementNanos = new LongAdder();
    private final LongAccumulator slowestAcknowledgement = new LongAccumulator(Math::max, 0);
    private final LongAdder sockets = new LongAdder();
    private final LongAdder socketsLost = new LongAdder();
    private final Map<ProtocolViolation, LongAdder> breaches = new EnumMap<>(ProtocolViolation.class);
    /** When the last message came, if any has. */
    private volatile long lastMessage;

    public ServerActivity() {
        for (ProtocolViolation breach : ProtocolViolation.values()) {
            breaches.put(breach, new LongAdder());
        }
    }

    /** A message came, {@code now} as {@link System#nanoTime} has it. */
    public void messageCame(long now) {
        lastMessage = now;
        messages.increment();
    }

    /** Updates of calls or participants came. */
    public void updatesCame(int count) {
        updates.add(count);
    }

    /** A message was acknowledged, this long after it came. */
    public void acknowledged(long nanos) {
        acknowledgements.increment();
        acknowledgementNanos.add(nanos);
        slowestAcknowledgement.accumulate(nanos);
    }

    public void socketOpened() {
        sockets.increment();
    }

    public void socketLost() {
        socketsLost.increment();
    }

    /** @return how often it has happened now */
    public long breached(ProtocolViolation breach) {
        breaches.get(breach).increment();
        return breaches.get(breach).sum();
    }

    /** Messages from the server, acknowledgements of our requests not among them. */
    public long messages() {
        return messages.sum();
    }

    /** Entries of calls or participants in those messages. */
    public long updates() {
        return updates.sum();
    }

    /** Messages that we have acknowledged. */
    public long acknowledgements() {
        return acknowledgements.sum();
    }

    /** How long all messages together have waited for their acknowledgement. */
    public Duration acknowledgementTime() {
        return Duration.ofNanos(acknowledgementNanos.sum());
    }

    /** How long the message waited that waited longest. */
    public Duration slowestAcknowledgement() {
        return Duration.ofNanos(slowestAcknowledgement.get());
    }

    /** Sockets opened. */
    public long sockets() {
        return sockets.sum();
    }

    /** Sockets that were lost, rather than closed by us. */
    public long socketsLost() {
        return socketsLost.sum();
    }

    /** When the last message came, in milliseconds since 1970; 0 before the first. */
    public long lastMessageMillis() {
        return messages() == 0
                ? 0
                : System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastMessage);
    }

    /** How often each breach has happened. */
    public Map<ProtocolViolation, Long> breaches() {
        Map<ProtocolViolation, Long> counts = new EnumMap<>(ProtocolViolation.class);
        breaches.forEach((breach, count) -> counts.put(breach, count.sum()));
        return Collections.unmodifiableMap(counts);
    }
}
