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
package io.github.cmsevents.benchmark;

import static io.github.cmsevents.benchmark.Result.CPU;
import static io.github.cmsevents.benchmark.Result.IDLE;
import static io.github.cmsevents.benchmark.Result.LIVE_HEAP;
import static io.github.cmsevents.benchmark.Result.OUT_OF_ORDER;
import static io.github.cmsevents.benchmark.Result.RATE;
import static io.github.cmsevents.benchmark.Result.SECONDS_TO_FIRST;

import io.github.cmsevents.benchmark.Result.Run;
import io.github.cmsevents.benchmark.client.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Writes results as Markdown. */
final class Tables {

    private static final String OF_FLOOR = "of the floor";
    private static final String OF_ROUTE = "of the hand-written route";

    private Tables() {}

    static String of(Result result) {
        Load load = result.scenario().load();
        List<String> heads = new ArrayList<>(List.of("client"));
        if (load.idleSeconds() > 0) {
            heads.addAll(List.of("CPU, % of a core", OF_FLOOR, OF_ROUTE));
        } else {
            heads.addAll(
                    List.of("messages/s", OF_FLOOR, OF_ROUTE, "CPU µs/message", OF_FLOOR, OF_ROUTE, "out of order"));
        }
        if (load.follow()) {
            heads.addAll(List.of("s to first update", "live heap MiB"));
        }
        StringBuilder text = new StringBuilder(format(
                        "### %s%n%nWarm-up: %,d messages. Measured: %s.%n%n",
                        result.scenario().title(),
                        load.warmup(),
                        load.idleSeconds() > 0
                                ? load.idleSeconds() + " s without messages"
                                : format("%,d messages", load.messages())))
                .append(row(heads))
                .append("| --- |")
                .append(" --: |".repeat(heads.size() - 1))
                .append(System.lineSeparator());
        result.scenario().clients().forEach(client -> text.append(row(cells(result, client))));
        return text.toString();
    }

    private static List<String> cells(Result result, Client client) {
        Load load = result.scenario().load();
        List<String> cells = new ArrayList<>(List.of(client.title()));
        if (load.idleSeconds() > 0) {
            addWithRatios(cells, result, client, IDLE, "%.2f");
        } else {
            addWithRatios(cells, result, client, RATE, "%,.0f");
            addWithRatios(cells, result, client, CPU, "%.1f");
            cells.add(format("%,.0f", result.median(client, OUT_OF_ORDER)));
        }
        if (load.follow()) {
            cells.add(format("%.1f", result.median(client, SECONDS_TO_FIRST)));
            cells.add(format("%.0f", result.median(client, LIVE_HEAP)));
        }
        return cells;
    }

    private static void addWithRatios(
            List<String> cells, Result result, Client client, ToDoubleFunction<Run> figure, String format) {
        cells.add(format(format, result.median(client, figure)));
        cells.add(format("%.2f", result.ratio(client, Client.FLOOR, figure)));
        cells.add(format("%.2f", result.ratio(client, Client.HAND_WRITTEN, figure)));
    }

    /** The targets of those scenarios that were run. */
    static String targets(List<Result> results) {
        StringBuilder text = new StringBuilder(format("### Targets (cms-events, processed)%n%n"))
                .append(row(List.of("figure", "target", "measured", "met")))
                .append(row(List.of("---", "--:", "--:", "---")));
        for (Result result : results) {
            targets(result).forEach(text::append);
        }
        return text.toString();
    }

    private static List<String> targets(Result result) {
        List<String> rows = new ArrayList<>();
        switch (result.scenario().name()) {
            case "gated" -> {
                rows.add(atMost("1 outstanding: CPU/message to the hand-written route", 0.8, toRoute(result, CPU)));
                rows.add(atLeast("1 outstanding: messages/s to the hand-written route", 1.0, toRoute(result, RATE)));
                rows.add(atLeast("1 outstanding: messages/s to the floor", 0.45, toFloor(result, RATE)));
            }
            case "windowed" -> {
                rows.add(atLeast("64 outstanding: messages/s to the floor", 0.42, toFloor(result, RATE)));
                rows.add(atLeast("64 outstanding: messages/s to the hand-written route", 1.4, toRoute(result, RATE)));
                rows.add(atMost(
                        "64 outstanding: messages out of order", 0, result.highest(Client.PROCESSED, OUT_OF_ORDER)));
            }
            case "roundtrip" ->
                rows.add(atLeast("1 ms round trip: messages/s to the floor", 0.92, toFloor(result, RATE)));
            case "idle" ->
                rows.add(atMost(
                        "idle with 500 subscriptions: CPU, % of a core", 0.5, result.median(Client.PROCESSED, IDLE)));
            default -> {
                // No target.
            }
        }
        return rows;
    }

    private static double toFloor(Result result, ToDoubleFunction<Run> figure) {
        return result.ratio(Client.PROCESSED, Client.FLOOR, figure);
    }

    private static double toRoute(Result result, ToDoubleFunction<Run> figure) {
        return result.ratio(Client.PROCESSED, Client.HAND_WRITTEN, figure);
    }

    private static String atLeast(String figure, double target, double measured) {
        return row(List.of(
                figure, format(">= %.2f", target), format("%.2f", measured), measured >= target ? "yes" : "NO"));
    }

    private static String atMost(String figure, double target, double measured) {
        return row(List.of(
                figure, format("<= %.2f", target), format("%.2f", measured), measured <= target ? "yes" : "NO"));
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |" + System.lineSeparator();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
