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

    private Tables() {}

    static String of(Result result) {
        Load load = result.scenario().load();
        StringBuilder text = new StringBuilder(
                format("### %s%n%nWarm-up: %,d messages. ", result.scenario().title(), load.warmup()));
        if (load.idleSeconds() > 0) {
            text.append(format("Then no messages, measured for %d s.%n%n", load.idleSeconds()))
                    .append(row("client", "CPU, % of a core", "of the floor", "of the hand-written route"))
                    .append(row("---", "--:", "--:", "--:"));
        } else {
            text.append(format("Measured: %,d messages.%n%n", load.messages()))
                    .append(row(
                            "client",
                            "messages/s",
                            "of the floor",
                            "of the hand-written route",
                            "CPU µs/message",
                            "of the floor",
                            "of the hand-written route",
                            "out of order",
                            "s to first update",
                            "live heap MiB"))
                    .append(row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
        }
        for (Client client : result.scenario().clients()) {
            text.append(load.idleSeconds() > 0 ? idleRow(result, client) : loadRow(result, client));
        }
        return text.toString();
    }

    private static String loadRow(Result result, Client client) {
        return row(
                client.title(),
                format("%,.0f", result.median(client, RATE)),
                ratio(result, client, Client.FLOOR, RATE),
                ratio(result, client, Client.HAND_WRITTEN, RATE),
                format("%.1f", result.median(client, CPU)),
                ratio(result, client, Client.FLOOR, CPU),
                ratio(result, client, Client.HAND_WRITTEN, CPU),
                format("%,.0f", result.median(client, OUT_OF_ORDER)),
                format("%.1f", result.median(client, SECONDS_TO_FIRST)),
                format("%.0f", result.median(client, LIVE_HEAP)));
    }

    private static String idleRow(Result result, Client client) {
        return row(
                client.title(),
                format("%.2f", result.median(client, IDLE)),
                ratio(result, client, Client.FLOOR, IDLE),
                ratio(result, client, Client.HAND_WRITTEN, IDLE));
    }

    /** The targets of those scenarios that were run. */
    static String targets(List<Result> results) {
        StringBuilder text = new StringBuilder(format("### Targets (cms-events, processed)%n%n"))
                .append(row("figure", "target", "measured", "met"))
                .append(row("---", "--:", "--:", "---"));
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
        return row(figure, format(">= %.2f", target), format("%.2f", measured), measured >= target ? "yes" : "NO");
    }

    private static String atMost(String figure, double target, double measured) {
        return row(figure, format("<= %.2f", target), format("%.2f", measured), measured <= target ? "yes" : "NO");
    }

    private static String ratio(Result result, Client client, Client other, ToDoubleFunction<Run> figure) {
        return format("%.2f", result.ratio(client, other, figure));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |" + System.lineSeparator();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
