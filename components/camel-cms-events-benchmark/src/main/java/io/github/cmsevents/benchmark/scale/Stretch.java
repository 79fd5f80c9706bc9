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

/**
 * What a follower did from one moment to another.
 *
 * @param updates        that came to the route
 * @param cpuNanos       of all threads of the process
 * @param allocatedBytes by all threads
 */
public record Stretch(long updates, double seconds, long cpuNanos, long allocatedBytes, EventLoopDelay eventLoop) {

    private static final double NANOS_PER_MICRO = 1_000;

    public double updatesPerSecond() {
        return updates / seconds;
    }

    public double cpuMicrosPerUpdate() {
        return cpuNanos / NANOS_PER_MICRO / updates;
    }
}
