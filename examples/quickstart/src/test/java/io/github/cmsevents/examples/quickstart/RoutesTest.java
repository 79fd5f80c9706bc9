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
package io.github.cmsevents.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.ParticipantOptions;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.scenario.LivelyScenario;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each route on its own, against a simulated meeting without random changes. */
class RoutesTest {

    private final MeetingServerSimulator server = MeetingServerSimulator.builder()
            .callsCorrectedAfter(Duration.ZERO)
            .blankNames(false)
            .credentials("admin", "admin")
            .build()
            .start();

    private SimulatedCall call;
    private SimulatedParticipant ada;

    @BeforeEach
    void startACall() {
        call = server.createCall("Board meeting", LivelyScenario.FIRST_CALL);
        ada = call.addParticipant(ParticipantOptions.named("Ada"));
    }

    @AfterEach
    void stopTheServer() {
        try {
            assertThat(server.breaches()).isEmpty();
        } finally {
            server.close();
        }
    }

    @Test
    void yamlRoutePrintsCallsThatStartChangeAndEnd() {
        try (RunningRoute route = RunningRoute.file("camel/calls.camel.yaml", simulatorPort())) {
            route.logs(lines -> assertThat(lines)
                    .containsExactly("add Board meeting: 1 participants, recording inactive"
                            + " [name, participants, recording]"));

            call.set(Map.of("recording", "active"));
            call.end();

            route.logs(lines -> assertThat(lines)
                    .hasSize(3)
                    .endsWith(
                            "update Board meeting: 1 participants, recording active [recording]",
                            "remove Board meeting: 1 participants, recording active []"));
        }
    }

    @Test
    void xmlRoutePrintsParticipantsThatJoinTalkAndLeave() {
        try (RunningRoute route = RunningRoute.file("camel/roster.camel.xml", simulatorPort())) {
            route.logs(lines -> assertThat(lines)
                    .containsExactly("add Ada: connected, muted false, speaking false"
                            + " [name, state, audioMuted, activeSpeaker] "));

            ada.set("audioMuted", true);
            ada.leave("clientInitiated");

            route.logs(lines -> assertThat(lines)
                    .hasSize(3)
                    .endsWith(
                            "update Ada: connected, muted true, speaking false [audioMuted] ",
                            "remove Ada: connected, muted true, speaking false [] clientInitiated"));
        }
    }

    @Test
    void javaRoutePrintsTheDetailsOfOneCall() {
        try (RunningRoute route = RunningRoute.java(new CallInfoRoute(), simulatorPort())) {
            route.logs(lines -> assertThat(lines)
                    .containsExactly("add Board meeting: name Board meeting, participants 1, recording inactive,"
                            + " streaming inactive, lockState notLocked"));

            call.set(Map.of("lockState", "locked"));

            route.logs(lines -> assertThat(lines).hasSize(2).endsWith("update Board meeting: lockState locked"));
        }
    }

    private String[] simulatorPort() {
        return new String[] {"simulator.port", String.valueOf(server.port())};
    }
}
