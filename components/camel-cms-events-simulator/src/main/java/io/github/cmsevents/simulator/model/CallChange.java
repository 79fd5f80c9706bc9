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
package io.github.cmsevents.simulator.model;

import java.util.List;
import java.util.Set;

/**
 * What one transaction did to one call.
 *
 * @param kind what happened to the call itself; {@code UPDATED} with no elements when only participants changed
 * @param elements the elements of the call whose value is another one than before the transaction
 * @param participants what happened to its participants, in order; empty when the call was removed
 * @param reason why the call was removed; null without a reason, and for everything but a removal
 */
public record CallChange(
        Meeting call, ChangeKind kind, Set<String> elements, List<ParticipantChange> participants, String reason) {

    public CallChange {
        elements = Set.copyOf(elements);
        participants = List.copyOf(participants);
    }
}
