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
package io.github.cmsevents.camel.internal.status;

/** The largest of the values of the last one to two minutes: a maximum that never decays says nothing of today. */
final class RecentMaximum {

    private static final long WINDOW_MILLIS = 60_000;

    private long window;
    private long current;
    private long previous;

    /** @param now in milliseconds since 1970 */
    synchronized void record(long value, long now) {
        moveTo(now);
        current = Math.max(current, value);
    }

    synchronized long get(long now) {
        moveTo(now);
        return Math.max(current, previous);
    }

    private void moveTo(long now) {
        long present = now / WINDOW_MILLIS;
        if (present > window) {
            previous = present == window + 1 ? current : 0;
            current = 0;
            window = present;
        }
    }
}
