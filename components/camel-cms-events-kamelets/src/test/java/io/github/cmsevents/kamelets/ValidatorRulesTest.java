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
package io.github.cmsevents.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kamelets keep the rules of the official catalog's validator, except that their provider is this project. */
class ValidatorRulesTest {

    private static final String ICON = "data:image/svg+xml;base64,";
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{[?]?([A-Za-z0-9-._]+)(?::[^}]*)?}}");
    private static final Set<String> MINOR_WORDS =
            Set.of("a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to");

    static Stream<KameletFile> kamelets() {
        return KameletFile.all();
    }

    @Test
    void theseAreAll() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/kamelets"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            kamelets().map(KameletFile::fileName).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void nameAndTypeAgree(KameletFile kamelet) {
        assertThat(kamelet.fileName()).isEqualTo(kamelet.name() + KameletFile.EXTENSION);
        assertThat(kamelet.type()).isEqualTo("source");
        assertThat(kamelet.name()).endsWith("-source");
        assertThat(kamelet.content().path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.content().path("kind").asText()).isEqualTo("Kamelet");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theAnnotationsAreThoseOfTheCatalog(KameletFile kamelet) {
        assertThat(kamelet.annotation("kamelet.support.level")).isEqualTo("Preview");
        assertThat(kamelet.annotation("provider")).isEqualTo("Camel CMS Events");
        assertThat(kamelet.annotation("kamelet.group")).isNotBlank();
        assertThat(kamelet.annotation("kamelet.namespace")).isNotBlank();
        assertThat(kamelet.annotation("catalog.version")).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theIconIsOurs(KameletFile kamelet) throws IOException {
        String icon = kamelet.annotation("kamelet.icon");

        assertThat(icon).startsWith(ICON);
        assertThat(new String(Base64.getDecoder().decode(icon.substring(ICON.length())), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(Path.of("src/main/icon/cms-events.svg"))
                        .strip());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theDefinitionIsDescribed(KameletFile kamelet) {
        assertThat(kamelet.definition().path("title").asText()).endsWith("Source");
        assertThat(kamelet.definition().path("description").asText()).isNotBlank();
        assertThat(kamelet.definition().path("type").asText()).isEqualTo("object");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void eachPropertyIsDescribed(KameletFile kamelet) {
        List<String> problems = new ArrayList<>();
        kamelet.properties().forEach((name, property) -> {
            String title = property.path("title").asText();
            if (title.isEmpty() || title.matches("(The|An?) .*")) {
                problems.add(name + " has the title '" + title + "'");
            }
            for (String word : title.split(" ")) {
                if (!MINOR_WORDS.contains(word) && !word.matches("\\P{Ll}.*")) {
                    problems.add(name + " has a title with the word '" + word + "'");
                }
            }
            if (property.path("type").asText().isEmpty()) {
                problems.add(name + " has no type");
            }
            if (property.path("description").asText().isEmpty()) {
                problems.add(name + " has no description");
            }
        });

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void requiredPropertiesExist(KameletFile kamelet) {
        List<String> required = texts(kamelet.definition().path("required"));

        assertThat(required).doesNotHaveDuplicates();
        assertThat(kamelet.properties().keySet()).containsAll(required);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void secretsAreCredentials(KameletFile kamelet) {
        assertThat(kamelet.properties().get("password").path("format").asText()).isEqualTo("password");
        kamelet.properties().forEach((name, property) -> {
            if (property.path("format").asText().equals("password")) {
                assertThat(texts(property.path("x-descriptors")))
                        .as(name)
                        .contains("urn:camel:group:credentials", "urn:alm:descriptor:com.tectonic.ui:password");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void eachPropertyIsUsedAndEachUsedOneIsDeclared(KameletFile kamelet) {
        Set<String> used = new TreeSet<>();
        PARAMETER.matcher(kamelet.template().toString()).results().forEach(parameter -> used.add(parameter.group(1)));

        assertThat(kamelet.properties().keySet()).isEqualTo(used);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theTemplateEndsInTheSink(KameletFile kamelet) {
        assertThat(kamelet.template().findValuesAsText("uri")).last().isEqualTo("kamelet:sink");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theDependenciesAreComplete(KameletFile kamelet) {
        assertThat(texts(kamelet.content().at("/spec/dependencies")))
                .allMatch(dependency -> dependency.matches("(camel:|mvn:).*"))
                .containsExactly(
                        "camel:core",
                        "camel:kamelet",
                        "mvn:io.github.cmsevents:camel-cms-events:" + kamelet.annotation("catalog.version"));
    }

    @Test
    void titlesAndDescriptionsDiffer() {
        assertThat(kamelets().map(kamelet -> kamelet.definition().path("title").asText()))
                .doesNotHaveDuplicates();
        assertThat(kamelets()
                        .map(kamelet -> kamelet.definition().path("description").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void allAreOfOneVersion() {
        assertThat(kamelets()
                        .map(kamelet -> kamelet.annotation("catalog.version"))
                        .distinct())
                .hasSize(1);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
