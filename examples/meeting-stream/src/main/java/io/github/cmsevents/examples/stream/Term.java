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

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time for which this instance is the active one. */
final class Term implements AutoCloseable {

    static final int TICKS_PER_SECOND = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Term.class);

    private final CurrentState state;
    private final StreamTopics topics;
    private final Map<String, Integer> partitions;
    private final TransactionalWriter writer;
    private final int acknowledgedAhead;
    private final Map<Subject, Queue<Future<Void>>> uncommitted = new EnumMap<>(Subject.class);
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ended-meanwhile"));
    private long begunAtLastTick;

    /**
     * @param state             with what earlier instances left behind
     * @param partitions        how many partitions each topic has
     * @param acknowledgedAhead how many updates of a route may count as processed before they are committed
     */
    Term(
            CurrentState state,
            StreamTopics topics,
            Map<String, Integer> partitions,
            TransactionalWriter writer,
            int acknowledgedAhead) {
        this.state = state;
        this.topics = topics;
        this.partitions = partitions;
        this.writer = writer;
        this.acknowledgedAhead = acknowledgedAhead;
        ticks.scheduleWithFixedDelay(
                this::tick, 1000 / TICKS_PER_SECOND, 1000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /** The state of a subscription changed, see {@link CurrentState#subscription}. */
    synchronized void subscription(String server, String conference, String correlator, boolean active) {
        state.subscription(server, conference, correlator, active);
    }

    /** Writes an update. Returns when it is committed, or as many as allowed are not. */
    void write(Report report) throws InterruptedException, ExecutionException {
        Queue<Future<Void>> ofSubject;
        synchronized (this) {
            ofSubject = uncommitted.computeIfAbsent(report.subject(), first -> new ArrayDeque<>());
            Optional<Future<Void>> write = state.apply(report).map(this::write);
            if (write.isEmpty()) {
                return;
            }
            ofSubject.add(write.get());
        }
        // There is one route for each subject, and it processes one update at a time.
        while (ofSubject.size() > acknowledgedAhead) {
            ofSubject.remove().get();
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        writer.close();
    }

    private synchronized void tick() {
        boolean held = writer.ended() < begunAtLastTick;
        for (Change ended : state.tick(held, System.currentTimeMillis())) {
            LOG.debug("Ended meanwhile: {}", ended);
            write(ended);
        }
        begunAtLastTick = writer.begun();
    }

    private Future<Void> write(Change change) {
        return writer.write(topics.records(change, partitions));
    }
}
