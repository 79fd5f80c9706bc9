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
package io.github.cmsevents.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Spring Boot properties are the component's options. */
class PropertiesSourceTest {

    private static final Path SOURCE =
            Path.of("src/generated/java/io/github/cmsevents/camel/springboot/CmsEventsProperties.java");

    private final List<ComponentOption> options = ComponentOption.all();

    @Test
    void thePropertiesAreWrittenFromTheOptionsOfTheComponent() throws IOException {
        String expected = PropertiesSource.of(options);
        if (Boolean.getBoolean("cms-events.write-properties")) {
            Files.writeString(SOURCE, expected);
        }
        assertThat(Files.readString(SOURCE))
                .as("An option of the component has changed. Write the class again: ./mvnw"
                        + " -pl components/camel-cms-events-starter -am test -Dtest=PropertiesSourceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -DargLine=-Dcms-events.write-properties=true")
                .isEqualTo(expected);
    }

    @Test
    void theMetadataForCompletionHasEachOptionWithItsTypeItsDefaultAndItsText() throws IOException {
        Map<String, Property> metadata = metadata();

        assertThat(options).isNotEmpty();
        Map<String, Property> expected = new LinkedHashMap<>();
        options.forEach(option -> expected.put(
                "camel.component.cms-events." + kebabCase(option.name()),
                new Property(option.propertyType(), option.defaultValue(), option.propertyDescription())));
        assertThat(metadata).containsAllEntriesOf(expected);
        metadata.keySet().removeAll(expected.keySet());
        assertThat(metadata)
                .containsOnlyKeys(
                        "camel.component.cms-events.enabled", "camel.component.cms-events.customizer.enabled");
    }

    @Test
    void anOptionThatIsMissingOrDifferentIsNoticed() throws IOException {
        ComponentOption added = new ComponentOption("newOption", "integer", "int", "7", "A new option.");
        List<ComponentOption> more = new ArrayList<>(options);
        more.add(added);

        assertThat(PropertiesSource.of(more))
                .isNotEqualTo(Files.readString(SOURCE))
                .contains("private Integer newOption = 7;", "setNewOption(Integer newOption)");
        assertThat(metadata())
                .doesNotContain(entry(
                        "camel.component.cms-events.new-option",
                        new Property(added.propertyType(), added.defaultValue(), added.propertyDescription())));
    }

    private record Property(String type, String defaultValue, String description) {}

    private static Map<String, Property> metadata() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(Path.of("target/classes/META-INF/spring-configuration-metadata.json")
                        .toFile());
        Map<String, Property> properties = new LinkedHashMap<>();
        for (JsonNode property : json.path("properties")) {
            properties.put(
                    property.path("name").asText(),
                    new Property(
                            property.path("type").asText(),
                            property.path("defaultValue").asText(),
                            property.path("description").asText()));
        }
        return properties;
    }

    private static String kebabCase(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase();
    }
}
