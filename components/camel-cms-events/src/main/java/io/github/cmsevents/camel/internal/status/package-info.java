/**
 * What other threads may see of a cluster: immutable snapshots for health, JMX, console and meters, and thread-safe counters.
 * Uses protocol and transport values only.
 */
package io.github.cmsevents.camel.internal.status;
