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

import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import java.util.List;

/** The content of one server's list of calls, and two routes. */
abstract class ContentFixture {

    static final String SERVER = "cms.example.com:443";
    static final String OTHER_SERVER = "other.example.com:443";
    static final long CLOCK = 1_000;
    static final long RECEIVED_AT = 999;

    final ConferenceIndex index = new ConferenceIndex(List.of(SERVER, OTHER_SERVER), () -> {});
    final Content calls = Content.ofCalls(SERVER, index, () -> CLOCK);
    final RecordingRoute route = new RecordingRoute();
    final RecordingRoute other = new RecordingRoute();
    int written;

    void activate(Content content) {
        content.begin(content.elements(), new Acknowledgement(RECEIVED_AT, 0, () -> {}));
    }

    void deactivate(Content content) {
        content.stateReceived(SubscriptionState.DEACTIVATED, new Acknowledgement(RECEIVED_AT, 0, () -> {}));
    }

    int receive(Content content, Row... rows) {
        Resource resource = content.conference() == null ? Resource.CALLS : Resource.CALL_ROSTER;
        Resource sent = rows[0].type() == null ? Resource.CALL_INFO : resource;
        Acknowledgement acknowledgement = acknowledgement();
        int ignored = content.received(new ContentUpdate(3, sent, 7, List.of(rows), List.of()), acknowledgement);
        acknowledgement.handedOut();
        return ignored;
    }

    Acknowledgement acknowledgement() {
        return new Acknowledgement(RECEIVED_AT, 10, () -> written++);
    }

    void acknowledgeAll() {
        route.acknowledgeAll();
        other.acknowledgeAll();
    }

    void forget() {
        route.forget();
        other.forget();
    }

    static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }
}
