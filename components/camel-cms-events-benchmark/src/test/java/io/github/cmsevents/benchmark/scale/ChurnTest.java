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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChurnTest {

    private static final int CALLS = 400;
    private static final int PARTICIPANTS = 4_000;
    private static final double HALF_AN_HOUR = 1_800;

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final MeetingCluster cluster = new MeetingCluster(later::add);

    @Test
    void leavesAsManyPeopleAndCallsAsThereWere() {
        cluster.add(CALLS, PARTICIPANTS);
        long before = cluster.report().sum();

        new Churn(cluster, new Random(1)).pass(60);
        later.forEach(Runnable::run);

        assertThat(cluster.participants()).isEqualTo(PARTICIPANTS);
        assertThat(cluster.meetings()).isEqualTo(CALLS);
        assertThat(cluster.report().sum()).isNotEqualTo(before);
    }

    @Test
    void endsAsManyCallsInHalfAnHourAsThereAre() {
        cluster.add(CALLS, PARTICIPANTS);
        Churn churn = new Churn(cluster, new Random(1));
        int ended = 0;
        for (int second = 0; second < HALF_AN_HOUR; second++) {
            churn.pass(1);
            ended += later.size();
            while (!later.isEmpty()) {
                later.remove().run();
            }
        }

        assertThat(ended).isBetween(CALLS - 1, CALLS);
    }

    @Test
    void isTheSameAgainWithTheSameSeed() {
        MeetingCluster other = new MeetingCluster(later::add);
        cluster.add(CALLS, PARTICIPANTS);
        other.add(CALLS, PARTICIPANTS);

        new Churn(cluster, new Random(7)).pass(30);
        new Churn(other, new Random(7)).pass(30);

        assertThat(cluster.report().sum()).isEqualTo(other.report().sum());
    }
}
