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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.junit.jupiter.api.Test;

/** The settings for editors are the component's options. */
class EditorsTest {

    private static final Path VS_CODE = Path.of("editors/vscode/settings.json");

    @Test
    void theSettingsForVsCodeAreWrittenFromTheOptionsOfTheComponent() throws IOException {
        String expected = vsCodeSettings();
        if (Boolean.getBoolean("cms-events.write-editors")) {
            Files.writeString(VS_CODE, expected);
        }
        assertThat(VS_CODE)
                .as("An option of the component has changed. Write the file again: ./mvnw -pl catalog -am test"
                        + " -Dtest=EditorsTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -DargLine=-Dcms-events.write-editors=true")
                .hasContent(expected);
    }

    /** The component's JSON in a list, without the version: a release changes no option. */
    private static String vsCodeSettings() {
        String component = CmsEventsCatalog.create().componentJSonSchema("cms-events");
        return component
                .lines()
                .filter(line -> !line.strip().startsWith("\"version\":"))
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n", "{\n  \"camel.extra-components\": [\n", "\n  ]\n}\n"));
    }

    /** As the language server does. */
    @Test
    void aCatalogTakesTheComponentFromTheSettings() throws IOException {
        JsonNode components = new ObjectMapper().readTree(VS_CODE.toFile()).path("camel.extra-components");
        CamelCatalog catalog = new DefaultCamelCatalog();

        assertThat(components).hasSize(1);
        JsonNode component = components.get(0).path("component");
        catalog.addComponent(
                component.path("scheme").asText(),
                component.path("javaType").asText(),
                components.get(0).toString());

        assertThat(catalog.componentModel("cms-events").getEndpointOptions()).hasSizeGreaterThan(10);
        assertThat(catalog.validateEndpointProperties("cms-events:callz").getInvalidEnum())
                .containsKey("resource");
    }
}
