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

import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Update;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateLaneTest {

    /** What happened, in order: updates begun, batches settled, tasks run. */
    private final List<String> log = new ArrayList<>();

    private final Deque<Runnable> executor = new ArrayDeque<>();
    /** For each asynchronous update that has begun: runs its {@code done}. */
    private final Deque<Runnable> pending = new ArrayDeque<>();
    /** What tries again when there was no thread. */
    private final Deque<Runnable> later = new ArrayDeque<>();

    // Order, one at a time.

    @Test
    void processesUpdatesInOrderAndSettlesEachBatchAfterItsLast() {
        UpdateLane lane = lane(Acknowledge.processed, 10);

        lane.add(batch("A", "a1", "a2"));
        lane.add(batch("B", "b1"));
        runAll();

        assertThat(log).containsExactly("a1", "a2", "settled A", "b1", "settled B");
    }

    @Test
    void doesNothingOnTheThreadThatAdds() {
        lane(Acknowledge.processed, 10).add(batch("A", "a1"));

        assertThat(log).isEmpty();
        assertThat(executor).hasSize(1);
    }

    @Test
    void usesOneThreadHoweverMuchIsAdded() {
        UpdateLane lane = lane(Acknowledge.processed, 10);

        lane.add(batch("A", "a1"));
        lane.add(batch("B", "b1"));
        lane.add(() -> log.add("task"));

        assertThat(executor).hasSize(1);
    }

    @Test
    void holdsNoThreadWhileThereIsNothingToDo() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "a1"));
        runAll();
        assertThat(executor).isEmpty();

        lane.add(batch("B", "b1"));
        runAll();

        assertThat(log).containsExactly("a1", "settled A", "b1", "settled B");
    }

    @Test
    void beginsTheNextOnlyWhenAnAsynchronousOneIsDone() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "async1", "async2"));
        lane.add(batch("B", "b1"));

        runAll();
        assertThat(log).containsExactly("async1");
        assertThat(executor).isEmpty();

        pending.remove().run();
        runAll();
        assertThat(log).containsExactly("async1", "async2");

        pending.remove().run();
        runAll();
        assertThat(log).containsExactly("async1", "async2", "settled A", "b1", "settled B");
    }

    @Test
    void doesNotBeginAnotherWhileAnAsynchronousOneIsOpen() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "async1"));
        runAll();

        lane.add(batch("B", "b1"));
        lane.add(() -> log.add("task"));

        assertThat(executor).isEmpty();
        pending.remove().run();
        runAll();
        assertThat(log).containsExactly("async1", "settled A", "b1", "settled B", "task");
    }

    @Test
    void continuesOnTheExecutorRatherThanOnTheThreadThatIsDone() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "async1", "a2"));
        runAll();

        pending.remove().run();

        assertThat(log).containsExactly("async1");
        assertThat(executor).hasSize(1);
    }

    @Test
    void takesUpdatesThatAStepItselfCauses() {
        UpdateLane[] lane = new UpdateLane[1];
        lane[0] = lane((update, done) -> {
            log.add(name(update));
            if ("a1".equals(name(update))) {
                lane[0].add(batch("B", "b1"));
                lane[0].add(() -> log.add("task"));
            }
            done.run();
        });
        lane[0].add(batch("A", "a1", "a2"));

        runAll();

        assertThat(log).containsExactly("a1", "a2", "settled A", "b1", "settled B", "task");
    }

    @Test
    void takesUpdatesThatSettlingCauses() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(new Batch(List.of(update("a1")), false, () -> {
            log.add("settled A");
            lane.add(batch("B", "b1"));
        }));

        runAll();

        assertThat(log).containsExactly("a1", "settled A", "b1", "settled B");
    }

    @Test
    void doesNotGrowTheStackWithTheNumberOfUpdates() {
        String[] names = new String[100_000];
        Arrays.fill(names, "u");
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", names));

        runAll();

        assertThat(log).hasSize(100_001).endsWith("settled A");
    }

    @Test
    void runsTasksInTheirTurn() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "a1"));
        lane.add(() -> log.add("task"));
        lane.add(batch("B", "b1"));

        runAll();

        assertThat(log).containsExactly("a1", "settled A", "task", "b1", "settled B");
    }

    // Received.

    @Test
    void settlesReceivedUpdatesAtOnceWhileThereIsRoom() {
        UpdateLane lane = lane(Acknowledge.received, 2);

        lane.add(batch("A", "a1", "a2"));

        assertThat(log).containsExactly("settled A");
        runAll();
        assertThat(log).containsExactly("settled A", "a1", "a2");
    }

    @Test
    void settlesWhatDidNotFitWhenThereIsRoomAgain() {
        UpdateLane lane = lane(Acknowledge.received, 2);
        lane.add(batch("A", "a1", "a2"));
        lane.add(batch("B", "b1"));
        assertThat(log).containsExactly("settled A");

        runAll();

        assertThat(log).containsExactly("settled A", "settled B", "a1", "a2", "b1");
    }

    @Test
    void settlesAMessageThatIsLargerThanTheQueueOnceTheRestFits() {
        UpdateLane lane = lane(Acknowledge.received, 1);
        lane.add(batch("A", "a1", "a2", "a3"));
        assertThat(log).isEmpty();

        runAll();

        assertThat(log).containsExactly("a1", "settled A", "a2", "a3");
    }

    @Test
    void doesNotWaitForTheRouteWhenReceivedIsEnough() {
        UpdateLane lane = lane(Acknowledge.received, 10);
        lane.add(batch("A", "async1"));
        runAll();
        lane.add(batch("B", "b1"));

        assertThat(log).containsExactly("settled A", "async1", "settled B");
        assertThat(pending).hasSize(1);
    }

    @Test
    void holdsTheAcknowledgementBackWhileAnAsynchronousRouteFillsTheQueue() {
        UpdateLane lane = lane(Acknowledge.received, 1);
        lane.add(batch("A", "async1"));
        runAll();
        lane.add(batch("B", "b1"));
        lane.add(batch("C", "c1"));

        assertThat(log).containsExactly("settled A", "async1", "settled B");

        pending.remove().run();
        runAll();
        assertThat(log).containsExactly("settled A", "async1", "settled B", "settled C", "b1", "c1");
    }

    @Test
    void settlesEveryMessageThatDidNotFitOnceAllOfThemFit() {
        UpdateLane lane = lane(Acknowledge.received, 1);
        for (int i = 1; i <= 6; i++) {
            lane.add(batch("B" + i, "u" + i));
        }
        assertThat(log).containsExactly("settled B1");

        runAll();

        assertThat(log)
                .containsExactly(
                        "settled B1",
                        "u1",
                        "u2",
                        "u3",
                        "u4",
                        "settled B2",
                        "settled B3",
                        "settled B4",
                        "settled B5",
                        "settled B6",
                        "u5",
                        "u6");
    }

    // What goes wrong.

    @Test
    void settlesABatchOfNothing() {
        UpdateLane lane = lane(Acknowledge.processed, 10);

        lane.add(batch("A"));

        assertThat(log).containsExactly("settled A");
        assertThat(lane.size()).isZero();
        assertThat(executor).isEmpty();
    }

    @Test
    void settlesWhatAThrowingStepWasAtAndGoesOn() {
        UpdateLane lane = lane((update, done) -> {
            log.add(name(update));
            if ("a1".equals(name(update))) {
                throw new IllegalStateException("route");
            }
            throw new StackOverflowError("route");
        });
        lane.add(batch("A", "a1", "a2"));
        runAll();
        lane.add(batch("B", "b1"));
        runAll();

        assertThat(log).containsExactly("a1", "a2", "settled A", "b1", "settled B");
        assertThat(lane.size()).isZero();
    }

    @Test
    void goesOnAfterAThrowingTask() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(() -> {
            throw new IllegalStateException("a user's exception handler");
        });
        lane.add(batch("A", "a1"));

        runAll();

        assertThat(log).containsExactly("a1", "settled A");
    }

    @Test
    void goesOnWhenThereIsAThreadAgainThoughNothingMoreComes() {
        boolean[] full = {true};
        UpdateLane lane =
                new UpdateLane(new RouteThreads(sometimesFull(full), later::add), Acknowledge.processed, 10, logging());
        lane.add(batch("A", "a1"));
        assertThat(lane.size()).isEqualTo(1);

        full[0] = false;
        later.remove().run();
        runAll();

        assertThat(log).containsExactly("a1", "settled A");
    }

    @Test
    void goesOnWhenThereWasNoThreadAfterAnAsynchronousStep() {
        boolean[] full = {false};
        UpdateLane lane = new UpdateLane(
                new RouteThreads(sometimesFull(full), later::add), Acknowledge.processed, 10, (update, done) -> {
                    log.add(name(update));
                    pending.add(done);
                });
        lane.add(batch("A", "a1", "a2"));
        runAll();

        full[0] = true;
        pending.remove().run();
        assertThat(log).containsExactly("a1");
        full[0] = false;
        later.remove().run();
        runAll();

        assertThat(log).containsExactly("a1", "a2");
    }

    @Test
    void goesOnAfterWhatALanguageThrowsThatChecksNoExceptions() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(() -> sneak(new IOException("a user's exception handler")));
        lane.add(batch("A", "a1"));

        runAll();

        assertThat(log).containsExactly("a1", "settled A");
    }

    @Test
    void asksForNoThreadWhenAnAsynchronousStepIsDoneAndNothingWaits() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "async1"));
        runAll();

        pending.remove().run();

        assertThat(log).containsExactly("async1", "settled A");
        assertThat(executor).isEmpty();
        lane.add(batch("B", "b1"));
        runAll();
        assertThat(log).containsExactly("async1", "settled A", "b1", "settled B");
    }

    @Test
    void doesNotCountAThreadThatIsStillToCome() {
        UpdateLane lane = lane(Acknowledge.processed, 10);

        lane.add(batch("A", "a1"));

        assertThat(lane.size()).isEqualTo(1);
    }

    // A server that does not wait for each acknowledgement.

    @Test
    void settlesTogetherWhatAQuickRouteIsDoneWithWhenTheServerDoesNotWaitForIt() {
        UpdateLane lane = quickLane();

        for (int i = 1; i <= 20; i++) {
            lane.add(streamed(String.valueOf(i)));
        }
        runAll();

        List<String> expected = new ArrayList<>();
        // Sixteen together, in their order and before the next one is begun.
        IntStream.rangeClosed(1, 16).forEach(i -> expected.add(String.valueOf(i)));
        IntStream.rangeClosed(1, 16).forEach(i -> expected.add("settled " + i));
        IntStream.rangeClosed(17, 20).forEach(i -> expected.add(String.valueOf(i)));
        IntStream.rangeClosed(17, 20).forEach(i -> expected.add("settled " + i));
        assertThat(log).containsExactlyElementsOf(expected);
    }

    @Test
    void settlesEachByItselfWhenTheServerWaitsForItAgain() {
        UpdateLane lane = quickLane();

        lane.add(streamed("1"));
        lane.add(batch("2", "2"));
        lane.add(batch("3", "3"));
        runAll();

        assertThat(log).containsExactly("1", "settled 1", "2", "settled 2", "3", "settled 3");
    }

    @Test
    void settlesEachByItselfWhenTheRouteTakesItsTime() {
        UpdateLane lane = lane((update, done) -> {
            takeMillis(1);
            log.add(name(update));
            done.run();
        });
        lane.add(streamed("1"));
        lane.add(streamed("2"));
        runAll();

        assertThat(log).containsExactly("1", "settled 1", "2", "settled 2");
    }

    @Test
    void settlesWhatItIsDoneWithBeforeItLeavesTheNextToAnAsynchronousRoute() {
        UpdateLane lane = quickLane();

        lane.add(streamed("1"));
        lane.add(streamed("async2"));
        lane.add(streamed("3"));
        runAll();
        assertThat(log).containsExactly("1", "async2", "settled 1");

        pending.remove().run();
        runAll();
        assertThat(log).containsExactly("1", "async2", "settled 1", "settled async2", "3", "settled 3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settlesWhatItIsDoneWithWhenItIsClosedOrClearedMeanwhile(boolean closed) {
        UpdateLane lane = quickLane();
        lane.add(streamed("1"));
        lane.add(() -> {
            if (closed) {
                lane.close();
            } else {
                lane.clear();
            }
        });
        lane.add(streamed("2"));
        runAll();

        assertThat(log).containsExactly("1", "settled 1", "settled 2");
    }

    @Test
    void settlesWhatItIsDoneWithInAWhileThoughTheNextTakesItsTime() {
        UpdateLane lane = onceQuick(lane((update, done) -> {
            log.add(name(update));
            if (name(update).startsWith("slow")) {
                // What takes its time can wait for what is settled meanwhile.
                later.remove().run();
            }
            done.run();
        }));

        lane.add(streamed("1"));
        lane.add(streamed("slow2"));
        lane.add(streamed("slow3"));
        lane.add(streamed("4"));
        runAll();

        assertThat(log)
                .containsExactly(
                        "1", "slow2", "settled 1", "slow3", "settled slow2", "4", "settled slow3", "settled 4");
    }

    @Test
    void settlesEachByItselfWhenNothingCanBeDoneLater() {
        UpdateLane lane = onceQuick(new UpdateLane(
                new RouteThreads(executor::add, task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }),
                Acknowledge.processed,
                10,
                logging()));

        lane.add(streamed("1"));
        lane.add(streamed("2"));
        runAll();

        assertThat(log).containsExactly("1", "settled 1", "2", "settled 2");
    }

    @Test
    void givesNothingToDoLaterWhenNothingIsHeldBack() {
        UpdateLane lane = lane(Acknowledge.processed, 10);

        lane.add(batch("A", "a1", "a2"));
        lane.add(streamed("1"));
        runAll();

        assertThat(later).isEmpty();
    }

    private UpdateLane quickLane() {
        return onceQuick(lane(Acknowledge.processed, 10));
    }

    private UpdateLane onceQuick(UpdateLane lane) {
        await().until(() -> {
            lane.add(batch("warm-up", "warm-up"));
            runAll();
            return lane.isQuick();
        });
        log.clear();
        return lane;
    }

    private Batch streamed(String name) {
        return new Batch(List.of(update(name)), true, () -> log.add("settled " + name));
    }

    // Clearing and closing.

    @Test
    void settlesWhatItLeavesOut() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "a1", "a2"));
        lane.add(() -> log.add("task"));
        lane.add(batch("B", "b1"));

        lane.clear();
        runAll();

        assertThat(log).containsExactly("settled A", "settled B");
    }

    @Test
    void settlesWhatDidNotFitWhenItIsLeftOut() {
        UpdateLane lane = lane(Acknowledge.received, 1);
        lane.add(batch("A", "a1", "a2"));
        lane.add(batch("B", "b1"));

        lane.clear();
        runAll();

        assertThat(log).containsExactly("settled A", "settled B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"async1", "async1,a2,a3"})
    void letsTheUpdateThatHasBegunEndAndSettlesItsMessageOnceAfterThat(String updates) {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", updates.split(",")));
        lane.add(() -> log.add("task"));
        lane.add(batch("B", "b1"));
        runAll();

        lane.clear();
        assertThat(log).containsExactly("async1", "settled B");
        lane.clear();
        assertThat(log).containsExactly("async1", "settled B");

        pending.remove().run();
        runAll();
        assertThat(log).containsExactly("async1", "settled B", "settled A");
    }

    @Test
    void settlesAMessageThatIsClearedByTheRouteItselfOnlyWhenThatIsDone() {
        UpdateLane[] lane = {null};
        lane[0] = lane((update, done) -> {
            lane[0].clear();
            log.add(name(update));
            done.run();
        });

        lane[0].add(batch("A", "a1", "a2"));
        runAll();

        assertThat(log).containsExactly("a1", "settled A");
    }

    @Test
    void goesOnAfterItWasCleared() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "async1"));
        runAll();
        lane.clear();
        lane.add(batch("B", "b1"));
        assertThat(log).containsExactly("async1");

        pending.remove().run();
        runAll();

        assertThat(log).containsExactly("async1", "settled A", "b1", "settled B");
    }

    @Test
    void takesNothingOnceClosedButSettlesIt() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "a1"));

        lane.close();
        lane.add(batch("B", "b1"));
        lane.add(() -> log.add("task"));
        runAll();

        assertThat(log).containsExactly("settled A", "settled B");
        assertThat(lane.size()).isZero();
    }

    @Test
    void letsTheOneThatHasBegunEndAfterClosing() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "async1", "a2"));
        runAll();

        lane.close();
        assertThat(lane.size()).isEqualTo(1);
        pending.remove().run();
        runAll();

        assertThat(log).containsExactly("async1", "settled A");
        assertThat(lane.size()).isZero();
    }

    @Test
    void closesTwiceWithoutSettlingTwice() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(batch("A", "a1"));

        lane.close();
        lane.close();

        assertThat(log).containsExactly("settled A");
    }

    @Test
    void countsWhatWaitsAndWhatIsBeingDealtWith() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        assertThat(lane.size()).isZero();
        lane.add(batch("A", "async1", "a2"));
        runAll();

        assertThat(lane.size()).isEqualTo(2);
        pending.remove().run();
        runAll();
        assertThat(lane.size()).isZero();
    }

    @Test
    void goesOnAlthoughAMessageCouldNotBeAcknowledged() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        lane.add(new Batch(List.of(update("a1")), false, () -> {
            throw new RejectedExecutionException("event executor terminated");
        }));
        runAll();

        lane.add(batch("B", "b1"));
        runAll();

        assertThat(log).containsExactly("a1", "b1", "settled B");
    }

    @Test
    void keepsTheOrderAndSettlesEachOnceWhoeverIsDoneWhenever() {
        int updates = 60_000;
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (Acknowledge acknowledge : Acknowledge.values()) {
                AtomicInteger next = new AtomicInteger();
                AtomicInteger wrong = new AtomicInteger();
                AtomicIntegerArray settled = new AtomicIntegerArray(updates);
                UpdateLane lane =
                        new UpdateLane(new RouteThreads(threads, later::add), acknowledge, 50, (update, done) -> {
                            int number = Integer.parseInt(name(update));
                            if (next.getAndIncrement() != number) {
                                wrong.incrementAndGet();
                            }
                            switch (number % 1_000 == 0 ? 2 : number % 4 == 2 ? 3 : number % 4) {
                                case 0 ->
                                    threads.execute(() -> {
                                        done.run();
                                        done.run();
                                    });
                                case 2 -> {
                                    done.run();
                                    throw new IllegalStateException("expected");
                                }
                                default -> done.run();
                            }
                        });
                for (int i = 0; i < updates; i++) {
                    int number = i;
                    lane.add(new Batch(
                            List.of(update(String.valueOf(number))), false, () -> settled.incrementAndGet(number)));
                    while (lane.size() > 500) {
                        Thread.onSpinWait();
                    }
                }
                await().until(() -> lane.size() == 0);
                assertThat(wrong).hasValue(0);
                assertThat(next).hasValue(updates);
                await().untilAsserted(
                                () -> assertThat(IntStream.range(0, updates).filter(i -> settled.get(i) != 1))
                                        .isEmpty());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void losesNothingOfWhatComesWhileItDecidesWhetherToStay() throws Exception {
        int updates = 200_000;
        AtomicInteger processed = new AtomicInteger();
        AtomicInteger settled = new AtomicInteger();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            for (Acknowledge acknowledge : Acknowledge.values()) {
                processed.set(0);
                settled.set(0);
                UpdateLane lane =
                        new UpdateLane(new RouteThreads(thread, later::add), acknowledge, 100, (update, done) -> {
                            processed.incrementAndGet();
                            done.run();
                        });
                for (int i = 0; i < updates; i++) {
                    lane.add(new Batch(List.of(update("u")), false, settled::incrementAndGet));
                    // So that the lane runs dry again and again, in all its states.
                    for (int pause = i % 97; pause > 0; pause--) {
                        Thread.onSpinWait();
                    }
                }
                await().untilAsserted(() -> assertThat(settled).hasValue(updates));
                assertThat(processed).hasValue(updates);
                await().untilAsserted(() -> assertThat(lane.size()).isZero());
            }
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void staysForMoreOfWhatAServerSendsWithoutWaiting() throws Exception {
        int updates = 1_000;
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger settled = new AtomicInteger();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Executor counting = task -> {
                begun.incrementAndGet();
                thread.execute(task);
            };
            UpdateLane lane = new UpdateLane(
                    new RouteThreads(counting, later::add), Acknowledge.processed, 100, (update, done) -> done.run());
            for (int i = 0; i < updates; i++) {
                lane.add(new Batch(List.of(update("u")), true, settled::incrementAndGet));
                while (settled.get() <= i) {
                    Thread.onSpinWait();
                }
            }
            // Each was done before the next came, and yet most found the thread still there.
            assertThat(begun).hasValueLessThan(updates / 2);
        } finally {
            thread.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, Integer.MAX_VALUE})
    void lanesThatShareThreadsKeepTheirOrderAndLoseNothingWhenThereIsNotAlwaysAThread(int most) throws Exception {
        int lanes = 20;
        int updates = 4_000;
        ThreadPoolExecutor pool = (ThreadPoolExecutor)
                (most == Integer.MAX_VALUE ? Executors.newCachedThreadPool() : Executors.newFixedThreadPool(most));
        ExecutorService routes = Executors.newSingleThreadExecutor();
        try {
            RouteThreads threads = new RouteThreads(
                    task -> {
                        if (ThreadLocalRandom.current().nextInt(50) == 0) {
                            throw new RejectedExecutionException("expected");
                        }
                        pool.execute(task);
                    },
                    routes::execute);
            AtomicInteger wrong = new AtomicInteger();
            AtomicInteger settled = new AtomicInteger();
            UpdateLane[] all = new UpdateLane[lanes];
            for (int i = 0; i < lanes; i++) {
                AtomicInteger next = new AtomicInteger();
                all[i] = new UpdateLane(threads, Acknowledge.values()[i % 2], 1_000_000, (update, done) -> {
                    if (next.getAndIncrement() != Integer.parseInt(name(update))) {
                        wrong.incrementAndGet();
                    }
                    int kind = ThreadLocalRandom.current().nextInt(2_000);
                    if (kind == 0) {
                        takeMillis(1);
                    } else if (kind < 500) {
                        routes.execute(done);
                        return;
                    }
                    done.run();
                });
            }
            for (int i = 0; i < updates; i++) {
                for (UpdateLane lane : all) {
                    lane.add(new Batch(List.of(update(String.valueOf(i))), false, settled::incrementAndGet));
                }
            }
            await().untilAsserted(() -> assertThat(settled).hasValue(lanes * updates));
            assertThat(wrong).hasValue(0);
            await().untilAsserted(() -> assertThat(pool.getActiveCount()).isZero());
        } finally {
            pool.shutdownNow();
            routes.shutdownNow();
        }
    }

    @Test
    void isNotQuickIfItsRouteBlocksNowAndThen() {
        int[] number = {0};
        UpdateLane lane = lane((update, done) -> {
            takeMillis(number[0]++ % 4 == 0 ? 1 : 0);
            done.run();
        });
        for (int i = 0; i < 100; i++) {
            lane.add(batch("A", "a1"));
            runAll();
            assertThat(lane.isQuick()).isFalse();
        }
    }

    @Test
    void isNotQuickIfItsRouteBlocksBeforeItGoesOnByItself() {
        boolean[] blocks = {false};
        UpdateLane lane = lane((update, done) -> {
            takeMillis(blocks[0] ? 1 : 0);
            pending.add(done);
        });
        await().until(() -> {
            lane.add(batch("A", "a1"));
            runAll();
            pending.remove().run();
            return lane.isQuick();
        });

        blocks[0] = true;
        for (int i = 0; i < 3; i++) {
            lane.add(batch("B", "b1"));
            runAll();
            pending.remove().run();
        }

        assertThat(lane.isQuick()).isFalse();
    }

    private static void takeMillis(int millis) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < millis * 1_000_000L) {
            Thread.onSpinWait();
        }
    }

    @Test
    void isQuickOnceItsRouteHasMostlyBeen() {
        UpdateLane lane = lane(Acknowledge.processed, 10);
        assertThat(lane.isQuick()).isFalse();

        await().until(() -> {
            lane.add(batch("A", "a1"));
            runAll();
            return lane.isQuick();
        });
    }

    @Test
    void isNotQuickIfItsRouteTakesItsTime() {
        boolean[] takesItsTime = {false};
        UpdateLane lane = lane((update, done) -> {
            takeMillis(takesItsTime[0] ? 1 : 0);
            done.run();
        });
        await().until(() -> {
            lane.add(batch("A", "a1"));
            runAll();
            return lane.isQuick();
        });

        takesItsTime[0] = true;
        for (int i = 0; i < 10; i++) {
            lane.add(batch("B", "b1", "b2"));
            runAll();
        }

        assertThat(lane.isQuick()).isFalse();
    }

    /** A lane whose updates named {@code async…} are done when {@link #pending} says so, and all others at once. */
    private UpdateLane lane(Acknowledge acknowledge, int queueSize) {
        return new UpdateLane(new RouteThreads(executor::add, later::add), acknowledge, queueSize, (update, done) -> {
            log.add(name(update));
            if (name(update).startsWith("async")) {
                pending.add(done);
            } else {
                done.run();
            }
        });
    }

    private UpdateLane lane(UpdateLane.Step step) {
        return new UpdateLane(new RouteThreads(executor::add, later::add), Acknowledge.processed, 10, step);
    }

    private UpdateLane.Step logging() {
        return (update, done) -> {
            log.add(name(update));
            done.run();
        };
    }

    private void runAll() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    private Batch batch(String name, String... updates) {
        return new Batch(
                Arrays.stream(updates).map(UpdateLaneTest::update).toList(), false, () -> log.add("settled " + name));
    }

    private static Update update(String name) {
        return new Update(
                null, null, null, null, null, null, null, null, null, null, null, false, Map.of("name", name));
    }

    private Executor sometimesFull(boolean[] full) {
        return task -> {
            if (full[0]) {
                throw new RejectedExecutionException("full");
            }
            executor.add(task);
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable checked) throws E {
        throw (E) checked;
    }

    private static String name(Update update) {
        return (String) update.body().get("name");
    }
}
