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
package io.github.cmsevents.benchmark.scale;

import io.github.cmsevents.benchmark.load.ServerMessages;
import io.vertx.core.http.ServerWebSocket;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One Meeting Server of a cluster: its calls, and who is told of them. Lives on the servers' event loop. */
final class Bridge {

    private static final int MOST_SOCKETS = 5;

    private final Ledger ledger;
    private final Map<String, Meeting> meetings = new LinkedHashMap<>();
    private final Set<BridgeSocket> sockets = new LinkedHashSet<>();
    private final Set<Subscription> callLists = new LinkedHashSet<>();

    Bridge(Ledger ledger) {
        this.ledger = ledger;
    }

    void open(ServerWebSocket webSocket) {
        if (sockets.size() == MOST_SOCKETS) {
            ledger.breached();
            webSocket.close();
            return;
        }
        sockets.add(new BridgeSocket(webSocket, this, ledger));
    }

    void closed(BridgeSocket socket) {
        sockets.remove(socket);
    }

    Collection<Meeting> meetings() {
        return meetings.values();
    }

    Collection<BridgeSocket> sockets() {
        return sockets;
    }

    void start(Meeting meeting) {
        meetings.put(meeting.call(), meeting);
        callLists.forEach(list -> list.tell(meeting.row(list), () -> {}));
    }

    /** Whoever is told of its participants is to conclude that they are gone: nobody says so of each. */
    void end(Meeting meeting) {
        meetings.remove(meeting.call());
        callLists.forEach(list -> list.tell(meeting.rowOfEnding(), () -> {}));
        for (Subscription roster : meeting.subscriptions()) {
            roster.active(false);
            List<Integer> index = List.of(roster.index());
            roster.socket().send(id -> ServerMessages.states(id, index, "deactivated"), () -> {});
        }
    }

    boolean resolves(Subscription subscription) {
        return subscription.isCalls() || (subscription.isRoster() && meetings.containsKey(subscription.call()));
    }

    void activate(Subscription subscription) {
        subscription.active(true);
        if (subscription.isCalls()) {
            callLists.add(subscription);
            subscription.tell(meetings.values().stream()
                    .map(meeting -> meeting.row(subscription))
                    .toList());
        } else {
            Meeting meeting = meetings.get(subscription.call());
            meeting.subscriptions().add(subscription);
            subscription.tell(meeting.rows(subscription.rosterElements()));
        }
    }

    void drop(Subscription subscription) {
        callLists.remove(subscription);
        Meeting meeting = meetings.get(subscription.call());
        if (meeting != null) {
            meeting.subscriptions().remove(subscription);
        }
    }

    /** Whether everybody is told of, and has acknowledged, all that there is. */
    boolean isSettled() {
        return sockets.stream().allMatch(BridgeSocket::isIdle)
                && meetings.values().stream()
                        .noneMatch(meeting -> meeting.subscriptions().isEmpty());
    }

    int subscriptions() {
        return sockets.stream().mapToInt(BridgeSocket::subscriptions).sum();
    }
}
