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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteThreadsTest {

    /** What happened, in order. */
    private final List<String> log = new ArrayList<>();
    /** What was given to a pool that runs nothing by itself. */
    private final Deque<Runnable> given = new ArrayDeque<>();
    /** What tries again when there was no thread. */
    private final Deque<Runnable> later = new ArrayDeque<>();

    private final ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void everyThreadComesToAnEnd() {
        end.countDown();
        await().untilAsserted(() -> assertThat(pool.getActiveCount()).isZero());
        pool.shutdownNow();
    }

    // Sharing.

    @Test
    void oneThreadTakesTheTurnsOfQuickRoutesInTheOrderInWhichTheyWereAskedFor() {
        RouteThreads threads = new RouteThreads(given::add, later::add);

        threads.ask(quick("a"), false);
        assertThat(given).hasSize(1);
        threads.ask(quick("b"), false);
        threads.ask(quick("c"), false);

        given.remove().run();
        assertThat(log).containsExactly("a", "b", "c");
    }

    @Test
    void nothingIsTakenOnTheThreadThatAsks() {
        RouteThreads threads = new RouteThreads(given::add, later::add);

        threads.ask(quick("a"), false);
        threads.ask(slow("b"), false);

        assertThat(log).isEmpty();
    }

    @Test
    void anotherThreadSeesToItOnlyWhenTwoAskAtOnceAndThenOnlyForAWhile() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        threads.ask(quick("a"), false);
        threads.ask(quick("b"), false);
        threads.ask(quick("c"), false);
        assertThat(given).hasSize(2);

        given.remove().run();
        given.remove().run();

        assertThat(given).isEmpty();
        assertThat(log).containsExactly("a", "b", "c");
    }

    @Test
    void aRouteThatTakesItsTimeGetsAThreadAtOnce() {
        RouteThreads threads = new RouteThreads(given::add, later::add);

        threads.ask(slow("a"), false);
        threads.ask(slow("b"), false);
        threads.ask(slow("c"), false);

        assertThat(given).hasSize(3);
    }

    @Test
    void quickRoutesDoNotWaitForOneThatIsKnownToTakeItsTime() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        threads.ask(
                turn(false, () -> {
                    // It is at work now, and whoever asks gets another thread.
                    threads.ask(quick("b"), false);
                    assertThat(given).hasSize(1);
                    given.remove().run();
                    log.add("a");
                    return false;
                }),
                false);

        given.remove().run();

        assertThat(log).containsExactly("b", "a");
    }

    @Test
    void aThreadThatTakesASlowTurnLeavesTheOthersToAnotherThread() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        threads.ask(
                turn(false, () -> {
                    log.add("slow");
                    assertThat(given)
                            .as("one for the slow route, one for those after it")
                            .isNotEmpty();
                    return false;
                }),
                false);
        threads.ask(quick("a"), false);

        given.remove().run();
        runAll();

        assertThat(log).containsExactly("slow", "a");
    }

    @Test
    void aThreadStaysForMoreOfAStream() throws Exception {
        AtomicInteger threadsGiven = new AtomicInteger();
        RouteThreads threads = new RouteThreads(counted(threadsGiven), later::add);
        AtomicInteger taken = new AtomicInteger();
        int turns = 1_000;

        for (int i = 0; i < turns; i++) {
            threads.ask(
                    turn(true, () -> {
                        taken.incrementAndGet();
                        return true;
                    }),
                    true);
            while (taken.get() <= i) {
                Thread.onSpinWait();
            }
        }

        assertThat(threadsGiven).hasValueLessThan(turns / 2);
    }

    // Routes that block.

    @Test
    void whatWaitsForAQuickRouteThatBlocksGetsAnotherThread() {
        RouteThreads threads = new RouteThreads(pool, later::add);
        AtomicBoolean blocked = new AtomicBoolean();
        AtomicInteger taken = new AtomicInteger();
        threads.ask(blocking(blocked), false);
        await().untilTrue(blocked);

        for (int i = 0; i < 3; i++) {
            threads.ask(counting(taken), false);
        }

        await().untilAsserted(() -> assertThat(taken).hasValue(3));
    }

    @Test
    void onceARouteIsKnownToBlockNobodyWaitsForItAnyMore() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        AtomicBoolean blocked = new AtomicBoolean();
        threads.ask(blocking(blocked), false);
        pool.execute(given.remove());
        await().untilTrue(blocked);
        threads.ask(quick("a"), false);
        given.remove().run();
        assertThat(log).containsExactly("a");

        threads.ask(quick("b"), false);
        threads.ask(quick("c"), false);

        // One to take both, and one to see to it: nobody relies on the one that is blocked.
        assertThat(given).hasSize(2);
        given.remove().run();
        assertThat(log).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyRouteHasAThreadOfItsOwnWhenAllOfThemBlock(boolean quick) throws Exception {
        RouteThreads threads = new RouteThreads(pool, later::add);
        int routes = 200;
        CountDownLatch all = new CountDownLatch(routes);

        for (int i = 0; i < routes; i++) {
            threads.ask(
                    turn(quick, () -> {
                        all.countDown();
                        return awaited(end);
                    }),
                    false);
        }

        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRouteThatWasBlockedIsTakenUpAgain() {
        RouteThreads threads = new RouteThreads(pool, later::add);
        AtomicBoolean blocked = new AtomicBoolean();
        AtomicInteger taken = new AtomicInteger();
        threads.ask(blocking(blocked), false);
        await().untilTrue(blocked);
        threads.ask(counting(taken), false);
        await().untilAsserted(() -> assertThat(taken).hasValue(1));

        end.countDown();
        threads.ask(counting(taken), false);

        await().untilAsserted(() -> assertThat(taken).hasValue(2));
    }

    @Test
    void oneThreadIsEnoughIfThePoolHasNoMore() {
        ThreadPoolExecutor single = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
        try {
            RouteThreads threads = new RouteThreads(single, later::add);
            AtomicInteger taken = new AtomicInteger();
            int turns = 10_000;
            for (int i = 0; i < turns; i++) {
                threads.ask(
                        turn(i % 2 == 0, () -> {
                            taken.incrementAndGet();
                            return ThreadLocalRandom.current().nextInt(100) == 0;
                        }),
                        i % 3 == 0);
            }
            await().untilAsserted(() -> assertThat(taken).hasValue(turns));
        } finally {
            single.shutdownNow();
        }
    }

    // What goes wrong.

    static Stream<Throwable> noThread() {
        return Stream.of(
                new RejectedExecutionException("full"),
                new OutOfMemoryError("unable to create native thread"),
                new IllegalStateException("a thread factory of the user's"),
                new IOException("a thread factory in a language that checks no exceptions"));
    }

    @ParameterizedTest
    @MethodSource("noThread")
    void whatThereIsNoThreadForIsTakenWhenThereIsOneAgain(Throwable why) {
        Throwable[] full = {why};
        RouteThreads threads = new RouteThreads(pickyPool(full), later::add);
        threads.ask(quick("a"), false);
        threads.ask(slow("b"), false);
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(given).isEmpty();

        full[0] = null;
        assertThat(later).hasSize(1);
        later.remove().run();
        runAll();

        assertThat(log).containsExactly("a", "b");
        isAsAtTheBeginning(threads);
    }

    @ParameterizedTest
    @MethodSource("noThread")
    void whoFindsNoHelpTakesItsTurnEvenIfNothingCanBeDoneLater(Throwable why) {
        Throwable[] full = {null};
        AtomicInteger triedLater = new AtomicInteger();
        RouteThreads threads = new RouteThreads(pickyPool(full), task -> {
            triedLater.incrementAndGet();
            sneak(why);
        });
        threads.ask(slow("a"), false);
        threads.ask(quick("b"), false);
        full[0] = why;
        given.remove().run();
        assertThat(log).containsExactly("a", "b");
        assertThat(triedLater).hasValue(1);

        threads.ask(slow("c"), false);
        assertThat(triedLater).hasValue(2);

        full[0] = null;
        threads.ask(slow("d"), false);
        runAll();
        assertThat(log).containsExactly("a", "b", "c", "d");
        isAsAtTheBeginning(threads);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatThereIsNoThreadForWhileARouteBlocksIsTakenWhenThereIsOneAgain(boolean quick) {
        Throwable[] full = {null};
        RouteThreads threads = new RouteThreads(pickyPool(full), later::add);
        AtomicBoolean blocked = new AtomicBoolean();
        threads.ask(blocking(blocked), false);
        pool.execute(given.remove());
        await().untilTrue(blocked);
        full[0] = new RejectedExecutionException("full");
        threads.ask(quick ? quick("a") : slow("a"), false);

        full[0] = null;
        later.remove().run();
        runAll();

        assertThat(log).containsExactly("a");
    }

    @Test
    void aSlowRouteThatThereIsNoThreadForIsTakenByOneThatIsAtWork() {
        Throwable[] full = {null};
        RouteThreads threads = new RouteThreads(pickyPool(full), later::add);
        threads.ask(quick("a"), false);
        full[0] = new RejectedExecutionException("full");

        threads.ask(slow("b"), false);
        assertThat(log).isEmpty();
        given.remove().run();

        assertThat(log).containsExactly("a", "b");
        full[0] = null;
        isAsAtTheBeginning(threads);
    }

    @Test
    void whatTheThreadAtWorkFindsNoHelpForItTakesItself() {
        Throwable[] full = {null};
        RouteThreads threads = new RouteThreads(pickyPool(full), later::add);
        threads.ask(slow("a"), false);
        full[0] = new OutOfMemoryError("unable to create native thread");
        threads.ask(quick("b"), false);
        threads.ask(quick("c"), false);

        given.remove().run();

        assertThat(log).containsExactly("a", "b", "c");
        full[0] = null;
        isAsAtTheBeginning(threads);
    }

    @Test
    void reliefThatThereIsNoThreadForLeavesTheRestToTheOneThatLooked() {
        Throwable[] full = {null};
        RouteThreads threads = new RouteThreads(pickyPool(full), later::add);
        AtomicBoolean blocked = new AtomicBoolean();
        threads.ask(blocking(blocked), false);
        pool.execute(given.remove());
        await().untilTrue(blocked);
        threads.ask(quick("a"), false);
        threads.ask(quick("b"), false);
        threads.ask(quick("c"), false);
        full[0] = new RejectedExecutionException("full");

        given.remove().run();

        assertThat(log).containsExactly("a", "b", "c");
        full[0] = null;
        isAsAtTheBeginning(threads);
    }

    @Test
    void aBurstOfSlowRoutesGetsAThreadForEachAndNoMore() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        for (int i = 0; i < 5; i++) {
            threads.ask(slow("s" + i), false);
        }
        assertThat(given).hasSize(5);

        int runs = 0;
        while (!given.isEmpty()) {
            given.remove().run();
            runs++;
        }

        assertThat(runs).isEqualTo(5);
        isAsAtTheBeginning(threads);
    }

    @Test
    void noMoreIsGivenToABusyPoolThanThereAreTurns() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        int[] left = {10_000};
        int[] most = {0};
        threads.ask(
                new SomeTurn(false, () -> {
                    if (left[0]-- > 0) {
                        threads.ask(slow("s"), false);
                    }
                    most[0] = Math.max(most[0], given.size());
                    return false;
                }),
                false);
        for (int i = 0; i < 1_000 && !given.isEmpty(); i++) {
            threads.ask(slow("t"), false);
            given.remove().run();
        }

        assertThat(most[0]).isLessThan(5);
    }

    @Test
    void anInterruptedThreadStillSeesToWhatWaits() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        AtomicBoolean blocked = new AtomicBoolean();
        threads.ask(blocking(blocked), false);
        pool.execute(given.remove());
        await().untilTrue(blocked);
        threads.ask(quick("a"), false);

        Thread.currentThread().interrupt();
        given.remove().run();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(log).containsExactly("a");
    }

    @Test
    void aTurnThatGoesWrongDoesNotKeepOthersFromTheirs() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        threads.ask(
                turn(true, () -> {
                    sneak(new IOException("expected"));
                    return false;
                }),
                false);
        threads.ask(quick("b"), false);

        runAll();

        assertThat(log).containsExactly("b");
    }

    @Test
    void whoInterruptsARouteDoesNotInterruptTheNext() {
        RouteThreads threads = new RouteThreads(given::add, later::add);
        threads.ask(
                turn(true, () -> {
                    Thread.currentThread().interrupt();
                    return false;
                }),
                false);
        threads.ask(
                turn(true, () -> {
                    log.add("interrupted: " + Thread.currentThread().isInterrupted());
                    return false;
                }),
                false);

        runAll();

        assertThat(log).containsExactly("interrupted: false");
    }

    // All of it at once.

    @Test
    void everyTurnIsTakenExactlyOnceWhoeverBlocksWhenever() throws Exception {
        RouteThreads threads = new RouteThreads(pool, later::add);
        int askers = 3;
        int turns = 50_000;
        Set<Integer> open = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(askers);
        for (int asker = 0; asker < askers; asker++) {
            int first = asker * turns;
            pool.execute(() -> {
                for (int i = first; i < first + turns; i++) {
                    int number = i;
                    open.add(number);
                    int kind = ThreadLocalRandom.current().nextInt(1_000);
                    threads.ask(
                            new RouteThreads.Turn() {
                                @Override
                                public boolean isQuick() {
                                    return kind % 10 != 0;
                                }

                                @Override
                                public boolean take() {
                                    if (!open.remove(number)) {
                                        twice.incrementAndGet();
                                    }
                                    if (kind < 2) {
                                        busyFor(TimeUnit.MILLISECONDS.toNanos(2));
                                    }
                                    return kind % 3 == 0;
                                }
                            },
                            kind % 2 == 0);
                    if (kind < 300) {
                        busyFor(TimeUnit.MICROSECONDS.toNanos(kind / 10));
                    }
                }
                asked.countDown();
            });
        }
        asked.await();

        await().untilAsserted(() -> assertThat(open).isEmpty());
        assertThat(twice).hasValue(0);
    }

    private static void busyFor(long nanos) {
        for (long begun = System.nanoTime(); System.nanoTime() - begun < nanos; ) {
            Thread.onSpinWait();
        }
    }

    private void runAll() {
        while (!given.isEmpty()) {
            given.remove().run();
        }
    }

    private Executor counted(AtomicInteger count) {
        return task -> {
            count.incrementAndGet();
            pool.execute(task);
        };
    }

    /** What is asked for now gets one thread for it, and another that sees to it: so nothing is left of what was. */
    private void isAsAtTheBeginning(RouteThreads threads) {
        assertThat(given).isEmpty();
        log.clear();
        threads.ask(quick("x"), false);
        assertThat(given).hasSize(1);
        threads.ask(quick("y"), false);
        assertThat(given).hasSize(2);
        runAll();
        assertThat(log).containsExactly("x", "y");
    }

    private Executor pickyPool(Throwable[] full) {
        return task -> {
            if (full[0] != null) {
                sneak(full[0]);
            }
            given.add(task);
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable checked) throws E {
        throw (E) checked;
    }

    private RouteThreads.Turn quick(String name) {
        return new SomeTurn(true, () -> {
            log.add(name);
            return false;
        });
    }

    private RouteThreads.Turn slow(String name) {
        return new SomeTurn(false, () -> {
            log.add(name);
            return false;
        });
    }

    private RouteThreads.Turn turn(boolean quick, BooleanSupplier what) {
        return new SomeTurn(quick, what);
    }

    private RouteThreads.Turn counting(AtomicInteger taken) {
        return turn(true, () -> {
            taken.incrementAndGet();
            return false;
        });
    }

    private RouteThreads.Turn blocking(AtomicBoolean blocked) {
        return turn(true, () -> {
            blocked.set(true);
            return awaited(end);
        });
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static final class SomeTurn implements RouteThreads.Turn {
        private final boolean quick;
        private final BooleanSupplier what;

        SomeTurn(boolean quick, BooleanSupplier what) {
            this.quick = quick;
            this.what = what;
        }

        @Override
        public boolean isQuick() {
            return quick;
        }

        @Override
        public boolean take() {
            return what.getAsBoolean();
        }
    }
}
