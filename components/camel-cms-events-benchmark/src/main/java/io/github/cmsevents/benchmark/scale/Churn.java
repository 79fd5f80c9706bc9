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
package io.github.cmsevents.benchmark.scale;

import java.time.Duration;
import java.util.Random;

/**
 * What people do, at a rate that goes with how many there are. Assumed of an office day: everybody mutes or unmutes, or now
 * and then changes how they are called, every 40 seconds; stays for ten minutes, and somebody else comes; and a call goes on
 * for half an hour, then another one with as many people begins. 50,000 people in 12,000 calls make some 1,500 updates a
 * second of this.
 */
final class Churn {

    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(40);
    private static final Duration STAY = Duration.ofMinutes(10);
    private static final Duration CALL = Duration.ofMinutes(30);
    private static final int CHANGES_PER_RENAMING = 10;

    private final MeetingCluster cluster;
    private final Random random;
    private final double changesPerSecond;
    private final double movesPerSecond;
    private final double callsPerSecond;
    private double changesDue;
    private double movesDue;
    private double callsDue;

    Churn(MeetingCluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
        this.changesPerSecond = cluster.participants() / (double) BETWEEN_CHANGES.toSeconds();
        this.movesPerSecond = cluster.participants() / (double) STAY.toSeconds();
        this.callsPerSecond = cluster.meetings() / (double) CALL.toSeconds();
    }

    /** What happens in that time. */
    void pass(double seconds) {
        changesDue += seconds * changesPerSecond;
        for (; changesDue >= 1; changesDue--) {
            change(cluster.anybody(random), () -> {});
        }
        movesDue += seconds * movesPerSecond;
        for (; movesDue >= 1; movesDue--) {
            cluster.swap(cluster.anybody(random));
        }
        callsDue += seconds * callsPerSecond;
        for (; callsDue >= 1; callsDue--) {
            cluster.replace(cluster.anyMeeting(random));
        }
    }

    /**
     * Somebody mutes or unmutes, or changes their name.
     *
     * @param acknowledged told when the client has acknowledged it
     */
    void change(Participant participant, Runnable acknowledged) {
        if (random.nextInt(CHANGES_PER_RENAMING) == 0) {
            participant.rename();
            participant.meeting().changed(participant, RosterElements.NAME, acknowledged);
        } else {
            participant.toggleAudio();
            participant.meeting().changed(participant, RosterElements.AUDIO_MUTED, acknowledged);
        }
    }
}
