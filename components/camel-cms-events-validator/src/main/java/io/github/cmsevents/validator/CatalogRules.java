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

import io.github.cmsevents.catalog.CmsEventsCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;

/** The options of all components of Camel, and of cms-events. */
final class CatalogRules {

    private final CamelCatalog catalog = CmsEventsCatalog.create();
    private final Set<String> components = new HashSet<>(catalog.findComponentNames());

    /** An option or property, and what is wrong with it. */
    record Breach(String option, String text) {}

    boolean knows(String component) {
        return components.contains(component);
    }

    String suggestion(String component) {
        return Suggestion.of(component, new TreeSet<>(components));
    }

    ComponentModel model(String component) {
        return catalog.componentModel(component);
    }

    Set<String> endpointOptions(String component) {
        return model(component).getEndpointOptions().stream()
                .map(ComponentModel.EndpointOptionModel::getName)
                .collect(Collectors.toSet());
    }

    Set<String> secretEndpointOptions(String component) {
        return model(component).getEndpointOptions().stream()
                .filter(ComponentModel.EndpointOptionModel::isSecret)
                .map(ComponentModel.EndpointOptionModel::getName)
                .collect(Collectors.toSet());
    }

    /** Checks the names and the types of an endpoint's options. */
    List<Breach> breaches(String component, String path, Map<String, String> options) {
        Set<String> secrets = secretEndpointOptions(component);
        StringBuilder uri = new StringBuilder(component + ":" + path);
        options.forEach((name, value) -> uri.append(uri.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(secrets.contains(name) ? "secret" : literal(value)));
        EndpointValidationResult result = catalog.validateEndpointProperties(uri.toString());
        return breaches(result.summaryErrorMessage(false), result.getInvalidDuration());
    }

    private static String literal(String value) {
        boolean plain = UriOptions.isRaw(value) || UriOptions.isOpen(value) || value.matches("[^&+%?#]*");
        return plain ? value : "RAW(" + value + ")";
    }

    /** Checks the name and the type of a property, if it is one of Camel's. */
    List<Breach> breachesOfProperty(String name, String value) {
        boolean secret = ComponentProperty.of(name)
                .filter(property -> knows(property.component()))
                .flatMap(this::componentOption)
                .filter(ComponentModel.ComponentOptionModel::isSecret)
                .isPresent();
        ConfigurationPropertiesValidationResult result =
                catalog.validateConfigurationProperty(name + "=" + (secret ? "secret" : value));
        return breaches(result.summaryErrorMessage(false), result.getInvalidDuration());
    }

    private Optional<ComponentModel.ComponentOptionModel> componentOption(ComponentProperty property) {
        return model(property.component()).getComponentOptions().stream()
                .filter(option -> option.getName().equals(property.option()))
                .findFirst();
    }

    Set<String> componentOptions(String component) {
        return model(component).getComponentOptions().stream()
                .map(ComponentModel.ComponentOptionModel::getName)
                .collect(Collectors.toSet());
    }

    /**
     * Reads the table of the catalog: on each line an option, spaces, and what is wrong with it.
     *
     * @param durations that are invalid, which the table leaves out
     */
    private static List<Breach> breaches(String table, Map<String, String> durations) {
        List<Breach> breaches = new ArrayList<>();
        for (String line : table == null ? List.<String>of() : table.lines().toList()) {
            String[] cells = line.strip().split(" {4,}", 2);
            if (cells.length == 2) {
                breaches.add(new Breach(cells[0], cells[1]));
            }
        }
        if (durations != null) {
            durations.forEach((option, value) -> breaches.add(new Breach(option, "Invalid duration value: " + value)));
        }
        return breaches;
    }
}
