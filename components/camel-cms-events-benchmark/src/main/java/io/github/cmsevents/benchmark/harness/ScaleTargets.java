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

import java.util.ArrayList;
import java.util.List;

/** What following a cluster is to take no more of, the larger the cluster is. */
final class ScaleTargets {

    // What a machine's mood alone can make of two equal runs.
    private static final double LINEAR = 1.25;
    private static final double NO_LEAK = 1.1;

    private ScaleTargets() {}

    static List<Target> judge(Scale scale) {
        List<Target> targets = new ArrayList<>();
        if (scale.grows()) {
            growth(scale, targets);
        }
        targets.add(Target.atMost("scale: live heap after the churn, to before", NO_LEAK, " times", leak(scale)));
        targets.add(Target.atMost(
                "scale: clusters that the route has another picture of than the servers",
                0,
                "",
                scale.sizes().stream().filter(size -> !size.agrees()).count()));
        targets.add(Target.atMost(
                "scale: not acknowledged exactly once, or a limit not kept",
                0,
                "",
                scale.sizes().stream().mapToLong(ScaleMeasurement::breaches).sum()));
        return targets;
    }

    private static void growth(Scale scale, List<Target> targets) {
        String most = "scale, " + scale.largest().servers() + " servers: ";
        Growth heap = scale.growth(ScaleMeasurement::liveBytes);
        targets.add(Target.atMost(
                most + "live heap per subscription, to fewer servers'", LINEAR, " times", heap.perUnitToSmaller()));
        targets.add(Target.atMost(most + "live heap, to linear", LINEAR, " times", heap.toLinear()));
        targets.add(Target.atMost(
                most + "time until all are followed, to linear",
                LINEAR,
                " times",
                scale.growth(size -> size.following().seconds()).toLinear()));
        targets.add(Target.atMost(
                most + "CPU per update of anybody, to fewer servers'",
                LINEAR,
                " times",
                scale.growth(size -> size.burstOfAll().cpuMicrosPerUpdate()).toSmaller()));
        targets.add(Target.atMost(
                most + "CPU per update of the same number of people, to fewer servers'",
                LINEAR,
                " times",
                scale.growth(size -> size.burstOfFew().cpuMicrosPerUpdate()).toSmaller()));
        targets.add(Target.atMost(
                most + "CPU in the churn, to linear",
                LINEAR,
                " times",
                scale.growth(ScaleMeasurement::churnCpuMillisPerSecond).toLinear()));
        // A route's thread may be one more or one less: it is taken from a pool, back in it or not yet.
        targets.add(Target.atMost(
                most + "threads, to fewer servers'",
                LINEAR,
                " times",
                scale.growth(size -> size.follower().threads()).toSmaller()));
    }

    private static double leak(Scale scale) {
        return scale.sizes().stream()
                .mapToDouble(size -> size.liveBytesAfter() / (double) size.liveBytes())
                .max()
                .orElseThrow();
    }
}
