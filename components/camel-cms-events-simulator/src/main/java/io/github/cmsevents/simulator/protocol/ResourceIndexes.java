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
package io.github.cmsevents.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the resources that a script names by the client's indexes. */
record ResourceIndexes(SubscriptionTable table) {

    private static final String SUBSCRIPTION_INDEX = "subscriptionIndex";
    private static final Pattern RESOURCE_IN_FRAME = Pattern.compile("\"@([^\"@]+)@\"");

    /** A copy of the message with numbers in {@code subscriptionIndex} and {@code subscriptions[].index}. */
    ObjectNode resolve(ObjectNode message) {
        ObjectNode copy = message.deepCopy();
        resolve(copy, SUBSCRIPTION_INDEX);
        for (JsonNode entry : copy.path("subscriptions")) {
            if (entry instanceof ObjectNode subscription) {
                resolve(subscription, "index");
            }
        }
        return copy;
    }

    private void resolve(ObjectNode object, String field) {
        if (object.path(field).isTextual()) {
            object.put(field, indexOf(object.get(field).textValue()));
        }
    }

    /** The frame with a number for each {@code "@resource@"}. */
    String resolve(String frame) {
        Matcher matcher = RESOURCE_IN_FRAME.matcher(frame);
        return matcher.replaceAll(match -> Long.toString(indexOf(match.group(1))));
    }

    private long indexOf(String resource) {
        return table.all().stream()
                .filter(subscription -> name(subscription).equals(resource))
                .mapToLong(Subscription::index)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no subscription to '" + resource + "' on this socket; there are " + names()));
    }

    private List<String> names() {
        return table.all().stream().map(ResourceIndexes::name).toList();
    }

    private static String name(Subscription subscription) {
        String type = subscription.resource().wireName();
        return subscription.call() == null ? type : type + " " + subscription.call();
    }
}
