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
package io.github.cmsevents.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route in the project's examples and documentation is valid. */
class ShownRoutesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path COMPONENT_PAGE =
            ROOT.resolve("components/camel-cms-events/src/main/docs/cms-events-component.adoc");
    private static final Pattern MARKDOWN_BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
    private static final Pattern ASCIIDOC_BLOCK = Pattern.compile("(?s)\\[source,(\\w+)]\n----\n(.*?)----\n");

    // A step or an expression with its value on the same line, or a route without its name.
    private static final Pattern COMPACT_YAML =
            Pattern.compile("(?m)^(- from:| *(- )?(log|to|bean|script|setBody|simple|constant): *\\S.*)$");

    // Reading Camel's schemas takes a while.
    private static RouteCheck check;

    @BeforeAll
    static void readTheSchemas() throws Exception {
        check = new RouteCheck();
    }

    /** Name and text; the name ends like that of a file. */
    static Stream<Map.Entry<String, String>> shown() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = ROOT.relativize(file).toString().replace('\\', '/');
                if (name.matches("examples/[^/]+/src/main/.*\\.(camel\\.yaml|camel\\.xml|java|properties)")) {
                    shown.put(name, Files.readString(file));
                }
            }
        }
        blocks(README, MARKDOWN_BLOCK, shown);
        blocks(COMPONENT_PAGE, ASCIIDOC_BLOCK, shown);
        return shown.entrySet().stream();
    }

    private static void blocks(Path page, Pattern block, Map<String, String> shown) throws IOException {
        String text = Files.readString(page);
        for (MatchResult match : block.matcher(text).results().toList()) {
            long line = text.substring(0, match.start()).lines().count() + 1;
            shown.put(page.getFileName() + ":" + line + "." + match.group(1), match.group(2));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void isGood(Map.Entry<String, String> route) throws IOException {
        assertThat(problems(route.getKey(), route.getValue()))
                .as(route.getKey())
                .isEmpty();
    }

    @Test
    void yamlIsWrittenOut() throws IOException {
        List<Map.Entry<String, String>> routes = new ArrayList<>(shown().toList());
        for (String module : List.of("kamelets", "starter")) {
            Map<String, String> readme = new TreeMap<>();
            blocks(ROOT.resolve("components/camel-cms-events-" + module + "/README.md"), MARKDOWN_BLOCK, readme);
            routes.addAll(readme.entrySet());
        }
        assertThat(routes)
                .filteredOn(route -> route.getKey().endsWith(".yaml"))
                .isNotEmpty()
                .allSatisfy(
                        route -> assertThat(route.getValue()).as(route.getKey()).doesNotContainPattern(COMPACT_YAML));
    }

    @Test
    void noneIsOverlooked() throws IOException {
        List<String> names = shown().map(Map.Entry::getKey).toList();

        assertThat(names)
                .contains(
                        "examples/quickstart/src/main/resources/camel/calls.camel.yaml",
                        "examples/quickstart/src/main/resources/camel/roster.camel.xml",
                        "examples/quickstart/src/main/resources/application.properties");
        for (String page : List.of("README.md:", "cms-events-component.adoc:")) {
            for (String kind : List.of(".yaml", ".xml", ".java", ".properties")) {
                assertThat(names).anyMatch(name -> name.startsWith(page) && name.endsWith(kind));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // an option, a resource and a value that do not exist
                "- from: {uri: 'cms-events:calls', parameters: {elementz: name}, steps: [{log: a}]}",
                "- from: {uri: 'cms-events:callz', steps: [{log: a}]}",
                "- from: {uri: 'cms-events:calls', parameters: {acknowledge: recieved}, steps: [{log: a}]}",
                // a component that does not exist, and a form that is not a route's
                "- from: {uri: 'cms-event:calls', steps: [{log: a}]}",
                "- from: {uri: 'cms-events:calls', stepz: [{log: a}]}"
            })
    void detectsABadYamlRoute(String route) throws IOException {
        assertThat(check.yaml(route)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<route><from uri='cms-events:calls'/><logg message='a'/></route>",
                "<route><from uri=\"cms-events:calls?elementz=name\"/><log message='a'/></route>"
            })
    void detectsABadXmlRoute(String route) throws IOException {
        assertThat(check.xml(route)).isNotEmpty();
    }

    @Test
    void detectsBadJavaAndProperties() {
        assertThat(check.java("from(\"cms-events:calls?elementz=name\")")).isNotEmpty();
        assertThat(check.properties("camel.component.cms-events.serverz = cms.example.com"))
                .isNotEmpty();
    }

    private List<String> problems(String name, String text) throws IOException {
        String kind = name.substring(name.lastIndexOf('.') + 1);
        return switch (kind) {
            case "yaml" -> check.yaml(text);
            case "xml" -> text.contains("<dependency>") ? List.of() : check.xml(text);
            case "java" -> check.java(text);
            case "properties" -> check.properties(text);
            case "json", "bash" -> List.of();
            default -> throw new IllegalArgumentException("Nothing checks " + name);
        };
    }
}
