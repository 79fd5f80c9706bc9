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
package io.github.cmsevents.simulator.scenario;

import io.github.cmsevents.simulator.MeetingServerCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link LivelyScenario} on a cluster: participants join at any bridge that is alive, and now and then a bridge stops taking
 * part in a meeting. The scenario never ends the first conference, {@link #FIRST_CORRELATOR}; when other code ends it, it starts
 * again.
 *
 * <p>Other code may change the conferences as well, and kill and revive bridges.
 */
public final class LivelyClusterScenario {

    /** The {@code callCorrelator} of {@link LivelyScenario#FIRST_CALL_NAME}. */
    public static final String FIRST_CORRELATOR = LivelyMeetings.correlatorOf(LivelyScenario.FIRST_CALL_NAME);

    private static final Logger LOG = LoggerFactory.getLogger(LivelyClusterScenario.class);

    private LivelyClusterScenario() {}

    /** Starts the conferences and changes them until the run is closed, on the thread of bridge 0. */
    public static ScenarioRun start(MeetingServerCluster cluster, LivelyOptions options) {
        LivelyMeetings meetings = new LivelyMeetings(new ClusterVenue(cluster), options.seed());
        meetings.open();
        return LivelyScenario.keepChanging(
                () -> changeIfPossible(meetings), cluster.bridge(0).scheduler(), options);
    }

    private static void changeIfPossible(LivelyMeetings meetings) {
        try {
            meetings.change();
        } catch (IllegalStateException e) {
            // Other code killed the bridge or ended the call before the change.
            LOG.debug("Change came too late: {}", e.getMessage());
        }
    }
}
