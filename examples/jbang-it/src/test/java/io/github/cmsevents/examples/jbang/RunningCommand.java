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
package io.github.cmsevents.examples.jbang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command that was started in a terminal, with its output in a file. */
final class RunningCommand implements AutoCloseable {

    // The first run may download some of Camel's jars.
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

    private final String line;
    private final Process process;
    private final Path output;

    RunningCommand(String line, Process process, Path output) {
        this.line = line;
        this.process = process;
        this.output = output;
    }

    /** Waits until a line with this text is printed. Fails if the command ends before. */
    void awaitLine(String text) {
        await().atMost(AT_MOST).until(() -> prints(text) || !process.isAlive());
        if (!prints(text)) {
            fail(line + " ended without printing " + text + "\n" + output());
        }
    }

    /** Waits until it has ended well. */
    void awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS))
                .as(() -> line + " has not ended\n" + output())
                .isTrue();
        assertThat(process.exitValue()).as(() -> line + "\n" + output()).isZero();
    }

    List<String> lines() {
        return output().lines().toList();
    }

    /** What it has printed until now, without colours. */
    String output() {
        try {
            return COLOUR.matcher(Files.readString(output)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, as Ctrl-C does, and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS))
                .as(() -> line + " has not stopped\n" + output())
                .isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private boolean prints(String text) {
        return lines().stream().anyMatch(each -> each.contains(text));
    }
}
