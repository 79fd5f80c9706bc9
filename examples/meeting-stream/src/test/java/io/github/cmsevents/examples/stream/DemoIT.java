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
package io.github.cmsevents.examples.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as its one command starts it, with everything that stands in. */
class DemoIT {

    @TempDir
    private Path directory;

    private Instance demo;

    @BeforeEach
    void start() throws IOException {
        demo = Instance.start(directory.resolve("output"), Map.of("java.io.tmpdir", directory.toString()));
    }

    @AfterEach
    void leaveNothingBehind() {
        demo.close();
    }

    @Test
    void printsTheTopicsAndStopsCleanlyWhenItIsTerminated() throws Exception {
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> assertThat(demo.lines())
                .anySatisfy(line -> assertThat(line).contains("meeting-events ", "\"type\":\"add\""))
                .anySatisfy(line -> assertThat(line).contains("meeting-conferences ", "@site {\"conference\""))
                .anySatisfy(line -> assertThat(line).contains("meeting-participants ", "@site {\"conference\"")));

        assertThat(demo.stop()).isTrue();

        assertThat(demo.lines()).noneMatch(line -> line.matches("\\S+ ERROR .*"));
        assertThat(directory)
                .as("without the storage of the broker")
                .isDirectoryNotContaining("glob:**meeting-stream*");
    }
}
