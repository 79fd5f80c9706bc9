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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The how-to page shows the test, the route and the dependencies that this module runs. */
class HowToPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "how-to.md");
    private static final Path TEST =
            Path.of("src", "test", "java", "io", "github", "cmsevents", "examples", "readme", "RecordingsTest.java");
    private static final Path ROUTE = Path.of("src", "test", "resources", "camel", "recordings.camel.yaml");

    @Test
    void showsTheTest() throws IOException {
        assertThat(Files.readString(TEST)).endsWith("\n" + block("```java\n(class RecordingsTest .*?)```"));
    }

    @Test
    void showsTheRoute() throws IOException {
        assertThat(block("```yaml\n(- route:\n    id: recordings\n.*?)```")).isEqualTo(Files.readString(ROUTE));
    }

    @Test
    void showsTheDependencies() throws IOException {
        String pom = condensed(Files.readString(Path.of("pom.xml")));
        List<String> dependencies = Pattern.compile("(?s)<dependency>.*?</dependency>")
                .matcher(block("```xml\n(<dependencies>.*?)```"))
                .results()
                .map(match -> condensed(match.group().replaceFirst("<version>.*?</version>", "")))
                .toList();

        assertThat(dependencies).hasSize(2).allSatisfy(dependency -> assertThat(pom)
                .contains(dependency));
    }

    private static String block(String regex) throws IOException {
        Matcher matcher = Pattern.compile("(?s)" + regex).matcher(Files.readString(PAGE));
        assertThat(matcher.find()).as(regex).isTrue();
        return matcher.group(1);
    }

    private static String condensed(String xml) {
        return xml.replaceAll("\\s+", "");
    }
}
