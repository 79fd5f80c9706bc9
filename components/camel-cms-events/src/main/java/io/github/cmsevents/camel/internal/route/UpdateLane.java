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

import io.github.cmsevents.camel.Acknowledge;
import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Update;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers updates to one route: in order, one at a time, on a thread of an executor while there are any.
 *
 * <p>With {@link Acknowledge#processed} a message is acknowledged when the route has processed the last of its updates.
 * With {@link Acknowledge#received} it is acknowledged as soon as no more than the queue's limits wait, so a full queue
 * holds back the server; a message that waits alone is within the limits, however large it is. An update waits until its
 * processing begins, the bytes of a message until its last update begins.
 */
public final class UpdateLane {

    /** Processes an update. */
    public interface Step {
        /** @param done to be run, on any thread, when the update is processed; an exception ends the processing, too */
        void process(Update update, Runnable done);
    }

    private static final Logger LOG = LoggerFactory.getLogger(UpdateLane.class);

    private final Executor threads;
    private final Acknowledge acknowledge;
    private final int queueSize;
    private final long queueBytes;
    private final Step step;

    // All of this is guarded by the lane. Acknowledgements run outside of the lock, because they take the socket's.
    private final Queue<Delivery> waiting = new ArrayDeque<>();
    private final Queue<Batch> unacknowledged = new ArrayDeque<>();
    private int waitingMessages;
    private long waitingBytes;
    private Delivery current;
    /** Whether a thread delivers or is requested, or the route still processes an update. */
    private boolean active;

    private boolean closed;

    /**
     * @param threads    runs the lane on another thread; must not throw
     * @param queueSize  how many updates may wait before acknowledgements are delayed, with {@link Acknowledge#received}
     * @param queueBytes how many bytes may wait before acknowledgements are delayed, with {@link Acknowledge#received}
     */
    public UpdateLane(Executor threads, Acknowledge acknowledge, int queueSize, long queueBytes, Step step) {
        this.threads = threads;
        this.acknowledge = acknowledge;
        this.queueSize = queueSize;
        this.queueBytes = queueBytes;
        this.step = step;
    }

    /** Adds the updates of a message. A closed lane drops them and acknowledges the message. Does not block. */
    public void add(Batch batch) {
        add(
                batch,
                batch.updates().stream()
                        .map(update -> new Delivery(batch, done -> step.process(update, done)))
                        .toList());
    }

    /** Adds a task to run between updates. A closed lane drops it. Does not block. */
    public void add(Runnable task) {
        Batch noMessage = Batch.withoutAcknowledgement(List.of());
        add(noMessage, List.of(new Delivery(noMessage, done -> {
            task.run();
            done.run();
        })));
    }

    private void add(Batch batch, List<Delivery> deliveries) {
        boolean accepted;
        boolean idle;
        synchronized (this) {
            accepted = !closed && !deliveries.isEmpty();
            idle = accepted && !active;
            if (accepted) {
                waiting.addAll(deliveries);
                waitingMessages++;
                waitingBytes += batch.bytes();
                unacknowledged.add(batch);
                active = true;
            }
        }
        if (!accepted) {
            acknowledge(batch);
        }
        acknowledgeReceived();
        if (idle) {
            threads.execute(this::deliver);
        }
    }

    /** How many updates and tasks wait or are being processed. Any thread. */
    public synchronized int size() {
        return waiting.size() + (current == null ? 0 : 1);
    }

    /**
     * When the oldest message arrived that this lane has not acknowledged yet, in milliseconds since the epoch; 0 when
     * there is none. Any thread.
     */
    public synchronized long waitingSince() {
        return unacknowledged.stream()
                .mapToLong(Batch::receivedAt)
                .filter(at -> at > 0)
                .findFirst()
                .orElse(0);
    }

    /**
     * Drops and acknowledges what waits. A message that is partly processed is acknowledged when the route has processed
     * the current update.
     */
    public void clear() {
        drop(false).forEach(UpdateLane::acknowledge);
    }

    /**
     * Accepts nothing more, drops what waits, and acknowledges all messages, even the one that is being processed: other
     * routes on the same socket must not wait for a route that has stopped.
     */
    public void close() {
        drop(true).forEach(UpdateLane::acknowledge);
    }

    private synchronized List<Batch> drop(boolean forGood) {
        closed |= forGood;
        waiting.clear();
        waitingMessages = 0;
        waitingBytes = 0;
        boolean inProgress = acknowledge == Acknowledge.processed && current != null;
        Batch kept = inProgress && !forGood ? unacknowledged.peek() : null;
        List<Batch> dropped =
                unacknowledged.stream().filter(batch -> batch != kept).toList();
        unacknowledged.removeIf(batch -> batch != kept);
        return dropped;
    }

    private void deliver() {
        boolean more = true;
        while (more) {
            Delivery next = begin();
            more = next != null && process(next) && finish(next);
        }
    }

    private Delivery begin() {
        Delivery next;
        synchronized (this) {
            next = waiting.poll();
            current = next;
            active = next != null;
            if (next != null && isLastOfMessage(next)) {
                waitingMessages--;
                waitingBytes -= next.batch.bytes();
            }
        }
        acknowledgeReceived();
        return next;
    }

    /** @return false if the route is still processing; then its end continues */
    private boolean process(Delivery delivery) {
        try {
            delivery.work.accept(delivery);
        } catch (Throwable e) {
            // A step may throw anything, and the server must not wait for this acknowledgement for ever.
            LOG.error("A route failed to process an update; it is treated as processed", e);
            delivery.run();
        }
        return !delivery.leave();
    }

    /** @return whether there is more to deliver */
    private boolean finish(Delivery processed) {
        Batch complete = null;
        boolean more;
        synchronized (this) {
            current = null;
            more = !waiting.isEmpty();
            active = more;
            if (acknowledge == Acknowledge.processed && isLastOfMessage(processed)) {
                complete = unacknowledged.poll();
            }
        }
        if (complete != null) {
            acknowledge(complete);
        }
        return more;
    }

    private boolean isLastOfMessage(Delivery delivery) {
        return waiting.isEmpty() || waiting.peek().batch != delivery.batch;
    }

    private void acknowledgeReceived() {
        if (acknowledge != Acknowledge.received) {
            return;
        }
        List<Batch> due;
        synchronized (this) {
            if (waitingMessages > 1 && (waiting.size() > queueSize || waitingBytes > queueBytes)) {
                return;
            }
            due = List.copyOf(unacknowledged);
            unacknowledged.clear();
        }
        due.forEach(UpdateLane::acknowledge);
    }

    /**
     * Mostly on the route's thread. A hop to the event loop first costs almost half of the throughput (measured with 64
     * messages outstanding).
     */
    private static void acknowledge(Batch batch) {
        try {
            batch.acknowledge().run();
        } catch (RuntimeException | Error e) {
            // The route must still receive what comes next.
            LOG.error("Acknowledging a message failed; the server may send no more until the socket reconnects", e);
        }
    }

    /** An update or a task on its way through the route. */
    private final class Delivery implements Runnable {
        private final Batch batch;
        private final Consumer<Runnable> work;
        private boolean done;
        private boolean left;

        Delivery(Batch batch, Consumer<Runnable> work) {
            this.batch = batch;
            this.work = work;
        }

        /** The route has processed it; repeats do nothing. Whichever comes second, this or {@link #leave}, continues. */
        @Override
        public void run() {
            boolean continues;
            synchronized (UpdateLane.this) {
                continues = left && !done;
                done = true;
            }
            // Not on this thread, which is the route's own.
            if (continues && finish(this)) {
                threads.execute(UpdateLane.this::deliver);
            }
        }

        boolean leave() {
            synchronized (UpdateLane.this) {
                left = !done;
                return left;
            }
        }
    }
}
