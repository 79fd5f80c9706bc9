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

import java.util.Collection;

/** Pauses of the garbage collector, in milliseconds; the JVM tells them in whole ones. */
public record Pauses(int count, long p99, long max, long total) {

    static Pauses of(Collection<Long> millis) {
        long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return new Pauses(0, 0, 0, 0);
        }
        int rankOfP99 = (int) Math.ceil(0.99 * sorted.length);
        return new Pauses(
                sorted.length,
                sorted[rankOfP99 - 1],
                sorted[sorted.length - 1],
                millis.stream().mapToLong(Long::longValue).sum());
    }
}
