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
package io.github.cmsevents.validator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar, in a process of its own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ValidatorIT {

    @TempDir
    Path folder;

    private record Result(int exitCode, String output) {}

    private Result run(String... arguments) throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("runnable.jar")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Result(process.waitFor(), Files.readString(output));
    }

    @Test
    void checksTheExamplesOfThisProject() throws Exception {
        Result result = run("../../examples", "../camel-cms-events-kamelets/src/main/resources/kamelets");

        assertThat(result.output()).endsWith(": no problems" + System.lineSeparator());
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void findsProblemsInEachKindOfFile() throws Exception {
        Files.writeString(folder.resolve("a.camel.yaml"), """
                - route:
                    from:
                      uri: cms-events:calls
                      parameters:
                        elements: audioMuted
                      steps:
                        - lgo:
                            message: a
                """);
        Files.writeString(
                folder.resolve("a.camel.xml"),
                "<route><from uri=\"kamelet:cms-calls-source?elementz=name\"/><log message=\"a\"/></route>");
        Files.writeString(folder.resolve("application.properties"), "camel.component.cms-events.serverz = a");

        Result result = run(folder.toString());

        assertThat(result.output())
                .contains(
                        "a.camel.yaml:5: cms-events, option elements: calls has no element 'audioMuted'",
                        "a.camel.yaml:7: unknown here: lgo. Did you mean: log",
                        "a.camel.xml:1: cms-calls-source, parameter elementz: unknown",
                        "application.properties:1: camel.component.cms-events.serverz: unknown option",
                        "3 files and 2 endpoints checked: 4 problems");
        assertThat(result.exitCode()).isOne();
    }

    @Test
    void printsItsVersionAndPrintsNothingElse() throws Exception {
        assertThat(run("--version").output().strip())
                .isEqualTo("camel-cms-events-validator " + System.getProperty("project.version"));
    }
}
