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

import io.github.cmsevents.camel.Acknowledge;
import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Update;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateLaneTest {

    /** Processed updates, acknowledged messages and tasks, in order. */
    private final List<String> log = new ArrayList<>();

    private final Deque<Runnable> threads = new ArrayDeque<>();
    /** The ends of the updates that an asynchronous route still processes: those whose names begin with "async". */
    private final Deque<Runnable> processing = new ArrayDeque<>();

    private final UpdateLane lane = lane(Acknowledge.processed, 10, 1_000);

    // Order.

    @Test
    void deliversInOrderAndAcknowledgesAMessageAfterTheLastOfItsUpdates() {
        lane.add(message("A", "a1", "a2"));
        lane.add(() -> log.add("task"));
        lane.add(message("B", "b1"));
        assertThat(log).isEmpty();
        assertThat(threads).hasSize(1);
        assertThat(lane.size()).isEqualTo(4);

        runThreads();

        assertThat(log).containsExactly("a1", "a2", "ack A", "task", "b1", "ack B");
        assertThat(lane.size()).isZero();
    }

    @Test
    void deliversTheNextOnlyWhenAnAsynchronousRouteHasProcessedTheLast() {
        lane.add(message("A", "async1", "async2"));
        runThreads();
        lane.add(message("B", "b1"));
        assertThat(log).containsExactly("async1");
        assertThat(threads).isEmpty();

        processing.remove().run();
        assertThat(log).containsExactly("async1");
        runThreads();
        assertThat(log).containsExactly("async1", "async2");

        processing.remove().run();
        runThreads();
        assertThat(log).containsExactly("async1", "async2", "ack A", "b1", "ack B");
    }

    @Test
    void asksForNoThreadWhenAnAsynchronousRouteIsDoneAndNothingWaits() {
        lane.add(message("A", "async1"));
        runThreads();

        processing.remove().run();
        assertThat(log).containsExactly("async1", "ack A");
        assertThat(threads).isEmpty();

        lane.add(message("B", "b1"));
        runThreads();
        assertThat(log).endsWith("b1", "ack B");
    }

    @Test
    void continuesOnTheSameThreadWhenAnUpdateIsDoneBeforeTheStepReturns() {
        lane.add(message("A", Stream.generate(() -> "u").limit(100_000).toArray(String[]::new)));

        threads.remove().run();

        assertThat(log).hasSize(100_001).endsWith("ack A");
        assertThat(threads).isEmpty();
    }

    @Test
    void aSecondEndOfAnUpdateIsIgnored() {
        lane.add(message("A", "async1", "async2", "a3"));
        runThreads();
        Runnable first = processing.remove();
        first.run();
        runThreads();

        first.run();
        runThreads();

        assertThat(log).containsExactly("async1", "async2");
    }

    @Test
    void takesUpdatesAndTasksThatTheRouteItselfCauses() {
        lane.add(() -> {
            lane.add(message("A", "a1"));
            lane.add(() -> log.add("task"));
        });

        runThreads();

        assertThat(log).containsExactly("a1", "ack A", "task");
    }

    // Acknowledging messages that are received.

    @Test
    void delaysTheAcknowledgementWhileAnAsynchronousRouteFillsTheQueue() {
        UpdateLane received = lane(Acknowledge.received, 1, 1_000);
        received.add(message("A", "async1"));
        runThreads();
        received.add(message("B", "b1"));
        received.add(message("C", "c1"));
        assertThat(log).containsExactly("ack A", "async1", "ack B");

        processing.remove().run();
        runThreads();
        assertThat(log).containsExactly("ack A", "async1", "ack B", "ack C", "b1", "c1");
    }

    @Test
    void delaysTheAcknowledgementWhileTooManyBytesWait() {
        UpdateLane received = lane(Acknowledge.received, 10, 99);
        received.add(message("A", 50, 0, "a1"));
        received.add(message("B", 50, 0, "b1", "async2"));
        received.add(message("C", 50, 0, "c1"));
        assertThat(log).containsExactly("ack A");

        runThreads();
        // Until its last update begins, a message takes all of its bytes.
        assertThat(log).containsExactly("ack A", "a1", "b1", "ack B", "ack C", "async2");
    }

    @Test
    void acknowledgesAReceivedMessageThatExceedsTheLimitsWhenItWaitsAlone() {
        UpdateLane received = lane(Acknowledge.received, 1, 10);

        received.add(message("A", 50, 0, "a1", "a2"));

        assertThat(log).containsExactly("ack A");
    }

    // Clearing and closing.

    @Test
    void clearDropsAndAcknowledgesWhatWaits() {
        lane.add(message("A", "async1", "a2"));
        lane.add(message("B", "b1"));
        lane.add(() -> log.add("task"));
        runThreads();

        lane.clear();
        lane.add(message("C", "c1"));
        assertThat(log).containsExactly("async1", "ack B");

        // The message that was partly processed, when the update is.
        processing.remove().run();
        runThreads();
        assertThat(log).containsExactly("async1", "ack B", "ack A", "c1", "ack C");
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void clearBeforeTheThreadArrivesLeavesNothingToDeliver(Acknowledge acknowledge) {
        UpdateLane cleared = lane(acknowledge, 1, 1_000);
        cleared.add(message("A", "a1"));
        cleared.add(message("B", "b1"));

        cleared.clear();
        runThreads();
        assertThat(log).containsExactly("ack A", "ack B");

        cleared.add(message("C", "c1"));
        runThreads();
        assertThat(log).contains("c1", "ack C");
    }

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void closeAcknowledgesEverythingAndDeliversNothingMore(Acknowledge acknowledge) {
        UpdateLane closed = lane(acknowledge, 1, 1_000);
        closed.add(message("A", "async1", "a2"));
        runThreads();
        closed.add(message("B", "b1"));
        closed.add(message("C", "c1"));

        closed.close();
        closed.add(message("D", "d1"));
        closed.add(() -> log.add("task"));
        processing.remove().run();
        runThreads();

        assertThat(log).containsExactlyInAnyOrder("async1", "ack A", "ack B", "ack C", "ack D");
        assertThat(closed.size()).isZero();
    }

    // The oldest message.

    @Test
    void waitingSinceIsTheArrivalOfTheOldestMessageThatIsNotAcknowledged() {
        assertThat(lane.waitingSince()).isZero();
        lane.add(Batch.withoutAcknowledgement(List.of(update("async0"))));
        lane.add(message("A", 0, 17, "async1"));
        lane.add(message("B", 0, 18, "async2"));
        runThreads();
        assertThat(lane.waitingSince()).isEqualTo(17);

        processing.remove().run();
        runThreads();
        assertThat(lane.waitingSince()).isEqualTo(17);
        processing.remove().run();
        assertThat(lane.waitingSince()).isEqualTo(18);
        lane.close();
        assertThat(lane.waitingSince()).isZero();
    }

    // Failures.

    @Test
    void acknowledgesAMessageWithoutUpdates() {
        lane.add(message("A"));

        assertThat(log).containsExactly("ack A");
        assertThat(threads).isEmpty();
    }

    @Test
    void anUpdateThatMakesTheStepThrowCountsAsProcessed() {
        UpdateLane throwing = new UpdateLane(threads::add, Acknowledge.processed, 10, 1_000, (update, done) -> {
            log.add(update.call());
            sneak("a1".equals(update.call()) ? new IOException("expected") : new StackOverflowError("expected"));
        });
        throwing.add(message("A", "a1", "a2"));
        throwing.add(message("B", "b1"));

        runThreads();

        assertThat(log).containsExactly("a1", "a2", "ack A", "b1", "ack B");
    }

    @Test
    void deliversTheNextThoughATaskOrAnAcknowledgementThrows() {
        lane.add(() -> sneak(new IOException("expected")));
        lane.add(new Batch(List.of(update("a1")), 0, 0, () -> sneak(new IllegalStateException("expected"))));
        lane.add(message("B", "b1"));

        runThreads();

        assertThat(log).containsExactly("a1", "b1", "ack B");
    }

    // All at once.

    @ParameterizedTest
    @EnumSource(Acknowledge.class)
    void lanesThatShareThreadsKeepTheirOrderAndAcknowledgeEachMessageOnce(Acknowledge acknowledge) {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            RouteThreads shared = new RouteThreads(pool, Runnable::run);
            List<List<String>> seenByLane = new ArrayList<>();
            List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
            for (int i = 0; i < 3; i++) {
                List<String> seen = Collections.synchronizedList(new ArrayList<>());
                seenByLane.add(seen);
                AtomicBoolean inStep = new AtomicBoolean();
                UpdateLane busy = new UpdateLane(shared, acknowledge, 5, 1_000, (update, done) -> {
                    seen.add(inStep.getAndSet(true) ? "two at a time" : update.call());
                    Runnable end = () -> {
                        inStep.set(false);
                        done.run();
                    };
                    // Some end on another thread.
                    (update.call().endsWith("3") ? pool : (Executor) Runnable::run).execute(end);
                });
                pool.execute(() -> numbers.forEach(number ->
                        busy.add(new Batch(List.of(update("u" + number)), 0, 0, () -> seen.add("ack " + number)))));
            }

            await().untilAsserted(() -> assertThat(seenByLane).allMatch(seen -> seen.size() == 2 * numbers.size()));
            assertThat(seenByLane).allSatisfy(seen -> {
                assertThat(seen.stream().filter(line -> !line.startsWith("ack")))
                        .containsExactlyElementsOf(
                                numbers.stream().map(number -> "u" + number).toList());
                assertThat(seen).doesNotHaveDuplicates();
            });
        } finally {
            pool.shutdownNow();
        }
    }

    private UpdateLane lane(Acknowledge acknowledge, int queueSize, long queueBytes) {
        return new UpdateLane(threads::add, acknowledge, queueSize, queueBytes, (update, done) -> {
            log.add(update.call());
            if (update.call().startsWith("async")) {
                processing.add(done);
            } else {
                done.run();
            }
        });
    }

    private void runThreads() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    private Batch message(String name, String... updates) {
        return message(name, 0, 0, updates);
    }

    private Batch message(String name, long bytes, long receivedAt, String... updates) {
        return new Batch(
                Stream.of(updates).map(UpdateLaneTest::update).toList(),
                receivedAt,
                bytes,
                () -> log.add("ack " + name));
    }

    private static Update update(String name) {
        return new Update(null, null, null, name, null, null, null, null, null, null, null, false, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable checked) throws E {
        throw (E) checked;
    }
}
