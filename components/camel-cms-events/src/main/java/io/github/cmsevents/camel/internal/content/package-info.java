/**
 * What the servers have said: pictures of calls, participants and details, the index of conferences, and what each route
 * sees of a change. Pure: values in, values out, on the cluster's event loop. Uses the protocol's messages; knows neither
 * network, timers nor Camel.
 */
package io.github.cmsevents.camel.internal.content;
