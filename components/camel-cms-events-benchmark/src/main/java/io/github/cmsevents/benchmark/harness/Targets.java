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

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the component is to reach, judged by the medians of one run of the benchmark. */
final class Targets {

    private static final ToDoubleFunction<Measurement> RATE =
            round -> round.server().messagesPerSecond();
    private static final ToDoubleFunction<Measurement> P99 =
            round -> round.server().p99Micros();

    // What a machine's mood alone can make of two equal runs.
    private static final double FLAT = 1.25;

    private static final int KIBI = 1024;

    private Targets() {}

    static List<Target> judge(Results results) {
        List<Target> targets = new ArrayList<>();
        if (results.gated() != null) {
            gated(results.gated(), targets);
            windowed(results.windowed(), targets);
            delivery(results, targets);
            allocation(results.gated(), targets);
        }
        if (results.subscriptions() != null) {
            flat("subscriptions", results.subscriptions(), targets);
            flat("known participants", results.known(), targets);
        }
        if (results.starts() != null) {
            starts(results.starts(), targets);
        }
        if (results.scale() != null) {
            targets.addAll(ScaleTargets.judge(results.scale()));
        }
        return targets;
    }

    private static void gated(List<Series> series, List<Target> targets) {
        Series floor = Results.of(series, Contender.FLOOR);
        Series received = Results.of(series, Contender.RECEIVED);
        Series processed = Results.of(series, Contender.PROCESSED);
        targets.add(Target.atLeast(
                "gated, received: messages/s",
                0.95,
                " of the floor",
                received.ratio(floor, RATE).median()));
        targets.add(Target.atLeast(
                "gated, processed: messages/s",
                0.80,
                " of the floor",
                processed.ratio(floor, RATE).median()));
        // Not windowed: with so many messages always out, the time to an acknowledgement only says the rate once more.
        targets.add(Target.atMost(
                "gated, received: ack p99",
                1.5,
                " of the floor's",
                received.ratio(floor, P99).median()));
        targets.add(Target.atMost(
                "gated, processed: ack p99",
                1.5,
                " of the floor's",
                processed.ratio(floor, P99).median()));
    }

    private static void windowed(List<Series> series, List<Target> targets) {
        Series floor = Results.of(series, Contender.FLOOR);
        Series peer = Results.of(series, Contender.PEER);
        for (Contender contender : List.of(Contender.RECEIVED, Contender.PROCESSED)) {
            Series ours = Results.of(series, contender);
            String what = "windowed, " + contender.name().replaceFirst(".*, ", "") + ": messages/s";
            targets.add(Target.atLeast(
                    what, 0.50, " of the floor", ours.ratio(floor, RATE).median()));
            targets.add(Target.atLeast(
                    what, 3.4, " of the peer", ours.ratio(peer, RATE).median()));
        }
    }

    private static void delivery(Results results, List<Target> targets) {
        int outOfOrder = 0;
        int lostOrTwice = 0;
        for (List<Series> pacing : List.of(results.gated(), results.windowed())) {
            for (Series series : pacing) {
                if (!series.name().equals(Contender.PEER.name())) {
                    outOfOrder += series.outOfOrder();
                    lostOrTwice += series.lostOrTwice();
                }
            }
        }
        targets.add(Target.atMost("out of order", 0, "", outOfOrder));
        targets.add(Target.atMost("not exactly once", 0, "", lostOrTwice));
    }

    private static void allocation(List<Series> series, List<Target> targets) {
        double floor = Results.of(series, Contender.FLOOR).bytesPerUpdate().median();
        for (Contender contender : List.of(Contender.RECEIVED, Contender.PROCESSED)) {
            double ours = Results.of(series, contender).bytesPerUpdate().median();
            targets.add(Target.atMost(
                    "gated, " + contender.name().replaceFirst(".*, ", "") + ": allocated per update, above the floor",
                    1.5,
                    " KiB",
                    (ours - floor) / KIBI));
        }
    }

    private static void flat(String what, List<Series> series, List<Target> targets) {
        Series fewest = series.get(0);
        Series most = series.get(series.size() - 1);
        targets.add(Target.atMost(
                "CPU per update, most " + what + " to fewest",
                FLAT,
                " times",
                most.ratio(fewest, round -> round.client().cpuMicrosPerUpdate()).median()));
        targets.add(Target.atMost(
                "allocated per update, most " + what + " to fewest",
                FLAT,
                " times",
                most.ratio(fewest, round -> round.client().bytesPerUpdate()).median()));
    }

    private static void starts(Starts starts, List<Target> targets) {
        targets.add(Target.atMost(
                "first update after the context has started",
                300,
                " ms",
                starts.firstUpdateMillis().median()));
        targets.add(Target.atMost(
                "context with the component, to one without",
                1.1,
                " times",
                starts.contextMillisWith().median()
                        / starts.contextMillisWithout().median()));
    }
}
