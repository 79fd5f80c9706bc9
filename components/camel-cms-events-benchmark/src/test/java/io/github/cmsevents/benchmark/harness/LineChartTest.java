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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.benchmark.harness.Growth.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineChartTest {

    @Test
    void hasRoundTicksThatReachTheHighest() {
        assertThat(LineChart.ticks(12_000)).containsExactly(0, 5_000, 10_000, 15_000);
        assertThat(LineChart.ticks(61.2)).containsExactly(0, 20, 40, 60, 80);
        assertThat(LineChart.ticks(7)).containsExactly(0, 2, 4, 6, 8);
        assertThat(LineChart.ticks(0.9)).containsExactly(0, 0.25, 0.5, 0.75, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.003, 1, 9.99, 10, 11, 4_999, 5_000, 123_456_789})
    void hasAFewTicksWhateverTheHighest(double highest) {
        double[] ticks = LineChart.ticks(highest);

        assertThat(ticks).hasSizeBetween(3, 6).isSorted();
        assertThat(ticks[ticks.length - 1]).isGreaterThanOrEqualTo(highest);
        assertThat(ticks[ticks.length - 2]).isLessThan(highest);
    }

    @Test
    void putsLargerFiguresFurtherRightAndHigherUp() {
        assertThat(LineChart.x(24, 24)).isGreaterThan(LineChart.x(12, 24)).isLessThan(LineChart.WIDTH);
        assertThat(LineChart.y(24, 24)).isLessThan(LineChart.y(12, 24)).isGreaterThan(0);
        assertThat(LineChart.x(12, 24)).isEqualTo((LineChart.x(0, 24) + LineChart.x(24, 24)) / 2);
    }

    @Test
    void drawsWhatWasMeasuredAndTheDashedLineAtTheSamePlaces() {
        List<Point> points = List.of(new Point(500, 5), new Point(1_000, 10));

        String svg = new LineChart("Heap", "subscriptions", points, points).svg(0);

        String measured = svg.replaceAll("(?s).*<polyline class=\"measured\" (points=\"[^\"]*\").*", "$1");
        assertThat(measured).startsWith("points=");
        assertThat(svg).contains("<polyline class=\"linear\" " + measured);
    }
}
