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
package io.github.cmsevents.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page shows the files of the example, which {@link QuarkusIT} runs. */
@Tag("runtimes")
class PageTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL);
    private static final Pattern PLUGIN = Pattern.compile("<plugin>.*?</plugin>", Pattern.DOTALL);
    private static final Pattern VERSION = Pattern.compile("<version>\\d[^<]*</version>");

    @Test
    void theRouteIsTheQuickstarts() throws IOException {
        Path route = Path.of("camel", "calls.camel.yaml");

        assertThat(RESOURCES.resolve(route))
                .hasSameTextualContentAs(
                        Path.of("..", "quickstart").resolve(RESOURCES).resolve(route));
    }

    @Test
    void thePropertiesAreTheExamples() throws IOException {
        assertThat(Page.read().propertiesFor("In your project"))
                .isEqualTo(Files.readString(RESOURCES.resolve("application.properties")));
    }

    @Test
    void theDependenciesAreTheExamples() throws IOException {
        String page = Page.read().pom();
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(elements(DEPENDENCY, page).stream()
                        .map(dependency -> VERSION.matcher(dependency).replaceAll(""))
                        .toList())
                .hasSize(8)
                .isEqualTo(elements(DEPENDENCY, pom).stream()
                        .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                        .toList());
    }

    @Test
    void thePluginIsTheExamples() throws IOException {
        String page = Page.read().pom();
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(elements(PLUGIN, pom)).containsAll(elements(PLUGIN, page)).hasSize(2);
        assertThat(elements(PLUGIN, page)).hasSize(1);
        assertThat(version(page)).isEqualTo(version(pom));
    }

    private static List<String> elements(Pattern element, String pom) {
        return element.matcher(pom)
                .results()
                .map(match -> match.group().replaceAll("\\s+", ""))
                .toList();
    }

    private static String version(String pom) {
        return pom.substring(pom.indexOf("<quarkus.platform.version>"), pom.indexOf("</quarkus.platform.version>"));
    }
}
