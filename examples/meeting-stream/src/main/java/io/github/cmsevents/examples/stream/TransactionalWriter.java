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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to Kafka in transactions, in order, each with everything that waits. While Kafka can't be reached it retries for as long as it
 * takes. When another instance has started to write as the same one, Kafka refuses every later transaction, and nothing of it is ever
 * visible to readers of committed records.
 */
final class TransactionalWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalWriter.class);
    private static final int RECORDS_PER_TRANSACTION = 1000;
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final Duration LAST_TRANSACTION = Duration.ofSeconds(5);

    private record Write(List<ProducerRecord<String, String>> records, CompletableFuture<Void> committed) {}

    private final Producer<String, String> producer;
    private final Consumer<Exception> whenRefused;
    private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final Thread thread = new Thread(this::run, "transactions");
    private volatile Exception refusal;
    private volatile boolean closed;
    private volatile boolean failing;

    /**
     * @param producer    its transactions are initialized; closed with this writer
     * @param whenRefused run once, when Kafka accepts no more transactions of this producer
     */
    TransactionalWriter(Producer<String, String> producer, Consumer<Exception> whenRefused) {
        this.producer = producer;
        this.whenRefused = whenRefused;
        thread.start();
    }

    /** Writes these records together. The result is complete when they are committed, and fails when they never will be. */
    Future<Void> write(List<ProducerRecord<String, String>> records) {
        Write write = new Write(records, new CompletableFuture<>());
        begun.incrementAndGet();
        waiting.add(write);
        if (closed || refusal != null) {
            failWaiting();
        }
        return write.committed;
    }

    /** How many writes there were. */
    long begun() {
        return begun.get();
    }

    /** How many of them are committed or have failed. */
    long ended() {
        return ended.get();
    }

    /** Commits what it can in a few seconds, and ends. */
    @Override
    public void close() {
        long end = System.nanoTime() + LAST_TRANSACTION.toNanos();
        while (!failing && refusal == null && ended() < begun() && System.nanoTime() < end) {
            pause(Duration.ofMillis(10));
        }
        closed = true;
        thread.interrupt();
        producer.close(Duration.ZERO);
        failWaiting();
    }

    private void run() {
        List<Write> writes = new ArrayList<>();
        Exception failure = null;
        while (failure == null) {
            writes.clear();
            try {
                writes.add(waiting.take());
                waiting.drainTo(writes, RECORDS_PER_TRANSACTION);
                commit(writes);
            } catch (InterruptedException e) {
                failure = new IllegalStateException("The writer is closed", e);
            } catch (KafkaException | IllegalStateException e) {
                failure = e;
                refuse(e);
            }
            end(writes, failure);
        }
        failWaiting();
    }

    private void end(List<Write> writes, Exception failure) {
        ended.addAndGet(writes.size());
        for (Write write : writes) {
            if (failure == null) {
                write.committed.complete(null);
            } else {
                write.committed.completeExceptionally(failure);
            }
        }
    }

    private void commit(List<Write> writes) throws InterruptedException {
        List<Write> accepted = new ArrayList<>(writes);
        while (true) {
            Set<Write> tooLarge = ConcurrentHashMap.newKeySet();
            try {
                producer.beginTransaction();
                accepted.forEach(write -> write.records.forEach(record -> producer.send(record, (sent, failure) -> {
                    if (failure instanceof RecordTooLargeException) {
                        tooLarge.add(write);
                    }
                })));
                until(producer::commitTransaction);
                report(null);
                return;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                until(producer::abortTransaction);
                if (tooLarge.isEmpty()) {
                    report(e);
                    TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
                } else {
                    LOG.error(
                            "Left out {} updates that are too large for Kafka; raise the limit of the brokers and"
                                    + " camel.component.kafka.max-request-size",
                            tooLarge.size(),
                            e);
                    accepted.removeAll(tooLarge);
                }
            }
        }
    }

    /** Ends a transaction. A time-out leaves open whether it did, and only the same request again can say. */
    private void until(Runnable end) {
        while (true) {
            try {
                end.run();
                return;
            } catch (TimeoutException e) {
                if (closed) {
                    throw e;
                }
                report(e);
            }
        }
    }

    private void report(KafkaException problem) {
        if (problem != null && !failing) {
            LOG.warn(
                    "Kafka can't be written to ({}). Updates wait, and so do the Call Bridges; retrying",
                    problem.getMessage());
        } else if (problem == null && failing) {
            LOG.info("Kafka can be written to again");
        }
        failing = problem != null;
    }

    private void refuse(Exception cause) {
        refusal = cause;
        if (!closed) {
            whenRefused.accept(cause);
        }
    }

    private void failWaiting() {
        List<Write> left = new ArrayList<>();
        waiting.drainTo(left);
        end(left, refusal == null ? new IllegalStateException("The writer is closed") : refusal);
    }

    private static void pause(Duration delay) {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
