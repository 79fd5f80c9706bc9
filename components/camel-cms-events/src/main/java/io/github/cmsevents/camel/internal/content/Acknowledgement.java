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
package io.github.cmsevents.camel.internal.content;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one acknowledgement of a message: written when every route that it is for has processed its share. A route's thread may
 * be the last, and then writes it: a hop to the event loop first would halve the throughput of many outstanding messages.
 */
public final class Acknowledgement {

    private final long receivedAt;
    private final long bytes;
    private final Runnable write;
    /** Shares that are not processed yet; one more until the event loop has handed out all shares. */
    private final AtomicInteger open = new AtomicInteger(1);

    /**
     * @param receivedAt when the message was received, in milliseconds since 1970
     * @param bytes      the size of its frame
     * @param write      writes the acknowledgement; run once, from any thread
     */
    public Acknowledgement(long receivedAt, long bytes, Runnable write) {
        this.receivedAt = receivedAt;
        this.bytes = bytes;
        this.write = write;
    }

    public long receivedAt() {
        return receivedAt;
    }

    public long bytes() {
        return bytes;
    }

    /** One more route has to process the message first. The share is run from any thread; repeats do nothing. */
    public Runnable newShare() {
        open.incrementAndGet();
        AtomicBoolean processed = new AtomicBoolean();
        return () -> {
            if (processed.compareAndSet(false, true)) {
                processed();
            }
        };
    }

    /** All shares have been handed out. */
    public void handedOut() {
        processed();
    }

    private void processed() {
        if (open.decrementAndGet() == 0) {
            write.run();
        }
    }
}
