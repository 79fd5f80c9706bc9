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

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the servers have seen of their client. Lives on the servers' event loop. */
final class Ledger {

    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1_000_000;

    private final Histogram acknowledgementNanos = new Histogram(LONGEST, DIGITS);
    private final Histogram newsNanos = new Histogram(LONGEST, DIGITS);
    private long sent;
    private long acknowledged;
    private int strays;
    private int breaches;

    void sent() {
        sent++;
    }

    /**
     * A message is acknowledged.
     *
     * @param nanosSinceSent      since it went out
     * @param nanosSinceThoughtOf since what it tells has happened; until it went out it has waited for its turn
     */
    void acknowledged(long nanosSinceSent, long nanosSinceThoughtOf) {
        acknowledged++;
        acknowledgementNanos.recordValue(Math.min(nanosSinceSent, LONGEST));
        newsNanos.recordValue(Math.min(nanosSinceThoughtOf, LONGEST));
    }

    void strayed() {
        strays++;
    }

    void breached() {
        breaches++;
    }

    /** Times are taken from now on. */
    void forgetTimes() {
        acknowledgementNanos.reset();
        newsNanos.reset();
    }

    Acknowledgements acknowledgements() {
        return new Acknowledgements(
                acknowledgementNanos.getTotalCount(),
                millis(acknowledgementNanos, 50),
                millis(acknowledgementNanos, 99),
                millis(acknowledgementNanos, 100),
                millis(newsNanos, 50),
                millis(newsNanos, 99));
    }

    long unacknowledged() {
        return sent - acknowledged;
    }

    long messages() {
        return sent;
    }

    int strays() {
        return strays;
    }

    int breaches() {
        return breaches;
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
