package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.protocol.Resource;

/** What a route is about. */
public sealed interface Topic {

    /** The calls of every server, each as its server reports it. */
    record Calls() implements Topic {}

    /** The conferences of all servers together, each once. */
    record Conferences() implements Topic {}

    /** The participants or the details of the conferences that are selected. */
    record InCalls(Resource resource, CallSelector calls) implements Topic {

        /** Whether the only server is asked for a GUID directly, without its list of calls. */
        public boolean isDirect(int servers) {
            return servers == 1 && calls instanceof CallSelector.OfCall;
        }
    }
}
