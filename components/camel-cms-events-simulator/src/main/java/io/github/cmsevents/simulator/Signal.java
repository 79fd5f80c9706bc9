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
package io.github.cmsevents.simulator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets one thread wait for a condition that other threads bring about. */
final class Signal {

    private long raised;

    /** The condition may hold now. Called on any thread. */
    synchronized void raise() {
        raised++;
        notifyAll();
    }

    /**
     * Waits until a condition holds; evaluates it after each {@link #raise()} and at least every so often.
     *
     * @return false when it did not hold within the time
     */
    boolean await(BooleanSupplier condition, Duration within, Duration atLeastEvery) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            long seen = raised();
            if (condition.getAsBoolean()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            awaitRaise(seen, Math.min(left, atLeastEvery.toNanos()));
        }
    }

    private synchronized long raised() {
        return raised;
    }

    private synchronized void awaitRaise(long seen, long nanos) throws InterruptedException {
        if (raised == seen) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
    }
}
