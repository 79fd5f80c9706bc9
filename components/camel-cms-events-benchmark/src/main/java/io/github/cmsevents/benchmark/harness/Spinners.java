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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the cores from idling: a core that sleeps takes long to wake up, which is most of a gated round trip and differs
 * from machine to machine. One process for each core, at the lowest priority that the system has to offer, so that it only
 * takes what nobody else wants.
 */
final class Spinners implements AutoCloseable {

    // The first is scheduled only when nobody else is; the second still takes a little.
    private static final List<List<String>> LOWEST_PRIORITY =
            List.of(List.of("chrt", "--idle", "0"), List.of("nice", "-n", "19"));

    private final List<Process> processes = new ArrayList<>();
    private final String description;

    private Spinners(String description) {
        this.description = description;
    }

    /** None where the system has no way to keep them out of everybody's way. */
    static Spinners start(int cores) throws IOException, InterruptedException {
        for (List<String> priority : LOWEST_PRIORITY) {
            if (works(priority)) {
                Spinners spinners = new Spinners("one spinner per core (" + String.join(" ", priority) + ")");
                for (int core = 0; core < cores; core++) {
                    spinners.add(priority, core);
                }
                return spinners;
            }
        }
        return none("no spinners (neither chrt nor nice is there): gated figures swing with idle cores");
    }

    static Spinners none(String description) {
        return new Spinners(description);
    }

    String description() {
        return description;
    }

    private void add(List<String> priority, int core) throws IOException, InterruptedException {
        List<String> pin = List.of("taskset", "--cpu-list", Integer.toString(core));
        List<String> command = new ArrayList<>(works(pin) ? pin : List.of());
        command.addAll(priority);
        command.addAll(ChildJvm.command(
                List.of("-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), SpinnerMain.class, List.of()));
        processes.add(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such command.
            return false;
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
