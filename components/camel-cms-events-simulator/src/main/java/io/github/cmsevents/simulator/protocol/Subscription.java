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
package io.github.cmsevents.simulator.protocol;

import io.github.cmsevents.simulator.model.Resource;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One subscription of one socket. Compared by identity: a later subscription may reuse the index. */
final class Subscription {

    private final WantedSubscription wanted;
    private final List<String> elements;
    private SubscriptionState state = SubscriptionState.PENDING;

    /** @param known the elements that the server knows; it ignores others, as an older release does */
    Subscription(WantedSubscription wanted, Set<String> known) {
        this.wanted = wanted;
        this.elements = wanted.elements().stream().filter(known::contains).toList();
    }

    long index() {
        return wanted.index();
    }

    Resource resource() {
        return wanted.resource();
    }

    /** The GUID of the call; null for {@code calls}. */
    String call() {
        return wanted.call();
    }

    /** The elements to send, in the order of the request. */
    List<String> elements() {
        return elements;
    }

    SubscriptionState state() {
        return state;
    }

    void state(SubscriptionState newState) {
        state = newState;
    }

    boolean isActive() {
        return state == SubscriptionState.ACTIVE;
    }

    /** Whether a new request lists the same subscription, which then continues without interruption. */
    boolean satisfies(WantedSubscription other) {
        return state != SubscriptionState.DEACTIVATED
                && index() == other.index()
                && resource() == other.resource()
                && Objects.equals(call(), other.call())
                && Set.copyOf(wanted.elements()).equals(Set.copyOf(other.elements()));
    }
}
