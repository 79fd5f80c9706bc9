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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private final MeetingServerCluster cluster = MeetingServerCluster.builder().build();
    private final Rosters rosters = new Rosters();
    private final Agreement agreement = new Agreement(cluster, rosters);

    private DistributedCall board;
    private DistributedParticipant ada;

    @BeforeEach
    void startAMeeting() {
        board = cluster.createCall("Board meeting");
        ada = board.addParticipant(0, "Ada", "ada@example.com");
    }

    @AfterEach
    void closeTheCluster() {
        cluster.close();
    }

    @Test
    void isMissingWhileTheRouteLacksAParticipant() {
        assertThat(agreement.holds()).isFalse();
        assertThat(agreement.verdict()).startsWith("route and cluster differ").contains("Ada");
    }

    @Test
    void holdsWhenTheRouteHasAllParticipants() {
        tell("add", false);

        assertThat(agreement.holds()).isTrue();
        assertThat(agreement.verdict()).isEqualTo("route and cluster agree: 1 participants in 1 meetings");
    }

    @Test
    void endsWhenTheRouteMissesAChange() {
        tell("add", false);

        ada.set("audioMuted", true);

        assertThat(agreement.holds()).isFalse();
        tell("update", true);
        assertThat(agreement.holds()).isTrue();
    }

    @Test
    void endsWhenTheRouteMissesARemove() {
        tell("add", false);

        ada.leave("clientInitiated");

        assertThat(agreement.holds()).isFalse();
        tell("remove", false);
        assertThat(agreement.holds()).isTrue();
    }

    private void tell(String updateType, boolean audioMuted) {
        rosters.apply(updateType, board.correlator(), ada.id(), Map.of("name", "Ada", "audioMuted", audioMuted));
    }
}
