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

import java.util.Set;

/**
 * The change of one participant in one transaction.
 *
 * @param elements the changed elements
 * @param reason of a local participant's removal; null for a remote one (guide, section 3)
 */
public record ParticipantChange(Participant participant, ChangeKind kind, Set<String> elements, String reason) {

    public ParticipantChange {
        elements = Set.copyOf(elements);
    }
}
