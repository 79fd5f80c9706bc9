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
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {

    private static final String ROUTE = "- route:\n    from:\n      uri: \"%s\"\n      steps: []\n";

    private static RouteValidator validator;

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheSchemas() throws Exception {
        validator = new RouteValidator(Set.of());
    }

    /** Files with a fault in or beside a secret that has "tops" and "ecret" in it. */
    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("a.camel.yaml", ROUTE.formatted("cms-events:calls?password=tops&ecret=1")),
                arguments("a.camel.yaml", ROUTE.formatted("cms-events:calls?password=tops%26ecret%3D1")),
                arguments("a.camel.yaml", ROUTE.formatted("kamelet:cms-calls-source?password=tops&ecret=1")),
                arguments("a.camel.yaml", ROUTE.formatted("ftp:host/dir?password=tops&ecret=1")),
                arguments("a.camel.yaml", ROUTE.formatted("cms-events:user:topsecret@calls")),
                arguments(
                        "a.camel.yaml",
                        ROUTE.formatted("cms-events:calls?username=a:topsecret&password=topsecret&queueSize=0")),
                arguments(
                        "a.camel.yaml",
                        "- from:\n    uri: cms-events:calls\n    parameters:\n      password: %topsecret\n"),
                arguments(
                        "a.camel.yaml",
                        "- from:\n    uri: cms-events:calls\n    parameters:\n      password: topsecret\n      queueSize: 0\n    steps: []\n"),
                arguments(
                        "a.camel.xml",
                        "<route><from uri=\"cms-events:calls?password=tops&amp;ecret=1\"/><log message=\"a\"/></route>"),
                arguments(
                        "a.camel.xml",
                        "<route><from uri=\"cms-events:calls?password=tops&ecret=1\"/><log message=\"a\"/></route>"),
                arguments("application.properties", "camel.component.cms-events.password = tops\\uxecret\n"),
                arguments(
                        "pipe.yaml",
                        "kind: Pipe\nspec:\n  source:\n    ref:\n      kind: Kamelet\n      name: cms-calls-source\n"
                                + "    properties:\n      password: tops&ecret\n  sink:\n    uri: log:a\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void noPartOfASecretIsInAProblem(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);

        Report report = validator.validate(List.of(folder));

        assertThat(report.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.message())
                .doesNotContain("tops", "ecret"));
    }
}
