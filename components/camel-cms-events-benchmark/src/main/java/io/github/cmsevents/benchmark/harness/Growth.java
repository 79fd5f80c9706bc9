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

import java.util.List;

/** How a figure grows with the size of something. */
final class Growth {

    /**
     * A figure at one size.
     *
     * @param x the size
     */
    record Point(double x, double y) {}

    private final List<Point> smaller;
    private final Point largest;

    /**
     * @param points by size, the largest last
     * @throws IllegalArgumentException if there are fewer than two, or two of the same size
     */
    Growth(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).x <= points.get(i - 1).x) {
                throw new IllegalArgumentException("Sizes have to grow: " + points);
            }
        }
        if (points.size() < 2) {
            throw new IllegalArgumentException("Growth takes two sizes: " + points);
        }
        this.smaller = List.copyOf(points.subList(0, points.size() - 1));
        this.largest = points.get(points.size() - 1);
    }

    /** The figure at the largest size, to its median at the others. */
    double toSmaller() {
        return largest.y / Spread.of(smaller.stream().map(Point::y).toList()).median();
    }

    /** What is had of the figure for each unit of the size at the largest one, to the median of that at the others. */
    double perUnitToSmaller() {
        return largest.y
                / largest.x
                / Spread.of(smaller.stream().map(point -> point.y / point.x).toList())
                        .median();
    }

    /** The figure at the largest size, to what it would be if it grew on as it did up to there. */
    double toLinear() {
        return largest.y / linear(largest.x);
    }

    /** The straight line that is nearest to the figures at the smaller sizes; with only one of them, from nothing. */
    double linear(double x) {
        double meanX = smaller.stream().mapToDouble(Point::x).average().orElseThrow();
        double meanY = smaller.stream().mapToDouble(Point::y).average().orElseThrow();
        if (smaller.size() == 1) {
            return meanY * x / meanX;
        }
        double products = smaller.stream()
                .mapToDouble(point -> (point.x - meanX) * (point.y - meanY))
                .sum();
        double squares = smaller.stream()
                .mapToDouble(point -> (point.x - meanX) * (point.x - meanX))
                .sum();
        return meanY + products / squares * (x - meanX);
    }
}
