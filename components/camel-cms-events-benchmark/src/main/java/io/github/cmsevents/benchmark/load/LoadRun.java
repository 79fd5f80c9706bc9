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

import io.github.cmsevents.benchmark.Load;
import io.github.cmsevents.benchmark.load.LoadSocket.Subscription;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One load sent to one client, from its first socket to its last. Lives on the server's event loop. */
final class LoadRun {

    private final Vertx vertx;
    private final Load load;
    private final Consumer<LoadReport> finished;
    private final List<LoadSocket> sockets = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final BitSet isAcknowledged = new BitSet();

    private boolean begun;
    private int sent;
    private int acknowledged;
    private int unexpected;
    private long measuredFrom;
    private long measuredTo;

    LoadRun(Vertx vertx, Load load, Consumer<LoadReport> finished) {
        this.vertx = vertx;
        this.load = load;
        this.finished = finished;
    }

    void opened(LoadSocket socket) {
        sockets.add(socket);
    }

    void subscribed(Subscription subscription) {
        // A client that follows all calls also subscribes to the list of calls, which then does not change.
        if (subscription.isRoster() == load.rosters() > 0) {
            subscriptions.add(subscription);
        }
    }

    /** The client acknowledged all first content on one of its sockets. */
    void socketReady() {
        if (!begun
                && subscriptions.size() == load.subscriptions()
                && sockets.stream().allMatch(LoadSocket::isReady)) {
            begun = true;
            // Otherwise one socket after the other would get a hundred messages in a row.
            Collections.shuffle(subscriptions, new Random(1));
            for (int i = 0; i < load.outstanding(); i++) {
                sendNext();
            }
        }
    }

    void acknowledged(LoadSocket socket, long sequence) {
        if (sequence == load.total() && acknowledged == load.total()) {
            return;
        }
        if (sequence >= sent
                || isAcknowledged.get((int) sequence)
                || subscriptionOf((int) sequence).socket() != socket) {
            unexpected();
            return;
        }
        isAcknowledged.set((int) sequence);
        acknowledged++;
        if (acknowledged == load.total()) {
            measuredTo = System.nanoTime();
            // One more, so that the client knows that its last acknowledgement has arrived and may close its sockets.
            subscriptionOf(load.total()).sendUpdate(load.total());
        } else if (load.delayMillis() > 0 && acknowledged >= load.warmup()) {
            vertx.setTimer(load.delayMillis(), timer -> sendNext());
        } else {
            sendNext();
        }
    }

    void unexpected() {
        unexpected++;
    }

    void closed(LoadSocket socket) {
        sockets.remove(socket);
        if (sockets.isEmpty()) {
            double seconds = (measuredTo - measuredFrom) / (double) TimeUnit.SECONDS.toNanos(1);
            boolean measured = acknowledged == load.total() && load.messages() > 0;
            finished.accept(
                    new LoadReport(measured ? load.messages() / seconds : 0, load.total() - acknowledged, unexpected));
        }
    }

    private void sendNext() {
        if (sent < load.total()) {
            int sequence = sent++;
            if (sequence == load.warmup()) {
                measuredFrom = System.nanoTime();
            }
            subscriptionOf(sequence).sendUpdate(sequence);
        }
    }

    private Subscription subscriptionOf(int sequence) {
        return subscriptions.get(sequence % subscriptions.size());
    }
}
