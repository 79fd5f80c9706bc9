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
package io.github.cmsevents.camel.internal.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.transport.VirtualEventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotWatchTest {

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration ALMOST = QUIET.minus(MOMENT);
    private static final Duration ROUND_TRIP = Duration.ofMillis(20);

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private int completed;
    private final SnapshotWatch watch = new SnapshotWatch(loop, QUIET, () -> completed++);

    @Test
    void endsTheSnapshotsAWholeQuietPeriodAfterTheLastMessage() {
        begin();
        loop.advance(ALMOST);
        message(Duration.ZERO);
        loop.advance(ALMOST);
        assertThat(completed).isZero();
        loop.advance(MOMENT);
        assertThat(completed).isEqualTo(1);
        assertThat(loop.pendingTimers()).isZero();
        loop.advance(QUIET);
        message(Duration.ZERO);
        loop.advance(QUIET);
        assertThat(completed).as("once").isEqualTo(1);
    }

    @Test
    void endsTheSnapshotsAWholeQuietPeriodAfterTheLastAcknowledgement() {
        begin();
        message(QUIET.multipliedBy(5));
        assertThat(completed).as("while an acknowledgement was owed").isZero();
        loop.advance(ALMOST);
        assertThat(completed).isZero();
        loop.advance(MOMENT);
        assertThat(completed).isEqualTo(1);
    }

    @Test
    void doesNotEndTheSnapshotsWhileEveryAcknowledgementTakesLongerThanThePeriod() {
        begin();
        for (int i = 0; i < 100; i++) {
            message(QUIET.plusSeconds(1));
            watch.confirmed();
            loop.advance(ROUND_TRIP);
        }
        assertThat(completed).isZero();
    }

    @Test
    void endsTheSnapshotsOfABusyServerAfterTenPeriodsInWhichItConfirmedNothing() {
        begin();
        for (int second = 0; second < 19; second++) {
            loop.advance(Duration.ofSeconds(1));
            message(Duration.ZERO);
        }
        assertThat(completed).isZero();
        loop.advance(Duration.ofSeconds(1));
        message(Duration.ZERO);
        assertThat(completed).isEqualTo(1);
    }

    @Test
    void countsTheTenPeriodsFromTheLastConfirmation() {
        begin();
        for (int second = 0; second < 60; second++) {
            loop.advance(Duration.ofSeconds(1));
            message(Duration.ZERO);
            if (second % 15 == 0) {
                watch.confirmed();
            }
        }
        assertThat(completed).isZero();
    }

    /** As in the message that says that a subscription is active. */
    private void begin() {
        watch.messageReceived();
        watch.begin();
        watch.caughtUp();
    }

    private void message(Duration untilAcknowledged) {
        watch.messageReceived();
        loop.advance(untilAcknowledged);
        watch.caughtUp();
    }
}
