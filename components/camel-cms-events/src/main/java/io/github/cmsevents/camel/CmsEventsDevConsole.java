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

import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** Shows the Meeting Servers in use, their sockets and subscriptions. */
@DevConsole(
        name = "cms-events",
        displayName = "CMS Events",
        description = "Meeting Servers, their sockets and subscriptions")
public class CmsEventsDevConsole extends AbstractDevConsole {

    public CmsEventsDevConsole() {
        super("camel", "cms-events", "CMS Events", "Meeting Servers, their sockets and subscriptions");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringJoiner lines = new StringJoiner("\n");
        Instant now = Instant.now();
        for (ServerStatus server : servers()) {
            ServerActivity activity = server.activity();
            lines.add(server.server() + ": " + activity.messages() + " messages, " + activity.updates() + " updates, "
                    + activity.acknowledgements() + " acknowledged, " + activity.sockets() + " sockets opened, "
                    + activity.socketsLost() + " lost");
            activity.violations().forEach((violation, count) -> {
                if (count > 0) {
                    lines.add("  violations of the protocol, " + label(violation) + ": " + count);
                }
            });
            for (ConnectionStatus connection : server.connections()) {
                lines.add("  socket " + connection.state() + " for "
                        + Duration.between(connection.since(), now).toSeconds() + " s, " + connection.subscriptions()
                        + " subscriptions"
                        + (connection.attempts() == 0 ? "" : ", " + connection.attempts() + " failed attempts")
                        + (connection.lastFailure() == null
                                ? ""
                                : ", last failure: " + connection.lastFailure().getMessage()));
            }
            for (SubscriptionStatus subscription : server.subscriptions()) {
                lines.add(
                        "  " + subscription.want() + ": " + subscription.phase().label() + ", "
                                + subscription.receivers() + " routes, " + subscription.known() + " known");
            }
        }
        return lines.length() == 0 ? "No Meeting Server is in use" : lines.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonArray servers = new JsonArray();
        servers().stream().map(CmsEventsDevConsole::json).forEach(servers::add);
        JsonObject root = new JsonObject();
        root.put("servers", servers);
        return root;
    }

    private List<ServerStatus> servers() {
        CamelContext camelContext = getCamelContext();
        return camelContext.getComponentNames().stream()
                .map(camelContext::hasComponent)
                .filter(CmsEventsComponent.class::isInstance)
                .map(CmsEventsComponent.class::cast)
                .flatMap(component -> component.clusters().status().stream())
                .collect(Collectors.toList());
    }

    private static JsonObject json(ServerStatus server) {
        ServerActivity activity = server.activity();
        JsonObject json = new JsonObject();
        json.put("server", server.server().toString());
        json.put("messages", activity.messages());
        json.put("updates", activity.updates());
        json.put("acknowledgements", activity.acknowledgements());
        json.put(
                "slowestAcknowledgementMillis",
                activity.slowestAcknowledgement().toMillis());
        json.put("socketsOpened", activity.sockets());
        json.put("socketsLost", activity.socketsLost());
        json.put("lastMessageMillis", activity.lastMessageMillis());
        JsonObject violations = new JsonObject();
        activity.violations().forEach((violation, count) -> violations.put(label(violation), count));
        json.put("violations", violations);
        JsonArray connections = new JsonArray();
        server.connections().stream().map(CmsEventsDevConsole::json).forEach(connections::add);
        json.put("connections", connections);
        JsonArray subscriptions = new JsonArray();
        server.subscriptions().stream().map(CmsEventsDevConsole::json).forEach(subscriptions::add);
        json.put("subscriptions", subscriptions);
        return json;
    }

    private static JsonObject json(ConnectionStatus connection) {
        JsonObject json = new JsonObject();
        json.put("state", connection.state().name());
        json.put("since", connection.since().toEpochMilli());
        json.put("subscriptions", connection.subscriptions());
        json.put("attempts", connection.attempts());
        if (connection.nextAttempt() != null) {
            json.put("nextAttempt", connection.nextAttempt().toEpochMilli());
        }
        if (connection.lastFailure() != null) {
            json.put("lastFailure", connection.lastFailure().getReason().name());
            json.put("lastFailureMessage", connection.lastFailure().getMessage());
        }
        return json;
    }

    private static JsonObject json(SubscriptionStatus subscription) {
        JsonObject json = new JsonObject();
        json.put("resource", subscription.want().resource().wireName());
        if (subscription.want().call() != null) {
            json.put("call", subscription.want().call());
        }
        json.put("state", subscription.phase().label());
        json.put("routes", subscription.receivers());
        json.put("known", subscription.known());
        return json;
    }

    private static String label(ProtocolViolation violation) {
        return violation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
