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
package io.github.cmsevents.examples.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleIT {

    @TempDir
    private Path folder;

    @Test
    void printsUpdatesAndStopsCleanlyWhenItIsTerminated() throws Exception {
        try (RunningExample example = RunningExample.start(folder, Map.of())) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(example.output())
                    .containsPattern("conferences add Andy's coSpace: \\d+ participants")
                    .containsPattern("rosters    add \\w+ in Andy's coSpace: connected"));

            assertThat(example.terminate()).isTrue();
            assertThat(example.output()).doesNotContain("WARN", "ERROR", "Exception");
        }
    }
}
