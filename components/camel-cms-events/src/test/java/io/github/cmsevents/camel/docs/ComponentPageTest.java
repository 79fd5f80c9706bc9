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

import io.github.cmsevents.camel.internal.protocol.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The component's page matches the component. */
class ComponentPageTest {

    private static final String REGENERATE = "./mvnw -pl components/camel-cms-events -am test"
            + " -Dtest=ComponentPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    private final ComponentJson json = ComponentJson.read();

    @Test
    void hasTheTablesOfTheComponent() throws IOException {
        String page = Files.readString(ComponentPage.FILE);
        String expected = new ComponentPage(json).withTables(page);

        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(ComponentPage.FILE, expected);
            return;
        }
        assertThat(page)
                .as("%s is out of date. To write its tables anew: %s", ComponentPage.FILE, REGENERATE)
                .isEqualTo(expected);
    }

    @Test
    void detectsAChangedOption() throws IOException {
        String page = Files.readString(ComponentPage.FILE);
        String changed = page.replace("| *queueSize* (consumer) |", "| *queueLength* (consumer) |");

        assertThat(changed).isNotEqualTo(page);
        assertThat(new ComponentPage(json).withTables(changed)).isEqualTo(new ComponentPage(json).withTables(page));
    }

    @Test
    void namesOnlyOptionsAndHeadersOfTheComponent() throws IOException {
        assertThat(new NamesInText(json).unknownIn(Files.readString(ComponentPage.FILE)))
                .isEmpty();
    }

    @Test
    void listsTheElementsOfEachResource() throws IOException {
        List<String[]> rows = Files.readString(ComponentPage.FILE)
                .lines()
                .dropWhile(line -> !line.startsWith("| Element | calls, conferences | callInfo | callRoster |"))
                .skip(1)
                .takeWhile(line -> !line.equals("|==="))
                .map(line -> line.split(Pattern.quote("|")))
                .toList();

        assertThat(elements(rows, 2)).isEqualTo(Set.copyOf(Resource.CALLS.elements()));
        assertThat(elements(rows, 3)).isEqualTo(Set.copyOf(Resource.CALL_INFO.elements()));
        assertThat(elements(rows, 4)).isEqualTo(Set.copyOf(Resource.CALL_ROSTER.elements()));
    }

    @Test
    void quotesOnlyMessagesOfTheComponent() throws IOException {
        String sources = sources();
        List<String> quoted = Files.readString(ComponentPage.FILE)
                .lines()
                .dropWhile(line -> !line.startsWith("| Symptom | In the log |"))
                .skip(1)
                .takeWhile(line -> !line.equals("|==="))
                .map(line -> line.split(Pattern.quote("|"))[2])
                .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
                .map(match -> match.group(1))
                .toList();

        assertThat(quoted)
                .hasSizeGreaterThan(20)
                .allSatisfy(text -> assertThat(sources).as(text).contains(text.replaceAll(" \\(\\d{3}\\)$", "")));
    }

    /** All of the component's code, with strings of several lines joined. */
    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            StringBuilder sources = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.append(Files.readString(file));
            }
            return sources.toString().replaceAll("\"\\s*\\+ \"", "");
        }
    }

    private static Set<String> elements(List<String[]> rows, int column) {
        return rows.stream()
                .filter(row -> !row[column].isBlank())
                .flatMap(row -> Arrays.stream(row[1].replace("`", "").split(",")))
                .map(String::trim)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
