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

import io.github.cmsevents.camel.internal.route.WrittenUri;
import io.github.cmsevents.validator.CatalogRules.Breach;
import io.github.cmsevents.validator.NamedEndpoint.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.tooling.model.ComponentModel;

/** Checks endpoints against the catalog, those of cms-events against its own rules, and Kamelets against their definitions. */
final class EndpointCheck {

    private static final String CMS_EVENTS = "cms-events";
    private static final Pattern OPTION = Pattern.compile("Options? (\\w+)");

    private final CatalogRules catalog;
    private final ComponentRules component;
    private final Application application;
    private final KameletCheck kamelets;
    private final Set<String> ignoredComponents;
    private final Set<String> unchecked = new TreeSet<>();
    private int count;

    EndpointCheck(
            CatalogRules catalog, ComponentRules component, Application application, Set<String> ignoredComponents) {
        this.catalog = catalog;
        this.component = component;
        this.application = application;
        this.ignoredComponents = ignoredComponents;
        this.kamelets = new KameletCheck(application, catalog, this);
    }

    KameletCheck kamelets() {
        return kamelets;
    }

    /** The endpoints so far. */
    int count() {
        return count;
    }

    /** The components and Kamelets so far that are not known here. */
    Set<String> unchecked() {
        return unchecked;
    }

    void addUnchecked(String name) {
        unchecked.add(name);
    }

    void check(NamedEndpoint endpoint, Problems problems) {
        count++;
        if (!endpoint.isLiteral()) {
            return;
        }
        String scheme = endpoint.scheme();
        if (ignoredComponents.contains(scheme)) {
            unchecked.add(scheme);
        } else if (!catalog.knows(scheme)) {
            problems.add(
                    endpoint.line("uri"),
                    "unknown component " + scheme + catalog.suggestion(scheme)
                            + " (or ignore it, if it is one of your own)");
        } else if (scheme.equals("kamelet")) {
            kamelets.check(endpoint, problems);
        } else {
            checkKnown(endpoint, problems);
        }
    }

    private void checkKnown(NamedEndpoint endpoint, Problems problems) {
        String scheme = endpoint.scheme();
        ComponentModel model = catalog.model(scheme);
        if (model.isConsumerOnly() && endpoint.role() == Role.PRODUCER) {
            problems.add(endpoint.line("uri"), scheme + " only receives; use it in from");
        }
        Set<String> secrets = catalog.secretEndpointOptions(scheme);
        if (isCut(endpoint, scheme, catalog.endpointOptions(scheme), secrets, problems)) {
            return;
        }
        Map<String, String> options = endpoint.options();
        // The catalog shows a wrong value of the path; the component doesn't show credentials in it.
        boolean credentials = scheme.equals(CMS_EVENTS) && endpoint.path().contains("@");
        List<Breach> breaches = credentials ? List.of() : catalog.breaches(scheme, endpoint.path(), options);
        breaches.forEach(breach -> problems.add(
                endpoint.line(breach.option()), scheme + ", option " + breach.option() + ": " + breach.text()));
        if (breaches.isEmpty() && scheme.equals(CMS_EVENTS)) {
            breach(endpoint.path(), options)
                    .ifPresent(breach -> problems.add(endpoint.line(optionIn(breach)), in(scheme, breach)));
        }
    }

    /** What the component itself finds wrong with an endpoint of cms-events, and with the options that properties set. */
    Optional<String> breach(String resource, Map<String, String> options) {
        Map<String, String> all = new HashMap<>(application.componentOptions());
        all.keySet().retainAll(catalog.endpointOptions(CMS_EVENTS));
        all.putAll(options);
        return component.breach(resource, all);
    }

    /** The option that a message of the component begins with. */
    static String optionIn(String breach) {
        Matcher matcher = OPTION.matcher(breach);
        return matcher.lookingAt() ? matcher.group(1) : "uri";
    }

    /** A message of the component after the name of what it is about. */
    static String in(String name, String breach) {
        return name + (breach.startsWith("Option") ? ", o" + breach.substring(1) : ": " + breach);
    }

    /** Reports a secret whose value an ampersand ends: what follows may be a part of it, and must not be shown. */
    static boolean isCut(
            NamedEndpoint endpoint, String name, Set<String> known, Set<String> secrets, Problems problems) {
        Optional<String> cut =
                endpoint.query().isEmpty() ? Optional.empty() : WrittenUri.cutSecret(endpoint.uri(), known, secrets);
        cut.ifPresent(
                option -> problems.add(
                        endpoint.line(option),
                        name + ", option " + option
                                + ": an ampersand ends its value, and what follows is not an option"
                                + " (not shown: it may be a part of the value). Write RAW(...) around a value with an ampersand"));
        return cut.isPresent();
    }
}
