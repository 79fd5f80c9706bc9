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

import io.github.cmsevents.camel.internal.bridge.BridgeSubscription;
import io.github.cmsevents.camel.internal.bridge.CallBridge;
import io.github.cmsevents.camel.internal.content.Conference;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.ReportedCall;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventLoop.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roster or the details of one conference: which of the servers that report it they are subscribed to on, and why. */
final class ConferenceSubscription {

    private final Map<String, CallBridge> bridges;
    private final Conference conference;
    private final Resource resource;
    private final Content content;
    /** The call that is subscribed to, and the subscription; null while there is none. */
    private ReportedCall at;

    private BridgeSubscription subscription;
    private final Set<ReportedCall> turnedDown = new HashSet<>();
    /** How often in a row a server turned it down, whichever. */
    private int setbacks;

    private boolean refused;
    private boolean resting;
    /** The calls that were current ever since it began to rest. */
    private final Set<ReportedCall> freshSinceRest = new HashSet<>(0);

    /** Runs while the roster's own last updates are awaited. */
    private Timer lastWords = EventLoop.NONE;

    private boolean lastWordsOver;

    ConferenceSubscription(Map<String, CallBridge> bridges, Conference conference, Resource resource, Content content) {
        this.bridges = bridges;
        this.conference = conference;
        this.resource = resource;
        this.content = content;
    }

    Conference conference() {
        return conference;
    }

    Resource resource() {
        return resource;
    }

    Content content() {
        return content;
    }

    ReportedCall at() {
        return at;
    }

    int setbacks() {
        return setbacks;
    }

    boolean isResting() {
        return resting;
    }

    /** The server that it is subscribed to on. There has to be one. */
    CallBridge bridge() {
        return bridgeOf(at);
    }

    private CallBridge bridgeOf(ReportedCall call) {
        return bridges.get(call.server());
    }

    /** What is subscribed to if it is on the server of this call. */
    Want wantAt(ReportedCall call) {
        return new Want(resource, call.guid());
    }

    /**
     * The call that it belongs on; null while no server that could be asked reports the conference. Where it works it stays.
     * Otherwise it goes to the server with the fewest subscriptions that has room; or waits where it is; or waits at the
     * server with the fewest subscriptions. Of servers that are alike the first one is taken, as configured.
     */
    ReportedCall choose() {
        if (isWorking()) {
            return at;
        }
        List<ReportedCall> others = conference.calls().stream()
                .filter(call -> call != at && canBeAskedFor(call))
                .toList();
        Comparator<ReportedCall> fewestSubscriptions =
                Comparator.comparingInt(call -> bridgeOf(call).load());
        return others.stream()
                .filter(call -> bridgeOf(call).hasRoom())
                .min(fewestSubscriptions)
                .or(() -> Optional.ofNullable(at))
                .or(() -> others.stream().min(fewestSubscriptions))
                .orElse(null);
    }

    private boolean canBeAskedFor(ReportedCall call) {
        return (call.isFresh() || call.isExpected()) && !turnedDown.contains(call);
    }

    /** Subscribes on the server of this call. */
    void subscribeAt(ReportedCall call) {
        at = call;
        subscription = bridgeOf(at).subscribe(wantAt(call), content);
    }

    /** Ends the subscription; the content stays. */
    void unsubscribe() {
        if (at != null) {
            BridgeSubscription ended = subscription;
            CallBridge from = bridgeOf(at);
            at = null;
            subscription = null;
            from.unsubscribe(ended);
        }
        lastWords.cancel();
        lastWords = EventLoop.NONE;
        lastWordsOver = false;
    }

    void contentNeedsChanged() {
        if (subscription != null) {
            subscription.contentNeedsChanged();
        }
    }

    boolean isActive() {
        return subscription != null && subscription.isActive();
    }

    /** Whether the call that is subscribed to is still one of the conference's. */
    boolean isAtPresentCall() {
        return at != null && conference.calls().contains(at);
    }

    /** Whether it does its work where it is, or is about to. */
    boolean isWorking() {
        return subscription != null && !turnedDown.contains(at) && bridgeOf(at).serves(subscription);
    }

    boolean lacksRoom() {
        return subscription != null && bridgeOf(at).lacksRoom(subscription);
    }

    /** Whether a server turned it down last although it has the call. */
    boolean isRefused() {
        return refused && !isActive();
    }

    /** Whether a server that has room now could take it. */
    boolean couldMoveTo(CallBridge other) {
        return conference.calls().stream().anyMatch(call -> call.server().equals(other.name()) && canBeAskedFor(call));
    }

    /**
     * The server took the call off its list, but the subscription goes on: the roster's own updates say why people left, so they
     * are awaited until the server ends the subscription, or says nothing for a while. A call that is listed belongs to another
     * conference now, which has its roster.
     */
    boolean awaitsLastWords(EventLoop loop, Duration atMost, Runnable over) {
        if (!isActive() || at.isListed() || lastWordsOver) {
            return false;
        }
        if (lastWords == EventLoop.NONE) {
            limitLastWords(loop, atMost, over);
        }
        return true;
    }

    private void limitLastWords(EventLoop loop, Duration atMost, Runnable over) {
        lastWords = loop.after(atMost, () -> {
            if (subscription.isHeldUp()) {
                limitLastWords(loop, atMost, over);
            } else {
                lastWordsOver = true;
                over.run();
            }
        });
    }

    /** The server that it is on turned it down. When all have, each of the others is asked again. */
    void turnDown() {
        turnedDown.add(at);
        if (turnedDown.containsAll(conference.calls())) {
            turnedDown.retainAll(Set.of(at));
        }
    }

    /**
     * @param hasCall whether the server that turned it down has the call
     * @return whether it is the first of several in a row that was turned down although the server has the call
     */
    boolean countSetback(boolean hasCall) {
        boolean first = hasCall && !refused;
        setbacks++;
        refused = hasCall;
        return first;
    }

    private void forgetSetbacks() {
        setbacks = 0;
        refused = false;
    }

    void activated() {
        turnedDown.clear();
    }

    /** What a server has turned down it may accept when it reports the call anew. */
    void forgetTurnedDown() {
        if (turnedDown.removeIf(call -> !call.isListed() && !call.isExpected())) {
            // The server took no part any more, which is no refusal.
            forgetSetbacks();
            resting = false;
        }
        turnedDown.removeIf(call -> !call.isFresh() && !call.isExpected());
    }

    /** Stays where it is for a while: every server has turned it down. */
    void rest() {
        resting = true;
        freshSinceRest.clear();
        conference.calls().stream().filter(ReportedCall::isFresh).forEach(freshSinceRest::add);
    }

    /** The rest is over unless it was turned down again since. */
    boolean wake(int setbacksThen) {
        boolean over = resting && setbacks == setbacksThen;
        resting &= !over;
        return over;
    }

    /** A server that reports the conference anew has not turned it down. */
    void wakeIfReportedAnew() {
        if (resting) {
            freshSinceRest.removeIf(call -> !call.isFresh());
            resting = conference.calls().stream().filter(ReportedCall::isFresh).allMatch(freshSinceRest::contains);
        }
    }

    /** It has worked for long enough, unless it was turned down again since. */
    void forgive(int setbacksThen) {
        if (setbacks == setbacksThen && !resting) {
            forgetSetbacks();
        }
    }

    @Override
    public String toString() {
        return resource.wireName() + " of " + conference;
    }
}
