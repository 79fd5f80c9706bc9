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

import io.github.cmsevents.camel.CmsEventsSubscriptionException;
import io.github.cmsevents.camel.internal.bridge.BackOff;
import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.bridge.MeetingServer;
import io.github.cmsevents.camel.internal.cluster.BridgePlacement.Candidate;
import io.github.cmsevents.camel.internal.content.Feed;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feeds of conferences: each is carried by one of the servers that report the conference, and moves to another when that
 * one does so no longer. Lives on the cluster's event loop.
 */
final class ConferenceFeeds implements MeetingServer.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(ConferenceFeeds.class);

    private final Map<String, MeetingServer> servers;
    private final CallDirectory directory;
    private final FirstLists firstLists;
    private final Consumer<Conference> reviewSoon;
    private final BackOff backOff;
    private final Vertx vertx;
    private final Map<Conference, Map<Resource, Carried>> feeds = new HashMap<>();
    private final Map<Feed, Carried> carriedByFeed = new HashMap<>();
    /** Those that are where they can't do their work, since no other server took them. */
    private final Set<Carried> stranded = new LinkedHashSet<>();

    /**
     * @param servers    by name; filled before anything is attached
     * @param firstLists nothing is placed before they are here
     * @param reviewSoon called with a conference that is to be looked at when this turn of the event loop is over
     */
    ConferenceFeeds(
            Map<String, MeetingServer> servers,
            CallDirectory directory,
            FirstLists firstLists,
            Consumer<Conference> reviewSoon,
            ConnectionOptions options,
            Vertx vertx) {
        this.servers = servers;
        this.directory = directory;
        this.firstLists = firstLists;
        this.reviewSoon = reviewSoon;
        this.backOff = new BackOff(options.reconnectInitialDelay(), options.reconnectMaxDelay());
        this.vertx = vertx;
    }

    void attach(Conference conference, Resource resource, Receiver receiver, Interest interest) {
        Carried carried = feeds.computeIfAbsent(conference, first -> new EnumMap<>(Resource.class))
                .computeIfAbsent(resource, first -> carried(conference, resource));
        carried.feed.attach(receiver, interest);
        if (carried.at == null) {
            place(carried);
        } else {
            carry(carried);
        }
    }

    private Carried carried(Conference conference, Resource resource) {
        Carried carried = new Carried(conference, resource, new Feed(resource, directory));
        carriedByFeed.put(carried.feed, carried);
        return carried;
    }

    void detach(Conference conference, Resource resource, Receiver receiver) {
        detach(conference, resource, feed -> feed.detach(receiver));
    }

    /** For a receiver that goes on without this conference. */
    void detachAndTell(Conference conference, Resource resource, Receiver receiver) {
        detach(conference, resource, feed -> feed.detachAndTell(receiver));
    }

    private void detach(Conference conference, Resource resource, Consumer<Feed> detach) {
        Carried carried = feeds.get(conference).get(resource);
        detach.accept(carried.feed);
        if (!carried.feed.isEmpty()) {
            if (carried.at != null) {
                carry(carried);
            }
            return;
        }
        drop(carried);
        carriedByFeed.remove(carried.feed);
        feeds.get(conference).remove(resource);
        if (feeds.get(conference).isEmpty()) {
            feeds.remove(conference);
        }
    }

    /** Whether anything of a conference is wanted. */
    boolean has(Conference conference) {
        return feeds.containsKey(conference);
    }

    /** Whether the server that carries it keeps it up to date now. */
    boolean isLive(Conference conference, Resource resource) {
        return feeds.get(conference).get(resource).feed.isLive();
    }

    /** Whether it waits because no server that reports it has room. */
    boolean isWaiting(Conference conference, Resource resource) {
        Carried carried = feeds.get(conference).get(resource);
        return carried.isWaiting() || (carried.at != null && carried.server().isRefused(carried.want()));
    }

    /** Something about a conference may have changed: ends what is over, and moves what belongs elsewhere now. */
    void review(Conference conference) {
        for (Carried carried :
                List.copyOf(feeds.getOrDefault(conference, Map.of()).values())) {
            carried.forgetTurnedDown();
            carried.wakeIfThereIsNews();
            if (carried.endings != conference.endings()) {
                carried.endings = conference.endings();
                end(carried);
            }
            if (carried.candidates().stream().noneMatch(Candidate::current)) {
                drop(carried);
            }
            place(carried);
        }
    }

    private void end(Carried carried) {
        boolean assumed = carried.at != null && carried.at.isAssumed();
        if (assumed && carried.feed.isLive()) {
            // Its own subscription will say so, and why people left.
            return;
        }
        Carried successor =
                feeds.getOrDefault(carried.conference.successor(), Map.of()).get(carried.resource);
        if (successor == null) {
            carried.feed.callEnded(null);
        } else {
            carried.feed.mergedInto(successor.feed);
        }
        if (!assumed) {
            drop(carried);
        }
    }

    private void place(Carried carried) {
        ReportedCall before = carried.at;
        if (carried.resting || (before == null && !firstLists.areHere())) {
            return;
        }
        ReportedCall after = BridgePlacement.choose(carried.candidates())
                .map(carried::callOf)
                .orElse(null);
        if (after != before) {
            if (before != null && after != null) {
                LOG.debug(
                        "{} of {} moves from {} to {}", carried.resource.wireName(), carried.conference, before, after);
            }
            drop(carried);
            if (after != null) {
                carried.at = after;
                carry(carried);
            }
        }
        noteWhetherStranded(carried);
    }

    private void carry(Carried carried) {
        takeFromAnother(carried);
        carried.server().carry(carried.want(), carried.feed);
        noteWhetherStranded(carried);
    }

    private void noteWhetherStranded(Carried carried) {
        if (carried.at == null || carried.isWorking()) {
            stranded.remove(carried);
        } else {
            stranded.add(carried);
        }
    }

    /** A call can turn out to belong to another conference, which may be looked at before the one that it was taken for. */
    private void takeFromAnother(Carried carried) {
        Carried other = carriedByFeed.get(carried.server().feed(carried.want()));
        if (other != null && other != carried) {
            drop(other);
            reviewSoon.accept(other.conference);
        }
    }

    private void drop(Carried carried) {
        if (carried.at != null) {
            carried.feed.lost();
            carried.server().drop(carried.want());
            carried.at = null;
            carried.interrupted = false;
            stranded.remove(carried);
        }
    }

    // What the servers say. A list of calls is on each server by itself, so nothing moves it.

    @Override
    public boolean isOver(Feed feed) {
        Carried carried = carriedByFeed.get(feed);
        return carried != null && !carried.conference.isReported();
    }

    @Override
    public void deactivated(Feed feed) {
        Carried carried = carriedByFeed.get(feed);
        if (carried != null && carried.resting) {
            // Asked again by its server meanwhile: that must not keep the others from being asked in their turn.
            carried.turnDown();
        } else if (carried != null) {
            carried.turnDown();
            carried.setbacks++;
            if (carried.setbacks == 2 && carried.conference.isReported()) {
                // Once can mean that the call has just ended.
                CmsEventsSubscriptionException refused = new CmsEventsSubscriptionException("Meeting Server "
                        + carried.at.server() + " turns down the subscription to " + carried.want()
                        + " although it lists the call; trying again");
                LOG.warn(refused.getMessage());
                feed.troubled(refused);
            }
            if (carried.setbacks > 1) {
                // One after the other turns it down: that must not become a tight loop.
                rest(
                        carried,
                        backOff.delay(
                                carried.setbacks - 1,
                                ThreadLocalRandom.current().nextDouble()));
            }
            reviewSoon.accept(carried.conference);
        }
    }

    private void rest(Carried carried, Duration delay) {
        carried.rest();
        int setbacks = carried.setbacks;
        vertx.setTimer(Math.max(1, delay.toMillis()), timer -> {
            // Otherwise it has been woken, and rests again.
            if (carried.setbacks == setbacks) {
                carried.resting = false;
                reviewSoon.accept(carried.conference);
            }
        });
    }

    @Override
    public void activated(Feed feed) {
        Carried carried = carriedByFeed.get(feed);
        if (carried == null) {
            firstLists.listBegins(feed.server());
            return;
        }
        carried.turnedDown.clear();
        carried.interrupted = false;
        if (carried.setbacks > 0) {
            int setbacks = carried.setbacks;
            vertx.setTimer(backOff.longest().toMillis(), timer -> carried.forgive(setbacks));
        }
        reviewSoon.accept(carried.conference);
    }

    @Override
    public void unreachable(MeetingServer server) {
        firstLists.failed(server.name());
    }

    @Override
    public void lost(Feed feed) {
        Carried carried = carriedByFeed.get(feed);
        if (carried != null) {
            carried.interrupted = true;
            reviewSoon.accept(carried.conference);
        }
    }

    @Override
    public void roomMade() {
        stranded.forEach(carried -> reviewSoon.accept(carried.conference));
    }

    /** One resource of one conference, and where it is. */
    private final class Carried {
        private final Conference conference;
        private final Resource resource;
        private final Feed feed;
        /** The call that is subscribed to; null while no server that could be asked reports the conference. */
        private ReportedCall at;

        private boolean interrupted;
        private final Set<ReportedCall> turnedDown = new HashSet<>();
        private int endings;
        /** How often in a row it was turned down, by whichever server. */
        private int setbacks;

        private boolean resting;
        /** The calls that were fresh all the time since it began to rest. */
        private final Set<ReportedCall> freshSinceRest = new HashSet<>(0);

        Carried(Conference conference, Resource resource, Feed feed) {
            this.conference = conference;
            this.resource = resource;
            this.feed = feed;
            this.endings = conference.endings();
        }

        MeetingServer server() {
            return servers.get(at.server());
        }

        Want want() {
            return new Want(resource, at.call());
        }

        /** Turned down by the server that it is at. When all have done so, each of the others gets another chance. */
        void turnDown() {
            turnedDown.add(at);
            boolean byAll = candidates().stream().map(this::callOf).allMatch(turnedDown::contains);
            if (byAll) {
                turnedDown.retainAll(Set.of(at));
            }
        }

        /** What a server has turned down it may take when it reports the call anew. */
        void forgetTurnedDown() {
            if (turnedDown.removeIf(call -> !call.isReported())) {
                // It took part no longer, which is as it should be.
                setbacks = 0;
                resting = false;
            }
            turnedDown.removeIf(call -> !call.isFresh());
        }

        void rest() {
            resting = true;
            freshSinceRest.clear();
            conference.calls().stream().filter(ReportedCall::isFresh).forEach(freshSinceRest::add);
        }

        /** A server that reports the conference anew has not turned it down, or can do better now. */
        void wakeIfThereIsNews() {
            if (resting) {
                freshSinceRest.removeIf(call -> !call.isFresh());
                resting = conference.calls().stream()
                        .filter(ReportedCall::isFresh)
                        .allMatch(freshSinceRest::contains);
            }
        }

        /** What has lasted for a while is no longer held against it, unless more has come since. */
        void forgive(int known) {
            if (setbacks == known && !resting) {
                setbacks = 0;
            }
        }

        boolean isWorking() {
            return !interrupted && !turnedDown.contains(at) && !isWaiting() && !server().isAway(want());
        }

        boolean isWaiting() {
            return at != null && server().isWaiting(want());
        }

        List<Candidate> candidates() {
            return conference.calls().stream()
                    .filter(call -> call.isReported() || call.isAssumed())
                    .map(this::candidate)
                    .toList();
        }

        private Candidate candidate(ReportedCall call) {
            MeetingServer server = servers.get(call.server());
            boolean current = call == at;
            return new Candidate(
                    call.server(),
                    call.call(),
                    current,
                    current && isWorking(),
                    call.isFresh() || call.isAssumed(),
                    turnedDown.contains(call),
                    server.hasRoom(),
                    server.subscriptions());
        }

        ReportedCall callOf(Candidate candidate) {
            return conference.calls().stream()
                    .filter(call -> call.server().equals(candidate.server())
                            && call.call().equals(candidate.call()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
