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

class MarkdownReportTest {

    private static final Results NONE = Results.none(List.of("2 cores", "some JVM"));

    @Test
    void hasARowForEachSizeOfACluster() {
        String report = MarkdownReport.of(NONE.with(Sizes.linear()), List.of());

        assertThat(report)
                .contains("Measured on 2 cores; some JVM.")
                .contains("| 1 | 500 | 2,083 | 1.75 | 1.00 | 12.00 |")
                .contains("| 24 | 12,000 | 50,000 | 7.50 | 1.00 | 58.00 |")
                .contains("| agrees |")
                .doesNotContain("differs");
    }

    @Test
    void saysLoudlyWhenThePicturesDiffer() {
        Scale scale = Sizes.withLargest(size ->
                Sizes.withReports(size, size.liveBytes(), Sizes.follower(size, 16, 0, 1), size.serversReport()));

        assertThat(MarkdownReport.of(NONE.with(scale), List.of())).containsOnlyOnce("**differs**");
    }

    @Test
    void saysNothingOfWhatWasNotMeasured() {
        assertThat(MarkdownReport.of(NONE, List.of())).doesNotContain("Scale").doesNotContain("Gated");
    }
}
