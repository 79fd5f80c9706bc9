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

import io.github.cmsevents.camel.internal.bridge.MeetingServer;
import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Origin;
import io.github.cmsevents.camel.internal.content.OwnCopy;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those who are told of each server's calls on behalf of one route, which is told of conferences: one record for each, made of
 * what they were told. Lives on the cluster's event loop.
 */
final class ConferenceReceivers {

    private static final String CALL = "call";
    private static final String UPDATE_TYPE = "updateType";

    private final ConferenceView view;
    private final Receiver route;
    private final Interest interest;

    ConferenceReceivers(List<String> servers, CallDirectory directory, Receiver route, Interest interest) {
        this.view = new ConferenceView(servers, new LinkedHashSet<>(interest.elements()), directory::isFresh);
        this.route = route;
        this.interest = interest;
    }

    /** What has to be known of each server's calls: whole records, and which conference they belong to. */
    Interest interestInCalls() {
        Set<String> elements = new LinkedHashSet<>(interest.elements());
        elements.addAll(CallDirectory.IDENTITY);
        return new Interest(List.copyOf(elements), true, true, interest.subscriptionStates());
    }

    /** Who is told of one server's calls. */
    Receiver of(MeetingServer server) {
        return new Receiver() {
            @Override
            public void receive(Batch batch) {
                List<Update> updates = new ArrayList<>(batch.updates().size());
                for (Update update : batch.updates()) {
                    putTogether(server.name(), update, updates);
                }
                // Also when nothing is left of it: the server waits to be told that it was received.
                route.receive(new Batch(updates, batch.receivedAt(), batch.bytes(), batch.acknowledge()));
            }

            @Override
            public void troubled(Exception problem) {
                route.troubled(problem);
            }
        };
    }

    /** Something about a conference may have changed: whether a server is heard of, for one. */
    void review(Conference conference) {
        List<Update> updates = new ArrayList<>();
        for (ReportedCall call : conference.calls()) {
            // No message said it, so it has no number; the server is the one whose going or coming made the difference.
            Origin origin =
                    new Origin(call.server(), Resource.CALLS.messageType(), null, null, System.currentTimeMillis());
            view.reviewed(call.call()).forEach(change -> updates.add(update(origin, call.call(), true, change)));
        }
        if (!updates.isEmpty()) {
            route.receive(Batch.withoutAcknowledgement(updates));
        }
    }

    private void putTogether(String server, Update update, List<Update> updates) {
        if (update.type() == null) {
            updates.add(update);
            return;
        }
        List<ConferenceChange> changes = update.type() == UpdateType.REMOVE
                ? view.gone(server, update.call())
                : view.reported(server, update.call(), update.body());
        for (ConferenceChange change : changes) {
            updates.add(update(update.origin(), update.call(), update.synthetic(), change));
        }
    }

    private Update update(Origin origin, String call, boolean synthetic, ConferenceChange change) {
        return new Update(
                origin,
                Resource.CALLS,
                change.type(),
                null,
                call,
                change.name(),
                change.correlator(),
                null,
                null,
                interest.merge() ? List.copyOf(change.changed().keySet()) : null,
                change.servers(),
                synthetic,
                body(change));
    }

    private Map<String, Object> body(ConferenceChange change) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(CALL, change.call());
        body.put(UPDATE_TYPE, change.type().wireName());
        Map<String, Object> content = interest.merge() ? change.record() : change.changed();
        content.forEach(body::putIfAbsent);
        return OwnCopy.of(body);
    }
}
