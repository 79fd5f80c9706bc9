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
package io.github.cmsevents.benchmark.load;

import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One client's socket. Until its subscriptions are set up it is gated; from then on the run says what is sent. */
final class LoadSocket implements ClientSocket.Listener {

    // What a first content is cut into: well under the 64 KiB that Vert.x takes for a frame unless told otherwise.
    private static final int ROWS_PER_MESSAGE = 200;

    private final ClientSocket client;
    private final LoadRun run;
    private final Map<Integer, LoadSubscription> subscriptions = new HashMap<>();
    private final GatedQueue opening;

    LoadSocket(ServerWebSocket webSocket, LoadRun run) {
        this.run = run;
        this.client = new ClientSocket(webSocket, this);
        this.opening = new GatedQueue(client::send);
    }

    void send(String text) {
        client.send(text);
    }

    /** Whether nothing is left to be said about what the client has asked for. */
    boolean isSetUp() {
        return opening.isIdle();
    }

    @Override
    public void acknowledged(long messageId) {
        if (messageId >= LoadPlan.FIRST_UPDATE_ID) {
            run.acknowledged(this, messageId - LoadPlan.FIRST_UPDATE_ID);
        } else if (!opening.acknowledged(messageId)) {
            run.strayed();
        } else if (opening.isIdle()) {
            run.setUp();
        }
    }

    @Override
    public void strayed() {
        run.strayed();
    }

    @Override
    public void closed() {
        run.closed(this);
    }

    @Override
    public void subscribe(List<ClientSocket.Wanted> wanted) {
        List<LoadSubscription> added = new ArrayList<>();
        for (ClientSocket.Wanted one : wanted) {
            if (!subscriptions.containsKey(one.index())) {
                LoadSubscription subscription = new LoadSubscription(
                        one.index(), one.call(), this, run.plan().known());
                subscriptions.put(one.index(), subscription);
                added.add(subscription);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        List<Integer> indexes = added.stream().map(LoadSubscription::index).toList();
        opening.add(id -> ServerMessages.states(id, indexes, "pending"));
        opening.add(id -> ServerMessages.states(id, indexes, "active"));
        for (LoadSubscription subscription : added) {
            int known = run.plan().known();
            for (int from = 0; from < known; from += ROWS_PER_MESSAGE) {
                int first = from;
                int end = Math.min(known, from + ROWS_PER_MESSAGE);
                opening.add(id -> ServerMessages.adds(id, subscription, first, end));
            }
            run.subscribed(subscription);
        }
    }
}
