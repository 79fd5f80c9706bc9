package io.github.cmsevents.camel.internal.status;

import io.github.cmsevents.camel.internal.protocol.Want;

/**
 * A subscription, at one moment.
 *
 * @param connection the socket that it is on; null while no socket has room for it
 * @param receivers  how many routes share it
 * @param known      how many calls or participants are known
 */
public record SubscriptionStatus(
        Want want, SubscriptionPhase phase, ConnectionStatus connection, int receivers, int known) {}
