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
package io.github.cmsevents.examples.dashboards;

import static org.awaitility.Awaitility.await;

import io.github.cmsevents.examples.site.Example;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The example as a user runs it, in its own process, but on a free port. */
final class RunningExample implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("Vert\\.x HttpServer started on (127\\.0\\.0\\.1:\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path output;
    private final Process process;

    private RunningExample(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** @param options of the JVM, such as properties */
    static RunningExample start(Path folder, Map<String, String> environment, String... options) throws IOException {
        Path output = folder.resolve("example.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Dcamel.management.port=0"));
        command.addAll(List.of(options));
        command.add(Example.class.getName());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // Of the machine there may be those of a real Meeting Server.
        builder.environment().keySet().removeIf(name -> name.startsWith("CMS_"));
        builder.environment().putAll(environment);
        return new RunningExample(output, builder.start());
    }

    /** Where it exposes its meters, as host:port. */
    String address() {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> ADDRESS.matcher(output())
                                .results()
                                .map(match -> match.group(1))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    Exposition meters() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/observe/metrics"))
                .build();
        return Exposition.parse(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** As with Ctrl-C. */
    boolean terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
