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
package io.github.cmsevents.benchmark.harness;

import io.github.cmsevents.benchmark.scale.Acknowledgements;
import io.github.cmsevents.benchmark.scale.FollowerReport;
import io.github.cmsevents.benchmark.scale.ServersReport;
import io.github.cmsevents.benchmark.scale.Stretch;

/**
 * A cluster that was followed, seen from both sides.
 *
 * @param following         from the start of the route until everybody is known
 * @param liveBytes         of the heap, then
 * @param burstOfAll        changes as fast as they are acknowledged, of all participants
 * @param burstOfFew        such changes of as many participants as one server has, from all over the cluster
 * @param churn             what people do
 * @param acknowledgements  as the servers saw them in that time
 * @param liveBytesAfter    of the heap, after all of it
 * @param follower          after all of it
 * @param serversReport     after all of it
 */
record ScaleMeasurement(
        ScalePlan plan,
        Stretch following,
        long liveBytes,
        Stretch burstOfAll,
        Stretch burstOfFew,
        Stretch churn,
        Acknowledgements acknowledgements,
        long liveBytesAfter,
        FollowerReport follower,
        ServersReport serversReport) {

    int servers() {
        return plan.servers();
    }

    int subscriptions() {
        return serversReport.subscriptions();
    }

    /** In milliseconds of a processor for each second. */
    double churnCpuMillisPerSecond() {
        return churn.cpuNanos() / 1e6 / churn.seconds();
    }

    /** Whether the route knows of exactly those who are there, with what they are called and whether they are muted. */
    boolean agrees() {
        return follower.participants() == serversReport.participants()
                && follower.sum() == serversReport.sum()
                && follower.contradictions() == 0;
    }

    /** Acknowledgements that did not come exactly once, and limits that were not kept. */
    long breaches() {
        return serversReport.unacknowledged() + serversReport.strays() + serversReport.breaches();
    }
}
