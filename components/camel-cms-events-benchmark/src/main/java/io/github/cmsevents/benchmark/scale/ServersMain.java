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
package io.github.cmsevents.benchmark.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.benchmark.load.LoadServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The servers of a cluster in a JVM of their own, on one event loop. Says where they listen, and then obeys one line of its
 * standard input after the other, each with a line of JSON for an answer:
 *
 * <ul>
 *   <li>{@code burst 50000 2000}: so many changes, by so many people from all over the cluster, as fast as the client takes
 *       them; answers when it has
 *   <li>{@code churn 20}: so many seconds of what people do; answers when the client knows of everything
 *   <li>{@code report}: waits until the client knows of everything, and says what that is
 * </ul>
 */
@Command(
        name = "servers",
        mixinStandardHelpOptions = true,
        description = "A cluster of Meeting Servers with calls and people in them.")
public final class ServersMain implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--servers", defaultValue = "24", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int servers;

    @Option(
            names = "--calls",
            defaultValue = "499",
            description =
                    "On each. With the list of calls, a server's five sockets take as many. Default: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(names = "--participants", defaultValue = "50000", description = "In all. Default: ${DEFAULT-VALUE}.")
    private int participants;

    @Option(names = "--seed", defaultValue = "1", description = "Of what happens by chance. Default: ${DEFAULT-VALUE}.")
    private long seed;

    private MeetingCluster cluster;
    private ClusterDriver driver;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ServersMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        cluster = ClusterDriver.cluster(vertx);
        StringJoiner ports = new StringJoiner(",");
        for (int i = 0; i < servers; i++) {
            // What does not come out even is spread, too.
            int people = (int) ((i + 1L) * participants / servers - (long) i * participants / servers);
            LoadServer server = LoadServer.start(vertx, 0, cluster.add(calls, people)::open)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            ports.add(Integer.toString(server.port()));
        }
        driver = new ClusterDriver(vertx, cluster, seed);
        System.out.println("Listening on " + ports);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            vertx.runOnContext(turn -> obey(words));
        }
        return 0;
    }

    private void obey(String[] words) {
        cluster.ledger().forgetTimes();
        switch (words[0]) {
            case "burst" ->
                driver.burst(Integer.parseInt(words[1]), Integer.parseInt(words[2]), this::answerAcknowledgements);
            case "churn" ->
                driver.churn(TimeUnit.SECONDS.toNanos(Long.parseLong(words[1])), this::answerAcknowledgements);
            case "report" -> driver.whenSettled(() -> answer(cluster.report()));
            default -> answer(Map.of("unknown", words[0]));
        }
    }

    private void answerAcknowledgements() {
        answer(cluster.ledger().acknowledgements());
    }

    private static void answer(Object report) {
        try {
            System.out.println(JSON.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A report can always be written", e);
        }
    }
}
