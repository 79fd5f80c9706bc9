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

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a route wants to see.
 *
 * @param elements           the elements that it receives; keys, {@code updateType} and {@code reason} always come and are
 *                           left out here
 * @param reconcile          after a gap, only what changed
 * @param merge              the whole record rather than what changed
 * @param subscriptionStates also the states of the subscription
 */
public record Interest(Set<String> elements, boolean reconcile, boolean merge, boolean subscriptionStates) {

    /** Keys that every update has, whatever was asked for. */
    public static final Set<String> ALWAYS = Set.of("call", "participant", "updateType", "reason");

    public Interest {
        Set<String> own = new LinkedHashSet<>(elements);
        own.removeAll(ALWAYS);
        elements = Collections.unmodifiableSet(own);
    }

    public Interest(List<String> elements, boolean reconcile, boolean merge, boolean subscriptionStates) {
        this(new LinkedHashSet<>(elements), reconcile, merge, subscriptionStates);
    }
}
