package io.github.cmsevents.camel.internal.content;

/**
 * Where an update comes from.
 *
 * @param server      the Call Bridge, as {@code host:port}
 * @param messageType the type of the message
 * @param receivedAt  when it was received or concluded, in milliseconds since 1970
 */
public record Origin(String server, String messageType, long receivedAt) {}
