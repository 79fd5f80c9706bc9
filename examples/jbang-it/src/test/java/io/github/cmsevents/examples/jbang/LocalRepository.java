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
package io.github.cmsevents.examples.jbang;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local Maven repository with the artifacts of this build, as a user has it after {@code ./mvnw install}. All tests share it, since Camel
 * JBang and Maven also keep in it what they download.
 */
record LocalRepository(Path folder, Path ofBuild, String version) {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    static LocalRepository install() throws IOException {
        LocalRepository repository = new LocalRepository(
                Path.of("target", "repository").toAbsolutePath(),
                // What Maven has downloaded for the build need not come over the network again.
                Path.of(System.getProperty("maven.repo.local.of.build")),
                System.getProperty("project.version"));
        repository.put("camel-cms-events-parent", ".pom", ROOT.resolve("pom.xml"));
        repository.installModule("camel-cms-events");
        repository.installModule("camel-cms-events-starter");
        repository.installModule("camel-cms-events-kamelets");
        return repository;
    }

    private void installModule(String artifact) throws IOException {
        Path module = ROOT.resolve("components").resolve(artifact);
        put(artifact, ".pom", module.resolve("pom.xml"));
        put(artifact, ".jar", module.resolve("target").resolve(artifact + "-" + version + ".jar"));
    }

    private void put(String artifact, String extension, Path file) throws IOException {
        Path target = Files.createDirectories(folder.resolve(Path.of("io", "github", "cmsevents", artifact, version)));
        Files.copy(file, target.resolve(artifact + "-" + version + extension), REPLACE_EXISTING);
    }
}
