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
package io.github.cmsevents.camel.internal.transport;

import java.time.Duration;

/** The event loop that all protocol state of a cluster lives on: its turns, timers, clock and randomness. */
public interface EventLoop {

    /** An action that runs later unless it is cancelled. */
    interface Timer {

        /** Does nothing if the action has run or was cancelled before. On the event loop only. */
        void cancel();
    }

    /** A timer with nothing to cancel. */
    Timer NONE = () -> {};

    /** Runs the action on this event loop after the delay. To be called on the event loop. */
    Timer after(Duration delay, Runnable action);

    /**
     * Runs the action in a turn of its own, in the order of the calls; from any thread.
     *
     * @return false, without running the action, if the event loop has ended
     */
    boolean run(Runnable action);

    /**
     * The time in milliseconds since the epoch. Never goes back: later changes of the machine's clock have no effect on it.
     */
    long millis();

    /** A random number from 0 (inclusive) to 1 (exclusive), for jitter. */
    double random();
}
