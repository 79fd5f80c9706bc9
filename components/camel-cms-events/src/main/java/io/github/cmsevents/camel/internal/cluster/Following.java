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

import io.github.cmsevents.camel.internal.content.Conference;
import io.github.cmsevents.camel.internal.content.ConferenceIndex;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets each route follow the conferences that it selects, each once, as these begin, change and end. */
final class Following {

    private final List<String> servers;
    private final ConferenceIndex index;
    private final ConferenceSubscriptions subscriptions;
    private final CallLists callLists;
    private final FirstLists firstLists;
    private final Map<Receiver, Follower> followers = new LinkedHashMap<>();

    /** @param direct whether it asks the only server for a GUID, without the list of calls */
    private record Follower(Topic.InCalls topic, Interest interest, boolean direct, Set<Conference> followed) {}

    Following(
            List<String> servers,
            ConferenceIndex index,
            ConferenceSubscriptions subscriptions,
            CallLists callLists,
            FirstLists firstLists) {
        this.servers = servers;
        this.index = index;
        this.subscriptions = subscriptions;
        this.callLists = callLists;
        this.firstLists = firstLists;
    }

    /** Lets a route follow what it selects; conferences that are listed already have to be reviewed after this. */
    void attach(Topic.InCalls topic, Receiver receiver, Interest interest) {
        Follower follower = new Follower(topic, interest, topic.isDirect(servers.size()), new LinkedHashSet<>());
        followers.put(receiver, follower);
        if (follower.direct) {
            String guid = ((CallSelector.OfCall) topic.calls()).guid();
            follow(follower, receiver, index.expect(servers.get(0), guid));
        } else {
            requireLists();
            if (servers.size() > 1) {
                firstLists.expect(callLists.without(ConferenceIndex.IDENTITY));
            }
        }
    }

    /**
     * Lets a route follow nothing more.
     *
     * @return what is left to do, one conference at a time
     */
    Iterator<Runnable> detach(Receiver receiver) {
        Follower follower = followers.remove(receiver);
        if (!follower.direct) {
            requireLists();
        }
        return follower.followed.stream()
                .<Runnable>map(conference -> () -> unfollow(follower, receiver, conference))
                .iterator();
    }

    private void requireLists() {
        Set<Receiver> by = new LinkedHashSet<>();
        followers.forEach((receiver, follower) -> {
            if (!follower.direct) {
                by.add(receiver);
            }
        });
        callLists.require(by.isEmpty() ? Set.of() : ConferenceIndex.IDENTITY, by);
    }

    private void unfollow(Follower follower, Receiver receiver, Conference conference) {
        subscriptions.detach(conference, follower.topic.resource(), receiver);
        if (follower.direct && !isExpected(conference)) {
            index.expectNoLonger(conference);
        }
    }

    private boolean isExpected(Conference conference) {
        return followers.values().stream()
                .anyMatch(follower -> follower.direct && follower.followed.contains(conference));
    }

    /** A conference began, changed or ended. */
    void review(Conference conference) {
        followers.forEach((receiver, follower) -> {
            if (!follower.direct) {
                review(follower, receiver, conference);
            }
        });
    }

    private void review(Follower follower, Receiver receiver, Conference conference) {
        boolean followed = follower.followed.contains(conference);
        if (conference.hasEnded()) {
            if (followed && subscriptions.hasEnded(conference)) {
                leave(follower, receiver, conference);
            }
            return;
        }
        if (followed && !conference.isListed() && subscriptions.isActive(conference, follower.topic.resource())) {
            // Another route asks for its GUID, so it goes on. Its last updates say why participants leave.
            return;
        }
        boolean selected = conference.isListed()
                && conference.isIdentified()
                && follower.topic.calls().selects(conference, followed);
        if (selected && !followed) {
            follow(follower, receiver, conference);
        } else if (followed && !selected) {
            leave(follower, receiver, conference);
        }
    }

    private void follow(Follower follower, Receiver receiver, Conference conference) {
        follower.followed.add(conference);
        subscriptions.attach(conference, follower.topic.resource(), receiver, follower.interest);
    }

    private void leave(Follower follower, Receiver receiver, Conference conference) {
        follower.followed.remove(conference);
        subscriptions.detachAndDeliver(conference, follower.topic.resource(), receiver);
    }

    /** By receiver. */
    Map<Receiver, FollowingStatus> status() {
        Map<Receiver, FollowingStatus> status = new HashMap<>();
        followers.forEach((receiver, follower) -> {
            int active = 0;
            int waiting = 0;
            int refused = 0;
            for (Conference conference : follower.followed) {
                active += subscriptions.isActive(conference, follower.topic.resource()) ? 1 : 0;
                waiting += subscriptions.lacksRoom(conference, follower.topic.resource()) ? 1 : 0;
                refused += subscriptions.isRefused(conference, follower.topic.resource()) ? 1 : 0;
            }
            status.put(receiver, new FollowingStatus(follower.followed.size(), active, waiting, refused));
        });
        return status;
    }
}
