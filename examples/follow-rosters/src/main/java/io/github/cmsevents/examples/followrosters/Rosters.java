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
package io.github.cmsevents.examples.followrosters;

import io.github.cmsevents.camel.CmsEventsConstants;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;

/**
 * The participants of each meeting, built only from the updates of the route. A duplicate or missing update would make them
 * wrong.
 */
public final class Rosters {

    private final Map<Seat, Attendance> attendances = new HashMap<>();

    /**
     * A participant of a meeting. A meeting has a call GUID on each Call Bridge, but the same correlator on all of them.
     *
     * @param meeting     the {@code callCorrelator}
     * @param participant GUID of the participant
     */
    public record Seat(String meeting, String participant) {}

    /** The state of a participant of a meeting. */
    public record Attendance(String name, boolean audioMuted) {}

    /** Applies one update of the route. */
    public synchronized void apply(
            @Header(CmsEventsConstants.UPDATE_TYPE) String updateType,
            @Header(CmsEventsConstants.CALL_CORRELATOR) String meeting,
            @Header(CmsEventsConstants.PARTICIPANT) String participant,
            @Body Map<String, Object> record) {
        Seat seat = new Seat(meeting, participant);
        if ("remove".equals(updateType)) {
            attendances.remove(seat);
        } else {
            attendances.put(
                    seat, new Attendance((String) record.get("name"), Boolean.TRUE.equals(record.get("audioMuted"))));
        }
    }

    /** All participants of all meetings now. */
    public synchronized Map<Seat, Attendance> attendances() {
        return Map.copyOf(attendances);
    }
}
