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
package io.github.cmsevents.benchmark.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The load server in a JVM of its own. Says where it listens, then a report for each client, as one line of JSON. A line
 * of JSON on the standard input is the plan for the clients to come; it runs until that input ends.
 */
@Command(
        name = "load-server",
        mixinStandardHelpOptions = true,
        description = "Sends updates as fast as an event client acknowledges them, and reports how fast that was.")
public final class LoadServerMain implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--port", defaultValue = "0", description = "Port to listen on; 0 takes a free one.")
    private int port;

    @Option(
            names = "--outstanding",
            defaultValue = "1",
            description = "How many messages may wait for their acknowledgement; 1 for strictly gated.")
    private int outstanding;

    @Option(names = "--warmup", defaultValue = "30000", description = "Messages that are not measured.")
    private int warmup;

    @Option(names = "--updates", defaultValue = "50000", description = "Messages that are measured.")
    private int updates;

    @Option(
            names = "--subscriptions",
            defaultValue = "1",
            description = "How many subscriptions have to be active before it begins.")
    private int subscriptions;

    @Option(
            names = "--known",
            defaultValue = "1",
            description = "How many calls or participants each subscription is told of first.")
    private int known;

    private volatile LoadPlan plan;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadServerMain()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        plan = new LoadPlan(outstanding, warmup, updates, subscriptions, known);
        Vertx vertx = Vertx.vertx();
        LoadServer server = LoadServer.start(vertx, port, () -> plan, LoadServerMain::print)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("Listening on port " + server.port());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            plan = JSON.readValue(line, LoadPlan.class);
            System.out.println("Planned");
        }
        return 0;
    }

    private static void print(LoadReport report) {
        try {
            System.out.println(JSON.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A report can always be written", e);
        }
    }
}
