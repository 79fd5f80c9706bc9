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
package io.github.cmsevents.examples.readme;

import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The test on the how-to page, which {@link HowToPageTest} compares with this one. */
class RecordingsTest {

    @RegisterExtension
    static final MeetingServerExtension cms =
            MeetingServerExtension.create(builder -> builder.credentials("apiuser", "secret"));

    private final Main main = new Main();

    @BeforeEach
    void start() {
        main.configure().withRoutesIncludePattern("classpath:camel/recordings.camel.yaml");
        main.addInitialProperty(
                "camel.component.cms-events.servers", cms.server().url());
        main.addInitialProperty("camel.component.cms-events.username", "apiuser");
        main.addInitialProperty("camel.component.cms-events.password", "secret");
        main.addInitialProperty("recordings.target", "mock:recordings");
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    @Test
    void reportsARecordingThatBegins() throws Exception {
        MockEndpoint recordings = main.getCamelContext().getEndpoint("mock:recordings", MockEndpoint.class);
        recordings.expectedBodiesReceived("Board meeting is being recorded");

        SimulatedCall call = cms.server().createCall("Board meeting");
        call.addParticipant("Bo", "bo@example.com");
        call.set("recording", "active");

        MockEndpoint.assertIsSatisfied(60, TimeUnit.SECONDS, recordings);
    }
}
