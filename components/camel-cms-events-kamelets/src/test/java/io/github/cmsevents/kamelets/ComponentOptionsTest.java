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
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Kamelet says of a property or header is what the component says of it. */
class ComponentOptionsTest {

    private static JsonNode component;

    @BeforeAll
    static void readTheComponentsOptions() throws IOException {
        try (InputStream in =
                ComponentOptionsTest.class.getResourceAsStream("/META-INF/io/github/cmsevents/camel/cms-events.json")) {
            component = new ObjectMapper().readTree(in);
        }
    }

    static Stream<KameletFile> kamelets() {
        return KameletFile.all();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void eachPropertyIsAnOption(KameletFile kamelet) {
        kamelet.properties().forEach((name, property) -> {
            JsonNode option = component.path("properties").path(name);
            assertThat(option.isMissingNode()).as("no option " + name).isFalse();
            assertThat(property.path("title")).as(name).isEqualTo(option.path("displayName"));
            assertThat(property.path("description")).as(name).isEqualTo(option.path("description"));
            assertThat(property.path("enum")).as(name).isEqualTo(option.path("enum"));
            assertThat(property.path("type").asText()).as(name).isEqualTo(type(option));
            assertThat(property.at("/x-descriptors").toString().contains("urn:camel:group:credentials"))
                    .as(name)
                    .isEqualTo(option.path("secret").asBoolean());
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void eachParameterOfTheTemplateIsThePropertyOfItsName(KameletFile kamelet) {
        kamelet.template().at("/from/parameters").properties().forEach(parameter -> assertThat(
                        parameter.getValue().asText())
                .matches("(RAW\\()?\\{\\{\\??" + parameter.getKey() + "}}\\)?"));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theResourceExists(KameletFile kamelet) {
        String resource = kamelet.template().at("/from/uri").asText().substring("cms-events:".length());

        assertThat(component.at("/properties/resource/enum").toString()).contains('"' + resource + '"');
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void eachHeaderIsTheComponents(KameletFile kamelet) {
        kamelet.content().at("/spec/dataTypes/out/headers").properties().forEach(header -> assertThat(
                        header.getValue().path("description"))
                .as(header.getKey())
                .isEqualTo(component.path("headers").path(header.getKey()).path("description")));
    }

    private static String type(JsonNode option) {
        String type = option.path("type").asText();
        return type.equals("boolean") || type.equals("integer") ? type : "string";
    }
}
