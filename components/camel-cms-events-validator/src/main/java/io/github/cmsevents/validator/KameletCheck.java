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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the uses of Kamelets against their definitions. Camel itself ignores an unknown parameter. */
final class KameletCheck {

    /** The names of this project's Kamelets begin with it. */
    private static final String OWN = "cms-";

    private final Application application;
    private final CatalogRules catalog;
    private final EndpointCheck endpoints;

    KameletCheck(Application application, CatalogRules catalog, EndpointCheck endpoints) {
        this.application = application;
        this.catalog = catalog;
        this.endpoints = endpoints;
    }

    /** Checks an endpoint such as {@code kamelet:cms-calls-source?elements=name}. */
    void check(NamedEndpoint endpoint, Problems problems) {
        String name = endpoint.path().replaceFirst("/.*", "");
        if (name.equals("source") || name.equals("sink") || UriOptions.isOpen(name)) {
            return;
        }
        Kamelet kamelet = application.kamelets().get(name);
        if (kamelet == null) {
            unknown(name, endpoint, problems);
            return;
        }
        Set<String> known = new HashSet<>(kamelet.parameters());
        known.addAll(catalog.endpointOptions("kamelet"));
        if (EndpointCheck.isCut(endpoint, name, known, secrets(kamelet), problems)) {
            return;
        }
        Map<String, String> given = endpoint.options();
        List<Breach> breaches = new ArrayList<>();
        given.forEach((parameter, value) -> breach(kamelet, known, parameter, value)
                .ifPresent(
                        text -> breaches.add(new Breach(parameter, name + ", parameter " + parameter + ": " + text))));

        Map<String, String> parameters = new HashMap<>(application.kameletParameters(name));
        parameters.putAll(given);
        for (String required : kamelet.required()) {
            if (!parameters.containsKey(required)
                    && !kamelet.parameter(required).has("default")) {
                breaches.add(new Breach("uri", name + ": parameter " + required + " is missing"));
            }
        }
        if (breaches.isEmpty()) {
            breaches.addAll(breachesOfTemplate(kamelet, parameters));
        }
        breaches.forEach(breach -> problems.add(endpoint.line(breach.parameter()), breach.text()));
    }

    private record Breach(String parameter, String text) {}

    private void unknown(String name, NamedEndpoint endpoint, Problems problems) {
        if (name.startsWith(OWN)) {
            problems.add(
                    endpoint.line("uri"),
                    "unknown Kamelet " + name
                            + Suggestion.of(name, application.kamelets().keySet()));
        } else {
            endpoints.addUnchecked("kamelet:" + name);
        }
    }

    /** What is wrong with a parameter, in a route or in a property. */
    Optional<String> breach(Kamelet kamelet, String parameter, String value) {
        return breach(kamelet, new HashSet<>(kamelet.parameters()), parameter, value);
    }

    private static Optional<String> breach(Kamelet kamelet, Set<String> known, String parameter, String value) {
        if (!known.contains(parameter)) {
            return Optional.of("unknown, Camel ignores it" + Suggestion.of(parameter, kamelet.parameters()));
        }
        JsonNode definition = kamelet.parameter(parameter);
        if (UriOptions.isOpen(value)) {
            return Optional.empty();
        }
        String literal = UriOptions.withoutRaw(value);
        List<String> choices = new ArrayList<>();
        definition.path("enum").forEach(choice -> choices.add(choice.asText()));
        if (!choices.isEmpty() && !choices.contains(literal)) {
            return Optional.of("the value is none of " + choices + Suggestion.of(literal, choices));
        }
        boolean fits =
                switch (definition.path("type").asText()) {
                    case "boolean" -> literal.matches("true|false");
                    case "integer" -> literal.matches("[-+]?\\d+");
                    case "number" -> literal.matches("[-+]?[0-9.]+");
                    default -> true;
                };
        return fits
                ? Optional.empty()
                : Optional.of(
                        "the value is not of type " + definition.path("type").asText());
    }

    private static Set<String> secrets(Kamelet kamelet) {
        return kamelet.parameters().stream()
                .filter(parameter -> kamelet.parameter(parameter).toString().contains("urn:camel:group:credentials")
                        || kamelet.parameter(parameter).path("format").asText().equals("password"))
                .collect(Collectors.toSet());
    }

    /** What the component finds wrong with the endpoints of cms-events that the Kamelet makes of these parameters. */
    private List<Breach> breachesOfTemplate(Kamelet kamelet, Map<String, String> parameters) {
        List<Breach> breaches = new ArrayList<>();
        YamlEndpoints.in(kamelet.template(), (parent, key) -> 1).stream()
                .filter(endpoint -> endpoint.isLiteral() && endpoint.scheme().equals("cms-events"))
                .forEach(endpoint -> endpoints
                        .breach(endpoint.path(), kamelet.expand(endpoint.options(), parameters))
                        .ifPresent(text -> breaches.add(
                                new Breach(EndpointCheck.optionIn(text), EndpointCheck.in(kamelet.name(), text)))));
        return breaches;
    }
}
