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
package io.github.cmsevents.camel.internal.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {

    private final AtomicInteger written = new AtomicInteger();
    private final Acknowledgement acknowledgement = new Acknowledgement(0, 0, written::incrementAndGet);

    @Test
    void isWrittenAtOnceWithoutShares() {
        acknowledgement.handedOut();

        assertThat(written).hasValue(1);
    }

    @Test
    void isWrittenOnceEveryShareIsProcessed() {
        Runnable first = acknowledgement.newShare();
        Runnable second = acknowledgement.newShare();
        acknowledgement.handedOut();

        second.run();
        assertThat(written).hasValue(0);

        first.run();
        assertThat(written).hasValue(1);
    }

    @Test
    void isNotWrittenWhileMoreSharesCanBeHandedOut() {
        acknowledgement.newShare().run();
        Runnable late = acknowledgement.newShare();
        acknowledgement.handedOut();
        assertThat(written).hasValue(0);

        late.run();
        assertThat(written).hasValue(1);
    }

    @Test
    void aShareThatIsRunAgainDoesNothing() {
        Runnable first = acknowledgement.newShare();
        Runnable second = acknowledgement.newShare();
        acknowledgement.handedOut();

        first.run();
        first.run();
        assertThat(written).hasValue(0);

        second.run();
        second.run();
        assertThat(written).hasValue(1);
    }

    @Test
    void isWrittenOnceHoweverManyThreadsFinishTogether() throws Exception {
        int receivers = 4;
        CyclicBarrier start = new CyclicBarrier(receivers);
        ExecutorService threads = Executors.newFixedThreadPool(receivers);
        try {
            for (int round = 1; round <= 1_000; round++) {
                Acknowledgement shared = new Acknowledgement(0, 0, written::incrementAndGet);
                List<Callable<Void>> shares = new ArrayList<>();
                for (int i = 0; i < receivers; i++) {
                    Runnable share = shared.newShare();
                    shares.add(() -> {
                        start.await();
                        share.run();
                        share.run();
                        return null;
                    });
                }
                shared.handedOut();
                for (Future<Void> share : threads.invokeAll(shares)) {
                    share.get();
                }
                assertThat(written).hasValue(round);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
