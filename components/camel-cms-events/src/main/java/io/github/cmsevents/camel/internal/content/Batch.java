package io.github.cmsevents.camel.internal.content;

import java.util.List;

/**
 * The updates of one message for one receiver.
 *
 * @param receivedAt  when the message was received, in milliseconds since 1970; 0 without a message
 * @param bytes       the size of the message's frame; 0 without a message
 * @param acknowledge run from any thread once the receiver has processed the updates; the server waits for it. Repeats do
 *                    nothing.
 */
public record Batch(List<Update> updates, long receivedAt, long bytes, Runnable acknowledge) {

    private static final Runnable NOTHING = () -> {};

    /** Updates that no server waits for. */
    public static Batch withoutAcknowledgement(List<Update> updates) {
        return new Batch(updates, 0, 0, NOTHING);
    }
}
