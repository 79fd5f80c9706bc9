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
import static org.assertj.core.api.Assertions.contentOf;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmsEventsCatalogTest {

    private static final String CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";

    private static final Path KAMELETS = Path.of("../components/camel-cms-events-kamelets/src/main/resources/kamelets");

    private final CamelCatalog catalog = CmsEventsCatalog.create();

    @Test
    void listsTheComponentAmongCamelsOwn() {
        assertThat(new DefaultCamelCatalog().findComponentNames()).doesNotContain("cms-events");
        assertThat(catalog.findComponentNames()).contains("cms-events", "timer");
    }

    @Test
    void canBeAddedToAnExistingCatalogAndTwice() {
        CamelCatalog existing = new DefaultCamelCatalog();

        CmsEventsCatalog.addTo(existing);
        CmsEventsCatalog.addTo(existing);

        assertThat(existing.findComponentNames()).containsOnlyOnce("cms-events");
        assertThat(existing.componentModel("cms-events").getArtifactId()).isEqualTo("camel-cms-events");
    }

    @Test
    void isFoundByACatalogWithOnlyTheJarOnItsClassPath() {
        EndpointValidationResult result =
                new DefaultCamelCatalog().validateEndpointProperties("cms-events:calls?elementz=name");

        assertThat(result.getUnknown()).containsExactly("elementz");
    }

    @Test
    void describesTheComponentThatIsBuiltWithIt() throws Exception {
        ComponentModel model = catalog.componentModel("cms-events");

        Class<?> component = Class.forName(model.getJavaType());
        assertThat(component.getSimpleName()).isEqualTo("CmsEventsComponent");
        assertThat(contentOf(component.getResource("cms-events.json")).lines())
                .containsExactlyElementsOf(
                        catalog.componentJSonSchema("cms-events").lines().toList());
    }

    @Test
    void theComponentsJarHasItsJsonWhereEachToolLooks() throws Exception {
        Class<?> component = Class.forName(catalog.componentModel("cms-events").getJavaType());
        Properties listed = new Properties();
        try (InputStream in =
                component.getResourceAsStream("/META-INF/services/org/apache/camel/component.properties")) {
            listed.load(in);
        }

        assertThat(listed)
                .containsEntry("components", "cms-events")
                .containsEntry("groupId", "io.github.cmsevents")
                .containsEntry("artifactId", "camel-cms-events");
        // Next to the class: Camel's catalog and IDEA's plugin. Below META-INF: newer ones.
        assertThat(contentOf(component.getResource("/META-INF/io/github/cmsevents/camel/cms-events.json")))
                .isEqualTo(contentOf(component.getResource("cms-events.json")));
    }

    @Test
    void hasTheKameletsAsTheirJarHasThem() throws Exception {
        String version = catalog.componentModel("cms-events").getVersion();
        try (Stream<Path> files = Files.list(KAMELETS)) {
            assertThat(files).hasSize(4).allSatisfy(file -> assertThat(
                            contentOf(getClass().getResource("/kamelets/" + file.getFileName())))
                    .isEqualTo(Files.readString(file).replace("${project.version}", version)));
        }
    }

    @Test
    void theReadmeShowsWhatTheCatalogSays() throws Exception {
        EndpointValidationResult result = catalog.validateEndpointProperties("cms-events:calls?elementz=name");

        assertThat(Files.readString(Path.of("README.md")))
                .contains("cms-events:calls?elementz=name")
                .contains("// "
                        + result.summaryErrorMessage(false)
                                .lines()
                                .reduce("", (first, last) -> last)
                                .strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cms-events:calls?servers=cms.example.com&username=api&password=RAW(s+cr%t)&elements=name,participants",
                "cms-events:callInfo?call=" + CALL + "&elements=*&merge=true&bodyType=json",
                "cms-events:callRoster?servers=a.example.com,b.example.com:445&call=*&elements=name",
                "cms-events:callRoster?callName=RAW(regex:(Board|Team) .+)&elements=name&sharedConnection=false",
                "cms-events:conferences?elements=name&hostnameVerification=false",
                "cms-events:callRoster?call={{call}}&elements={{elements}}&acknowledge=received&queueSize=10"
            })
    void passesValidUrisOfAllResources(String uri) {
        EndpointValidationResult result = catalog.validateEndpointProperties(uri, false, true, false);

        assertThat(result.isSuccess()).as(result.summaryErrorMessage(true)).isTrue();
        // The catalog accepts unknown components, so success alone proves nothing.
        assertThat(result.getUnknownComponent()).isNull();
    }

    @Test
    void marksTheComponentAsConsumerOnly() {
        assertThat(catalog.componentModel("cms-events").isConsumerOnly()).isTrue();
    }

    @Test
    void suggestsTheNearestOption() {
        EndpointValidationResult result = catalog.validateEndpointProperties("cms-events:calls?elementz=name");

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getUnknown()).containsExactly("elementz");
        assertThat(result.getUnknownSuggestions().get("elementz")).startsWith("elements");
        assertThat(result.summaryErrorMessage(false)).contains("elementz").contains("Did you mean: [elements");
    }

    @Test
    void suggestsTheNearestResource() {
        EndpointValidationResult result = catalog.validateEndpointProperties("cms-events:callz?elements=name");

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.getInvalidEnum()).containsEntry("resource", "callz");
        assertThat(result.summaryErrorMessage(false)).contains("callz").contains("Did you mean: [calls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledge=recieved", "bodyType=jsn", "merge=maybe", "queueSize=many"})
    void reportsValuesOfTheWrongKind(String option) {
        EndpointValidationResult result = catalog.validateEndpointProperties("cms-events:calls?" + option);

        assertThat(result.isSuccess()).as(option).isFalse();
        assertThat(result.getUnknown()).isNull();
    }

    @Test
    void reportsUnknownProperties() {
        assertThat(property("camel.component.cms-events.servers=cms.example.com")
                        .isSuccess())
                .isTrue();
        assertThat(property("camel.component.cms-events.use-global-ssl-context-parameters=true")
                        .isSuccess())
                .isTrue();

        ConfigurationPropertiesValidationResult typo = property("camel.component.cms-events.hozt=cms.example.com");

        assertThat(typo.isSuccess()).isFalse();
        assertThat(typo.getUnknown()).isEqualTo(Set.of("camel.component.cms-events.hozt"));
    }

    @Test
    void marksTheAccountAsSecret() {
        List<String> secrets = catalog.componentModel("cms-events").getEndpointOptions().stream()
                .filter(ComponentModel.EndpointOptionModel::isSecret)
                .map(ComponentModel.EndpointOptionModel::getName)
                .toList();

        assertThat(secrets).containsExactlyInAnyOrder("username", "password");
    }

    private ConfigurationPropertiesValidationResult property(String line) {
        return catalog.validateConfigurationProperty(line);
    }
}
