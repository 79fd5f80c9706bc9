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
package io.github.cmsevents.camel;

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.cluster.CallSelector;
import io.github.cmsevents.camel.internal.cluster.Topic;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.support.PatternHelper;

/** Reads a route's options into what the protocol side works with. A bad one is an error that names it. */
final class SubscriptionOptions {

    private static final String ALL = "*";

    private final Resource resource;
    private final CmsEventsConfiguration configuration;

    SubscriptionOptions(Resource resource, CmsEventsConfiguration configuration) {
        this.resource = resource;
        this.configuration = configuration;
    }

    static Resource resource(String name) {
        if (name.contains("@")) {
            throw new IllegalArgumentException(
                    "Credentials don't belong in the path: use the options username and password");
        }
        List<String> known =
                Arrays.stream(Resource.values()).map(Resource::wireName).toList();
        return Resource.ofWireName(name)
                .orElseThrow(() -> new IllegalArgumentException("Unknown resource '" + name + "'. Did you mean: "
                        + NearestName.to(name, known) + "? There are " + String.join(", ", known)));
    }

    /** Checks all of them. */
    void validate() {
        topic();
        interest();
        servers();
        credentials();
        connectionOptions();
        atLeast("queueSize", configuration.getQueueSize(), 1);
    }

    Topic topic() {
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
        if (configuration.isClusterView()) {
            throw new IllegalArgumentException("Option clusterView: it is for calls; " + resource.wireName()
                    + " follows each conference once by itself");
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException(
                    "Options " + String.join(" and ", given.keySet()) + ": they exclude each other, use one of them");
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException("Option call: " + resource.wireName()
                    + " needs to know of which calls: a GUID or * for every call; or use callName or callCorrelator");
        }
        return new Topic.InCalls(resource, selector(call, callName, callCorrelator));
    }

    private Topic topicOfAllCalls(Set<String> given) {
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("Option " + String.join(" and ", given)
                    + ": calls is about all calls; leave it out, or use callRoster or callInfo");
        }
        if (configuration.isClusterView() && !configuration.isReconcile()) {
            throw new IllegalArgumentException(
                    "Options clusterView and reconcile: conferences can't be put together without reconciling");
        }
        return configuration.isClusterView() ? new Topic.Conferences() : new Topic.Calls();
    }

    private static CallSelector selector(String call, String callName, String callCorrelator) {
        if (callName != null) {
            return new CallSelector.Named(callName, name -> PatternHelper.matchPattern(name, callName));
        }
        if (callCorrelator != null) {
            return new CallSelector.Correlated(callCorrelator);
        }
        return ALL.equals(call) ? new CallSelector.Every() : new CallSelector.OfCall(call);
    }

    Interest interest() {
        return new Interest(
                elements(),
                configuration.isReconcile(),
                configuration.isMerge(),
                configuration.isSubscriptionUpdates());
    }

    List<ServerAddress> servers() {
        String servers = trimmed(configuration.getServers());
        List<ServerAddress> addresses = servers == null ? List.of() : ServerAddress.parseList(servers);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "Option servers: name the Meeting Server, on the endpoint or on the component");
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

    Credentials credentials() {
        return new Credentials(
                required("username", configuration.getUsername()), required("password", configuration.getPassword()));
    }

    ConnectionOptions connectionOptions() {
        int maxConnections = configuration.getMaxConnectionsPerServer();
        if (maxConnections < 1 || maxConnections > 5) {
            throw new IllegalArgumentException(
                    "Option maxConnectionsPerServer: " + maxConnections + " is not from 1 to 5");
        }
        return new ConnectionOptions(
                duration("reconnectInitialDelay", configuration.getReconnectInitialDelay(), 1),
                duration("reconnectMaxDelay", configuration.getReconnectMaxDelay(), 1),
                atLeast("maxReconnectAttempts", configuration.getMaxReconnectAttempts(), 0),
                duration("connectTimeout", configuration.getConnectTimeout(), 1),
                duration("ackTimeout", configuration.getAckTimeout(), 1),
                duration("heartbeatInterval", configuration.getHeartbeatInterval(), 0),
                duration("resyncQuietPeriod", configuration.getResyncQuietPeriod(), 1),
                maxConnections,
                atLeast("maxMessageSize", configuration.getMaxMessageSize(), 1024));
    }

    private List<String> elements() {
        String text = trimmed(configuration.getElements());
        if (text == null) {
            return List.of();
        }
        Set<String> elements = new LinkedHashSet<>();
        for (String element : text.split(",")) {
            String name = element.trim();
            if (ALL.equals(name)) {
                elements.addAll(resource.elements());
            } else if (!name.isEmpty()) {
                elements.add(known(name));
            }
        }
        return List.copyOf(elements);
    }

    private String known(String element) {
        if (!resource.elements().contains(element) && !configuration.isAllowUnknownElements()) {
            throw new IllegalArgumentException("Option elements: " + resource.wireName() + " has no element '" + element
                    + "'. Did you mean: " + NearestName.to(element, resource.elements())
                    + "? For an element of a newer server set allowUnknownElements=true");
        }
        return element;
    }

    private static String required(String option, String value) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("Option " + option + ": required, on the endpoint or on the component");
        }
        return value;
    }

    private static Duration duration(String option, long millis, int least) {
        if (millis < least || millis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Option " + option + ": " + millis + " ms is not from " + least + " ms to 24 days");
        }
        return Duration.ofMillis(millis);
    }

    private static int atLeast(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("Option " + option + ": " + value + " is less than " + least);
        }
        return value;
    }

    private static String trimmed(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
