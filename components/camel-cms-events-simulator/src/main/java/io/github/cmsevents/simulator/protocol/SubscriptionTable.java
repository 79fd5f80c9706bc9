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

import io.github.cmsevents.simulator.model.Elements;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The subscriptions of the client's last request on one socket (guide, section 1.1). */
final class SubscriptionTable {

    private final Elements elements;
    private List<Subscription> subscriptions = List.of();

    /**
     * The changes of a new request.
     *
     * @param added new subscriptions, in the order of the request
     * @param dropped subscriptions that are no longer listed, in the order of the previous request
     */
    record Difference(List<Subscription> added, List<Subscription> dropped) {

        /** The dropped subscriptions whose index is not reused: only these can get a {@code subscriptionUpdate}. */
        List<Subscription> droppedIndexes() {
            return dropped.stream()
                    .filter(old -> old.state() != SubscriptionState.DEACTIVATED)
                    .filter(old -> added.stream().noneMatch(now -> now.index() == old.index()))
                    .toList();
        }
    }

    SubscriptionTable(Elements elements) {
        this.elements = elements;
    }

    /** Replaces the list: the same resource with the same elements under the same index stays subscribed. */
    Difference replaceBy(List<WantedSubscription> wanted) {
        List<Subscription> now = new ArrayList<>();
        List<Subscription> added = new ArrayList<>();
        for (WantedSubscription entry : wanted) {
            Optional<Subscription> same =
                    subscriptions.stream().filter(old -> old.satisfies(entry)).findFirst();
            Subscription subscription = same.orElseGet(() -> new Subscription(entry, elements.of(entry.resource())));
            now.add(subscription);
            if (same.isEmpty()) {
                added.add(subscription);
            }
        }
        List<Subscription> dropped = new ArrayList<>(subscriptions);
        dropped.removeAll(now);
        subscriptions = now;
        return new Difference(added, dropped);
    }

    /** In the order of the client's request. */
    List<Subscription> all() {
        return Collections.unmodifiableList(subscriptions);
    }
}
