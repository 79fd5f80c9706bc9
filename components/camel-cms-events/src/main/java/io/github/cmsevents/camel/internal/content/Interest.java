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
package io.github.cmsevents.camel.internal.content;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a receiver wants to see.
 *
 * @param elements           the elements that it is told of
 * @param reconcile          after a gap, only what is news
 * @param merge              the whole record, rather than what changed
 * @param subscriptionStates also the states of the subscription
 */
public record Interest(List<String> elements, boolean reconcile, boolean merge, boolean subscriptionStates) {
    public Interest {
        elements = List.copyOf(elements);
    }

    /** What of the union of all receivers' elements is only for others. */
    Set<String> hidden(Set<String> union) {
        Set<String> hidden = new HashSet<>(union);
        elements.forEach(hidden::remove);
        return Set.copyOf(hidden);
    }
}
