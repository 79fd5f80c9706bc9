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

import com.sun.management.OperatingSystemMXBean;
import io.github.cmsevents.benchmark.Load;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The updates that a client received, by their numbers, and the CPU time of this JVM for the measured ones. */
public final class Arrivals {

    private static final int STALLED_SECONDS = 60;
    // The time in which an idle client may still finish its own business, such as stopping threads it no longer needs.
    private static final int QUIET_SECONDS = 5;

    private final Load load;
    private final long startedNanos = System.nanoTime();
    private final BitSet seen = new BitSet();
    private final Map<Object, Integer> highest = new HashMap<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private double secondsToFirst;
    private long cpuBefore;
    private long cpuAfter;
    private int arrived;
    private int twice;
    private int outOfOrder;

    public Arrivals(Load load) {
        this.load = load;
    }

    /**
     * Counts one update of a decoded message; updates of a first content do not count.
     *
     * @param lane the updates of one lane must come in order: a socket or a call
     */
    void row(Object lane, Map<?, ?> row) {
        if ("update".equals(row.get("updateType"))) {
            Object number = row.get("importance");
            number(lane, (Integer) (number == null ? row.get("participants") : number));
        }
    }

    synchronized void number(Object lane, int number) {
        if (number == load.total()) {
            complete.countDown();
            return;
        }
        if (seen.get(number)) {
            twice++;
            return;
        }
        if (arrived == 0) {
            secondsToFirst = (System.nanoTime() - startedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        }
        seen.set(number);
        arrived++;
        if (highest.merge(lane, number, Math::max) != number) {
            outOfOrder++;
        }
        if (arrived == load.warmup()) {
            cpuBefore = cpuNanos();
        }
        if (arrived == load.total()) {
            cpuAfter = cpuNanos();
        }
    }

    /** Waits until the server has all acknowledgements, or no update has come for a minute. */
    ClientReport await() throws InterruptedException {
        int before = -1;
        while (!complete.await(STALLED_SECONDS, TimeUnit.SECONDS)) {
            int now = arrivedSoFar();
            if (now == before) {
                break;
            }
            before = now;
        }
        double idlePercent = load.idleSeconds() > 0 ? idlePercent() : 0;
        System.gc();
        long liveHeap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        synchronized (this) {
            return new ClientReport(
                    load.total() - arrived,
                    twice,
                    outOfOrder,
                    load.messages() > 0 ? (cpuAfter - cpuBefore) / 1_000.0 / load.messages() : 0,
                    secondsToFirst,
                    idlePercent,
                    liveHeap >> 20);
        }
    }

    private synchronized int arrivedSoFar() {
        return arrived;
    }

    private double idlePercent() throws InterruptedException {
        TimeUnit.SECONDS.sleep(QUIET_SECONDS);
        long before = cpuNanos();
        long from = System.nanoTime();
        TimeUnit.SECONDS.sleep(load.idleSeconds());
        return 100.0 * (cpuNanos() - before) / (System.nanoTime() - from);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
