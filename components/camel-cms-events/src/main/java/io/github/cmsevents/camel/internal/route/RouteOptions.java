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
package io.github.cmsevents.camel.internal.route;

import io.github.cmsevents.camel.CmsEventsConfiguration;
import io.github.cmsevents.camel.internal.cluster.CallSelector;
import io.github.cmsevents.camel.internal.cluster.Topic;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A route's options as the protocol side needs them. A bad one is an {@link IllegalArgumentException} that names it. */
public final class RouteOptions {

    public static final String CONFERENCES = "conferences";

    private static final String ALL = "*";
    private static final String REGEX = "regex:";
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final String name;
    private final Resource resource;
    private final CmsEventsConfiguration configuration;

    /** @param name of the resource, as in the endpoint's URI */
    public RouteOptions(String name, CmsEventsConfiguration configuration) {
        this.name = name;
        this.resource = resource(name);
        this.configuration = configuration;
    }

    private static Resource resource(String name) {
        if (name.contains("@")) {
            throw new IllegalArgumentException(
                    "Credentials don't belong in the path: use the options username and password");
        }
        if (name.equals(CONFERENCES)) {
            return Resource.CALLS;
        }
        List<String> known = new ArrayList<>(
                Arrays.stream(Resource.values()).map(Resource::wireName).toList());
        known.add(1, CONFERENCES);
        return Resource.ofWireName(name)
                .orElseThrow(() -> new IllegalArgumentException("Unknown resource '" + name + "'. Did you mean: "
                        + NearestName.to(name, known) + "? The resources are " + String.join(", ", known)));
    }

    /** Checks all of them. */
    public void validate() {
        topic();
        interest();
        servers();
        credentials();
        if (configuration.getQueueSize() < 1) {
            throw new IllegalArgumentException("Option queueSize: " + configuration.getQueueSize() + " is less than 1");
        }
    }

    public Topic topic() {
        String call = trimmed(configuration.getCall());
        String callName = trimmed(configuration.getCallName());
        String callCorrelator = trimmed(configuration.getCallCorrelator());
        Map<String, String> given = new LinkedHashMap<>();
        given.put("call", call);
        given.put("callName", callName);
        given.put("callCorrelator", callCorrelator);
        given.values().removeIf(Objects::isNull);
        if (!resource.ofOneCall()) {
            return topicOfAllCalls(given.keySet());
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException(
                    "Options " + String.join(" and ", given.keySet()) + ": use only one of them");
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException("Option call: " + name
                    + " needs a call's GUID, or * for every active call; or use callName or callCorrelator");
        }
        return new Topic.InCalls(resource, selector(call, callName, callCorrelator));
    }

    private Topic topicOfAllCalls(Set<String> given) {
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("Option " + String.join(" and ", given) + ": " + name
                    + " is about all calls; leave it out, or use callRoster or callInfo");
        }
        if (!name.equals(CONFERENCES)) {
            return new Topic.Calls();
        }
        if (!configuration.isReconcile()) {
            throw new IllegalArgumentException("Option reconcile: conferences are always reconciled; leave it out");
        }
        return new Topic.Conferences();
    }

    private static CallSelector selector(String call, String callName, String callCorrelator) {
        if (callName != null) {
            return new CallSelector.Named(matcher(callName));
        }
        if (callCorrelator != null) {
            return new CallSelector.Correlated(callCorrelator);
        }
        return ALL.equals(call) ? new CallSelector.Every() : new CallSelector.OfCall(guid(call));
    }

    /** Servers write GUIDs in lower case, and people copy them from tools that do not. */
    private static String guid(String call) {
        String guid = call.toLowerCase(Locale.ROOT);
        if (!GUID.matcher(guid).matches()) {
            throw new IllegalArgumentException(
                    "Option call: '" + call
                            + "' is not a GUID such as 97c771ae-fc2e-4257-b129-30ee818e034b, nor *. It has to be the GUID of an"
                            + " active call, not that of a coSpace; to follow a coSpace's calls use callName or callCorrelator");
        }
        return guid;
    }

    private static Predicate<String> matcher(String callName) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        if (callName.startsWith(REGEX)) {
            try {
                return Pattern.compile(callName.substring(REGEX.length()), flags)
                        .asMatchPredicate();
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("Option callName: not a regular expression: " + e.getDescription());
            }
        }
        StringBuilder pattern = new StringBuilder();
        for (String part : callName.split("\\*", -1)) {
            pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), flags).asMatchPredicate();
    }

    public Interest interest() {
        return new Interest(
                elements(),
                configuration.isReconcile(),
                configuration.isMerge(),
                configuration.isSubscriptionUpdates());
    }

    /** What a new user may have overlooked. */
    public Optional<String> hint() {
        if (!elements().isEmpty()) {
            return Optional.empty();
        }
        String example = resource == Resource.CALL_ROSTER ? "name,state" : "name,participants";
        return Optional.of(
                "option elements is not set, so its updates have only GUIDs. Name the elements that it needs, for"
                        + " example elements=" + example);
    }

    public List<ServerAddress> servers() {
        String servers = trimmed(configuration.getServers());
        List<ServerAddress> addresses = servers == null ? List.of() : ServerAddress.parseList(servers);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "Option servers: name the Meeting Server, such as cms.example.com:445, on the endpoint or on the"
                            + " component");
        }
        Set<String> names = new HashSet<>();
        for (ServerAddress address : addresses) {
            if (!names.add(address.authority())) {
                throw new IllegalArgumentException(
                        "Option servers: " + address.authority() + " is there twice, with TLS and without");
            }
        }
        return addresses;
    }

    public Credentials credentials() {
        String username = required("username", configuration.getUsername());
        if (username.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "Option username: it has a colon, which HTTP basic authentication can't carry; use an account without");
        }
        return new Credentials(username, required("password", configuration.getPassword()));
    }

    private List<String> elements() {
        String text = trimmed(configuration.getElements());
        if (text == null) {
            return List.of();
        }
        Set<String> elements = new LinkedHashSet<>();
        for (String element : text.split(",")) {
            String each = element.trim();
            if (ALL.equals(each)) {
                elements.addAll(resource.elements());
            } else if (!each.isEmpty() && !Interest.ALWAYS.contains(each)) {
                elements.add(known(each));
            }
        }
        return List.copyOf(elements);
    }

    private String known(String element) {
        if (resource.elements().contains(element) || configuration.isAllowUnknownElements()) {
            return element;
        }
        List<String> others = Arrays.stream(Resource.values())
                .filter(other -> other.elements().contains(element))
                .map(Resource::wireName)
                .toList();
        String hint = others.isEmpty()
                ? "Did you mean: " + NearestName.to(element, resource.elements()) + "?"
                : "It is an element of " + String.join(" and ", others) + ".";
        throw new IllegalArgumentException("Option elements: " + name + " has no element '" + element + "'. " + hint
                + " For an element of a newer server set allowUnknownElements=true");
    }

    private static String required(String option, String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("Option " + option + ": required, on the endpoint or on the component");
        }
        return value;
    }

    private static String trimmed(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
