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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatorMainTest {

    private static final String ROUTE =
            "- route:\n    from:\n      uri: %s\n      steps:\n        - log:\n            message: a\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        return ValidatorMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void exitsWithZeroWithoutProblems() throws Exception {
        Files.writeString(folder.resolve("a.camel.yaml"), ROUTE.formatted("cms-events:calls"));

        assertThat(run(folder.toString())).isZero();
        assertThat(out.toString().strip()).isEqualTo("1 file and 1 endpoint checked: no problems");
    }

    @Test
    void printsEachProblemAndExitsWithOne() throws Exception {
        Path file = Files.writeString(folder.resolve("a.camel.yaml"), ROUTE.formatted("cms-events:callz"));

        assertThat(run(file.toString())).isOne();
        assertThat(out.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(file + ":3: cms-events, option resource: Invalid enum value: callz");
    }

    @Test
    void ignoresComponentsOnRequest() throws Exception {
        Files.writeString(folder.resolve("a.camel.yaml"), ROUTE.formatted("mine:a"));

        assertThat(run(folder.toString())).isOne();
        assertThat(run("--ignore-component=mine,other", folder.toString())).isZero();
    }

    @Test
    void failsWhenThereIsNothingToCheck() {
        assertThat(run(folder.toString())).isOne();
        assertThat(out.toString()).startsWith("Nothing to check");
    }

    @Test
    void exitsWithTwoForAWrongCall() {
        assertThat(run(folder.resolve("missing").toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no file or folder " + folder.resolve("missing"));
        assertThat(run("--unknown")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("FILE|FOLDER", "--ignore-component", "Exit codes");
    }
}
