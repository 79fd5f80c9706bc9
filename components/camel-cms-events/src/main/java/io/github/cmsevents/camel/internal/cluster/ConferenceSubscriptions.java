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
import io.github.cmsevents.camel.internal.bridge.BridgeListener;
import io.github.cmsevents.camel.internal.bridge.BridgeSubscription;
import io.github.cmsevents.camel.internal.bridge.CallBridge;
import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.Conference;
import io.github.cmsevents.camel.internal.content.ConferenceIndex;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.content.ReportedCall;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerText;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rosters and details of conferences: each is subscribed to on one of the servers that report the conference, and moves to
 * another when that server no longer does so.
 */
final class ConferenceSubscriptions implements BridgeListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConferenceSubscriptions.class);

    // A bridge that gets room has it for one socket's subscriptions at most.
    private static final int ROOM_TO_OFFER = 100;

    private final Map<String, CallBridge> bridges;
    private final ConferenceIndex index;
    private final FirstLists firstLists;
    private final Consumer<Conference> reviewSoon;
    private final BackOff backOff;
    private final Duration quietPeriod;
    private final EventLoop loop;
    private final Map<Conference, Map<Resource, ConferenceSubscription>> subscriptions = new HashMap<>();
    private final Map<Content, ConferenceSubscription> byContent = new HashMap<>();
    /** Those that can't do their work where they are, by the servers that could take them once there is room. */
    private final Map<String, Set<ConferenceSubscription>> stranded = new HashMap<>();

    /**
     * @param bridges    by name; filled before anything is attached
     * @param firstLists nothing is placed before they are complete
     * @param reviewSoon called with a conference that has to be reviewed after this turn of the event loop
     */
    ConferenceSubscriptions(
            Map<String, CallBridge> bridges,
            ConferenceIndex index,
            FirstLists firstLists,
            Consumer<Conference> reviewSoon,
            ConnectionOptions options,
            EventLoop loop) {
        this.bridges = bridges;
        this.index = index;
        this.firstLists = firstLists;
        this.reviewSoon = reviewSoon;
        this.backOff = options.backOff();
        this.quietPeriod = options.resyncQuietPeriod();
        this.loop = loop;
    }

    void attach(Conference conference, Resource resource, Receiver receiver, Interest interest) {
        ConferenceSubscription subscription = subscriptions
                .computeIfAbsent(conference, first -> new EnumMap<>(Resource.class))
                .computeIfAbsent(resource, first -> begin(conference, resource));
        subscription.content().add(receiver, interest);
        if (subscription.at() == null) {
            place(subscription);
        } else {
            subscription.contentNeedsChanged();
        }
    }

    private ConferenceSubscription begin(Conference conference, Resource resource) {
        Content content = Content.of(conference, resource, index, loop::millis);
        ConferenceSubscription subscription = new ConferenceSubscription(bridges, conference, resource, content);
        byContent.put(content, subscription);
        return subscription;
    }

    void detach(Conference conference, Resource resource, Receiver receiver) {
        detach(conference, resource, content -> content.remove(receiver));
    }

    /** For a route that goes on without this conference. */
    void detachAndDeliver(Conference conference, Resource resource, Receiver receiver) {
        detach(conference, resource, content -> content.removeAndDeliver(receiver));
    }

    private void detach(Conference conference, Resource resource, Consumer<Content> detach) {
        ConferenceSubscription subscription = subscriptions.get(conference).get(resource);
        detach.accept(subscription.content());
        if (!subscription.content().isUnused()) {
            subscription.contentNeedsChanged();
            return;
        }
        unsubscribe(subscription);
        byContent.remove(subscription.content());
        subscriptions.get(conference).remove(resource);
        if (subscriptions.get(conference).isEmpty()) {
            subscriptions.remove(conference);
        }
    }

    /** Whether the server that it is on sends its content now. */
    boolean isActive(Conference conference, Resource resource) {
        return subscriptions.get(conference).get(resource).isActive();
    }

    /** Whether it waits because no server that reports it has room. */
    boolean lacksRoom(Conference conference, Resource resource) {
        return subscriptions.get(conference).get(resource).lacksRoom();
    }

    /** Whether servers refuse it although they have the call. */
    boolean isRefused(Conference conference, Resource resource) {
        return subscriptions.get(conference).get(resource).isRefused();
    }

    /** Whether the conference is over for its subscriptions too, which may outlive its calls by a little. */
    boolean hasEnded(Conference conference) {
        return conference.hasEnded()
                && subscriptions.getOrDefault(conference, Map.of()).values().stream()
                        .noneMatch(subscription -> subscription.at() != null);
    }

    /** Something about a conference may have changed: ends what is over, and moves what belongs elsewhere now. */
    void review(Conference conference) {
        for (ConferenceSubscription subscription :
                List.copyOf(subscriptions.getOrDefault(conference, Map.of()).values())) {
            subscription.forgetTurnedDown();
            subscription.wakeIfReportedAnew();
            boolean left = subscription.at() != null && !subscription.isAtPresentCall();
            if (left && subscription.awaitsLastWords(loop, quietPeriod, () -> reviewSoon.accept(conference))) {
                continue;
            }
            if (left) {
                unsubscribe(subscription);
            }
            if (conference.hasEnded()) {
                end(subscription);
            } else {
                place(subscription);
            }
        }
    }

    private void end(ConferenceSubscription subscription) {
        Conference goesOnAs = subscription.conference().successor();
        ConferenceSubscription successor =
                subscriptions.getOrDefault(goesOnAs, Map.of()).get(subscription.resource());
        if (successor == null) {
            subscription.content().callEnded(null);
        } else {
            subscription.content().mergedInto(successor.content());
        }
        unsubscribe(subscription);
    }

    private void place(ConferenceSubscription subscription) {
        ReportedCall before = subscription.at();
        if (subscription.isResting() || (before == null && !firstLists.areComplete())) {
            return;
        }
        ReportedCall after = subscription.choose();
        if (after != before) {
            if (before != null && after != null) {
                LOG.debug("{} moves from {} to {}", subscription, before, after);
            }
            unsubscribe(subscription);
            if (after != null) {
                subscribe(subscription, after);
            }
        }
        noteWhetherStranded(subscription);
    }

    private void subscribe(ConferenceSubscription subscription, ReportedCall call) {
        BridgeSubscription present = bridges.get(call.server()).subscription(subscription.wantAt(call));
        if (present != null) {
            // The call was taken for another conference's until now.
            ConferenceSubscription other = byContent.get(present.content());
            unsubscribe(other);
            reviewSoon.accept(other.conference());
        }
        subscription.subscribeAt(call);
    }

    private void unsubscribe(ConferenceSubscription subscription) {
        subscription.unsubscribe();
        noteWhetherStranded(subscription);
    }

    private void noteWhetherStranded(ConferenceSubscription subscription) {
        boolean isStranded = subscription.at() != null && !subscription.isWorking();
        for (CallBridge bridge : bridges.values()) {
            Set<ConferenceSubscription> others =
                    stranded.computeIfAbsent(bridge.name(), first -> new LinkedHashSet<>());
            if (isStranded && subscription.couldMoveTo(bridge)) {
                others.add(subscription);
            } else {
                others.remove(subscription);
            }
        }
    }

    // What the servers say. A list of calls is on each server by itself, so nothing moves it.

    @Override
    public void turnedDown(BridgeSubscription said, String what, boolean wasActive, Acknowledgement acknowledgement) {
        ConferenceSubscription subscription = byContent.get(said.content());
        if (subscription == null) {
            return;
        }
        Conference conference = subscription.conference();
        boolean deactivated = acknowledgement != null;
        if (deactivated && !conference.isListed()) {
            reportEnd(subscription, wasActive);
            subscription.content().callEnded(acknowledgement);
        }
        boolean current = subscription.at().isFresh();
        subscription.turnDown();
        if (!subscription.isResting()) {
            // Deactivated once can mean that the call has just ended, and without a current list that there is none.
            boolean hasCall = !deactivated || (current && subscription.setbacks() > 0);
            if (subscription.countSetback(hasCall)) {
                String although = deactivated ? " although it lists the call" : "";
                CmsEventsSubscriptionException refused = new CmsEventsSubscriptionException(
                        subscription.bridge() + " " + what + although + "; retrying");
                LOG.warn(refused.getMessage());
                said.content().problem(refused);
            }
            if (subscription.setbacks() > 1) {
                // One server after the other turns it down: that must not become a tight loop.
                rest(subscription);
            }
            reviewSoon.accept(conference);
        }
    }

    private static void reportEnd(ConferenceSubscription subscription, boolean wasActive) {
        CallBridge server = subscription.bridge();
        String guid = ServerText.unquoted(subscription.at().guid());
        if (wasActive) {
            LOG.info("{}: call {} has ended, or this server has left it", server, guid);
        } else if (subscription.setbacks() == 0) {
            CmsEventsSubscriptionException absent =
                    new CmsEventsSubscriptionException(server + " reports no active call with the GUID " + guid
                            + " (option call): the call has ended, or it is not the GUID of a call; retrying. To follow the"
                            + " calls of a coSpace, use callCorrelator or callName");
            LOG.warn(absent.getMessage());
            subscription.content().problem(absent);
        }
    }

    private void rest(ConferenceSubscription subscription) {
        subscription.rest();
        int setbacks = subscription.setbacks();
        loop.after(backOff.delay(setbacks - 1, loop.random()), () -> {
            if (subscription.wake(setbacks)) {
                reviewSoon.accept(subscription.conference());
            }
        });
    }

    @Override
    public void activated(BridgeSubscription said) {
        ConferenceSubscription subscription = byContent.get(said.content());
        if (subscription == null) {
            firstLists.listBegins(said.content().server());
            return;
        }
        subscription.activated();
        if (subscription.setbacks() > 0) {
            int setbacks = subscription.setbacks();
            loop.after(backOff.longest(), () -> subscription.forgive(setbacks));
        }
        reviewSoon.accept(subscription.conference());
    }

    @Override
    public void interrupted(BridgeSubscription said) {
        ConferenceSubscription subscription = byContent.get(said.content());
        if (subscription != null) {
            reviewSoon.accept(subscription.conference());
        }
    }

    @Override
    public void unreachable(CallBridge bridge) {
        firstLists.failed(bridge.name());
    }

    @Override
    public void roomMade(CallBridge bridge) {
        stranded.getOrDefault(bridge.name(), Set.of()).stream()
                .limit(ROOM_TO_OFFER)
                .map(ConferenceSubscription::conference)
                .forEach(reviewSoon);
    }
}
