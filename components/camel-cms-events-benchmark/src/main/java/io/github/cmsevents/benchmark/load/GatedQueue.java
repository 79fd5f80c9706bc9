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

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** What is to be said on a socket: the next message goes out when the last one is acknowledged. */
public final class GatedQueue {

    private final Consumer<String> socket;
    private final Queue<LongFunction<String>> waiting = new ArrayDeque<>();
    private long lastId;
    private boolean unacknowledged;

    public GatedQueue(Consumer<String> socket) {
        this.socket = socket;
    }

    /** @param message asked for its text when it goes out, with its id */
    public void add(LongFunction<String> message) {
        waiting.add(message);
        if (!unacknowledged) {
            sendNext();
        }
    }

    /** Sends the next one, unless this is the acknowledgement of nothing that was sent: then it says so. */
    public boolean acknowledged(long messageId) {
        if (!unacknowledged || messageId != lastId) {
            return false;
        }
        unacknowledged = false;
        sendNext();
        return true;
    }

    /** Whether all that there was to say is said and acknowledged. */
    public boolean isIdle() {
        return !unacknowledged;
    }

    private void sendNext() {
        LongFunction<String> next = waiting.poll();
        if (next != null) {
            unacknowledged = true;
            lastId++;
            socket.accept(next.apply(lastId));
        }
    }
}
