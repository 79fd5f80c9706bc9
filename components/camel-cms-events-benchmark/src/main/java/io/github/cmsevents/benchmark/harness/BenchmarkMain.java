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

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.cmsevents.benchmark.client.StartReport;
import io.github.cmsevents.benchmark.harness.Contest.Entry;
import io.github.cmsevents.benchmark.load.LoadPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs everything, prints the tables, and leaves them with all figures of all rounds in the build directory. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Measures the component next to a bare socket and to a route that is written by hand.")
public final class BenchmarkMain implements Callable<Integer> {

    /** What can be left out. */
    enum Part {
        SIDE_BY_SIDE,
        SCALING,
        STARTING,
        SCALE
    }

    // A message that is not gated costs that much less time.
    private static final int WINDOWED_TO_GATED = 4;
    // They come so fast that the compiler needs more of them to be done with what Camel and Vert.x do for each.
    private static final int WINDOWED_WARMUP = 2;

    private static final int QUICK_ROUNDS = 3;
    private static final int QUICK_UPDATES = 10_000;

    // Growth is judged by what does not swing much, and each step takes as long as a run side by side.
    private static final int SCALING_ROUNDS = 3;
    private static final List<Integer> SUBSCRIPTIONS = List.of(1, 10, 100, 500);
    private static final List<Integer> KNOWN = List.of(10, 100, 1_000, 10_000);
    // Spread over the sockets of 100 subscriptions each, this is what a server that waits has out with five of them.
    private static final int SCALING_OUTSTANDING = 5;

    private static final List<Integer> SERVERS = List.of(1, 3, 6, 12, 24);
    private static final List<Integer> QUICK_SERVERS = List.of(1, 2, 3);
    private static final int QUICK_BURST = 10_000;
    private static final int BURST_WARMUP = 100_000;
    private static final int BURST = 60_000;
    private static final int QUICK_CHURN_SECONDS = 2;
    private static final int CHURN_WARMUP_SECONDS = 3;
    private static final int CHURN_SECONDS = 20;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds side by side. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--updates",
            defaultValue = "100000",
            description =
                    "Updates measured in a gated run; in a windowed one it is four times as many. As many again go"
                            + " before, to warm up; in a windowed one twice as many. Default: ${DEFAULT-VALUE}.")
    private int updates;

    @Option(
            names = "--quick",
            description = "Few rounds of few updates: whether it works, rather than how fast. Figures of JVMs that are"
                    + " not warm say little.")
    private boolean quick;

    @Option(names = "--only", split = ",", description = "Only these parts: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--servers",
            split = ",",
            description =
                    "How many servers the clusters of the part scale have, from few to many. Default: 1,3,6,12,24;"
                            + " with --quick 1,2,3.")
    private List<Integer> servers;

    @Option(names = "--no-spinners", description = "Let cores idle that have nothing to do.")
    private boolean withoutSpinners;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarkMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (quick) {
            rounds = QUICK_ROUNDS;
            updates = QUICK_UPDATES;
        }
        int cores = Runtime.getRuntime().availableProcessors();
        try (Spinners spinners = withoutSpinners
                ? Spinners.none("no spinners: gated figures swing with idle cores")
                : Spinners.start(cores)) {
            Results results = Results.none(environment(cores, spinners));
            if (parts.stream().anyMatch(part -> part != Part.SCALE)) {
                results = compare(results.environment());
            }
            if (parts.contains(Part.SCALE)) {
                results = results.with(scale());
            }
            publish(results);
            return isTrue(results) ? 0 : 1;
        }
    }

    private Results compare(List<String> environment) throws IOException, InterruptedException {
        try (Laboratory laboratory = new Laboratory()) {
            Contest contest = new Contest(laboratory, BenchmarkMain::say);
            say("Warming up the load server");
            laboratory.measure(Contender.FLOOR, plan(Pacing.WINDOWED));
            boolean sideBySide = parts.contains(Part.SIDE_BY_SIDE);
            boolean scaling = parts.contains(Part.SCALING);
            return new Results(
                    environment,
                    sideBySide ? sideBySide(contest, Pacing.GATED) : null,
                    sideBySide ? sideBySide(contest, Pacing.WINDOWED) : null,
                    scaling ? moreSubscriptions(contest) : null,
                    scaling ? moreKnown(contest) : null,
                    parts.contains(Part.STARTING) ? starts(laboratory) : null,
                    null);
        }
    }

    private Scale scale() throws IOException, InterruptedException {
        List<Integer> sizes = servers != null ? servers : quick ? QUICK_SERVERS : SERVERS;
        List<ScaleMeasurement> measurements = new ArrayList<>();
        for (int size : sizes) {
            ScaleMeasurement measurement = ScaleLaboratory.measure(
                    quick
                            ? ScalePlan.of(size, QUICK_BURST, QUICK_BURST, 1, QUICK_CHURN_SECONDS)
                            : ScalePlan.of(size, BURST_WARMUP, BURST, CHURN_WARMUP_SECONDS, CHURN_SECONDS));
            measurements.add(measurement);
            say(String.format(
                    "scale, %d servers: %.0f updates/s, %s",
                    size,
                    measurement.churn().updatesPerSecond(),
                    measurement.agrees() ? "the pictures agree" : "THE PICTURES DIFFER: " + measurement));
        }
        return new Scale(measurements);
    }

    /** A cluster that was not followed truly is not a figure that is missed: it is a defect. */
    private static boolean isTrue(Results results) {
        return results.scale() == null || results.scale().sizes().stream().allMatch(ScaleMeasurement::agrees);
    }

    private LoadPlan plan(Pacing pacing) {
        boolean gated = pacing == Pacing.GATED;
        int measured = gated ? updates : WINDOWED_TO_GATED * updates;
        int warmup = gated ? measured : WINDOWED_WARMUP * measured;
        return LoadPlan.ofOneCall(pacing.outstanding(), warmup, measured);
    }

    private List<Series> sideBySide(Contest contest, Pacing pacing) throws IOException, InterruptedException {
        LoadPlan plan = plan(pacing);
        List<Entry> entries = Contender.ALL.stream()
                .map(contender -> new Entry(contender, plan))
                .toList();
        return contest.hold(pacing.name().toLowerCase(), entries, rounds);
    }

    private List<Series> moreSubscriptions(Contest contest) throws IOException, InterruptedException {
        List<Entry> entries = SUBSCRIPTIONS.stream()
                .map(count -> new Entry(
                        Contender.rosters(count), new LoadPlan(SCALING_OUTSTANDING, updates, updates, count, 1)))
                .toList();
        return contest.hold("subscriptions", entries, Math.min(rounds, SCALING_ROUNDS));
    }

    private List<Series> moreKnown(Contest contest) throws IOException, InterruptedException {
        List<Entry> entries = KNOWN.stream()
                .map(known ->
                        new Entry(Contender.rosters(1), new LoadPlan(SCALING_OUTSTANDING, updates, updates, 1, known)))
                .toList();
        return contest.hold("known participants", entries, Math.min(rounds, SCALING_ROUNDS));
    }

    private Starts starts(Laboratory laboratory) throws IOException, InterruptedException {
        List<StartReport> with = new ArrayList<>();
        List<StartReport> without = new ArrayList<>();
        for (int round = 0; round < 2 * rounds; round++) {
            without.add(laboratory.start(false));
            with.add(laboratory.start(true));
        }
        say("starting: done");
        return new Starts(with, without);
    }

    private static List<String> environment(int cores, Spinners spinners) {
        return List.of(
                cores + " cores, " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                spinners.description());
    }

    private static void publish(Results results) throws IOException {
        List<Target> targets = Targets.judge(results);
        String tables = MarkdownReport.of(results, targets);
        Path directory = Path.of(System.getProperty("benchmark.directory", "target"));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("benchmark.md"), tables);
        if (results.scale() != null && results.scale().grows()) {
            Files.writeString(directory.resolve("scale.svg"), ScaleChart.svg(results.scale(), results.environment()));
        }
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(
                        directory.resolve("benchmark.json").toFile(), Map.of("results", results, "targets", targets));
        System.out.println();
        System.out.println(tables);
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
