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
package io.github.cmsevents.benchmark.client;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts the updates that reach a client, and sees whether each came once and in order. May be told from several threads.
 */
public final class Arrivals {

    private final int warmup;
    private final int total;
    private final BitSet seen = new BitSet();
    private final int[] highest;
    private final CountDownLatch complete = new CountDownLatch(1);
    private ResourceUsage before = ResourceUsage.NONE;
    private ResourceUsage after = ResourceUsage.NONE;
    private int arrived;
    private int twice;
    private int outOfOrder;

    /** @param lanes in how many subscriptions the updates come; only within one is there an order */
    public Arrivals(int warmup, int updates, int lanes) {
        this.warmup = warmup;
        this.total = warmup + updates;
        this.highest = new int[lanes];
        Arrays.fill(highest, -1);
    }

    /** @param sequence the number that the update carries; below 0 it is none of those that count */
    public synchronized void arrived(int lane, int sequence) {
        if (sequence < 0) {
            return;
        }
        if (seen.get(sequence)) {
            twice++;
            return;
        }
        seen.set(sequence);
        if (sequence < highest[lane]) {
            outOfOrder++;
        } else {
            highest[lane] = sequence;
        }
        arrived++;
        if (arrived == warmup) {
            before = ResourceUsage.now();
        }
        if (arrived == total) {
            after = ResourceUsage.now();
            complete.countDown();
        }
    }

    /** Waits until all are there, or for as long as is said, and tells what there is. */
    public ClientReport await(long timeout, TimeUnit unit) throws InterruptedException {
        boolean all = complete.await(timeout, unit);
        synchronized (this) {
            int measured = total - warmup;
            return new ClientReport(
                    total - arrived,
                    twice,
                    outOfOrder,
                    all ? (after.allocatedBytes() - before.allocatedBytes()) / (double) measured : 0,
                    all ? (after.cpuNanos() - before.cpuNanos()) / 1_000.0 / measured : 0);
        }
    }
}
