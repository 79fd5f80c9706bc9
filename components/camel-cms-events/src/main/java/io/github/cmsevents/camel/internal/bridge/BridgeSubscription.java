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
package io.github.cmsevents.camel.internal.bridge;

import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.protocol.Subscription;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventLoop.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One subscription on one Call Bridge: everything there is to know about it. ACTIVE stands for SNAPSHOT when something known
 * before has to come again, and for LIVE when nothing has to.
 *
 * <pre>
 *  from                 event                                                          to
 *  WAITING_FOR_ROOM     placed on a socket                                             REQUESTED
 *  REQUESTED            the server says pending                                        PENDING
 *  REQUESTED, PENDING   the server says active, or sends content                       ACTIVE
 *  REQUESTED, PENDING   other elements are needed                                      REQUESTED (new index)
 *  SNAPSHOT             everything came again, or the snapshot is complete             LIVE
 *  SNAPSHOT, LIVE       the replacement is active, or its content comes                ACTIVE (new index)
 *  any of the above     socket lost, or moved to another one                           REQUESTED (new index)
 *  any of the above     refused, deactivated, or not active within the limit           BACKING_OFF
 *  BACKING_OFF          the delay is over, or a new socket is open                     REQUESTED (new index)
 *  any                  ended                                                          ENDED
 * </pre>
 *
 * <p>When the routes of an active subscription need other elements, a <em>replacement</em> under a new index is requested, and
 * the present line goes on until the server says that the replacement is active. A server that refuses the replacement keeps
 * the present line; the replacement is requested again after a delay.
 */
public final class BridgeSubscription {

    // A server that works takes milliseconds; one that is restarting, seconds.
    static final Duration PENDING_LIMIT = Duration.ofSeconds(10);

    // One that the server ends soon after it is active must not be requested again and again without a delay.
    private static final Duration PROBATION = Duration.ofMinutes(1);

    /** What a message of the server meant for the subscription. */
    enum Meaning {
        /** The end of a line that was dropped or replaced, or nothing new. */
        NOTHING,
        PENDING,
        ACTIVE,
        DEACTIVATED
    }

    private final Want want;
    private final Content content;
    private final EventLoop loop;
    private final IntSupplier nextIndex;
    private final Consumer<BridgeSubscription> whenListChanged;
    private final Consumer<BridgeSubscription> whenPendingTooLong;

    private SubscriptionPhase phase = SubscriptionPhase.WAITING_FOR_ROOM;
    private BridgeSocket socket;
    private Subscription line;
    private Subscription replacement;
    private int refusals;
    private Timer retry = EventLoop.NONE;
    private Timer probation = EventLoop.NONE;
    private Timer pendingLimit = EventLoop.NONE;
    private boolean pendingLimited;

    /**
     * @param whenListChanged    takes a subscription whose line in the list of its socket has changed by itself
     * @param whenPendingTooLong takes a subscription that the server has left pending for too long
     */
    BridgeSubscription(
            Want want,
            Content content,
            EventLoop loop,
            IntSupplier nextIndex,
            Consumer<BridgeSubscription> whenListChanged,
            Consumer<BridgeSubscription> whenPendingTooLong) {
        this.want = want;
        this.content = content;
        this.loop = loop;
        this.nextIndex = nextIndex;
        this.whenListChanged = whenListChanged;
        this.whenPendingTooLong = whenPendingTooLong;
    }

    public Want want() {
        return want;
    }

    public Content content() {
        return content;
    }

    public SubscriptionPhase phase() {
        return phase;
    }

    /** Whether the server sends its content now. */
    public boolean isActive() {
        return phase.isActive();
    }

    /** Whether the server's messages may have to wait until the client acknowledges or reads others. */
    public boolean isHeldUp() {
        return socket != null && socket.isBehind();
    }

    /** How often in a row the server has turned it down, without a minute of content between. */
    int refusals() {
        return refusals;
    }

    /** Null while it waits for room. */
    BridgeSocket socket() {
        return socket;
    }

    /** Its line in the list of its socket; null when it is not to be there. */
    Subscription listed() {
        return replacement == null ? line : replacement;
    }

    /** The line whose content the server sends, or will send; null when there is none. */
    Subscription line() {
        return line;
    }

    /** Whether content with this index is its own. */
    boolean carries(int index) {
        return (line != null && line.index() == index) || (replacement != null && replacement.index() == index);
    }

    boolean isReplacing() {
        return replacement != null;
    }

    /** Goes to a socket that has room. */
    void place(BridgeSocket on) {
        socket = on;
        if (phase != SubscriptionPhase.BACKING_OFF) {
            request();
        }
    }

    /** Its routes may need other elements. */
    public void contentNeedsChanged() {
        List<String> elements = content.elements();
        if (listed() != null && !listed().elements().equals(elements)) {
            if (isActive()) {
                noLongerPending();
                replacement = newLine(elements);
            } else {
                request();
            }
            whenListChanged.accept(this);
        }
    }

    /** A list with its line was acknowledged: the server has to say that it is active within a time. */
    void listAccepted() {
        boolean isAwaited = phase == SubscriptionPhase.REQUESTED || phase == SubscriptionPhase.PENDING || isReplacing();
        // Later lists, which others are the reason for, must not extend the time.
        if (isAwaited && !pendingLimited) {
            limitPending();
        }
    }

    /** The server said this of the line with this index. */
    Meaning stateReceived(int index, SubscriptionState said, Acknowledgement acknowledgement) {
        boolean ofReplacement = replacement != null && replacement.index() == index;
        if (!ofReplacement && (line == null || line.index() != index)) {
            return Meaning.NOTHING;
        }
        if (!ofReplacement && replacement != null && said == SubscriptionState.DEACTIVATED) {
            // The server drops the old line before it has set up the new one.
            return Meaning.NOTHING;
        }
        return switch (said) {
            case PENDING -> {
                if (!ofReplacement && isActive()) {
                    // The same index is never interrupted, so nothing begins again.
                    yield Meaning.NOTHING;
                }
                if (!ofReplacement) {
                    phase = SubscriptionPhase.PENDING;
                    content.stateReceived(said, acknowledgement);
                }
                yield Meaning.PENDING;
            }
            case ACTIVE -> ofReplacement || !isActive() ? begin(acknowledgement) : Meaning.NOTHING;
            case DEACTIVATED -> Meaning.DEACTIVATED;
        };
    }

    /**
     * Content came with this index.
     *
     * @return {@link Meaning#ACTIVE} if it is the first sign that the line is active, which the server should have said before
     */
    Meaning contentReceived(int index, Acknowledgement acknowledgement) {
        boolean ofReplacement = replacement != null && replacement.index() == index;
        boolean early = ofReplacement || (line != null && line.index() == index && !isActive());
        return early ? begin(acknowledgement) : Meaning.NOTHING;
    }

    private Meaning begin(Acknowledgement acknowledgement) {
        if (replacement != null) {
            line = replacement;
            replacement = null;
        }
        noLongerPending();
        retry.cancel();
        if (refusals > 0) {
            probation.cancel();
            probation = loop.after(PROBATION, () -> refusals = 0);
        }
        content.begin(line.elements(), acknowledgement);
        phase = content.unconfirmed() > 0 ? SubscriptionPhase.SNAPSHOT : SubscriptionPhase.LIVE;
        return Meaning.ACTIVE;
    }

    /** Something known before came again. */
    void confirmedMore() {
        if (phase == SubscriptionPhase.SNAPSHOT && content.unconfirmed() == 0) {
            phase = SubscriptionPhase.LIVE;
        }
    }

    /** What has not come by now is gone. */
    void snapshotComplete() {
        if (phase == SubscriptionPhase.SNAPSHOT) {
            content.snapshotComplete();
            phase = SubscriptionPhase.LIVE;
        }
    }

    /** The server turned it down: out of the list, until it is retried after a delay. */
    void backOff(BackOff backOff) {
        forgetLines();
        content.interrupted();
        phase = SubscriptionPhase.BACKING_OFF;
        retryLater(backOff, () -> {
            request();
            whenListChanged.accept(this);
        });
    }

    /** The server refused the replacement and keeps the present line; other elements are asked for later. */
    void keepLine(BackOff backOff) {
        replacement = null;
        noLongerPending();
        content.acceptFewerElements();
        retryLater(backOff, this::contentNeedsChanged);
    }

    private void retryLater(BackOff backOff, Runnable action) {
        refusals++;
        probation.cancel();
        retry.cancel();
        retry = loop.after(backOff.delay(refusals, loop.random()), action);
    }

    /** The socket was lost: the next one has to be asked anew. */
    void socketLost() {
        content.interrupted();
        if (phase != SubscriptionPhase.BACKING_OFF) {
            request();
        }
    }

    /** A new socket is asked for everything, also for what was turned down on the last one. */
    void socketOpened() {
        if (phase == SubscriptionPhase.BACKING_OFF) {
            request();
        }
    }

    void end() {
        forgetLines();
        phase = SubscriptionPhase.ENDED;
        socket = null;
        retry.cancel();
        probation.cancel();
    }

    private void request() {
        retry.cancel();
        forgetLines();
        line = newLine(content.elements());
        phase = SubscriptionPhase.REQUESTED;
    }

    private void forgetLines() {
        line = null;
        replacement = null;
        noLongerPending();
    }

    private Subscription newLine(List<String> elements) {
        return new Subscription(nextIndex.getAsInt(), want.resource(), want.call(), elements);
    }

    private void noLongerPending() {
        pendingLimit.cancel();
        pendingLimited = false;
    }

    private void limitPending() {
        pendingLimited = true;
        pendingLimit = loop.after(PENDING_LIMIT, () -> {
            if (isHeldUp()) {
                // The server's word may wait behind what the client holds back itself.
                limitPending();
            } else {
                pendingLimited = false;
                whenPendingTooLong.accept(this);
            }
        });
    }

    @Override
    public String toString() {
        return want + " (" + phase + ")";
    }
}
