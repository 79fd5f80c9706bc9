package io.github.cmsevents.camel.internal.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The updates of one message, by the route that receives them. */
final class Deliveries {

    private final Map<Receiver, List<Update>> updates = new LinkedHashMap<>();

    void add(Receiver receiver, Update update) {
        updates.computeIfAbsent(receiver, first -> new ArrayList<>(1)).add(update);
    }

    /** @param acknowledgement waits for all of them; null when no server does */
    void hand(Acknowledgement acknowledgement) {
        updates.forEach((receiver, own) -> receiver.receive(
                acknowledgement == null
                        ? Batch.withoutAcknowledgement(own)
                        : new Batch(
                                own, acknowledgement.receivedAt(), acknowledgement.bytes(), acknowledgement.newShare())));
    }
}
