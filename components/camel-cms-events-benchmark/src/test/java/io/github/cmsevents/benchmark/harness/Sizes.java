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
import io.github.cmsevents.benchmark.scale.EventLoopDelay;
import io.github.cmsevents.benchmark.scale.FollowerReport;
import io.github.cmsevents.benchmark.scale.Pauses;
import io.github.cmsevents.benchmark.scale.ServersReport;
import io.github.cmsevents.benchmark.scale.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Clusters of a few sizes, of which everything is linear. */
final class Sizes {

    private static final List<Integer> SERVERS = List.of(1, 3, 6, 12, 24);
    private static final int SUM = 4_711;

    private Sizes() {}

    static Scale linear() {
        return new Scale(SERVERS.stream().map(Sizes::of).toList());
    }

    /** Linear but for the largest one. */
    static Scale withLargest(UnaryOperator<ScaleMeasurement> change) {
        List<ScaleMeasurement> sizes = new ArrayList<>(linear().sizes());
        sizes.set(sizes.size() - 1, change.apply(sizes.get(sizes.size() - 1)));
        return new Scale(sizes);
    }

    private static ScaleMeasurement of(int servers) {
        ScalePlan plan = ScalePlan.of(servers, 100_000, 60_000, 3, 20);
        EventLoopDelay eventLoop = new EventLoopDelay(0.1, 1, 12, 4);
        long liveBytes = (10L + 2 * servers) << 20;
        return new ScaleMeasurement(
                plan,
                new Stretch(plan.participants(), 1.5 + 0.25 * servers, 1_000_000_000L, 1, eventLoop),
                liveBytes,
                new Stretch(plan.burst(), 2, 2_400_000_000L, 1, eventLoop),
                new Stretch(plan.burst(), 2, 2_400_000_000L, 1, eventLoop),
                new Stretch(1_200L * servers, 20, 800_000_000L + 100_000_000L * servers, 1, eventLoop),
                new Acknowledgements(1_200L * servers, 0.3, 4, 20, 0.4, 5),
                liveBytes,
                new FollowerReport(16, 320L << 20, new Pauses(5, 7, 7, 27), 0, plan.participants(), SUM),
                new ServersReport(5 * servers, 500 * servers, plan.participants(), SUM, 200_000, 0, 0, 0));
    }

    static ScaleMeasurement withFollowing(ScaleMeasurement size, Stretch following, long liveBytes) {
        return new ScaleMeasurement(
                size.plan(),
                following,
                liveBytes,
                size.burstOfAll(),
                size.burstOfFew(),
                size.churn(),
                size.acknowledgements(),
                liveBytes,
                size.follower(),
                size.serversReport());
    }

    static ScaleMeasurement withStretches(
            ScaleMeasurement size, Stretch burstOfAll, Stretch burstOfFew, Stretch churn) {
        return new ScaleMeasurement(
                size.plan(),
                size.following(),
                size.liveBytes(),
                burstOfAll,
                burstOfFew,
                churn,
                size.acknowledgements(),
                size.liveBytesAfter(),
                size.follower(),
                size.serversReport());
    }

    static ScaleMeasurement withReports(
            ScaleMeasurement size, long liveBytesAfter, FollowerReport follower, ServersReport servers) {
        return new ScaleMeasurement(
                size.plan(),
                size.following(),
                size.liveBytes(),
                size.burstOfAll(),
                size.burstOfFew(),
                size.churn(),
                size.acknowledgements(),
                liveBytesAfter,
                follower,
                servers);
    }

    /** The same, but for how much processor time it took. */
    static Stretch dearer(Stretch stretch, double times) {
        return new Stretch(
                stretch.updates(),
                stretch.seconds(),
                (long) (stretch.cpuNanos() * times),
                stretch.allocatedBytes(),
                stretch.eventLoop());
    }

    /** The same, but for how long it took. */
    static Stretch longer(Stretch stretch, double times) {
        return new Stretch(
                stretch.updates(),
                stretch.seconds() * times,
                stretch.cpuNanos(),
                stretch.allocatedBytes(),
                stretch.eventLoop());
    }

    static FollowerReport follower(ScaleMeasurement size, int threads, int contradictions, long sum) {
        FollowerReport follower = size.follower();
        return new FollowerReport(
                threads, follower.peakHeapBytes(), follower.pauses(), contradictions, follower.participants(), sum);
    }

    static ServersReport servers(ScaleMeasurement size, long unacknowledged, int strays, int breaches) {
        ServersReport servers = size.serversReport();
        return new ServersReport(
                servers.sockets(),
                servers.subscriptions(),
                servers.participants(),
                servers.sum(),
                servers.messages(),
                unacknowledged,
                strays,
                breaches);
    }
}
