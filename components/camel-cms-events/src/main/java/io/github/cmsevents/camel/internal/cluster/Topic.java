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
