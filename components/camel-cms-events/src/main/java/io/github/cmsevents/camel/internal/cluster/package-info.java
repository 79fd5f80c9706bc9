/**
 * The Call Bridges of a site together: which lists, rosters and details routes need, and which server each conference is
 * subscribed to on. Lives on one event loop, from any thread reached through a {@code Lease}. Uses bridge and content; knows no
 * Camel.
 */
package io.github.cmsevents.camel.internal.cluster;
