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

import io.github.cmsevents.benchmark.Result.Run;
import io.github.cmsevents.benchmark.client.Client;
import io.github.cmsevents.benchmark.client.ClientReport;
import io.github.cmsevents.benchmark.load.LoadReport;
import io.github.cmsevents.benchmark.load.LoadServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures the component next to a bare socket and to a route written by hand. Prints tables in Markdown, and fails when a
 * client lost a message. System properties, see the README: {@code benchmark.warmup}, {@code benchmark.messages},
 * {@code benchmark.rounds}, {@code benchmark.only}.
 */
public final class Benchmark implements AutoCloseable {

    private static final int WARMUP = 30_000;
    private static final int MESSAGES = 80_000;
    private static final int ROUNDS = 3;

    private final ChildJvm server;

    private Benchmark() throws IOException {
        server = new ChildJvm(LoadServer.class);
    }

    public static void main(String[] args) throws Exception {
        int warmup = Integer.getInteger("benchmark.warmup", WARMUP);
        int messages = Integer.getInteger("benchmark.messages", MESSAGES);
        int rounds = Integer.getInteger("benchmark.rounds", ROUNDS);
        List<Result> results = new ArrayList<>();
        try (Benchmark benchmark = new Benchmark()) {
            // So that the load server is as warm for the first client as for the last.
            benchmark.run(Client.FLOOR, Load.ofCalls(64, 0, warmup, messages));
            for (Scenario scenario : chosen(Scenario.all(warmup, messages))) {
                results.add(benchmark.measure(scenario, rounds));
            }
        }
        System.out.printf(
                "%d cores, %s %s, %s %s. Medians of %d runs, each in a fresh JVM.%n%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                rounds);
        results.forEach(result -> System.out.println(Tables.of(result)));
        System.out.println(Tables.targets(results));
        if (!results.stream().allMatch(Result::isCorrect)) {
            System.err.println("A client did not receive every message once and in order, or did not acknowledge each"
                    + " once: see the runs above. The figures are worthless until that is fixed.");
            System.exit(1);
        }
    }

    private static List<Scenario> chosen(List<Scenario> all) {
        String only = System.getProperty("benchmark.only", "");
        List<String> names = all.stream().map(Scenario::name).toList();
        List<String> wanted = only.isBlank() ? names : List.of(only.split(","));
        if (!names.containsAll(wanted)) {
            throw new IllegalArgumentException("benchmark.only=" + only + ": choose from " + String.join(",", names));
        }
        return all.stream().filter(scenario -> wanted.contains(scenario.name())).toList();
    }

    private Result measure(Scenario scenario, int rounds) throws IOException, InterruptedException {
        Result result = new Result(scenario);
        List<Client> clients = new ArrayList<>(scenario.clients());
        for (int round = 1; round <= rounds; round++) {
            for (Client client : clients) {
                Run run = run(client, scenario.load());
                result.add(client, run);
                System.err.printf("%s, round %d, %s: %s%n", scenario.name(), round, client.title(), run);
            }
            // A disturbance of the machine should not always meet the same client.
            Collections.rotate(clients, 1);
        }
        return result;
    }

    private Run run(Client client, Load load) throws IOException, InterruptedException {
        server.send(load.toJson());
        String ports = server.readLine();
        try (ChildJvm jvm = new ChildJvm(Client.class, client.name(), load.toJson(), ports)) {
            ClientReport report = Load.read(jvm.readLine(), ClientReport.class);
            jvm.awaitExit();
            return new Run(report, Load.read(server.readLine(), LoadReport.class));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
