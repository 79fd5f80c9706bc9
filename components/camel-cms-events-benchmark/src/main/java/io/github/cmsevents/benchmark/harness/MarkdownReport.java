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
import java.util.Locale;

/** The results as tables to read. */
final class MarkdownReport {

    private final StringBuilder text = new StringBuilder();

    private MarkdownReport() {}

    static String of(Results results, List<Target> targets) {
        MarkdownReport report = new MarkdownReport();
        report.line("Measured on " + String.join("; ", results.environment()) + ".");
        if (results.gated() != null) {
            report.sideBySide("Gated: the next message after the last one's acknowledgement", results.gated());
            report.sideBySide(
                    "Windowed: " + Pacing.WINDOWED.outstanding() + " messages outstanding", results.windowed());
        }
        if (results.subscriptions() != null) {
            report.scaling(results);
        }
        if (results.starts() != null) {
            report.starts(results.starts());
        }
        if (results.scale() != null) {
            report.following(results.scale());
            report.bursts(results.scale());
            report.churn(results.scale());
            report.wholeRun(results.scale());
        }
        report.targets(targets);
        return report.text.toString();
    }

    private void sideBySide(String title, List<Series> series) {
        Series floor = Results.of(series, Contender.FLOOR);
        heading(title + " (" + floor.rounds().size() + " rounds of "
                + count(floor.plan().updates()) + " updates)");
        row(
                "client",
                "messages/s",
                "of the floor: median (min to max)",
                "ack p50 µs",
                "p99 µs",
                "p99.9 µs",
                "bytes/update",
                "CPU µs/update",
                "out of order",
                "not exactly once");
        row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (Series one : series) {
            row(
                    one.name(),
                    count(one.messagesPerSecond().median()),
                    spread(one.ratio(floor, round -> round.server().messagesPerSecond())),
                    count(one.spread(round -> round.server().p50Micros()).median()),
                    count(one.spread(round -> round.server().p99Micros()).median()),
                    count(one.spread(round -> round.server().p999Micros()).median()),
                    count(one.bytesPerUpdate().median()),
                    decimal(one.cpuMicrosPerUpdate().median()),
                    one.outOfOrder() == 0 ? "0" : decimal(100.0 * one.outOfOrder() / one.messages()) + " %",
                    count(one.lostOrTwice()));
        }
    }

    private void scaling(Results results) {
        heading("Cost with more of everything (medians of "
                + results.subscriptions().get(0).rounds().size() + " rounds)");
        row("subscriptions", "known participants each", "outstanding", "messages/s", "bytes/update", "CPU µs/update");
        row("--:", "--:", "--:", "--:", "--:", "--:");
        for (List<Series> growth : List.of(results.subscriptions(), results.known())) {
            for (Series one : growth) {
                row(
                        count(one.plan().subscriptions()),
                        count(one.plan().known()),
                        count(one.plan().outstanding()),
                        count(one.messagesPerSecond().median()),
                        count(one.bytesPerUpdate().median()),
                        decimal(one.cpuMicrosPerUpdate().median()));
            }
        }
    }

    private void starts(Starts starts) {
        heading("Starting (" + starts.with().size() + " fresh JVMs each)");
        row("what", "ms: median (min to max)");
        row("---", "--:");
        row("context without the component", millis(starts.contextMillisWithout()));
        row("context with it", millis(starts.contextMillisWith()));
        row("from there to the first update", millis(starts.firstUpdateMillis()));
    }

    private void following(Scale scale) {
        heading("Scale: until every call of a cluster is followed");
        row(
                "servers",
                "subscriptions",
                "participants",
                "after s",
                "CPU s",
                "live heap MiB",
                "event loop late p99 ms",
                "max ms",
                "longest round, CPU ms");
        row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (ScaleMeasurement size : scale.sizes()) {
            row(
                    count(size.servers()),
                    count(size.subscriptions()),
                    count(size.plan().participants()),
                    decimal(size.following().seconds()),
                    decimal(size.following().cpuNanos() / 1e9),
                    decimal(Scale.mebibytes(size.liveBytes())),
                    decimal(size.following().eventLoop().p99()),
                    decimal(size.following().eventLoop().max()),
                    decimal(size.following().eventLoop().longestRound()));
        }
    }

    private void bursts(Scale scale) {
        heading("Scale: changes as fast as they are acknowledged, five messages outstanding ("
                + count(scale.largest().plan().burst()) + " of anybody, as many of "
                + count(ScalePlan.FEW) + " people)");
        row("servers", "anybody: updates/s", "CPU µs/update", "as few as one server has: updates/s", "CPU µs/update");
        row("--:", "--:", "--:", "--:", "--:");
        for (ScaleMeasurement size : scale.sizes()) {
            row(
                    count(size.servers()),
                    count(size.burstOfAll().updatesPerSecond()),
                    decimal(size.burstOfAll().cpuMicrosPerUpdate()),
                    count(size.burstOfFew().updatesPerSecond()),
                    decimal(size.burstOfFew().cpuMicrosPerUpdate()));
        }
    }

    private void churn(Scale scale) {
        heading("Scale: what people do (" + scale.largest().plan().churnSeconds() + " s)");
        row(
                "servers",
                "updates/s",
                "CPU ms/s",
                "event loop late p50 ms",
                "p99 ms",
                "max ms",
                "longest round, CPU ms",
                "ack p50 ms",
                "p99 ms",
                "max ms",
                "news p50 ms",
                "p99 ms");
        row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (ScaleMeasurement size : scale.sizes()) {
            row(
                    count(size.servers()),
                    count(size.churn().updatesPerSecond()),
                    count(size.churnCpuMillisPerSecond()),
                    decimal(size.churn().eventLoop().p50()),
                    decimal(size.churn().eventLoop().p99()),
                    decimal(size.churn().eventLoop().max()),
                    decimal(size.churn().eventLoop().longestRound()),
                    decimal(size.acknowledgements().p50()),
                    decimal(size.acknowledgements().p99()),
                    decimal(size.acknowledgements().max()),
                    decimal(size.acknowledgements().newsP50()),
                    decimal(size.acknowledgements().newsP99()));
        }
    }

    private void wholeRun(Scale scale) {
        heading("Scale: all of it");
        row(
                "servers",
                "threads",
                "peak heap MiB",
                "live heap after all MiB",
                "GC pauses",
                "p99 ms",
                "max ms",
                "total ms",
                "messages",
                "not acknowledged once, limits not kept",
                "picture");
        row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---");
        for (ScaleMeasurement size : scale.sizes()) {
            row(
                    count(size.servers()),
                    count(size.follower().threads()),
                    count(Scale.mebibytes(size.follower().peakHeapBytes())),
                    decimal(Scale.mebibytes(size.liveBytesAfter())),
                    count(size.follower().pauses().count()),
                    count(size.follower().pauses().p99()),
                    count(size.follower().pauses().max()),
                    count(size.follower().pauses().total()),
                    count(size.serversReport().messages()),
                    count(size.breaches()),
                    size.agrees() ? "agrees" : "**differs**");
        }
    }

    private void targets(List<Target> targets) {
        heading("Targets");
        row("what", "wanted", "measured", "met");
        row("---", "---", "---", "---");
        targets.forEach(target -> row(target.what(), target.wanted(), target.got(), target.met() ? "yes" : "**no**"));
    }

    private void heading(String title) {
        line("");
        line("### " + title);
        line("");
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String spread(Spread spread) {
        return decimal(spread.median()) + " (" + decimal(spread.min()) + " to " + decimal(spread.max()) + ")";
    }

    private static String millis(Spread spread) {
        return count(spread.median()) + " (" + count(spread.min()) + " to " + count(spread.max()) + ")";
    }

    private static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
