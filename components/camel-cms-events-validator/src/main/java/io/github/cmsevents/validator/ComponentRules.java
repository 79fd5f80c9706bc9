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

import io.github.cmsevents.camel.CmsEventsComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The component's own rules, such as which resource has which elements: makes an endpoint and lets it check its options, as at the
 * start of a route. Connects to nothing.
 */
final class ComponentRules {

    /** Stands for what only the application knows, so that the rest can be checked. */
    private static final Map<String, String> ACCOUNT =
            Map.of("servers", "cms.example.com", "username", "username", "password", "password");

    private static final Map<String, String> SELECTORS =
            Map.of("call", "*", "callName", "*", "callCorrelator", "97c771ae-fc2e-4257-b129-30ee818e034b");

    private final SimpleCamelContext context = new SimpleCamelContext();

    ComponentRules() {
        context.build();
    }

    /**
     * The first breach.
     *
     * @param resource as in the URI
     * @param options  as written
     */
    Optional<String> breach(String resource, Map<String, String> options) {
        return UriOptions.isOpen(resource) ? Optional.empty() : breach(component(), resource, known(options));
    }

    /** What is wrong with the value of an option that only the component has. */
    Optional<String> breachOfProperty(String option, String value) {
        CmsEventsComponent component = component();
        try {
            PropertyBindingSupport.build().bind(context, component, option, value);
        } catch (PropertyBindingException e) {
            return Optional.of("Option " + option + ": the value has another type");
        }
        return breach(component, "calls", ACCOUNT);
    }

    private CmsEventsComponent component() {
        CmsEventsComponent component = new CmsEventsComponent();
        component.setCamelContext(context);
        component.init();
        return component;
    }

    private static Optional<String> breach(CmsEventsComponent component, String resource, Map<String, String> options) {
        try {
            // Camel takes options beside the URI only if the URI has some too.
            String uri = "cms-events:" + resource + "?username=username";
            Endpoint endpoint = component.createEndpoint(uri, new HashMap<>(options));
            ServiceHelper.initService(endpoint);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(reason(e));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    private static Map<String, String> known(Map<String, String> options) {
        Map<String, String> known = new LinkedHashMap<>();
        options.forEach((option, value) -> {
            if (!UriOptions.isOpen(value)) {
                known.put(option, UriOptions.withoutRaw(value));
            }
        });
        if (SELECTORS.keySet().stream().noneMatch(known::containsKey)) {
            // One open option has to be the selector; of several at most one will have a value.
            List.of("call", "callName", "callCorrelator").stream()
                    .filter(options::containsKey)
                    .findFirst()
                    .ifPresent(option -> known.put(option, SELECTORS.get(option)));
        }
        if (options.containsKey("allowUnknownElements") && !known.containsKey("allowUnknownElements")) {
            known.put("allowUnknownElements", "true");
        }
        ACCOUNT.forEach((option, value) -> {
            if (!option.equals("servers") || !known.containsKey(option)) {
                known.put(option, value);
            }
        });
        return known;
    }
}
