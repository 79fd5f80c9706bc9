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

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.bridge.MeetingServer;
import io.github.cmsevents.camel.internal.content.EventLoopStandIn;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.status.FollowingStatus;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a cluster is made of, on bridges that are not there and an event loop whose time is the test's. */
final class ClusterStandIn {

    static final Duration MAX_DELAY = Duration.ofSeconds(10);
    static final Duration QUIET = Duration.ofSeconds(2);
    /** Long enough for a few requests, each of which waits for others to join it; too short for anything to be tried again. */
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private final EventLoopStandIn eventLoop = new EventLoopStandIn();
    private final Map<String, FakeBridge> bridges = new LinkedHashMap<>();
    private final Map<String, MeetingServer> servers = new LinkedHashMap<>();
    private final CallDirectory directory;
    private final ConferenceFeeds feeds;
    private final CallLists callLists;
    private final Following following;
    private final Map<Told, ConferenceReceivers> views = new LinkedHashMap<>();
    private Set<Conference> toReview = new LinkedHashSet<>();
    private boolean reviewing;

    ClusterStandIn(String... names) {
        this(5, names);
    }

    /** @param sockets how many of each server's sockets to use */
    ClusterStandIn(int sockets, String... names) {
        ConnectionOptions options = new ConnectionOptions(
                Duration.ofSeconds(1),
                MAX_DELAY,
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ZERO,
                QUIET,
                sockets,
                10_000_000);
        List<String> authorities =
                Arrays.stream(names).map(ClusterStandIn::authority).toList();
        directory = new CallDirectory(authorities, this::reviewSoon);
        FirstLists firstLists = new FirstLists(eventLoop.vertx(), this::reviewAll);
        feeds = new ConferenceFeeds(servers, directory, firstLists, this::reviewSoon, options, eventLoop.vertx());
        for (String name : names) {
            bridges.put(name, new FakeBridge(eventLoop.context()));
            servers.put(
                    authority(name),
                    new MeetingServer(
                            new ServerAddress(true, name, 443),
                            bridges.get(name),
                            options,
                            eventLoop.vertx(),
                            eventLoop.context(),
                            feeds));
        }
        callLists = new CallLists(servers.values(), directory);
        following = new Following(authorities, directory, feeds, callLists, firstLists);
    }

    private static String authority(String name) {
        return name + ":443";
    }

    FakeBridge bridge(String name) {
        return bridges.get(name);
    }

    MeetingServer server(String name) {
        return servers.get(authority(name));
    }

    CallDirectory directory() {
        return directory;
    }

    /** A route starts, and what comes of that at once happens. */
    Told follow(Resource resource, CallSelector calls) {
        return follow(resource, calls, interest("name"));
    }

    Told follow(Resource resource, CallSelector calls, Interest interest) {
        Told route = new Told();
        follow(resource, calls, interest, route);
        soon();
        return route;
    }

    void follow(Resource resource, CallSelector calls, Interest interest, Receiver route) {
        following.attach(new Topic.InCalls(resource, calls), route, interest);
        reviewAll();
    }

    private void reviewAll() {
        toReview.addAll(directory.conferences());
        reviewSoon();
    }

    /** A route about the calls of every server starts. */
    Told list(Interest interest) {
        Told route = new Told();
        callLists.attach(route, server -> route, interest);
        soon();
        return route;
    }

    /** A route about the conferences of all servers starts. */
    Told view(Interest interest) {
        Told route = new Told();
        ConferenceReceivers receivers =
                new ConferenceReceivers(List.copyOf(servers.keySet()), directory, route, interest);
        views.put(route, receivers);
        callLists.attach(route, receivers::of, receivers.interestInCalls());
        soon();
        return route;
    }

    /** A route that follows conferences stops. */
    void stop(Told route) {
        following.detach(route).forEachRemaining(Runnable::run);
        soon();
    }

    /** A route about all calls, or all conferences, stops. */
    void stopListing(Told route) {
        views.remove(route);
        callLists.detach(route);
        soon();
    }

    FollowingStatus status(Told route) {
        return following.status().get(route);
    }

    boolean isWanted(Conference conference) {
        return feeds.has(conference);
    }

    /** What is under way arrives; nothing that was turned down or lost is tried again yet. */
    void soon() {
        eventLoop.advance(A_MOMENT);
    }

    /** Everything that has happened is dealt with, without any time going by. */
    void now() {
        eventLoop.runAll();
    }

    void after(Duration time) {
        eventLoop.advance(time);
    }

    static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }

    private void reviewSoon(Conference conference) {
        toReview.add(conference);
        reviewSoon();
    }

    private void reviewSoon() {
        if (!reviewing) {
            reviewing = true;
            eventLoop.context().runOnContext(turn -> review());
        }
    }

    private void review() {
        reviewing = false;
        Set<Conference> changed = toReview;
        toReview = new LinkedHashSet<>();
        changed.addAll(directory.takeChanged());
        for (Conference conference : changed) {
            feeds.review(conference);
            following.review(conference);
            views.values().forEach(view -> view.review(conference));
        }
    }
}
