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

import io.github.cmsevents.camel.internal.bridge.BridgeSubscription;
import io.github.cmsevents.camel.internal.bridge.CallBridge;
import io.github.cmsevents.camel.internal.content.ConferenceIndex;
import io.github.cmsevents.camel.internal.content.ConferenceRecords;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The list of calls of every server: only all of them together have all calls (protocol, section 7). */
final class CallLists {

    private static final Want CALLS = new Want(Resource.CALLS, null);

    private final ConferenceIndex index;
    private final EventLoop loop;
    private final Map<CallBridge, Content> contents = new LinkedHashMap<>();

    CallLists(Iterable<CallBridge> bridges, ConferenceIndex index, EventLoop loop) {
        this.index = index;
        this.loop = loop;
        bridges.forEach(bridge -> contents.put(bridge, Content.ofCalls(bridge.name(), index, loop::millis)));
    }

    /** The route receives the calls of every server. */
    void attach(Receiver receiver, Interest interest) {
        change(content -> content.add(receiver, interest));
    }

    /** The route receives one record for each conference. */
    void attach(ConferenceRecords records) {
        change(content -> content.add(records));
    }

    void detach(Receiver receiver) {
        change(content -> content.remove(receiver));
    }

    /** Every list has to have these elements, whether a route receives them or not; none to end that. */
    void require(Set<String> elements, Set<Receiver> by) {
        change(content -> content.require(elements, by));
    }

    /** The servers whose lists do not have these elements now. */
    List<String> without(Set<String> elements) {
        return contents.entrySet().stream()
                .filter(entry -> !entry.getValue().carries(elements))
                .map(entry -> entry.getKey().name())
                .toList();
    }

    private void change(Consumer<Content> change) {
        for (Map.Entry<CallBridge, Content> entry : contents.entrySet()) {
            CallBridge bridge = entry.getKey();
            Content content = entry.getValue();
            change.accept(content);
            BridgeSubscription subscription = bridge.subscription(CALLS);
            if (content.isUnused()) {
                if (subscription != null) {
                    bridge.unsubscribe(subscription);
                    index.forgetList(bridge.name());
                    // What it knew may have changed when a route asks again.
                    entry.setValue(Content.ofCalls(bridge.name(), index, loop::millis));
                }
            } else if (subscription == null) {
                bridge.subscribe(CALLS, content);
            } else {
                subscription.contentNeedsChanged();
            }
        }
    }
}
