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
package io.github.cmsevents.camel.internal.bridge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a cluster's routes have received and not processed yet, also of sockets that are lost meanwhile. While it is too much, no
 * socket is read, so that the network holds the servers back instead of the memory holding their messages.
 */
public final class InFlight {

    // Beside its text, what a decoded row takes in pictures and bodies.
    private static final long ROW_WEIGHT = 300;

    private static final int MESSAGES_OF_MAX_SIZE = 4;

    // Decoded, a message takes up to ten times the memory of its text, and there is more to keep than messages.
    private static final int SHARE_OF_HEAP = 32;

    private final long limit;
    private final Set<Runnable> waiting = new LinkedHashSet<>();
    private long weight;

    /** @param maxMessageSize in bytes */
    public InFlight(int maxMessageSize) {
        this(Math.min(
                (long) MESSAGES_OF_MAX_SIZE * maxMessageSize,
                Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    InFlight(long limit) {
        this.limit = limit;
    }

    static long weightOf(int bytes, int rows) {
        return bytes + ROW_WEIGHT * rows;
    }

    void add(long more) {
        weight += more;
    }

    void remove(long less) {
        weight -= less;
        if (weight <= limit / 2 && !waiting.isEmpty()) {
            List<Runnable> resumed = List.copyOf(waiting);
            waiting.clear();
            resumed.forEach(Runnable::run);
        }
    }

    /** Whether nothing more may be read. A message that is larger than the limit is still read when nothing else is there. */
    boolean isFull() {
        return weight > limit;
    }

    /** Runs the action once there is room again. */
    void whenRoom(Runnable resume) {
        waiting.add(resume);
    }

    void forget(Runnable resume) {
        waiting.remove(resume);
    }
}
