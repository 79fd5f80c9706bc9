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
package io.github.cmsevents.simulator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The jar with all dependencies in a process of its own, started with {@code java -jar}. */
record RunningJar(Process process, BufferedReader output, String address) implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Meeting Server simulator ready at https?://([^/]+)/ .*");

    static Path file() {
        return Path.of("target", "camel-cms-events-simulator-" + System.getProperty("project.version") + "-all.jar")
                .toAbsolutePath();
    }

    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", file().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns when the simulator is ready. */
    static RunningJar start(Path folder, String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new RunningJar(process, output, ready.group(1));
            }
        }
        throw new AssertionError("Never ready: " + lines);
    }

    String token(HttpClient http, String user, String password) throws IOException, InterruptedException {
        String account = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/authTokens"))
                .header("Authorization", "Basic " + account)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("X-Cisco-CMS-Auth-Token")
                .orElseThrow();
    }

    /** What it prints until it ends. */
    String remainingOutput() {
        return output.lines().map(line -> line + "\n").collect(Collectors.joining());
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        output.close();
    }
}
