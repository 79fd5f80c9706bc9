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
package io.github.cmsevents.camel.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteThreadsTest {

    private final List<String> log = new ArrayList<>();
    /** Threads that are on their way. */
    private final Deque<Runnable> coming = new ArrayDeque<>();

    private final Deque<Runnable> retries = new ArrayDeque<>();

    private final RouteThreads threads = new RouteThreads(coming::add, retries::add);

    @Test
    void aThreadContinuesWithTheNextThatWaits() {
        threads.execute(() -> log.add("a"));
        threads.execute(() -> log.add("b"));
        threads.execute(() -> log.add("c"));
        assertThat(log).isEmpty();

        coming.remove().run();

        assertThat(log).containsExactly("a", "b", "c");
        // The thread that was requested while others waited finds nothing to do, and requests no other.
        runThreads();
        assertThat(log).containsExactly("a", "b", "c");
    }

    @Test
    void atMostOneThreadIsOnItsWay() {
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            threads.execute(() -> most.accumulateAndGet(coming.size(), Math::max));
        }
        assertThat(coming).hasSize(1);

        runThreads();

        assertThat(most).hasValue(1);
        // Nothing is left of a request: the next one is made again.
        threads.execute(() -> log.add("next"));
        assertThat(coming).hasSize(1);
    }

    @Test
    void aRunThatBlocksDoesNotHoldUpTheOthers() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(10);
        try {
            RouteThreads shared = new RouteThreads(pool, Runnable::run);
            for (int i = 0; i < 3; i++) {
                shared.execute(() -> await().until(() -> end.getCount() == 0));
            }
            for (int i = 0; i < 10; i++) {
                shared.execute(others::countDown);
            }

            await().until(() -> others.getCount() == 0);
        } finally {
            end.countDown();
            pool.shutdownNow();
        }
    }

    static Stream<Throwable> refusals() {
        return Stream.of(new RejectedExecutionException("expected"), new OutOfMemoryError("expected"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void nothingIsLostWhenThePoolRefusesToProvideAThread(Throwable refusal) {
        RouteThreads few = threadsRefused(attempt -> attempt <= 2, refusal);
        few.execute(() -> log.add("a"));
        few.execute(() -> log.add("b"));
        assertThat(retries).hasSize(1);

        retries.remove().run();
        assertThat(retries).hasSize(1);
        retries.remove().run();
        runThreads();

        assertThat(log).containsExactly("a", "b");
        assertThat(retries).isEmpty();
    }

    @Test
    void theOnlyThreadRunsWhatWaitsWhileThePoolRefusesAnother() {
        RouteThreads few = threadsRefused(attempt -> attempt > 1, new RejectedExecutionException("expected"));
        few.execute(() -> log.add("a"));
        few.execute(() -> log.add("b"));

        runThreads();

        assertThat(log).containsExactly("a", "b");
    }

    @Test
    void aRunThatThrowsOrInterruptsItsThreadDoesNotAffectTheNext() {
        threads.execute(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("expected");
        });
        threads.execute(() -> log.add("interrupted: " + Thread.currentThread().isInterrupted()));

        runThreads();

        assertThat(log).containsExactly("interrupted: false");
    }

    private RouteThreads threadsRefused(IntPredicate refused, Throwable refusal) {
        AtomicInteger attempts = new AtomicInteger();
        return new RouteThreads(
                run -> {
                    if (refused.test(attempts.incrementAndGet())) {
                        sneak(refusal);
                    }
                    coming.add(run);
                },
                retries::add);
    }

    private void runThreads() {
        while (!coming.isEmpty()) {
            coming.remove().run();
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable checked) throws E {
        throw (E) checked;
    }
}
