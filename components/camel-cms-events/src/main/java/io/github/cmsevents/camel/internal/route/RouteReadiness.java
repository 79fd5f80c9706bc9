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

import io.github.cmsevents.camel.internal.cluster.CallSelector;
import io.github.cmsevents.camel.internal.cluster.Topic;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Whether the component can do what a route asks for at this moment, and if not, why. One server that is ready is enough: a server
 * that is away does not keep the others' updates from coming. A call that is not active now is no problem.
 *
 * @param message what is missing, also where other servers make the route ready; null when nothing is
 * @param details for a health check: what {@link ServerReadiness} has, followed by the server's name where there are several
 */
public record RouteReadiness(boolean ready, String message, Map<String, Object> details) {

    /**
     * @param waitingSince   when the oldest message was received that the route has not acknowledged; 0 when there is none
     * @param stalledTimeout how long a route may hold an acknowledgement
     */
    public static RouteReadiness of(
            Topic topic,
            List<ServerStatus> servers,
            FollowingStatus following,
            long waitingSince,
            Duration stalledTimeout,
            Instant now) {
        Want needed = neededOfEachServer(topic, servers.size());
        Map<String, Object> details = new LinkedHashMap<>();
        StringJoiner problems = new StringJoiner("; ");
        int ready = 0;
        for (ServerStatus server : servers) {
            ServerReadiness readiness = ServerReadiness.of(needed, server, now);
            if (readiness.ready()) {
                ready++;
            } else {
                problems.add(readiness.message());
            }
            String suffix = servers.size() == 1 ? "" : "." + server.server().authority();
            details.put("cms.server" + suffix, server.server().toString());
            readiness.details().forEach((detail, value) -> details.put(detail + suffix, value));
        }
        if (servers.size() > 1) {
            details.put("cms.servers", servers.size());
            details.put("cms.servers.ready", ready);
        }
        if (topic instanceof Topic.InCalls) {
            details.put("cms.followed", following.followed());
            details.put("cms.followed.active", following.active());
            details.put("cms.followed.waiting", following.waiting());
            details.put("cms.followed.refused", following.refused());
            if (following.waiting() > 0) {
                problems.add("no server has room for " + following.waiting() + " of " + following.followed()
                        + " followed calls");
            }
            if (following.refused() > 0) {
                problems.add("the servers refuse " + following.refused() + " of " + following.followed()
                        + " followed calls");
            }
        }
        long heldMillis = waitingSince == 0 ? 0 : Math.max(0, now.toEpochMilli() - waitingSince);
        boolean stalled = heldMillis >= stalledTimeout.toMillis();
        details.put("cms.oldest.unacknowledged.seconds", heldMillis / 1000);
        if (stalled) {
            problems.add("the route has not processed an update for " + heldMillis / 1000
                    + " s (option stalledRouteTimeout)");
        }
        boolean complete = following.waiting() == 0 && following.refused() == 0;
        return new RouteReadiness(
                ready > 0 && complete && !stalled, problems.length() == 0 ? null : problems.toString(), details);
    }

    /** A detail of each server, for JMX: as it is with one server, otherwise {@code host:port=detail, ...}. */
    public String ofEachServer(List<ServerAddress> servers, String detail, String otherwise) {
        return servers.size() == 1
                ? String.valueOf(details.getOrDefault(detail, otherwise))
                : servers.stream()
                        .map(ServerAddress::authority)
                        .map(name -> name + "=" + details.getOrDefault(detail + "." + name, otherwise))
                        .collect(Collectors.joining(", "));
    }

    /** Attempts to connect that have failed in a row, of all servers together. */
    public int attempts() {
        return details.entrySet().stream()
                .filter(detail -> detail.getKey().startsWith(ServerReadiness.ATTEMPTS))
                .mapToInt(detail -> (Integer) detail.getValue())
                .sum();
    }

    /** What has to be subscribed to on every server; calls are followed by means of the list of calls. */
    private static Want neededOfEachServer(Topic topic, int servers) {
        return topic instanceof Topic.InCalls inCalls
                        && inCalls.isDirect(servers)
                        && inCalls.calls() instanceof CallSelector.OfCall one
                ? new Want(inCalls.resource(), one.guid())
                : new Want(Resource.CALLS, null);
    }
}
