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

/**
 * Lets routes follow the conferences that they select, as these come, change and go. Lives on the cluster's event loop.
 */
final class Following {

    private final List<String> servers;
    private final CallDirectory directory;
    private final ConferenceFeeds feeds;
    private final CallLists callLists;
    private final FirstLists firstLists;
    private final Map<Receiver, Follower> followers = new LinkedHashMap<>();

    /** @param followed what it follows now, and how often that had ended when it was last looked at */
    private record Follower(
            Topic.InCalls topic, Interest interest, boolean pinned, Map<Conference, Integer> followed) {}

    Following(
            List<String> servers,
            CallDirectory directory,
            ConferenceFeeds feeds,
            CallLists callLists,
            FirstLists firstLists) {
        this.servers = servers;
        this.directory = directory;
        this.feeds = feeds;
        this.callLists = callLists;
        this.firstLists = firstLists;
    }

    /** Lets a route follow what it selects; conferences that are reported already are still to be reviewed for that. */
    void attach(Topic.InCalls topic, Receiver receiver, Interest interest) {
        // There is only one server to ask for it, so there is no need to find out who has it.
        boolean pinned = servers.size() == 1 && topic.calls() instanceof CallSelector.OfCall;
        Follower follower = new Follower(topic, interest, pinned, new LinkedHashMap<>());
        followers.put(receiver, follower);
        if (follower.pinned) {
            String call = ((CallSelector.OfCall) topic.calls()).call();
            follow(follower, receiver, directory.assume(servers.get(0), call));
        } else {
            requireLists();
            // With one server there is nothing to choose from.
            if (servers.size() > 1) {
                firstLists.await(callLists.without(CallDirectory.IDENTITY));
            }
        }
    }

    /**
     * Lets a route follow nothing more.
     *
     * @return what is left to be done, one conference at a time; while there is any, the route may still be told of it
     */
    Iterator<Runnable> detach(Receiver receiver) {
        Follower follower = followers.remove(receiver);
        if (!follower.pinned) {
            requireLists();
        }
        return follower.followed.keySet().stream()
                .<Runnable>map(conference -> () -> unfollow(follower, receiver, conference))
                .iterator();
    }

    private void requireLists() {
        Set<Receiver> by = new LinkedHashSet<>();
        followers.forEach((receiver, follower) -> {
            if (!follower.pinned) {
                by.add(receiver);
            }
        });
        callLists.require(by.isEmpty() ? Set.of() : CallDirectory.IDENTITY, by);
    }

    private void unfollow(Follower follower, Receiver receiver, Conference conference) {
        feeds.detach(conference, follower.topic.resource(), receiver);
        if (follower.pinned && !isPinned(conference)) {
            directory.assumeNoLonger(conference);
        }
    }

    private boolean isPinned(Conference conference) {
        return followers.values().stream()
                .anyMatch(follower -> follower.pinned && follower.followed.containsKey(conference));
    }

    /** A conference has come, changed or gone. */
    void review(Conference conference) {
        followers.forEach((receiver, follower) -> {
            if (!follower.pinned) {
                review(follower, receiver, conference);
            }
        });
    }

    private void review(Follower follower, Receiver receiver, Conference conference) {
        Integer endings = follower.followed.get(conference);
        boolean followed = endings != null;
        boolean sameAsEver = followed && endings == conference.endings();
        boolean selected = conference.isReported()
                && conference.isIdentified()
                && follower.topic.calls().selects(conference, sameAsEver);
        if (selected && followed) {
            follower.followed.put(conference, conference.endings());
        } else if (selected) {
            follow(follower, receiver, conference);
        } else if (followed && !selected) {
            follower.followed.remove(conference);
            feeds.detachAndTell(conference, follower.topic.resource(), receiver);
        }
    }

    private void follow(Follower follower, Receiver receiver, Conference conference) {
        follower.followed.put(conference, conference.endings());
        feeds.attach(conference, follower.topic.resource(), receiver, follower.interest);
    }

    /** How it goes, by receiver. */
    Map<Receiver, FollowingStatus> status() {
        Map<Receiver, FollowingStatus> status = new HashMap<>();
        followers.forEach((receiver, follower) -> {
            int active = 0;
            int waiting = 0;
            for (Conference conference : follower.followed.keySet()) {
                active += feeds.isLive(conference, follower.topic.resource()) ? 1 : 0;
                waiting += feeds.isWaiting(conference, follower.topic.resource()) ? 1 : 0;
            }
            status.put(receiver, new FollowingStatus(follower.followed.size(), active, waiting));
        });
        return status;
    }
}
