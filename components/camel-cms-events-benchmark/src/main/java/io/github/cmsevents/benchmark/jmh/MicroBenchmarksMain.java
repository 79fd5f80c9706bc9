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
package io.github.cmsevents.benchmark.jmh;

import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** All micro benchmarks with the allocation profiler. Takes the arguments of JMH, such as {@code -f 1 Decode}. */
public final class MicroBenchmarksMain {

    private static final int FORKS = 3;
    private static final int ITERATIONS = 5;

    private MicroBenchmarksMain() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(System.getProperty("benchmark.directory", "target"));
        Files.createDirectories(directory);
        CommandLineOptions asked = new CommandLineOptions(args);
        Options options = new OptionsBuilder()
                .parent(asked)
                .forks(asked.getForkCount().orElse(FORKS))
                .warmupIterations(asked.getWarmupIterations().orElse(ITERATIONS))
                .warmupTime(asked.getWarmupTime().orElse(TimeValue.seconds(1)))
                .measurementIterations(asked.getMeasurementIterations().orElse(ITERATIONS))
                .measurementTime(asked.getMeasurementTime().orElse(TimeValue.seconds(1)))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(directory.resolve("micro-benchmarks.json").toString())
                .build();
        new Runner(options).run();
    }
}
