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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.bridge.MeetingServer;
import io.github.cmsevents.camel.internal.content.Feed;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Every server's list of its calls: all calls are only seen by whoever is subscribed to all servers (protocol, section 7). Lives on
 * the cluster's event loop.
 */
final class CallLists {

    private static final Want CALLS = new Want(Resource.CALLS, null);

    private final CallDirectory directory;
    private final Map<MeetingServer, Feed> feeds = new LinkedHashMap<>();
    /** What was attached to each server for a receiver. */
    private final Map<Receiver, Map<MeetingServer, Receiver>> attached = new HashMap<>();

    CallLists(Iterable<MeetingServer> servers, CallDirectory directory) {
        this.directory = directory;
        servers.forEach(server -> feeds.put(server, new Feed(Resource.CALLS, directory)));
    }

    /**
     * Tells a receiver of every server's calls.
     *
     * @param perServer who is told of the calls of one server on its behalf
     */
    void attach(Receiver receiver, Function<MeetingServer, Receiver> perServer, Interest interest) {
        Map<MeetingServer, Receiver> told = new HashMap<>();
        attached.put(receiver, told);
        feeds.forEach((server, feed) -> {
            told.put(server, perServer.apply(server));
            feed.attach(told.get(server), interest);
            server.carry(CALLS, feed);
        });
    }

    void detach(Receiver receiver) {
        attached.remove(receiver).forEach((server, told) -> {
            feeds.get(server).detach(told);
            carryOrDrop(server);
        });
    }

    /**
     * These elements are to be learned, whether a receiver wants them or not; none for an end of that.
     *
     * @param by who needs them
     */
    void require(Set<String> elements, Set<Receiver> by) {
        for (MeetingServer server : feeds.keySet()) {
            feeds.get(server).require(elements, by);
            carryOrDrop(server);
        }
    }

    /** The servers whose lists do not tell these elements now. */
    List<String> without(Set<String> elements) {
        return feeds.entrySet().stream()
                .filter(entry -> !entry.getValue().tells(elements))
                .map(entry -> entry.getKey().name())
                .toList();
    }

    private void carryOrDrop(MeetingServer server) {
        Feed feed = feeds.get(server);
        if (feed.isEmpty()) {
            server.drop(CALLS);
            // What it knew will not be so any more when somebody asks again.
            feeds.put(server, new Feed(Resource.CALLS, directory));
        } else {
            server.carry(CALLS, feed);
        }
    }
}
