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

import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether one server can do what a route asks for at this moment, and if not, why.
 *
 * @param message one sentence; null when it is ready
 * @param details for a health check: states, attempts, next attempt, last failure, time since the last message
 */
public record ServerReadiness(boolean ready, String message, Map<String, Object> details) {

    public static final String CONNECTION_STATE = "cms.connection.state";
    public static final String SUBSCRIPTION_STATE = "cms.subscription.state";
    public static final String ATTEMPTS = "cms.attempts";

    static ServerReadiness of(Want needed, ServerStatus server, Instant now) {
        SubscriptionStatus subscription = server.subscription(needed).orElse(null);
        ConnectionStatus connection = subscription == null ? null : subscription.connection();
        boolean open = connection != null && connection.state().isOpen();
        boolean ready = open && isServed(subscription);
        return new ServerReadiness(
                ready,
                ready ? null : "Meeting Server " + server.server() + ": " + problem(needed, subscription, open),
                details(server, subscription, connection, now));
    }

    /** Active; or the details or roster of a call that is not active, which is no problem. */
    private static boolean isServed(SubscriptionStatus subscription) {
        return subscription.phase().isActive()
                || (subscription.want().resource().ofOneCall() && subscription.turnedDown());
    }

    private static String problem(Want needed, SubscriptionStatus subscription, boolean open) {
        if (subscription == null) {
            return needed + " is not subscribed to";
        }
        ConnectionStatus connection = subscription.connection();
        if (connection == null) {
            return "no socket has room for " + needed;
        }
        if (open) {
            return "the subscription to " + needed + " is "
                    + subscription.phase().label();
        }
        String failure = connection.lastFailure() == null
                ? ""
                : ": " + connection.lastFailure().getMessage();
        return switch (connection.state()) {
            case BACKING_OFF -> "not connected, retrying after attempt " + connection.attempts() + " failed" + failure;
            case GAVE_UP -> "not connected, gave up after " + connection.attempts() + " attempts" + failure;
            case CONNECTING ->
                connection.attempts() == 0
                        ? "connecting"
                        : "connecting, after " + connection.attempts() + " failed attempts" + failure;
            case IDLE, CLOSING, CLOSED, SUBSCRIBING, LIVE -> "not connected";
        };
    }

    private static Map<String, Object> details(
            ServerStatus server, SubscriptionStatus subscription, ConnectionStatus connection, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(
                CONNECTION_STATE,
                connection == null ? "NONE" : connection.state().name());
        details.put(
                SUBSCRIPTION_STATE,
                subscription == null ? "none" : subscription.phase().label());
        if (connection != null) {
            details.put(ATTEMPTS, connection.attempts());
            if (connection.nextAttempt() != null) {
                long millis = Duration.between(now, connection.nextAttempt()).toMillis();
                details.put("cms.next.attempt.millis", Math.max(0, millis));
            }
            if (connection.lastFailure() != null) {
                details.put(
                        "cms.last.failure", connection.lastFailure().getReason().name());
            }
        }
        long last = server.activity().lastMessageMillis();
        if (last > 0) {
            details.put("cms.last.message.seconds", Math.max(0, (now.toEpochMilli() - last) / 1000));
        }
        return details;
    }
}
