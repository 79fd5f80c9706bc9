/**
 * One Call Bridge: its subscriptions, its sockets, and the conversation on each. Lives on the cluster's event loop. Uses
 * protocol, transport and content; knows neither Camel nor what other servers do.
 */
package io.github.cmsevents.camel.internal.bridge;
