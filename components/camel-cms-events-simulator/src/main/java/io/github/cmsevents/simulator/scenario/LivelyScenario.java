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

import io.github.cmsevents.simulator.MeetingServerSimulator;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At least four meetings in which participants join, leave, speak, mute themselves and share their screens; meetings are
 * recorded, streamed, locked, end, and new ones start. One change every 250 ms at speed 1; close to half of the updates are of
 * the active speaker, as on live bridges. The first call, {@link #FIRST_CALL}, never ends.
 */
public final class LivelyScenario implements Scenario {

    /** GUID of the call that never ends: the one of the guide's section 5. */
    public static final String FIRST_CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";

    /** Name of the call that never ends. */
    public static final String FIRST_CALL_NAME = "Andy's coSpace";

    private static final Logger LOG = LoggerFactory.getLogger(LivelyScenario.class);
    private static final double NANOS_BETWEEN_CHANGES = 250_000_000;

    private final LivelyOptions options;

    public LivelyScenario(LivelyOptions options) {
        this.options = options;
    }

    /** Starts the meetings and changes them until the run is closed. */
    public static ScenarioRun start(MeetingServerSimulator server, LivelyOptions options) {
        return new LivelyScenario(options).start(server);
    }

    @Override
    public ScenarioRun start(MeetingServerSimulator server) {
        LivelyMeetings meetings = new LivelyMeetings(new ServerVenue(server), options.seed());
        server.transaction(meetings::open);
        return keepChanging(meetings::change, server.scheduler(), options);
    }

    /** Makes changes at regular times until the run is closed. */
    static ScenarioRun keepChanging(Runnable change, ScheduledExecutorService scheduler, LivelyOptions options) {
        long period = Math.max(1, (long) (NANOS_BETWEEN_CHANGES / options.speed()));
        Future<?> changes =
                scheduler.scheduleAtFixedRate(() -> loggingFailure(change), period, period, TimeUnit.NANOSECONDS);
        return () -> changes.cancel(false);
    }

    private static void loggingFailure(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException e) {
            // The executor would swallow it.
            LOG.error("The lively scenario failed and makes no further changes", e);
            throw e;
        }
    }
}
