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

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.benchmark.scale.Acknowledgements;
import io.github.cmsevents.benchmark.scale.FollowerMain;
import io.github.cmsevents.benchmark.scale.FollowerReport;
import io.github.cmsevents.benchmark.scale.ServersMain;
import io.github.cmsevents.benchmark.scale.ServersReport;
import io.github.cmsevents.benchmark.scale.Stretch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A cluster of servers in one JVM and a follower in another, both fresh. */
final class ScaleLaboratory {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(3);

    private ScaleLaboratory() {}

    static ScaleMeasurement measure(ScalePlan plan) throws IOException, InterruptedException {
        List<String> cluster = List.of(
                "--servers=" + plan.servers(),
                "--calls=" + ScalePlan.CALLS_PER_SERVER,
                "--participants=" + plan.participants());
        try (ChildJvm servers = ChildJvm.start(HEAP, ServersMain.class, cluster)) {
            String greeting = servers.nextLine(LONGEST_ANSWER);
            List<String> whom = List.of(
                    "--ports=" + greeting.substring(greeting.lastIndexOf(' ') + 1),
                    "--participants=" + plan.participants());
            try (ChildJvm follower = ChildJvm.start(HEAP, FollowerMain.class, whom)) {
                return measure(plan, servers, follower);
            }
        }
    }

    private static ScaleMeasurement measure(ScalePlan plan, ChildJvm servers, ChildJvm follower)
            throws IOException, InterruptedException {
        Stretch following = answer(follower, Stretch.class);
        ask(servers, "report", ServersReport.class);
        long liveBytes = ask(follower, "heap", Long.class);

        ask(servers, "burst " + plan.burstWarmup() + " " + plan.participants(), Acknowledgements.class);
        Stretch burstOfAll = burst(plan, plan.participants(), servers, follower);
        Stretch burstOfFew = burst(plan, ScalePlan.FEW, servers, follower);

        ask(servers, "churn " + plan.warmupSeconds(), Acknowledgements.class);
        ask(follower, "begin", Object.class);
        Acknowledgements acknowledgements = ask(servers, "churn " + plan.churnSeconds(), Acknowledgements.class);
        Stretch churn = ask(follower, "end", Stretch.class);

        ServersReport serversReport = ask(servers, "report", ServersReport.class);
        FollowerReport followerReport = ask(follower, "report", FollowerReport.class);
        long liveBytesAfter = ask(follower, "heap", Long.class);
        return new ScaleMeasurement(
                plan,
                following,
                liveBytes,
                burstOfAll,
                burstOfFew,
                churn,
                acknowledgements,
                liveBytesAfter,
                followerReport,
                serversReport);
    }

    private static Stretch burst(ScalePlan plan, int people, ChildJvm servers, ChildJvm follower)
            throws IOException, InterruptedException {
        ask(follower, "begin", Object.class);
        ask(servers, "burst " + plan.burst() + " " + people, Acknowledgements.class);
        return ask(follower, "end", Stretch.class);
    }

    private static <T> T ask(ChildJvm whom, String what, Class<T> type) throws IOException, InterruptedException {
        whom.say(what);
        return answer(whom, type);
    }

    private static <T> T answer(ChildJvm whom, Class<T> type) throws IOException, InterruptedException {
        return JSON.readValue(whom.nextLine(LONGEST_ANSWER), type);
    }
}
