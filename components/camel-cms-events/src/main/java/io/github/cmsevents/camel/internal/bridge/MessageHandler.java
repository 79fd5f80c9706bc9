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

import io.github.cmsevents.camel.CmsEventsSubscriptionException;
import io.github.cmsevents.camel.internal.bridge.BridgeSubscription.Meaning;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.IndexState;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.status.SubscriptionPhase;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a server's messages to the subscriptions that they are of, and acts on what they say. */
final class MessageHandler {

    // Log lines of a server have one category, whichever class writes them.
    private static final Logger LOG = LoggerFactory.getLogger(CallBridge.class);

    private final ServerAddress address;
    private final BackOff backOff;
    private final ServerActivity activity;
    private final BridgeListener listener;
    private final Runnable statusChanged;

    MessageHandler(
            ServerAddress address,
            BackOff backOff,
            ServerActivity activity,
            BridgeListener listener,
            Runnable statusChanged) {
        this.address = address;
        this.backOff = backOff;
        this.activity = activity;
        this.listener = listener;
        this.statusChanged = statusChanged;
    }

    /** A message came on the socket with this list. */
    void received(SubscriptionList list, Acknowledgeable message, Acknowledgement acknowledgement) {
        if (message instanceof ContentUpdate content) {
            contentReceived(list.withIndex(content.subscriptionIndex()), content, acknowledgement);
        } else if (message instanceof StateUpdate states) {
            states.states().forEach(said -> stateReceived(list.withIndex(said.index()), said, acknowledgement));
        }
    }

    private void stateReceived(BridgeSubscription subscription, IndexState said, Acknowledgement acknowledgement) {
        LOG.debug("Meeting Server {}: index {} ({}) is {}", address, said.index(), subscription, said.state());
        if (subscription == null) {
            return;
        }
        switch (subscription.stateReceived(said.index(), said.state(), acknowledgement)) {
            case ACTIVE -> activated(subscription);
            case DEACTIVATED ->
                turnedDown(subscription, "deactivated the subscription to " + subscription.want(), acknowledgement);
            case PENDING -> statusChanged.run();
            case NOTHING -> {}
        }
    }

    private void activated(BridgeSubscription subscription) {
        if (subscription.phase() == SubscriptionPhase.SNAPSHOT) {
            subscription.socket().snapshots().begin();
        }
        statusChanged.run();
        listener.activated(subscription);
    }

    private void contentReceived(
            BridgeSubscription subscription, ContentUpdate message, Acknowledgement acknowledgement) {
        if (subscription == null) {
            // Sent before the server knew that the subscription was dropped: no violation.
            LOG.debug("Meeting Server {}: content for the dropped index {}", address, message.subscriptionIndex());
            return;
        }
        Want want = subscription.want();
        if (want.resource() != message.resource()) {
            violated(
                    ProtocolViolation.WRONG_CONTENT,
                    message.resource().messageType() + " for a subscription to "
                            + want.resource().wireName());
            return;
        }
        if (subscription.contentReceived(message.subscriptionIndex(), acknowledgement) == Meaning.ACTIVE) {
            violated(ProtocolViolation.EARLY_CONTENT, "content before saying that the subscription is active");
            activated(subscription);
        }
        activity.updatesReceived(message.rows().size());
        Content content = subscription.content();
        int known = content.known();
        int unconfirmed = content.unconfirmed();
        int ignored = content.received(message, acknowledgement);
        for (int i = 0; i < ignored; i++) {
            violated(ProtocolViolation.LATE_UPDATE, "an update of something that it had removed or never added");
        }
        if (content.unconfirmed() < unconfirmed) {
            subscription.confirmedMore();
            subscription.socket().confirmed();
        }
        if (content.known() != known) {
            statusChanged.run();
        }
    }

    /** The server answered a request with a refusal of this subscription. */
    void refused(BridgeSubscription subscription) {
        String what = "refused the subscription to " + subscription.want();
        if (subscription.isReplacing() && subscription.socket().list().isAccepted(subscription.line())) {
            reportOnce(subscription, what + " with more elements");
            subscription.keepLine(backOff);
        } else {
            turnedDown(subscription, what, null);
        }
    }

    /** The server has left this subscription pending for too long. */
    void pendingTooLong(BridgeSubscription subscription) {
        turnedDown(
                subscription,
                "left the subscription to " + subscription.want() + " pending for more than "
                        + BridgeSubscription.PENDING_LIMIT.toSeconds() + " s",
                null);
    }

    /** @param acknowledgement of the message that deactivated it; null when it was refused or left pending */
    private void turnedDown(BridgeSubscription subscription, String what, Acknowledgement acknowledgement) {
        listener.turnedDown(subscription, what, subscription.isActive(), acknowledgement);
        if (subscription.phase() == SubscriptionPhase.ENDED) {
            return;
        }
        if (acknowledgement != null) {
            subscription.content().stateReceived(SubscriptionState.DEACTIVATED, acknowledgement);
        }
        // That of a conference may move from server to server, so the cluster reports it.
        if (!subscription.want().resource().ofOneCall()) {
            reportOnce(subscription, what);
        }
        retryLater(subscription);
    }

    /** Reports only the first of several failures in a row. */
    private void reportOnce(BridgeSubscription subscription, String what) {
        if (subscription.refusals() == 0) {
            CmsEventsSubscriptionException problem =
                    new CmsEventsSubscriptionException("Meeting Server " + address + " " + what + "; retrying");
            LOG.warn(problem.getMessage());
            subscription.content().problem(problem);
        }
    }

    private void retryLater(BridgeSubscription subscription) {
        subscription.backOff(backOff);
        // It keeps its place on the socket, but is left out of the list.
        subscription.socket().listChanged();
        statusChanged.run();
    }

    void violated(ProtocolViolation violation, String detail) {
        if (activity.violated(violation) == 1) {
            LOG.warn(
                    "Meeting Server {} violated the events protocol: {} ({}). Ignored; further violations of this kind are only"
                            + " counted (see the metric cms.events.protocol.violations)",
                    address,
                    detail,
                    violation);
        } else {
            LOG.debug("Meeting Server {} violated the events protocol: {} ({})", address, detail, violation);
        }
    }
}
