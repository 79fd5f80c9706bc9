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
package io.github.cmsevents.camel.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerActivityTest {

    private final ServerActivity activity = new ServerActivity();

    @Test
    void countsWhatHappens() {
        long now = System.currentTimeMillis();
        activity.messageReceived(now - 900);
        activity.messageReceived(now - 500);
        activity.updatesReceived(7);
        activity.acknowledged(now - 900, now);
        activity.acknowledged(now - 500, now);
        activity.socketOpened();
        activity.socketLost();

        assertThat(activity.messages()).isEqualTo(2);
        assertThat(activity.lastMessageMillis()).isEqualTo(now - 500);
        assertThat(activity.updates()).isEqualTo(7);
        assertThat(activity.acknowledgements()).isEqualTo(2);
        assertThat(activity.acknowledgementTime()).isEqualTo(Duration.ofMillis(1_400));
        assertThat(activity.slowestAcknowledgement()).isEqualTo(Duration.ofMillis(900));
        assertThat(activity.sockets()).isEqualTo(1);
        assertThat(activity.socketsLost()).isEqualTo(1);
    }

    @Test
    void countsViolationsByTheirKind() {
        assertThat(activity.violated(ProtocolViolation.LATE_UPDATE)).isEqualTo(1);
        assertThat(activity.violated(ProtocolViolation.LATE_UPDATE)).isEqualTo(2);

        assertThat(activity.violations())
                .containsOnlyKeys(ProtocolViolation.values())
                .containsEntry(ProtocolViolation.LATE_UPDATE, 2L)
                .containsEntry(ProtocolViolation.EARLY_CONTENT, 0L);
    }

    @Test
    void aRecentMaximumIsForgottenAfterOneToTwoMinutes() {
        RecentMaximum maximum = new RecentMaximum();
        maximum.record(9, 60_000);
        maximum.record(5, 119_999);
        assertThat(maximum.get(119_999)).isEqualTo(9);
        maximum.record(3, 120_000);
        assertThat(maximum.get(179_999)).isEqualTo(9);
        assertThat(maximum.get(180_000)).isEqualTo(3);
        assertThat(maximum.get(300_000)).isZero();
    }

    @Test
    void aRecentMaximumSurvivesAClockThatIsSetBack() {
        RecentMaximum maximum = new RecentMaximum();
        maximum.record(9, 600_000);
        maximum.record(5, 60_000);
        assertThat(maximum.get(60_000)).isEqualTo(9);
    }
}
