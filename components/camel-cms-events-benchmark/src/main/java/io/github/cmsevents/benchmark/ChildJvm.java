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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JVM with this one's class path. Its errors go to this one's; its output is read line by line. */
final class ChildJvm implements AutoCloseable {

    // The same for every client, and enough for 24 servers.
    private static final String HEAP = "-Xmx512m";

    private final String name;
    private final Process process;
    private final PrintWriter input;
    private final BufferedReader output;

    ChildJvm(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        name = main.getSimpleName();
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    void send(String line) {
        input.println(line);
    }

    String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException(name + " ended without a report; its error output says why");
        }
        return line;
    }

    void awaitExit() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
