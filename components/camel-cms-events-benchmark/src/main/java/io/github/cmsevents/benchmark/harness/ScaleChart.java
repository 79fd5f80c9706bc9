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
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** How what a follower takes grows with the cluster, as an SVG picture. */
final class ScaleChart {

    private static final int CAPTION = 46;

    private static final String STYLE = """
            <style>
            text { font-family: sans-serif; fill: #222; }
            .title { font-size: 13px; font-weight: bold; }
            .label { font-size: 11px; }
            .axis { stroke: #444; }
            .grid { stroke: #ddd; }
            .linear { fill: none; stroke: #888; stroke-width: 1.5; stroke-dasharray: 5 4; }
            .measured { fill: none; stroke: #0b5cad; stroke-width: 2; }
            .point { fill: #0b5cad; }
            </style>
            """;

    private ScaleChart() {}

    /** @param environment what it was measured on */
    static String svg(Scale scale, List<String> environment) {
        List<LineChart> charts = List.of(
                chart("Live heap, MiB", scale, size -> Scale.mebibytes(size.liveBytes())),
                chart("Until all are followed, s", scale, size -> size.following()
                        .seconds()),
                chart("CPU in the churn, ms per s", scale, ScaleMeasurement::churnCpuMillisPerSecond));
        int width = charts.size() * LineChart.WIDTH;
        int height = LineChart.HEIGHT + CAPTION;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
                width, height, width, height));
        svg.append("<title>What following a cluster takes, by the number of subscriptions</title>\n");
        svg.append(STYLE);
        svg.append(String.format("<rect width=\"%d\" height=\"%d\" fill=\"#fdfdfd\"/>%n", width, height));
        for (int i = 0; i < charts.size(); i++) {
            svg.append(charts.get(i).svg(i * LineChart.WIDTH));
        }
        ScaleMeasurement largest = scale.largest();
        caption(
                svg,
                0,
                String.format(
                        Locale.ROOT,
                        "Clusters of %s servers, the largest with %,d participants. Dashed: linear, as the smaller ones grow.",
                        scale.sizes().stream()
                                .map(size -> Integer.toString(size.servers()))
                                .collect(Collectors.joining(", ")),
                        largest.plan().participants()));
        caption(svg, 1, "Measured on " + String.join("; ", environment) + ".");
        return svg.append("</svg>\n").toString();
    }

    private static LineChart chart(String title, Scale scale, ToDoubleFunction<ScaleMeasurement> figure) {
        List<Point> points = scale.points(figure);
        Growth growth = scale.growth(figure);
        List<Point> linear = List.of(points.get(0), points.get(points.size() - 1)).stream()
                .map(end -> new Point(end.x(), growth.linear(end.x())))
                .toList();
        return new LineChart(title, "subscriptions", points, linear);
    }

    private static void caption(StringBuilder svg, int line, String text) {
        svg.append(String.format(
                "<text class=\"label\" x=\"16\" y=\"%d\">%s</text>%n",
                LineChart.HEIGHT + 14 + 17 * line, escaped(text)));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
