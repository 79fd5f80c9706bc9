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

import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ConnectionStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.status.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether one server's updates flow to a route at this moment, and if not, why.
 *
 * @param ready   whether the subscription that the route needs of this server is active
 * @param message one sentence; null when it is ready
 * @param details for a health check: states, attempts, next attempt, last failure, time since the last message
 */
record ServerReadiness(boolean ready, String message, Map<String, Object> details) {

    static final String CONNECTION_STATE = "cms.connection.state";
    static final String SUBSCRIPTION_STATE = "cms.subscription.state";
    static final String ATTEMPTS = "cms.attempts";

    static ServerReadiness of(Want want, ServerStatus server, Instant now) {
        Optional<SubscriptionStatus> subscription = server.subscription(want);
        ConnectionStatus connection =
                subscription.map(SubscriptionStatus::connection).orElse(null);
        boolean open = connection != null && connection.state().isOpen();
        boolean ready = open && subscription.map(SubscriptionStatus::isActive).orElse(false);
        return new ServerReadiness(
                ready,
                ready
                        ? null
                        : "Meeting Server " + server.server() + ": " + reason(want, subscription, connection, open),
                details(server, subscription, connection, now));
    }

    private static String reason(
            Want want, Optional<SubscriptionStatus> subscription, ConnectionStatus connection, boolean open) {
        if (subscription.isEmpty()) {
            return want + " is not subscribed";
        }
        if (connection == null) {
            return "no socket has room for " + want;
        }
        if (open) {
            return subscription.get().state() == null
                    ? want + " is being subscribed"
                    : "the subscription to " + want + " is "
                            + subscription.get().state().wireName();
        }
        String failed = connection.lastFailure() == null
                ? ""
                : ": " + connection.lastFailure().getMessage();
        return switch (connection.state()) {
            case BACKING_OFF -> "not connected, recovering, attempt " + connection.attempts() + " failed" + failed;
            case GAVE_UP -> "not connected, gave up after " + connection.attempts() + " attempts" + failed;
            case CONNECTING ->
                "connecting"
                        + (connection.attempts() == 0
                                ? ""
                                : ", after " + connection.attempts() + " failed attempts" + failed);
            case IDLE, CLOSING, CLOSED, SUBSCRIBING, LIVE -> "not connected";
        };
    }

    private static Map<String, Object> details(
            ServerStatus server, Optional<SubscriptionStatus> subscription, ConnectionStatus connection, Instant now) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(
                CONNECTION_STATE,
                connection == null ? "NONE" : connection.state().name());
        details.put(
                SUBSCRIPTION_STATE,
                subscription
                        .map(SubscriptionStatus::state)
                        .map(state -> state.wireName())
                        .orElse("none"));
        if (connection != null) {
            details.put(ATTEMPTS, connection.attempts());
            if (connection.nextAttempt() != null) {
                details.put(
                        "cms.next.attempt.millis",
                        Math.max(
                                0,
                                Duration.between(now, connection.nextAttempt()).toMillis()));
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
