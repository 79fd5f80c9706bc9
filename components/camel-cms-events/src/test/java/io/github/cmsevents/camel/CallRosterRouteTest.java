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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallRosterRouteTest extends CmsEventsTestSupport {

    @RegisterExtension
    static final MeetingServerExtension CMS =
            MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD)
                    .callsCorrectedAfter(Duration.ZERO)
                    .blankNames(false));

    @Override
    MeetingServerSimulator server() {
        return CMS.server();
    }

    @Test
    void deliversAddUpdateAndRemoveWithTheReason() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("roster", "cms-events:callRoster?call=" + call.id() + "&elements=name,audioMuted");
        awaitActive(1);

        SimulatedParticipant bo = call.addParticipant("Bo", "bo@example.com");
        bo.set("audioMuted", true);
        bo.leave("clientInitiated");
        seen.awaitSize(3);

        assertThat(seen.types()).containsExactly("add", "update", "remove");
        assertThat(seen.get(0).map())
                .containsExactly(
                        entry("participant", bo.id()),
                        entry("updateType", "add"),
                        entry("name", "Bo"),
                        entry("audioMuted", false),
                        entry("call", call.id()));
        assertThat(seen.get(0).headers())
                .contains(
                        entry(CmsEventsConstants.RESOURCE, "callRoster"),
                        entry(CmsEventsConstants.MESSAGE_TYPE, "rosterUpdate"),
                        entry(CmsEventsConstants.CALL, call.id()),
                        entry(CmsEventsConstants.PARTICIPANT, bo.id()));
        assertThat(seen.get(1).map())
                .containsExactly(
                        entry("participant", bo.id()),
                        entry("updateType", "update"),
                        entry("audioMuted", true),
                        entry("call", call.id()));
        assertThat(seen.get(2).header(CmsEventsConstants.REASON)).isEqualTo("clientInitiated");
        assertThat(seen.get(2).map()).containsEntry("reason", "clientInitiated");
    }

    @Test
    void anElementThatIsNotSetIsNullAndOneThatDidNotChangeIsAbsent() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SimulatedParticipant bo = call.addParticipant("Bo", "bo@example.com");
        SeenExchanges seen = route("roster", "cms-events:callRoster?call=" + call.id() + "&elements=name,importance")
                .awaitSize(1);
        bo.set("importance", 7);
        bo.set("importance", null);
        seen.awaitSize(3);

        assertThat(seen.get(0).map()).containsEntry("importance", null);
        assertThat(seen.get(1).map()).containsEntry("importance", 7).doesNotContainKey("name");
        assertThat(seen.get(2).map()).containsEntry("importance", null);
    }

    @Test
    void theEndOfTheCallRemovesTheRemainingParticipants() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SimulatedParticipant bo = call.addParticipant("Bo", "bo@example.com");
        SeenExchanges seen = route("roster", "cms-events:callRoster?call=" + call.id() + "&elements=name")
                .awaitSize(1);

        call.end();
        seen.awaitSize(2);

        assertThat(seen.get(1).map())
                .containsExactly(
                        entry("participant", bo.id()),
                        entry("updateType", "remove"),
                        entry("reason", "callEnded"),
                        entry("call", call.id()));
        assertThat(seen.get(1).header(CmsEventsConstants.SYNTHETIC)).isEqualTo(true);
    }

    @Test
    void theCallNameIsInAHeaderWhenAnotherRouteReceivesIt() throws Exception {
        SimulatedCall call = server().createCall("Board");
        route("calls", "cms-events:calls?elements=name,callCorrelator").awaitSize(1);
        SeenExchanges seen = route("roster", "cms-events:callRoster?call=" + call.id() + "&elements=name");
        awaitActive(2);

        call.addParticipant("Bo", "bo@example.com");
        seen.awaitSize(1);

        assertThat(seen.get(0).header(CmsEventsConstants.CALL_NAME)).isEqualTo("Board");
        assertThat(seen.get(0).header(CmsEventsConstants.CALL_CORRELATOR)).isEqualTo(call.correlator());
    }
}
