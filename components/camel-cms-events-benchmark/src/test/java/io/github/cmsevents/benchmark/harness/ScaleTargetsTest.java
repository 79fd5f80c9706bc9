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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTargetsTest {

    @Test
    void areAllMetWhenEverythingIsLinear() {
        assertThat(ScaleTargets.judge(Sizes.linear())).allMatch(Target::met);
    }

    @Test
    void wantNoMoreHeapThanLinear() {
        Scale scale = Sizes.withLargest(size -> Sizes.withFollowing(size, size.following(), 2 * size.liveBytes()));

        assertThat(missed(scale)).containsExactly("scale, 24 servers: live heap, to linear");
    }

    @Test
    void wantNoMoreHeapForEachSubscription() {
        Scale scale = Sizes.withLargest(size -> Sizes.withFollowing(size, size.following(), 10 * size.liveBytes()));

        assertThat(missed(scale))
                .containsExactly(
                        "scale, 24 servers: live heap per subscription, to fewer servers'",
                        "scale, 24 servers: live heap, to linear");
    }

    @Test
    void wantNoMoreTimeThanLinearUntilAllAreFollowed() {
        Scale scale = Sizes.withLargest(
                size -> Sizes.withFollowing(size, Sizes.longer(size.following(), 1.3), size.liveBytes()));

        assertThat(missed(scale)).containsExactly("scale, 24 servers: time until all are followed, to linear");
    }

    @Test
    void wantUpdatesThatCostAsMuchInALargeCluster() {
        Scale ofAll = Sizes.withLargest(size ->
                Sizes.withStretches(size, Sizes.dearer(size.burstOfAll(), 1.3), size.burstOfFew(), size.churn()));
        Scale ofFew = Sizes.withLargest(size ->
                Sizes.withStretches(size, size.burstOfAll(), Sizes.dearer(size.burstOfFew(), 1.3), size.churn()));

        assertThat(missed(ofAll)).containsExactly("scale, 24 servers: CPU per update of anybody, to fewer servers'");
        assertThat(missed(ofFew))
                .containsExactly("scale, 24 servers: CPU per update of the same number of people, to fewer servers'");
    }

    @Test
    void wantAChurnThatCostsNoMoreThanLinear() {
        Scale scale = Sizes.withLargest(size ->
                Sizes.withStretches(size, size.burstOfAll(), size.burstOfFew(), Sizes.dearer(size.churn(), 1.3)));

        assertThat(missed(scale)).containsExactly("scale, 24 servers: CPU in the churn, to linear");
    }

    @Test
    void wantNoMoreThreads() {
        Scale scale = Sizes.withLargest(size -> Sizes.withReports(
                size,
                size.liveBytes(),
                Sizes.follower(size, 40, 0, size.follower().sum()),
                size.serversReport()));

        assertThat(missed(scale)).containsExactly("scale, 24 servers: threads, to fewer servers'");
    }

    @Test
    void wantAHeapThatDoesNotGrowWithTime() {
        Scale scale = Sizes.withLargest(
                size -> Sizes.withReports(size, 2 * size.liveBytes(), size.follower(), size.serversReport()));

        assertThat(missed(scale)).containsExactly("scale: live heap after the churn, to before");
    }

    @Test
    void wantThePictureThatTheServersHave() {
        Scale otherSum = Sizes.withLargest(size ->
                Sizes.withReports(size, size.liveBytes(), Sizes.follower(size, 16, 0, 1), size.serversReport()));
        Scale contradiction = Sizes.withLargest(size -> Sizes.withReports(
                size,
                size.liveBytes(),
                Sizes.follower(size, 16, 1, size.follower().sum()),
                size.serversReport()));

        for (Scale scale : List.of(otherSum, contradiction)) {
            assertThat(missed(scale))
                    .containsExactly("scale: clusters that the route has another picture of than the servers");
        }
    }

    @Test
    void wantEachMessageAcknowledgedOnceAndTheLimitsKept() {
        Scale unacknowledged = Sizes.withLargest(
                size -> Sizes.withReports(size, size.liveBytes(), size.follower(), Sizes.servers(size, 1, 0, 0)));
        Scale stray = Sizes.withLargest(
                size -> Sizes.withReports(size, size.liveBytes(), size.follower(), Sizes.servers(size, 0, 1, 0)));
        Scale breach = Sizes.withLargest(
                size -> Sizes.withReports(size, size.liveBytes(), size.follower(), Sizes.servers(size, 0, 0, 1)));

        for (Scale scale : List.of(unacknowledged, stray, breach)) {
            assertThat(missed(scale)).containsExactly("scale: not acknowledged exactly once, or a limit not kept");
        }
    }

    @Test
    void sayNothingOfGrowthWithOneSizeOnly() {
        Scale one = new Scale(Sizes.linear().sizes().subList(0, 1));

        assertThat(ScaleTargets.judge(one))
                .extracting(Target::what)
                .noneMatch(what -> what.contains("linear"))
                .isNotEmpty();
    }

    private static List<String> missed(Scale scale) {
        return ScaleTargets.judge(scale).stream()
                .filter(target -> !target.met())
                .map(Target::what)
                .toList();
    }
}
