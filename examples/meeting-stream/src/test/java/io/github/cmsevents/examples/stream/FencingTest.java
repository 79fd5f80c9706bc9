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

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** An instance that is paused, and does not know that it is not the active one any more. */
@Tag("long")
class FencingTest {

    private static final Duration SOON = Duration.ofSeconds(120);

    private TestBed bed;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        bed = new TestBed(test, 2);
    }

    @AfterEach
    void stop() {
        bed.close();
    }

    @Test
    void instanceThatWakesUpAfterTheTakeoverWritesNothing() throws Exception {
        Instance paused = bed.start("paused", Map.of());
        DistributedCall board = bed.call("Board", 0);
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        board.addParticipant(0, "Cy", "cy@example.com");
        DistributedCall ended = bed.call("Ended", 1);
        ended.addParticipant(1, "Bo", "bo@example.com");
        bed.awaitAgreement();

        paused.signal("STOP");
        // It finds these in its sockets when it wakes up.
        ended.set("recording", "active");
        ada.set("audioMuted", true);
        // A stopped process keeps its lock on a file; another directory is as if a coordination service had given it to
        // the other.
        Instance active = bed.start(
                "active",
                Map.of(
                        "stream.lock-directory",
                        "target/it/other-lock-" + ProcessHandle.current().pid()));
        await().atMost(SOON).until(active::isActive);
        ended.end();
        ada.leave("clientInitiated");
        bed.awaitAgreement();
        paused.signal("CONT");

        await().atMost(SOON)
                .until(() -> paused.lines().stream().anyMatch(line -> line.contains("accepts no more writes")));
        board.set("recording", "active");
        bed.awaitAgreement();
        assertThat(bed.topics().conferences()).containsOnlyKeys(board.correlator() + "@site");
    }

    @Test
    void instanceThatWakesUpAfterItsTransactionWasAbortedBeginsAgain() throws Exception {
        Instance instance = bed.start(
                "instance", Map.of("camel.component.kafka.additional-properties[transaction.timeout.ms]", "2000"));
        DistributedCall board = bed.call("Board", 0, 1);
        DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
        bed.awaitAgreement();

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                ada.set("audioMuted", i % 2 == 0);
            }
            instance.signal("STOP");
            // Longer than the transaction may take, and than the coordinator's look for such transactions.
            await().pollDelay(Duration.ofSeconds(15)).atMost(SOON).until(() -> true);
            bed.call("Later " + round, round % 2);
            instance.signal("CONT");
            bed.awaitAgreement();
        }
    }
}
