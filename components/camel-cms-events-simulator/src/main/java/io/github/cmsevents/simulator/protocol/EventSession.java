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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.Breach;
import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.fault.SocketFaults;
import io.github.cmsevents.simulator.model.CallChange;
import io.github.cmsevents.simulator.model.ChangeKind;
import io.github.cmsevents.simulator.model.Meetings;
import io.github.cmsevents.simulator.protocol.ServerMessage.States.IndexState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The server's side of the protocol on one socket (guide, section 5): takes text and changes of the model, returns text and
 * breaches. No I/O; not thread-safe.
 */
public final class EventSession {

    private static final String SUCCESS = "success";
    /** The guide names no status but {@code success}; this one is our choice. */
    private static final String FAILURE = "failure";
    /** The distance of a wrong acknowledgement's number from the right one. */
    private static final long UNUSED_IDS = 1_000_000_000;
    /** Stands for the next messageId in a scripted frame. */
    private static final String NEXT_ID = "\"@id\"";

    private final Meetings meetings;
    private final SessionOptions options;
    private final SocketFaults faults;
    private final LongSupplier nanoTime;
    private final SessionOutput output;
    private final ClientMessageParser parser = new ClientMessageParser();
    private final UpdateWriter updates;
    private final SubscriptionTable table;
    private final SendQueue queue;
    private long lastOverdueId;

    public EventSession(
            Meetings meetings,
            SessionOptions options,
            SocketFaults faults,
            LongSupplier nanoTime,
            SessionOutput output) {
        this.meetings = meetings;
        this.options = options;
        this.faults = faults;
        this.nanoTime = nanoTime;
        this.output = output;
        this.updates = new UpdateWriter(options.rowsPerMessage(), options.repeatCallInCallInfo());
        this.table = new SubscriptionTable(meetings.elements());
        this.queue = new SendQueue(options.ackWindow(), new UpdateFaults(faults));
    }

    /** Processes the text of one frame. */
    public void received(String text) {
        ClientMessage message = parser.parse(text);
        if (message instanceof ClientMessage.Ack ack) {
            acknowledged(ack);
        } else if (message instanceof ClientMessage.Subscribe request) {
            output.subscribeRequest(request.message());
            answer(request);
        } else if (message instanceof ClientMessage.Refused refused) {
            refuse(refused);
        } else if (message instanceof ClientMessage.Unreadable unreadable) {
            output.breach(Breach.Kind.INVALID_MESSAGE, unreadable.reason());
        }
        sendWhatIsDue();
    }

    /** Sends what changed in the model. */
    public void changed(List<CallChange> changes) {
        List<String> ended = changes.stream()
                .filter(change -> change.kind() == ChangeKind.REMOVED)
                .map(change -> change.call().id())
                .toList();
        // As live bridges do: first the call's last changes, then the states, then the call's removal.
        addStates(table.all().stream()
                .filter(subscription -> subscription.state() != SubscriptionState.DEACTIVATED)
                .filter(subscription -> subscription.call() != null && ended.contains(subscription.call()))
                .map(subscription -> moveTo(subscription, SubscriptionState.DEACTIVATED))
                .toList());
        table.all().stream()
                .filter(Subscription::isActive)
                .flatMap(subscription -> updates.update(subscription, changes).stream())
                .forEach(queue::add);
        sendWhatIsDue();
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

    /** Sends a frame with this text. */
    public void sendRaw(String text) {
        parser.messageId(text).ifPresent(queue::excuseAck);
        output.send(text);
    }

    /** Queues a message with these fields, under the next number. */
    public void sendMessage(ObjectNode fields) {
        queue.add(new StrangeMessage(fields, 0));
        sendWhatIsDue();
    }

    /**
     * Sends a message of a script under the next number.
     *
     * @param message its fields; a resource such as {@code callRoster GUID} stands where an index belongs
     * @throws IllegalStateException when the socket has no subscription to that resource
     */
    public void sendScripted(ObjectNode message) {
        ObjectNode resolved = new ResourceIndexes(table).resolve(message);
        if (resolved.path("type").asText().equals("subscriptionUpdate")) {
            resolved.path("subscriptions").forEach(this::takeState);
        }
        sendMessage(resolved);
    }

    private void takeState(JsonNode entry) {
        if (SubscriptionState.DEACTIVATED.wireName().equals(entry.path("state").asText())) {
            // Listed again, it counts as new.
            table.all().stream()
                    .filter(subscription ->
                            subscription.index() == entry.path("index").asLong())
                    .forEach(subscription -> subscription.state(SubscriptionState.DEACTIVATED));
        }
    }

    /**
     * Sends a frame of a script.
     *
     * @param frame its text; {@code "@id"} stands for the next number, and the frame then needs an acknowledgement;
     *     {@code "@callRoster GUID@"} stands for an index
     * @throws IllegalStateException when the socket has no subscription to such a resource
     */
    public void sendScriptedFrame(String frame) {
        String text = new ResourceIndexes(table).resolve(frame);
        if (text.contains(NEXT_ID)) {
            long messageId = queue.takeNumber(nanoTime.getAsLong());
            output.send(text.replace(NEXT_ID, Long.toString(messageId)));
        } else {
            sendRaw(text);
        }
    }

    /** Whether every message was sent and acknowledged. */
    public boolean isIdle() {
        return unacked() == 0 && queued() == 0;
    }

    /** Deactivates a subscription although its call continues; returns the number of subscriptions. */
    public int deactivate(long index) {
        return deactivate(subscription -> subscription.index() == index);
    }

    /** Deactivates subscriptions although their call continues; returns the number of subscriptions. */
    public int deactivate(String type, String call) {
        return deactivate(subscription ->
                subscription.resource().wireName().equals(type) && Objects.equals(subscription.call(), call));
    }

    private int deactivate(Predicate<Subscription> which) {
        List<IndexState> states = table.all().stream()
                .filter(subscription -> subscription.state() != SubscriptionState.DEACTIVATED)
                .filter(which)
                .map(subscription -> {
                    queue.purgeUpdates(subscription);
                    return moveTo(subscription, SubscriptionState.DEACTIVATED);
                })
                .toList();
        addStates(states);
        sendWhatIsDue();
        return states.size();
    }

    /** Sends what faults have held back. */
    public void faultsCleared() {
        queue.release();
        activate(table.all().stream()
                .filter(subscription -> subscription.state() == SubscriptionState.PENDING)
                .toList());
        sendWhatIsDue();
    }

    /** The number of messages that were sent and not acknowledged. */
    public int unacked() {
        return queue.unacked();
    }

    /** The number of messages that wait until earlier ones are acknowledged. */
    public int queued() {
        return queue.waiting();
    }

    /** The subscriptions of the client's last request. */
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

    private void answer(ClientMessage.Subscribe request) {
        Fault.OfRequest fault = faults.take(Fault.OfRequest.class);
        if (fault instanceof Fault.IgnoreRequest) {
            return;
        }
        if (fault instanceof Fault.AckStatus other) {
            acknowledge(request.messageId(), other.status());
            output.refused(request.messageId(), "fault " + fault.name());
            return;
        }
        if (fault instanceof Fault.WrongAckId) {
            acknowledge(request.messageId() + UNUSED_IDS, SUCCESS);
        } else if (!(fault instanceof Fault.WithholdAck)) {
            acknowledge(request.messageId(), SUCCESS);
        }
        if (fault instanceof Fault.DoubleAck) {
            acknowledge(request.messageId(), SUCCESS);
        }
        subscribe(request.wanted());
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
        if (!options.scripted()) {
            difference.droppedIndexes().forEach(gone -> first.add(moveTo(gone, SubscriptionState.DEACTIVATED)));
        }
        difference.added().forEach(added -> first.add(moveTo(added, SubscriptionState.PENDING)));
        addStates(first);

        // In the order of the request: each subscription is an occasion for a fault.
        List<Subscription> ready = new ArrayList<>();
        List<IndexState> refused = new ArrayList<>();
        for (Subscription added : difference.added()) {
            Fault.OfSubscription fault = resolves(added) ? faults.take(Fault.OfSubscription.class) : null;
            if (fault instanceof Fault.DeactivateNew) {
                refused.add(moveTo(added, SubscriptionState.DEACTIVATED));
            } else if (fault == null) {
                ready.add(added);
            }
        }
        addStates(refused);
        activate(ready);
    }

    /** Activates pending subscriptions, or deactivates them if there is no such call, and sends their first content. */
    private void activate(List<Subscription> pending) {
        addStates(pending.stream()
                .map(added -> moveTo(added, resolves(added) ? SubscriptionState.ACTIVE : SubscriptionState.DEACTIVATED))
                .toList());
        if (options.scripted()) {
            return;
        }
        List<List<ServerMessage>> contents = pending.stream()
                .filter(Subscription::isActive)
                .map(added -> updates.content(added, meetings))
                .toList();
        // In turn, as live bridges do: a long roster does not hold up the content of other subscriptions.
        int longest = contents.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (List<ServerMessage> content : contents) {
                if (turn < content.size()) {
                    queue.add(content.get(turn));
                }
            }
        }
    }

    private boolean resolves(Subscription subscription) {
        return options.scripted()
                || subscription.call() == null
                || meetings.find(subscription.call()).isPresent();
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

    private void sendWhatIsDue() {
        for (Optional<SendQueue.Sendable> next = queue.next(nanoTime.getAsLong());
                next.isPresent();
                next = queue.next(nanoTime.getAsLong())) {
            SendQueue.Sendable sendable = next.get();
            ObjectNode envelope = envelope("message");
            ObjectNode message = envelope.putObject("message").put("messageId", sendable.messageId());
            sendable.message().writeTo(message);
            output.send(envelope.toString());
            output.messageSent();
        }
    }

    private static ObjectNode envelope(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    /** The current state of one subscription; see {@link EventSession#subscriptions()}. */
    public record SubscriptionInfo(long index, String type, String call, List<String> elements, String state) {}
}
