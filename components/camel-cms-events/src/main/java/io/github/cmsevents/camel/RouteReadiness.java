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

import io.github.cmsevents.camel.internal.cluster.CallSelector;
import io.github.cmsevents.camel.internal.cluster.Topic;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.status.ServerStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Whether updates flow to one route at this moment, and if not, why. A server that is away does not keep the others' from flowing.
 *
 * @param ready   whether any server is ready, and nothing that the route follows lacks room
 * @param message what is missing, even where others make the route ready; null when nothing is
 * @param details for a health check: what {@link ServerReadiness} has, with the server's name behind where there are
 *                several; and how many calls are followed
 */
record RouteReadiness(boolean ready, String message, Map<String, Object> details) {

    static RouteReadiness of(Topic topic, List<ServerStatus> servers, FollowingStatus following, Instant now) {
        Want want = wantOfEachServer(topic, servers.size());
        Map<String, Object> details = new LinkedHashMap<>();
        StringJoiner troubles = new StringJoiner("; ");
        int ready = 0;
        for (ServerStatus server : servers) {
            ServerReadiness readiness = ServerReadiness.of(want, server, now);
            if (readiness.ready()) {
                ready++;
            } else {
                troubles.add(readiness.message());
            }
            String behind = servers.size() == 1 ? "" : "." + server.server().authority();
            details.put("cms.server" + behind, server.server().toString());
            readiness.details().forEach((detail, value) -> details.put(detail + behind, value));
        }
        if (servers.size() > 1) {
            details.put("cms.servers", servers.size());
            details.put("cms.servers.ready", ready);
        }
        if (topic instanceof Topic.InCalls) {
            details.put("cms.followed", following.followed());
            details.put("cms.followed.active", following.active());
            details.put("cms.followed.waiting", following.waiting());
            if (following.waiting() > 0) {
                troubles.add("no server has room for " + following.waiting() + " of " + following.followed()
                        + " followed calls");
            }
        }
        return new RouteReadiness(
                ready > 0 && following.waiting() == 0, troubles.length() == 0 ? null : troubles.toString(), details);
    }

    /** What has to be subscribed on every server for the topic; calls are followed by means of the list of calls. */
    private static Want wantOfEachServer(Topic topic, int servers) {
        return servers == 1
                        && topic instanceof Topic.InCalls inCalls
                        && inCalls.calls() instanceof CallSelector.OfCall one
                ? new Want(inCalls.resource(), one.call())
                : new Want(Resource.CALLS, null);
    }
}
