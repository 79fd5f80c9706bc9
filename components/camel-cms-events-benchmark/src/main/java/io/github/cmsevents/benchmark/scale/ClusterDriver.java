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

import io.vertx.core.Vertx;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Makes things happen in a cluster. Lives on the servers' event loop. */
final class ClusterDriver {

    private static final int TICK_MILLIS = 10;
    // A room is let go of before the next meeting is there.
    private static final long BETWEEN_MEETINGS_MILLIS = 1_000;

    private final Vertx vertx;
    private final MeetingCluster cluster;
    private final Churn churn;
    private final Random random;

    /** @param cluster with everybody in it who is there to begin with: the rate of the churn goes with them */
    ClusterDriver(Vertx vertx, MeetingCluster cluster, long seed) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.random = new Random(seed);
        this.churn = new Churn(cluster, random);
    }

    /** An empty one, whose meetings are a moment apart. */
    static MeetingCluster cluster(Vertx vertx) {
        return new MeetingCluster(start -> vertx.setTimer(BETWEEN_MEETINGS_MILLIS, timer -> start.run()));
    }

    /**
     * So many changes as fast as the client takes them.
     *
     * @param people how many have a part in it, from all over the cluster
     */
    void burst(int changes, int people, Runnable done) {
        new Burst(cluster.some(people), churn, random, changes, done).begin();
    }

    /** What people do in that time; done when the client knows of everything. */
    void churn(long nanos, Runnable done) {
        long begun = System.nanoTime();
        long[] last = {begun};
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            long now = System.nanoTime();
            churn.pass((now - last[0]) / (double) TimeUnit.SECONDS.toNanos(1));
            last[0] = now;
            if (now - begun >= nanos) {
                vertx.cancelTimer(timer);
                whenSettled(done);
            }
        });
    }

    /** Does it when the client knows of everything. */
    void whenSettled(Runnable then) {
        if (cluster.isSettled()) {
            then.run();
        } else {
            vertx.setTimer(TICK_MILLIS, timer -> whenSettled(then));
        }
    }
}
