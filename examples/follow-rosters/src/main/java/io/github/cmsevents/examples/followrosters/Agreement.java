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

import io.github.cmsevents.examples.followrosters.Rosters.Attendance;
import io.github.cmsevents.examples.followrosters.Rosters.Seat;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.util.HashMap;
import java.util.Map;

/** Compares the updates of the route with the content of the cluster. */
final class Agreement {

    private final MeetingServerCluster cluster;
    private final Rosters rosters;

    Agreement(MeetingServerCluster cluster, Rosters rosters) {
        this.cluster = cluster;
        this.rosters = rosters;
    }

    boolean holds() {
        return rosters.attendances().equals(truth());
    }

    /** For example {@code route and cluster agree: 9 participants in 3 meetings}. */
    String verdict() {
        Map<Seat, Attendance> known = rosters.attendances();
        Map<Seat, Attendance> truth = truth();
        return known.equals(truth)
                ? "route and cluster agree: %d participants in %d meetings".formatted(known.size(), meetings(known))
                : "route and cluster differ: the route has %s, the cluster has %s"
                        .formatted(known.values(), truth.values());
    }

    private static long meetings(Map<Seat, Attendance> attendances) {
        return attendances.keySet().stream().map(Seat::meeting).distinct().count();
    }

    private Map<Seat, Attendance> truth() {
        Map<Seat, Attendance> truth = new HashMap<>();
        for (DistributedCall meeting : cluster.calls()) {
            for (DistributedParticipant participant : meeting.participants()) {
                truth.put(
                        new Seat(meeting.correlator(), participant.id()),
                        new Attendance(
                                participant.name(),
                                participant.get("audioMuted").booleanValue()));
            }
        }
        return truth;
    }
}
