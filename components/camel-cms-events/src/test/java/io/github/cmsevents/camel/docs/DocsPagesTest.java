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
package io.github.cmsevents.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages in docs name only options, headers, packages and messages of the component. */
class DocsPagesTest {

    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final Path INTERNAL =
            Path.of("src", "main", "java", "io", "github", "cmsevents", "camel", "internal");
    private static final Path MESSAGES =
            Path.of("src", "test", "java", "io", "github", "cmsevents", "camel", "MessagesTest.java");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesOnlyOptionsAndHeadersOfTheComponent(Path page) throws IOException {
        NamesInText names = new NamesInText(ComponentJson.read());

        assertThat(names.unknownIn(Files.readString(page))).isEmpty();
    }

    /** MessagesTest has the whole texts, as a user sees them. */
    @Test
    void quotesOnlyMessagesThatUsersSee() throws IOException {
        String messages = Files.readString(MESSAGES).replaceAll("\"\\s*\\+ \"", "");
        String troubleshooting = Files.readString(DOCS.resolve("troubleshooting.md"));

        assertThat(found("(?m)^\\| `([^`]+)` \\|", section("## The route does not start", troubleshooting)))
                .hasSizeGreaterThan(4)
                .allSatisfy(message -> assertThat(messages).contains(message));
        assertThat(messages).contains(" is connected and subscribed\"");
        assertThat(troubleshooting)
                .contains("`Meeting Server https://cms.example.com:445 is connected and subscribed`");
        assertThat(messages).contains(found("log says `([^`]+)`", Files.readString(DOCS.resolve("start.md"))));
    }

    @Test
    void listsThePackages() throws IOException {
        String packages = section("## Packages", Files.readString(DOCS.resolve("architecture.md")));

        try (Stream<Path> folders = Files.list(INTERNAL)) {
            assertThat(found("(?m)^\\| `(\\w+)` \\|", packages))
                    .containsExactlyInAnyOrderElementsOf(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .toList());
        }
    }

    private static String section(String heading, String page) {
        int begin = page.indexOf(heading + "\n");
        int end = page.indexOf("\n## ", begin + 1);
        return end < 0 ? page.substring(begin) : page.substring(begin, end);
    }

    private static List<String> found(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
