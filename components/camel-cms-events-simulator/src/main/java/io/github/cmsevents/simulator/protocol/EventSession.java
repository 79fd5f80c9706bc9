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
package io.github.cmsevents.simulator.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.ChangeKind;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.protocol.ServerMessage.States.IndexState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The server's side of one socket's conversation (guide, section 5), without the socket: text and model changes go in,
 * text and breaches come out. Pure but for its clock, and not thread-safe.
 */
public final class EventSession {

    private static final String SUCCESS = "success";
    /** The guide names no status but {@code success}; this one is our choice. */
    private static final String FAILURE = "failure";

    private final Meetings meetings;
    private final SessionOptions options;
    private final LongSupplier nanoTime;
    private final SessionOutput output;
    private final ClientMessageParser parser = new ClientMessageParser();
    private final UpdateWriter updates;
    private final SubscriptionTable table;
    private final SendQueue queue;
    private long lastOverdueId;

    public EventSession(Meetings meetings, SessionOptions options, LongSupplier nanoTime, SessionOutput output) {
        this.meetings = meetings;
        this.options = options;
        this.nanoTime = nanoTime;
        this.output = output;
        this.updates = new UpdateWriter(options.rowsPerMessage(), options.repeatCallInCallInfo());
        this.table = new SubscriptionTable(meetings.elements());
        this.queue = new SendQueue(options.ackWindow());
    }

    /** Takes the text of one frame. */
    public void received(String text) {
        ClientMessage message = parser.parse(text);
        if (message instanceof ClientMessage.Ack ack) {
            acknowledged(ack);
        } else if (message instanceof ClientMessage.Subscribe request) {
            output.subscribeRequest(request.message());
            acknowledge(request.messageId(), SUCCESS);
            subscribe(request.wanted());
        } else if (message instanceof ClientMessage.Refused refused) {
            refuse(refused);
        } else if (message instanceof ClientMessage.Unreadable unreadable) {
            output.breach(Breach.Kind.INVALID_MESSAGE, unreadable.reason());
        }
        sendWhatMayGo();
    }

    /** Takes what changed in the model. */
    public void changed(List<CallChange> changes) {
        List<String> ended = changes.stream()
                .filter(change -> change.kind() == ChangeKind.REMOVED)
                .map(change -> change.call().id())
                .toList();
        List<IndexState> states = new ArrayList<>();
        for (Subscription subscription : table.all()) {
            if (!subscription.isActive()) {
                continue;
            }
            if (subscription.call() != null && ended.contains(subscription.call())) {
                queue.purgeUpdates(subscription);
                states.add(moveTo(subscription, SubscriptionState.DEACTIVATED));
            } else {
                updates.update(subscription, changes).ifPresent(queue::add);
            }
        }
        addStates(states);
        sendWhatMayGo();
    }

    /** Reports messages whose acknowledgement is overdue, each once. */
    public void checkAcks() {
        long timeout = options.ackTimeout().toNanos();
        for (long id : queue.unackedFor(timeout, nanoTime.getAsLong())) {
            if (id > lastOverdueId) {
                lastOverdueId = id;
                output.breach(
                        Breach.Kind.UNACKED_MESSAGE,
                        "message " + id + " not acknowledged within " + options.ackTimeout());
            }
        }
    }

    /** Messages that were sent and not acknowledged. */
    public int unacked() {
        return queue.unacked();
    }

    /** Messages that wait for earlier ones to be acknowledged. */
    public int queued() {
        return queue.waiting();
    }

    /** The subscriptions as the client listed them last. */
    public List<SubscriptionInfo> subscriptions() {
        return table.all().stream()
                .map(subscription -> new SubscriptionInfo(
                        subscription.index(),
                        subscription.resource().wireName(),
                        subscription.call(),
                        subscription.elements(),
                        subscription.state().wireName()))
                .toList();
    }

    private void acknowledged(ClientMessage.Ack ack) {
        if (!queue.acknowledge(ack.messageId())) {
            output.breach(
                    Breach.Kind.ACK_FOR_NOTHING,
                    "message " + ack.messageId() + " does not wait for an acknowledgement");
        }
    }

    private void refuse(ClientMessage.Refused refused) {
        if ("subscribeRequest".equals(refused.message().path("type").textValue())) {
            output.subscribeRequest(refused.message());
        }
        acknowledge(refused.messageId(), FAILURE);
        output.refused(refused.messageId(), refused.reason());
        if (refused.breach() != null) {
            output.breach(refused.breach(), refused.reason());
        }
    }

    private void acknowledge(long messageId, String status) {
        ObjectNode envelope = envelope("messageAck");
        envelope.putObject("messageAck").put("messageId", messageId).put("status", status);
        output.send(envelope.toString());
    }

    private void subscribe(List<WantedSubscription> wanted) {
        SubscriptionTable.Difference difference = table.replaceBy(wanted);
        difference.dropped().forEach(queue::purge);

        List<IndexState> first = new ArrayList<>();
        difference.droppedIndexes().forEach(gone -> first.add(moveTo(gone, SubscriptionState.DEACTIVATED)));
        difference.added().forEach(added -> first.add(moveTo(added, SubscriptionState.PENDING)));
        addStates(first);

        addStates(difference.added().stream()
                .map(added -> moveTo(added, resolves(added) ? SubscriptionState.ACTIVE : SubscriptionState.DEACTIVATED))
                .toList());
        difference.added().stream()
                .filter(Subscription::isActive)
                .flatMap(added -> updates.content(added, meetings).stream())
                .forEach(queue::add);
    }

    private boolean resolves(Subscription subscription) {
        return subscription.call() == null || meetings.find(subscription.call()).isPresent();
    }

    private static IndexState moveTo(Subscription subscription, SubscriptionState state) {
        subscription.state(state);
        return new IndexState(subscription, state);
    }

    private void addStates(List<IndexState> states) {
        if (!states.isEmpty()) {
            queue.add(new ServerMessage.States(states));
        }
    }

    private void sendWhatMayGo() {
        for (Optional<SendQueue.Sendable> next = queue.next(nanoTime.getAsLong());
                next.isPresent();
                next = queue.next(nanoTime.getAsLong())) {
            SendQueue.Sendable sendable = next.get();
            ObjectNode envelope = envelope("message");
            ObjectNode message = envelope.putObject("message").put("messageId", sendable.messageId());
            sendable.message().writeTo(message);
            output.send(envelope.toString());
        }
    }

    private static ObjectNode envelope(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    /** One subscription as it stands; see {@link EventSession#subscriptions()}. */
    public record SubscriptionInfo(long index, String type, String call, List<String> elements, String state) {}
}
