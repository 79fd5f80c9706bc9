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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module with a jar that goes to a Maven repository.
 *
 * @param folder where its pom.xml is
 */
record PublishedModule(Path folder, String artifactId) {

    /** All modules of the build but poms and those that skip deployment. */
    static List<PublishedModule> allBelow(Path root) {
        return Pom.read(root.resolve("pom.xml")).texts("/project/modules/module").stream()
                .map(root::resolve)
                .filter(folder -> isPublished(pom(folder)))
                .map(folder -> new PublishedModule(
                        folder, pom(folder).texts("/project/artifactId").get(0)))
                .toList();
    }

    private static Pom pom(Path folder) {
        return Pom.read(folder.resolve("pom.xml"));
    }

    private static boolean isPublished(Pom pom) {
        return !pom.texts("/project/packaging").contains("pom")
                && !pom.texts("/project/properties/maven.deploy.skip").contains("true");
    }

    Path target() {
        return folder.resolve("target");
    }

    Path artifact(String version, String ending) {
        return target().resolve(artifactId + "-" + version + ending);
    }

    List<Path> jars(String version) {
        try (Stream<Path> files = Files.list(target())) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("\\Q" + artifactId + "-" + version + "\\E(-[a-z]+)?\\.jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
