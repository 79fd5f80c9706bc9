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

import io.github.cmsevents.camel.internal.content.RouteView.Seen;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds updates: adds to what changed which call and which conference it belongs to, as far as known. */
final class UpdateBuilder {

    private static final String SUBSCRIPTION_UPDATE = "subscriptionUpdate";
    private static final String STATE = "state";
    private static final String CALL = "call";
    private static final String CALL_NAME = "callName";
    private static final String CALL_CORRELATOR = "callCorrelator";

    private final Resource resource;
    private final Conference conference;
    private final ConferenceIndex index;

    /** @param conference null for a list of calls, which has many */
    UpdateBuilder(Resource resource, Conference conference, ConferenceIndex index) {
        this.resource = resource;
        this.conference = conference;
        this.index = index;
    }

    /**
     * What a route receives of a change.
     *
     * @param call the GUID of the call that the roster or the details belong to, on the server that carries them
     */
    Update ofContent(Seen seen, Change change, Origin origin, String call) {
        boolean ofCalls = resource == Resource.CALLS;
        Identity identity = identity(
                ofCalls ? index.conferenceOf(origin.server(), change.key()).orElse(null) : conference);
        if (!ofCalls) {
            identity.addTo(seen.body(), call);
        }
        return new Update(
                origin,
                seen.type(),
                null,
                ofCalls ? change.key() : call,
                identity.name,
                identity.correlator,
                ofCalls ? null : identity.key,
                resource == Resource.CALL_ROSTER ? change.key() : null,
                seen.reason(),
                seen.changedElements(),
                null,
                change.isSynthetic(),
                seen.body());
    }

    /**
     * A new state of the subscription.
     *
     * @param call null for a list of calls
     */
    Update ofState(SubscriptionState state, String server, String call, long receivedAt, boolean synthetic) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(STATE, state.wireName());
        Identity identity = identity(conference);
        if (call != null) {
            identity.addTo(body, call);
        }
        return new Update(
                new Origin(server, SUBSCRIPTION_UPDATE, receivedAt),
                null,
                state,
                call,
                identity.name,
                identity.correlator,
                identity.key,
                null,
                null,
                null,
                null,
                synthetic,
                body);
    }

    private static Identity identity(Conference of) {
        return of == null ? new Identity(null, null, null) : new Identity(of.key(), of.name(), of.correlator());
    }

    /** Which conference an update belongs to, as far as known. */
    private record Identity(String key, String name, String correlator) {

        /** Headers that begin with Camel do not leave through Kafka or HTTP, so a body has to stand alone. */
        void addTo(Map<String, Object> body, String call) {
            body.put(CALL, call);
            if (name != null) {
                body.put(CALL_NAME, name);
            }
            // The details' own element counts, a null too.
            if (correlator != null && !body.containsKey(CALL_CORRELATOR)) {
                body.put(CALL_CORRELATOR, correlator);
            }
        }
    }
}
