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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line through some points with a dashed one beside it, as a part of an SVG picture. Written as text: Java's own graphics
 * need fonts, which a server may not have, while whoever looks at an SVG picture has some.
 *
 * @param title  with the unit of the figures
 * @param linear what the dashed line has at each size
 */
record LineChart(String title, String sizes, List<Point> points, List<Point> linear) {

    static final int WIDTH = 320;
    static final int HEIGHT = 280;

    // What is left for figures and words at the sides.
    private static final int LEFT = 48;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 48;
    private static final int TICKS = 4;

    /** @param left where on the picture the chart begins, in pixels from the left */
    String svg(int left) {
        double[] xTicks = ticks(highest(true));
        double[] yTicks = ticks(highest(false));
        StringBuilder svg = new StringBuilder();
        svg.append(String.format("<g transform=\"translate(%d,0)\">%n", left));
        text(svg, WIDTH / 2.0, 18, "middle", "title", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10.0, "middle", "label", sizes);
        double xMost = xTicks[xTicks.length - 1];
        double yMost = yTicks[yTicks.length - 1];
        for (double tick : yTicks) {
            double y = y(tick, yMost);
            line(svg, LEFT, y, WIDTH - RIGHT, y, tick == 0 ? "axis" : "grid");
            text(svg, LEFT - 6.0, y + 4, "end", "label", figure(tick));
        }
        for (double tick : xTicks) {
            double x = x(tick, xMost);
            line(svg, x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4.0, "axis");
            text(svg, x, HEIGHT - BOTTOM + 17.0, "middle", "label", figure(tick));
        }
        svg.append(polyline(linear, xMost, yMost, "linear"));
        svg.append(polyline(points, xMost, yMost, "measured"));
        for (Point point : points) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>%n",
                    x(point.x(), xMost),
                    y(point.y(), yMost)));
        }
        return svg.append("</g>\n").toString();
    }

    private double highest(boolean x) {
        List<Point> all = new ArrayList<>(points);
        all.addAll(linear);
        return all.stream()
                .mapToDouble(point -> x ? point.x() : point.y())
                .max()
                .orElseThrow();
    }

    /** Round figures from 0 on, the last of which is not below the highest that there is. */
    static double[] ticks(double highest) {
        double rough = Math.max(highest, Double.MIN_NORMAL) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = 10 * power;
        for (double round : new double[] {1, 2, 2.5, 5}) {
            if (round * power >= rough) {
                step = round * power;
                break;
            }
        }
        double[] ticks = new double[(int) Math.ceil(highest / step) + 1];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = i * step;
        }
        return ticks;
    }

    static double x(double value, double most) {
        return LEFT + value / most * (WIDTH - LEFT - RIGHT);
    }

    /** Upwards, while those of a picture go down. */
    static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    }

    private static String polyline(List<Point> points, double xMost, double yMost, String kind) {
        StringBuilder line = new StringBuilder("<polyline class=\"" + kind + "\" points=\"");
        for (Point point : points) {
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.x(), xMost), y(point.y(), yMost)));
        }
        return line.toString().stripTrailing() + "\"/>\n";
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String kind) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String kind, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                kind,
                anchor,
                x,
                y,
                ScaleChart.escaped(text)));
    }

    private static String figure(double tick) {
        return tick == Math.rint(tick) ? String.format(Locale.ROOT, "%,.0f", tick) : Double.toString(tick);
    }
}
