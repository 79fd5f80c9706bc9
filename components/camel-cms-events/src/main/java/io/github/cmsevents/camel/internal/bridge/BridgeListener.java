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

/** What a cluster learns from its Call Bridges. Called on the event loop. */
public interface BridgeListener {

    /** The server sends the content of this subscription from now on. */
    void activated(BridgeSubscription subscription);

    /**
     * The server ended the subscription, refused it, or left it pending for too long. The bridge retries later unless the
     * listener ends the subscription, and reports only subscriptions to lists of calls.
     *
     * @param what            what the server did, for a log line
     * @param wasActive       whether it was active before
     * @param acknowledgement of the message that said so; null when no message did
     */
    void turnedDown(BridgeSubscription subscription, String what, boolean wasActive, Acknowledgement acknowledgement);

    /** The socket of the subscription was lost, or can't be had. */
    void interrupted(BridgeSubscription subscription);

    /** The server can't be connected to. */
    void unreachable(CallBridge bridge);

    /** The server takes another subscription. */
    void roomMade(CallBridge bridge);
}
