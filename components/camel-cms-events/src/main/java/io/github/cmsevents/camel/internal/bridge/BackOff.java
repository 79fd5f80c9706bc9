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

import java.time.Duration;

/**
 * How long to wait before trying again: doubling from the initial delay up to the longest, with jitter so that clients
 * of a restarted server don't all come at once.
 *
 * @param initial the wait after the first failure
 * @param max     the longest wait
 */
public record BackOff(Duration initial, Duration max) {

    // The spread of the jitter: a wait is between half of what is due and all of it.
    private static final double FIXED_SHARE = 0.5;

    /**
     * @param failures how many attempts have failed in a row, from 1
     * @param random   from 0 up to 1
     */
    public Duration delay(int failures, double random) {
        // Past 2^30 times the initial delay every reasonable maximum is reached.
        int doublings = Math.min(failures - 1, 30);
        long due = Math.min(max.toMillis(), initial.toMillis() << doublings);
        if (due < 0 || initial.toMillis() > max.toMillis() >> doublings) {
            due = max.toMillis();
        }
        return Duration.ofMillis(Math.max(1, Math.round(due * (FIXED_SHARE + (1 - FIXED_SHARE) * random))));
    }

    /** The longest wait, with no jitter that would shorten it. */
    public Duration longest() {
        return max;
    }
}
