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
package io.github.cmsevents.simulator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A change of an instance, with all its values, to be passed between threads. Immutable. */
sealed interface InstanceChange {

    /** The bridge joins the conference. */
    record Begin(List<RosterChange> roster) implements InstanceChange {
        public Begin {
            roster = List.copyOf(roster);
        }
    }

    /**
     * The conference changed.
     *
     * @param values new values of the conference's own elements
     */
    record Update(Map<String, JsonNode> values, List<RosterChange> roster) implements InstanceChange {
        public Update {
            roster = List.copyOf(roster);
        }

        boolean isNothing() {
            return values.isEmpty() && roster.isEmpty();
        }
    }

    /**
     * The bridge stops taking part, or the conference has ended.
     *
     * @param reason of the call's removal
     */
    record End(String reason) implements InstanceChange {}

    /** A change of one participant. */
    sealed interface RosterChange {

        /** The participant's GUID in the conference. */
        String participant();

        /** @param shownAs the participant's GUID on the bridge */
        record Joined(String participant, String shownAs, Map<String, JsonNode> values) implements RosterChange {}

        record Changed(String participant, Map<String, JsonNode> values) implements RosterChange {}

        /** @param reason of the removal; null for a remote participant */
        record Left(String participant, String reason) implements RosterChange {}
    }
}
