package io.github.cmsevents.camel.internal.bridge;

import io.github.cmsevents.camel.internal.content.Acknowledgement;

/** What a cluster learns from its Call Bridges. Called on the event loop. */
public interface BridgeListener {

    /** The server sends the content of this subscription from now on. */
    void activated(BridgeSubscription subscription);

    /**
     * The server ended the subscription, refused it, or left it pending for too long. The bridge retries later unless the
     * listener ends the subscription.
     *
     * @param wasActive       whether it was active before
     * @param acknowledgement of the message that said so; null when no message did
     */
    void turnedDown(BridgeSubscription subscription, boolean wasActive, Acknowledgement acknowledgement);

    /** The socket of the subscription was lost, or can't be had. */
    void interrupted(BridgeSubscription subscription);

    /** The server can't be connected to. */
    void unreachable(CallBridge bridge);

    /** The server takes another subscription. */
    void roomMade(CallBridge bridge);
}
