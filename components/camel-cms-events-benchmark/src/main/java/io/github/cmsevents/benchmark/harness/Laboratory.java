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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.benchmark.client.ClientReport;
import io.github.cmsevents.benchmark.client.StartMain;
import io.github.cmsevents.benchmark.client.StartReport;
import io.github.cmsevents.benchmark.load.LoadPlan;
import io.github.cmsevents.benchmark.load.LoadReport;
import io.github.cmsevents.benchmark.load.LoadServerMain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One load server for all, and a fresh JVM for each client. */
final class Laboratory implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    // The same for all: what the collector does depends on it.
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(3);

    private final ChildJvm server;
    private final int port;

    Laboratory() throws IOException, InterruptedException {
        server = ChildJvm.start(HEAP, LoadServerMain.class, List.of());
        String greeting = server.nextLine(ANSWER);
        port = Integer.parseInt(greeting.substring(greeting.lastIndexOf(' ') + 1));
    }

    Measurement measure(Contender contender, LoadPlan plan) throws IOException, InterruptedException {
        prepare(plan);
        List<String> arguments = new ArrayList<>(List.of(
                "--port=" + port,
                "--warmup=" + plan.warmup(),
                "--updates=" + plan.updates(),
                "--timeout=" + LONGEST_RUN.minus(ANSWER).toSeconds()));
        arguments.addAll(contender.arguments());
        ClientReport client = run(contender.main(), arguments, ClientReport.class);
        return new Measurement(JSON.readValue(server.nextLine(ANSWER), LoadReport.class), client);
    }

    StartReport start(boolean withComponent) throws IOException, InterruptedException {
        if (!withComponent) {
            return run(StartMain.class, List.of(), StartReport.class);
        }
        prepare(LoadPlan.ofOneCall(1, 0, 1));
        StartReport report = run(StartMain.class, List.of("--port=" + port), StartReport.class);
        server.nextLine(ANSWER);
        return report;
    }

    private void prepare(LoadPlan plan) throws InterruptedException, JsonProcessingException {
        server.say(JSON.writeValueAsString(plan));
        server.nextLine(ANSWER);
    }

    private static <T> T run(Class<?> main, List<String> arguments, Class<T> report)
            throws IOException, InterruptedException {
        try (ChildJvm client = ChildJvm.start(HEAP, main, arguments)) {
            T answer = JSON.readValue(client.nextLine(LONGEST_RUN), report);
            client.awaitExit();
            return answer;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
