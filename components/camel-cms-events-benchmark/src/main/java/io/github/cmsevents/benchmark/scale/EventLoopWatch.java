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
package io.github.cmsevents.benchmark.scale;

import io.vertx.core.AbstractVerticle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How late an event loop is for a timer of a millisecond, and how much it does before the timer has its turn again. The first
 * is in time that passes, and never much below a millisecond: the selector counts in these. The second is in processor time of
 * the loop's own: how long it waits for a processor, or for the garbage collector, says nothing of the component.
 */
final class EventLoopWatch extends AbstractVerticle {

    private static final long PERIOD_MILLIS = 1;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Histogram lateNanos = new Histogram(LONGEST, DIGITS);
    private long longestRound;
    private long due;
    private long cpuBefore;
    private Thread loop;
    private boolean ended;

    @Override
    public void start() {
        loop = Thread.currentThread();
        cpuBefore = threads.getCurrentThreadCpuTime();
        next();
    }

    private void next() {
        due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
        vertx.setTimer(PERIOD_MILLIS, timer -> turn());
    }

    private synchronized void turn() {
        if (ended) {
            return;
        }
        lateNanos.recordValue(Math.min(Math.max(0, System.nanoTime() - due), LONGEST));
        long cpu = threads.getCurrentThreadCpuTime();
        longestRound = Math.max(longestRound, cpu - cpuBefore);
        cpuBefore = cpu;
        next();
    }

    /** What the event loop's thread has done so far, in nanoseconds of a processor. */
    long cpuNanos() {
        return threads.getThreadCpuTime(loop.getId());
    }

    /** Watches no longer. */
    synchronized void end() {
        ended = true;
    }

    synchronized void reset() {
        lateNanos.reset();
        longestRound = 0;
    }

    synchronized EventLoopDelay delay() {
        return new EventLoopDelay(
                lateNanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                lateNanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
                lateNanos.getMaxValue() / NANOS_PER_MILLI,
                longestRound / NANOS_PER_MILLI);
    }
}
