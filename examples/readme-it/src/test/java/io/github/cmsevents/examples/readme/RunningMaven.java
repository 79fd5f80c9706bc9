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
package io.github.cmsevents.examples.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maven in a folder, with what it starts; its output is in a file. */
final class RunningMaven implements AutoCloseable {

    private final Process process;
    private final Path output;

    private RunningMaven(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * @param command    as a user types it: mvn ...
     * @param repository used as the local repository; what it lacks comes from that of the build
     */
    static RunningMaven start(Path folder, String command, Path repository, Map<String, String> environment)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.set(
                0,
                Path.of(System.getProperty("maven.home.of.build"), "bin", "mvn").toString());
        words.addAll(List.of("-B", "-ntp"));
        words.add("-Dmaven.repo.local=" + repository);
        words.add("-Dmaven.repo.local.tail=" + System.getProperty("maven.repo.local.of.build"));
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new RunningMaven(builder.start(), output);
    }

    String output() {
        try {
            return new String(Files.readAllBytes(output), Charset.defaultCharset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first group of the first match in the output; null before there is one. */
    String find(String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(output());
        return matcher.find() ? matcher.group(1) : null;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
