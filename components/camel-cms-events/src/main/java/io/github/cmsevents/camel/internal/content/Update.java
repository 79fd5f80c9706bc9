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
package io.github.cmsevents.camel.internal.content;

import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.Map;

/**
 * One update for one route: what crosses from the event loop to Camel's threads.
 *
 * @param type            null for a change of the subscription's state
 * @param state           the subscription's new state; null for content
 * @param call            the call's GUID on the server that the update is from; null for the state of a {@code calls}
 *                        subscription
 * @param callName        the call's name, where known
 * @param callCorrelator  what the calls of one conference have in common, where known
 * @param conference      the stable key of the conference, where conferences are followed
 * @param participant     the participant's GUID, in a roster
 * @param reason          why a participant left or a call ended, where known
 * @param changedElements the elements that changed; null unless the whole record is in the body
 * @param servers         the Call Bridges that report the conference now; null for other resources
 * @param synthetic       concluded by the component rather than received
 * @param body            belongs to the receiver alone
 */
public record Update(
        Origin origin,
        UpdateType type,
        SubscriptionState state,
        String call,
        String callName,
        String callCorrelator,
        String conference,
        String participant,
        String reason,
        List<String> changedElements,
        List<String> servers,
        boolean synthetic,
        Map<String, Object> body) {

    /** The same for another route. */
    Update withOwnBody() {
        return new Update(
                origin,
                type,
                state,
                call,
                callName,
                callCorrelator,
                conference,
                participant,
                reason,
                changedElements,
                servers,
                synthetic,
                OwnCopy.of(body));
    }
}
