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
package io.github.cmsevents.benchmark.harness;

import io.github.cmsevents.benchmark.harness.Growth.Point;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Clusters of more and more servers, each followed by itself. */
record Scale(List<ScaleMeasurement> sizes) {

    private static final double MEBI = 1 << 20;

    /** Whether there are several of them. */
    boolean grows() {
        return sizes.size() > 1;
    }

    ScaleMeasurement largest() {
        return sizes.get(sizes.size() - 1);
    }

    static double mebibytes(long bytes) {
        return bytes / MEBI;
    }

    /** By the number of subscriptions. */
    Growth growth(ToDoubleFunction<ScaleMeasurement> figure) {
        return new Growth(points(figure));
    }

    List<Point> points(ToDoubleFunction<ScaleMeasurement> figure) {
        return sizes.stream()
                .map(size -> new Point(size.subscriptions(), figure.applyAsDouble(size)))
                .toList();
    }
}
