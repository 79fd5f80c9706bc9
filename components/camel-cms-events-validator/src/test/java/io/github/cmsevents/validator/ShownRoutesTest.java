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

import io.github.cmsevents.catalog.CmsEventsCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route in the project's examples and documentation is valid. */
class ShownRoutesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern MARKDOWN_BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
    private static final Pattern ASCIIDOC_BLOCK = Pattern.compile("(?s)\\[source,(\\w+)]\n----\n(.*?)----\n");
    private static final Pattern JAVA_URI = Pattern.compile("\\b(?:from|to)\\(\\s*\"([^\"]+)\"");

    // A step or an expression with its value on the same line, or a route without its name.
    private static final Pattern COMPACT_YAML =
            Pattern.compile("(?m)^(- from:| *(- )?(log|to|bean|script|setBody|simple|constant): *\\S.*)$");

    @TempDir
    Path folder;

    private static RouteValidator validator;

    @BeforeAll
    static void readTheSchemas() throws Exception {
        validator = new RouteValidator(Set.of());
    }

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        pages.add(ROOT.resolve("README.md"));
        for (String folder : List.of("catalog", "components", "docs", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> !file.toString().contains("target"))
                        .filter(file -> file.toString().endsWith(".md")
                                || file.toString().endsWith(".adoc"))
                        .forEach(pages::add);
            }
        }
        return pages.stream();
    }

    /** By a file name that says the line and the kind. */
    private static Map<String, String> blocks(Path page) throws IOException {
        Map<String, String> blocks = new TreeMap<>();
        Pattern block = page.toString().endsWith(".md") ? MARKDOWN_BLOCK : ASCIIDOC_BLOCK;
        String text = Files.readString(page);
        for (MatchResult match : block.matcher(text).results().toList()) {
            long line = text.substring(0, match.start()).lines().count() + 1;
            blocks.put("application-%d.%s".formatted(line, match.group(1)), match.group(2));
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theRoutesOfAPageAreValid(Path page) throws Exception {
        Map<String, String> blocks = blocks(page);
        for (Map.Entry<String, String> block : blocks.entrySet()) {
            Files.writeString(folder.resolve(block.getKey()), block.getValue());
        }

        Report report = validator.validate(List.of(folder));

        assertThat(report.problems()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
        assertThat(report.files())
                .isEqualTo(blocks.entrySet().stream()
                        .filter(ShownRoutesTest::isForCamel)
                        .count());
    }

    private static boolean isForCamel(Map.Entry<String, String> block) {
        String name = block.getKey();
        return name.endsWith(".properties")
                || (name.endsWith(".yaml") && block.getValue().matches("(?s)(- |apiVersion: camel).*"))
                || (name.endsWith(".xml") && block.getValue().matches("(?s)<(routes|route|camel|beans)\\b.*"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theYamlOfAPageIsWrittenOut(Path page) throws Exception {
        blocks(page).forEach((name, text) -> {
            if (name.endsWith(".yaml")) {
                assertThat(text).as(page + " " + name).doesNotContainPattern(COMPACT_YAML);
            }
        });
    }

    @Test
    void theFilesOfTheExamplesAndTheKameletsAreValid() throws Exception {
        Report report = validator.validate(
                List.of(ROOT.resolve("examples"), ROOT.resolve("components/camel-cms-events-kamelets")));

        assertThat(report.problems()).isEmpty();
        assertThat(report.unchecked()).isEmpty();
    }

    @Test
    void theYamlOfTheExamplesIsWrittenOut() throws Exception {
        assertThat(files(ROOT.resolve("examples"), ".camel.yaml"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).content().doesNotContainPattern(COMPACT_YAML));
    }

    @Test
    void theEndpointsInJavaAreValid() throws Exception {
        List<String> uris = new ArrayList<>();
        for (Path file : files(ROOT.resolve("examples"), ".java")) {
            uris.addAll(javaUris(Files.readString(file)));
        }
        for (Path page : pages().toList()) {
            blocks(page).forEach((name, text) -> uris.addAll(name.endsWith(".java") ? javaUris(text) : List.of()));
        }
        CamelCatalog catalog = CmsEventsCatalog.create();

        assertThat(uris).anyMatch(uri -> uri.startsWith("cms-events:callInfo")).allSatisfy(uri -> {
            EndpointValidationResult result = catalog.validateEndpointProperties(uri);
            assertThat(result.isSuccess()).as(result.summaryErrorMessage(true)).isTrue();
            assertThat(result.getUnknownComponent()).isNull();
        });
    }

    @Test
    void thePropertiesOfCamelMainAreKnown() throws Exception {
        Path springBoot = ROOT.resolve("components/camel-cms-events-starter/README.md");
        List<String> properties = new ArrayList<>();
        for (Path page : pages().filter(page -> !page.equals(springBoot)).toList()) {
            blocks(page).forEach((name, text) -> {
                if (name.endsWith(".properties")) {
                    text.lines().filter(line -> line.startsWith("camel.main.")).forEach(properties::add);
                }
            });
        }
        CamelCatalog catalog = CmsEventsCatalog.create();

        assertThat(properties).allSatisfy(property -> assertThat(
                        catalog.validateConfigurationProperty(property).isSuccess())
                .as(property)
                .isTrue());
    }

    @Test
    void noneIsOverlooked() throws Exception {
        assertThat(pages())
                .contains(
                        ROOT.resolve("README.md"),
                        ROOT.resolve("components/camel-cms-events/src/main/docs/cms-events-component.adoc"),
                        ROOT.resolve("components/camel-cms-events-kamelets/README.md"),
                        ROOT.resolve("catalog/README.md"),
                        ROOT.resolve("docs/how-to.md"));
        for (String page :
                List.of("README.md", "components/camel-cms-events/src/main/docs/cms-events-component.adoc")) {
            Set<String> names = blocks(ROOT.resolve(page)).keySet();
            for (String kind : List.of(".yaml", ".xml", ".java", ".properties")) {
                assertThat(names).as(page).anyMatch(name -> name.endsWith(kind));
            }
        }
    }

    private static List<Path> files(Path below, String end) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(end)
                            && file.toString().contains("src/main")
                            && !file.toString().contains("target"))
                    .toList();
        }
    }

    private static List<String> javaUris(String text) {
        return JAVA_URI.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
