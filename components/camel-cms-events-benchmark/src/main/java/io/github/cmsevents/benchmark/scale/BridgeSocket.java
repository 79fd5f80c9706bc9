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

import io.github.cmsevents.benchmark.load.ClientSocket;
import io.github.cmsevents.benchmark.load.GatedQueue;
import io.github.cmsevents.benchmark.load.ServerMessages;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** A client's socket with one server. The next message goes out when the last one is acknowledged, as on a real one. */
final class BridgeSocket implements ClientSocket.Listener {

    private static final int MOST_SUBSCRIPTIONS = 100;

    private final Bridge bridge;
    private final Ledger ledger;
    private final ClientSocket client;
    private final GatedQueue messages;
    private Map<Integer, Subscription> subscriptions = Map.of();
    private UnderWay underWay;

    /** The message that waits for its acknowledgement. Times are of {@link System#nanoTime()}. */
    private record UnderWay(long thoughtOf, long sent, Runnable acknowledged) {}

    BridgeSocket(ServerWebSocket webSocket, Bridge bridge, Ledger ledger) {
        this.bridge = bridge;
        this.ledger = ledger;
        this.client = new ClientSocket(webSocket, this);
        this.messages = new GatedQueue(client::send);
    }

    void send(LongFunction<String> message, Runnable acknowledged) {
        long thoughtOf = System.nanoTime();
        messages.add(id -> {
            ledger.sent();
            underWay = new UnderWay(thoughtOf, System.nanoTime(), acknowledged);
            return message.apply(id);
        });
    }

    boolean isIdle() {
        return messages.isIdle();
    }

    int subscriptions() {
        return subscriptions.size();
    }

    @Override
    public void acknowledged(long messageId) {
        UnderWay before = underWay;
        if (messages.acknowledged(messageId)) {
            long now = System.nanoTime();
            ledger.acknowledged(now - before.sent, now - before.thoughtOf);
            before.acknowledged.run();
        } else {
            ledger.strayed();
        }
    }

    @Override
    public void strayed() {
        ledger.strayed();
    }

    @Override
    public void closed() {
        subscriptions.values().forEach(bridge::drop);
        bridge.closed(this);
    }

    @Override
    public void subscribe(List<ClientSocket.Wanted> wanted) {
        if (wanted.size() > MOST_SUBSCRIPTIONS) {
            ledger.breached();
        }
        Map<Integer, Subscription> before = subscriptions;
        Map<Integer, Subscription> after = new HashMap<>();
        List<Subscription> added = new ArrayList<>();
        for (ClientSocket.Wanted one : wanted) {
            Subscription known = before.get(one.index());
            boolean goesOn = known != null && known.isFor(one);
            Subscription subscription = goesOn ? known : new Subscription(one, this);
            if (!goesOn) {
                added.add(subscription);
            }
            if (after.put(one.index(), subscription) != null) {
                ledger.breached();
            }
        }
        subscriptions = after;
        List<Subscription> dropped = before.values().stream()
                .filter(one -> after.get(one.index()) != one)
                .toList();
        dropped.forEach(bridge::drop);
        // Of an index that something else has taken, the client can't be told.
        tellState(
                "deactivated",
                dropped.stream()
                        .filter(Subscription::isActive)
                        .filter(one -> !after.containsKey(one.index()))
                        .toList());
        dropped.forEach(one -> one.active(false));
        tellState("pending", added);
        tellState(
                "deactivated",
                added.stream().filter(one -> !bridge.resolves(one)).toList());
        List<Subscription> ready = added.stream().filter(bridge::resolves).toList();
        tellState("active", ready);
        ready.forEach(bridge::activate);
    }

    private void tellState(String state, List<Subscription> which) {
        if (!which.isEmpty()) {
            List<Integer> indexes = which.stream().map(Subscription::index).toList();
            send(id -> ServerMessages.states(id, indexes, state), () -> {});
        }
    }
}
