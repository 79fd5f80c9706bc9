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

import io.github.cmsevents.validator.PropertiesCheck.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks files of Camel routes (YAML and XML), Kamelets, Pipes and {@code application.properties}: their form, the endpoints of
 * Camel's components and of cms-events, and the uses of Kamelets. Connects to nothing and runs nothing.
 *
 * <p>The files are checked together: a Kamelet among them can be used in the others, and what properties set need not be in a route.
 */
public final class RouteValidator {

    private final Set<String> ignoredComponents;
    private final YamlSchema schema;
    private final CatalogRules catalog = new CatalogRules();
    private final ComponentRules component = new ComponentRules();

    /**
     * @param ignoredComponents the names of components that Camel does not have, whose endpoints are not checked
     * @throws IOException if Camel's schema cannot be read
     */
    public RouteValidator(Set<String> ignoredComponents) throws IOException {
        this.ignoredComponents = Set.copyOf(ignoredComponents);
        this.schema = new YamlSchema();
    }

    /**
     * Checks the named files, and in the named folders all files that are for Camel.
     *
     * @throws java.nio.file.NoSuchFileException if one of the paths does not exist
     * @throws IOException if a file cannot be read
     */
    public Report validate(Collection<Path> paths) throws IOException {
        return new Run(paths).report();
    }

    /** What is left to do with a file when all have been read. */
    private interface Check {
        void run() throws IOException;
    }

    private final class Run {

        private final Collection<Path> named;
        private final Application application = new Application();
        private final EndpointCheck endpoints;
        private final YamlCheck yaml;
        private final XmlCheck xml;
        private final PropertiesCheck properties;
        private final List<Problem> found = new ArrayList<>();

        Run(Collection<Path> named) throws IOException {
            this.named = named;
            endpoints = new EndpointCheck(catalog, component, application, ignoredComponents);
            yaml = new YamlCheck(schema, endpoints);
            xml = new XmlCheck(endpoints);
            properties = new PropertiesCheck(catalog, component, application, endpoints.kamelets(), ignoredComponents);
        }

        Report report() throws IOException {
            List<Check> checks = new ArrayList<>();
            for (Path file : SourceFiles.in(named)) {
                read(file).ifPresent(checks::add);
            }
            for (Check check : checks) {
                check.run();
            }
            found.sort(Comparator.comparing(Problem::file).thenComparing(Problem::line));
            return new Report(
                    checks.size(),
                    endpoints.count(),
                    List.copyOf(found),
                    Collections.unmodifiableSet(endpoints.unchecked()));
        }

        /** Empty if the file is not for Camel. */
        private Optional<Check> read(Path file) throws IOException {
            Problems problems = (line, message) -> found.add(new Problem(file.toString(), line, message));
            String name = file.getFileName().toString();
            if (name.endsWith(".properties")) {
                return Optional.of(readProperties(Files.readString(file, StandardCharsets.ISO_8859_1), problems));
            }
            // Not readString, which fails for other encodings: names and options are ASCII in all that are in use.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (name.endsWith(".xml")) {
                return XmlCheck.isCamel(text) || isNamed(file)
                        ? Optional.of(() -> xml.check(text, problems))
                        : Optional.empty();
            }
            return YamlCheck.mayBeCamel(text) || isNamed(file)
                    ? readYaml(name, text, problems, isNamed(file))
                    : Optional.empty();
        }

        private boolean isNamed(Path file) {
            return named.contains(file);
        }

        private Check readProperties(String text, Problems problems) throws IOException {
            List<Property> read = PropertiesCheck.read(text, problems);
            read.forEach(property -> application.addProperty(property.name(), property.value()));
            return () -> read.forEach(property -> properties.check(property, problems));
        }

        private Optional<Check> readYaml(String name, String text, Problems problems, boolean isNamed)
                throws IOException {
            YamlText read = YamlText.read(text, problems);
            if (read == null) {
                return Optional.of(() -> {});
            }
            if (!isNamed && !YamlCheck.isCamel(read.root())) {
                return Optional.empty();
            }
            YamlCheck.kamelet(read.root()).ifPresent(application::add);
            return Optional.of(() -> yaml.check(name, read, problems));
        }
    }
}
