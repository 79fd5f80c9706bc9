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
package io.github.cmsevents.bom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the build makes of the published modules. */
class PublishedArtifactsIT {

    private static final Path ROOT = Path.of(System.getProperty("repository.root"));
    private static final String VERSION = System.getProperty("project.version");

    private final List<PublishedModule> modules = PublishedModule.allBelow(ROOT);
    private final Pom bom = Pom.read(Path.of("target", ".flattened-pom.xml"));

    @Test
    void theBomListsEveryPublishedModule() {
        assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(
                        modules.stream().map(PublishedModule::artifactId).toList())
                .contains("camel-cms-events");
        assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/version"))
                .containsOnly("${project.version}");
        assertThat(bom.texts("/project/version")).containsExactly(VERSION);
    }

    /** The importing project chooses the versions of everything else. */
    @Test
    void theBomListsNothingElse() {
        assertThat(bom.texts("/project/dependencyManagement/dependencies/dependency/groupId"))
                .containsOnly("io.github.cmsevents");
        assertThat(bom.texts("/project/parent")).isEmpty();
        assertThat(bom.texts("/project/properties")).isEmpty();
        assertThat(bom.texts("/project/dependencies")).isEmpty();
    }

    @Test
    void theBomHasWhatARepositoryAsksFor() {
        for (String element : List.of("name", "description", "url", "licenses", "developers", "scm")) {
            assertThat(bom.texts("/project/" + element)).as(element).hasSize(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyJarHasLicenceAndNotice() {
        return modules.stream()
                .flatMap(module -> module.jars(VERSION).stream())
                .map(jar -> dynamicTest(jar.getFileName().toString(), () -> {
                    assertThat(entry(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(ROOT.resolve("LICENSE")));
                    assertThat(entry(jar, "META-INF/NOTICE")).contains(Files.readString(ROOT.resolve("NOTICE")));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyModuleHasItsJar() {
        return modules.stream()
                .map(module -> dynamicTest(module.artifactId(), () -> assertThat(module.artifact(VERSION, ".jar"))
                        .exists()));
    }

    @TestFactory
    @EnabledIfSystemProperty(named = "release.artifacts", matches = "true")
    Stream<DynamicTest> everyModuleHasSourcesJavadocAndSbom() {
        return modules.stream()
                .map(module -> dynamicTest(module.artifactId(), () -> {
                    assertThat(module.artifact(VERSION, "-sources.jar")).exists();
                    assertThat(module.artifact(VERSION, "-javadoc.jar")).exists();
                    assertThat(module.target().resolve("bom.json"))
                            .content()
                            .contains("CycloneDX", module.artifactId());
                }));
    }

    @TestFactory
    @EnabledIfSystemProperty(named = "release.artifacts", matches = "true")
    Stream<DynamicTest> javadocLeavesInternalPackagesOut() {
        return modules.stream()
                .map(module -> module.artifact(VERSION, "-javadoc.jar"))
                .map(jar -> dynamicTest(jar.getFileName().toString(), () -> {
                    try (ZipFile zip = new ZipFile(jar.toFile())) {
                        assertThat(zip.stream().map(ZipEntry::getName))
                                .noneMatch(name -> name.contains("/internal/")
                                        || name.contains("/simulator/server/")
                                        || name.contains("/simulator/protocol/")
                                        || name.endsWith("Configurer.html"));
                    }
                }));
    }

    private static String entry(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            assertThat(entry).as("%s in %s", name, jar.getFileName()).isNotNull();
            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
