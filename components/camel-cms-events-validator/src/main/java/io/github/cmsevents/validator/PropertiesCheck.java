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

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Checks the properties that set options of components and parameters of Kamelets. */
final class PropertiesCheck {

    /** Spring Boot has them for each component. */
    private static final Set<String> SPRING_BOOT = Set.of("enabled", "customizer.enabled");

    private final CatalogRules catalog;
    private final ComponentRules component;
    private final Application application;
    private final KameletCheck kamelets;
    private final Set<String> ignoredComponents;

    PropertiesCheck(
            CatalogRules catalog,
            ComponentRules component,
            Application application,
            KameletCheck kamelets,
            Set<String> ignoredComponents) {
        this.catalog = catalog;
        this.component = component;
        this.application = application;
        this.kamelets = kamelets;
        this.ignoredComponents = ignoredComponents;
    }

    record Property(int line, String name, String value) {}

    /** Reads them as the JDK does, with the line on which each begins. */
    static List<Property> read(String text, Problems problems) throws IOException {
        List<Property> properties = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        int line = 0;
        int first = 1;
        for (String natural : text.lines().toList()) {
            line++;
            logical.append(natural).append('\n');
            if (!natural.matches(".*(?<!\\\\)(\\\\\\\\)*\\\\")
                    || natural.strip().matches("[#!].*")) {
                Properties one = new Properties();
                try {
                    one.load(new StringReader(logical.toString()));
                } catch (IllegalArgumentException e) {
                    problems.add(first, "not a property: " + e.getMessage());
                }
                for (String name : one.stringPropertyNames()) {
                    properties.add(new Property(first, name, one.getProperty(name)));
                }
                logical.setLength(0);
                first = line + 1;
            }
        }
        return properties;
    }

    void check(Property property, Problems problems) {
        KameletProperty.of(property.name()).ifPresent(parameter -> check(property, parameter, problems));
        ComponentProperty option = ComponentProperty.of(property.name()).orElse(null);
        if (option == null || SPRING_BOOT.contains(option.option())) {
            return;
        }
        if (!catalog.knows(option.component())) {
            if (!ignoredComponents.contains(option.component())) {
                problems.add(
                        property.line(),
                        property.name() + ": unknown component " + option.component()
                                + catalog.suggestion(option.component()));
            }
        } else if (!catalog.componentOptions(option.component()).contains(option.option())
                && option.option().matches("\\w+")) {
            problems.add(
                    property.line(),
                    property.name() + ": unknown option"
                            + Suggestion.of(option.option(), catalog.componentOptions(option.component())));
        } else if (checkNames(property, problems) && option.component().equals("cms-events")) {
            checkValue(property, option.option(), problems);
        }
    }

    private boolean checkNames(Property property, Problems problems) {
        List<CatalogRules.Breach> breaches = catalog.breachesOfProperty(property.name(), property.value());
        breaches.forEach(breach -> problems.add(property.line(), property.name() + ": " + breach.text()));
        return breaches.isEmpty();
    }

    private void checkValue(Property property, String option, Problems problems) {
        boolean onComponentOnly = !catalog.endpointOptions("cms-events").contains(option);
        if (onComponentOnly && !UriOptions.isOpen(property.value())) {
            component
                    .breachOfProperty(option, property.value())
                    .ifPresent(breach -> problems.add(
                            property.line(), property.name() + ": " + breach.replaceFirst("^Option \\w+: ", "")));
        }
    }

    private void check(Property property, KameletProperty parameter, Problems problems) {
        Kamelet kamelet = application.kamelets().get(parameter.kamelet());
        if (kamelet != null) {
            kamelets.breach(kamelet, parameter.parameter(), property.value())
                    .ifPresent(breach -> problems.add(property.line(), property.name() + ": " + breach));
        } else if (parameter.kamelet().startsWith("cms-")) {
            problems.add(
                    property.line(),
                    property.name() + ": unknown Kamelet " + parameter.kamelet()
                            + Suggestion.of(
                                    parameter.kamelet(), application.kamelets().keySet()));
        }
    }
}
