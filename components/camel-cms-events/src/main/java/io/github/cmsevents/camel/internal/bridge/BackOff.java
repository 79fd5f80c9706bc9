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
 * The delay before a retry: doubles from the initial delay up to the longest, with jitter so that the clients of a restarted
 * server do not all come at once.
 */
public record BackOff(Duration initial, Duration longest) {

    // A delay is between half of what is due and all of it.
    private static final double FIXED_SHARE = 0.5;

    // Past 2^30 times the initial delay every reasonable maximum is reached.
    private static final int MAX_DOUBLINGS = 30;

    /**
     * @param failures attempts that have failed in a row, from 1
     * @param random   from 0 up to 1
     */
    public Duration delay(int failures, double random) {
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        boolean reached = initial.toMillis() > longest.toMillis() >> doublings;
        long due = reached ? longest.toMillis() : initial.toMillis() << doublings;
        return Duration.ofMillis(Math.max(1, Math.round(due * (FIXED_SHARE + (1 - FIXED_SHARE) * random))));
    }
}
