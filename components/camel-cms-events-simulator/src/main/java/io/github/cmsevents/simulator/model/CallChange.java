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
 * The change of one call in one transaction.
 *
 * @param kind the kind of change; {@code UPDATED} without elements when only participants changed
 * @param elements the changed elements of the call
 * @param participants the changes of its participants, in order; empty when the call was removed
 * @param reason of a removal; null for none
 */
public record CallChange(
        Meeting call, ChangeKind kind, Set<String> elements, List<ParticipantChange> participants, String reason) {

    public CallChange {
        elements = Set.copyOf(elements);
        participants = List.copyOf(participants);
    }
}
