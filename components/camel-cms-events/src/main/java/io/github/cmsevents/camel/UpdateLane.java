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

import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes updates from the event loop to a route: in order, one at a time, in turns with other routes on a few threads.
 *
 * <p>What a server sent and is queued here it waits for, one way or the other: with {@link Acknowledge#processed} a message
 * is settled when the route is done with the last of its updates, or a moment later if the server has many more out; with
 * {@link Acknowledge#received} when no more than the queue's size is waiting. So of those the lane holds at most that many,
 * and those of the messages that are not settled.
 */
final class UpdateLane implements RouteThreads.Turn {

    /** What is done with an update. */
    interface Step {
        /**
         * @param done to be run, on any thread, when the update has been dealt with
         */
        void process(Update update, Runnable done);
    }

    private static final Logger LOG = LoggerFactory.getLogger(UpdateLane.class);

    // To begin more often than this is to deal with a stream: to wake a thread for each would cost more than what it
    // does.
    private static final long BRISK = TimeUnit.MICROSECONDS.toNanos(500);

    // The thread has stayed for more, and the stream may have been held up on its way.
    private static final long STILL_BRISK = 4 * BRISK;

    // So many in a row come only from many sockets, or from a server that does not wait for each to be processed.
    private static final int STREAM = 8;

    // A route that takes less than this for an update shares a thread: to wake one for it would cost as much.
    private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(30);

    // So many quick turns make up for any number of slow ones, and no more than that are remembered.
    private static final int AHEAD = 8;

    // A route that takes its time with more than one turn in five has a thread to itself.
    private static final int SETBACK = 4;

    // So many acknowledgements go out together to a server that does not wait for each: it is woken less often for
    // more.
    private static final int TOGETHER = 16;

    private final RouteThreads threads;
    private final Acknowledge acknowledge;
    private final int queueSize;
    private final Step step;

    private final Deque<Entry> queue = new ArrayDeque<>();
    /** What there was no room for, or what the route is done with and will be settled with what comes after it. */
    private final List<Batch> unsettled = new ArrayList<>();

    private Entry current;
    private boolean busy;
    private boolean closed;
    private long lastBegun = System.nanoTime();
    private boolean brisk;
    /** Whether the server did not wait for what came last. */
    private boolean streamed;
    /** How many messages this turn was done with. */
    private int messages;
    /** Whether what the route is done with will be settled in a moment, even if the route takes its time with the next. */
    private boolean settling;
    /** Whether the thread that was here last thought that there would soon be more. */
    private volatile boolean moreIsNear;
    /** Above zero if the route has mostly been quick of late. */
    private volatile int pace;

    /**
     * An update, or another thing to do in its turn. Camel mostly answers that a route will be done later when it is done
     * already; so whichever comes second, that answer or the end, goes on with the next.
     */
    private final class Entry implements Runnable {
        private final Update update;
        /** Guarded by the lane. */
        private Batch settles;

        private final Runnable task;
        private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.BEGUN);

        Entry(Update update, Batch settles, Runnable task) {
            this.update = update;
            this.settles = settles;
            this.task = task;
        }

        boolean isDone() {
            return progress.get() == Progress.DONE;
        }

        /** The thread at work leaves it to the route to go on, unless it is done already. */
        boolean leave() {
            return progress.compareAndSet(Progress.BEGUN, Progress.LEFT);
        }

        /** The route is done. */
        @Override
        public void run() {
            if (progress.getAndSet(Progress.DONE) == Progress.LEFT) {
                resume(this);
            }
        }
    }

    private enum Progress {
        BEGUN,
        LEFT,
        DONE
    }

    UpdateLane(RouteThreads threads, Acknowledge acknowledge, int queueSize, Step step) {
        this.threads = threads;
        this.acknowledge = acknowledge;
        this.queueSize = queueSize;
        this.step = step;
    }

    /** Adds the updates of a message. Does not block. */
    void add(Batch batch) {
        boolean refused;
        boolean settled = false;
        boolean idle = false;
        synchronized (this) {
            refused = closed || batch.updates().isEmpty();
            if (!refused) {
                streamed = batch.streamed();
                if (!busy) {
                    long now = System.nanoTime();
                    brisk = now - lastBegun < (moreIsNear ? STILL_BRISK : BRISK);
                    lastBegun = now;
                }
                idle = enqueue(batch);
                settled = acknowledge == Acknowledge.received && queue.size() <= queueSize;
                if (acknowledge == Acknowledge.received && !settled) {
                    unsettled.add(batch);
                }
            }
        }
        if (refused || settled) {
            settle(batch);
        }
        if (idle) {
            threads.ask(this, moreIsNear);
        }
    }

    /** Adds something to be done between updates. Does not block. */
    void add(Runnable task) {
        boolean idle;
        synchronized (this) {
            if (closed) {
                return;
            }
            queue.add(new Entry(null, null, task));
            idle = !busy;
            busy = true;
        }
        if (idle) {
            threads.ask(this, moreIsNear);
        }
    }

    /** How many updates are waiting or being dealt with. */
    synchronized int size() {
        return queue.size() + (current == null ? 0 : 1);
    }

    /**
     * Leaves out what has not been begun, and settles it: nobody waits for it any more. A message of which an update is being
     * dealt with is settled after that.
     */
    void clear() {
        drop(false).forEach(UpdateLane::settle);
    }

    /** Takes nothing more, leaves out what has not been begun, and settles what has: nobody waits for that either. */
    void close() {
        drop(true).forEach(UpdateLane::settle);
    }

    private synchronized List<Batch> drop(boolean forGood) {
        List<Batch> dropped = new ArrayList<>(unsettled);
        for (Entry entry : queue) {
            if (!forGood && entry.settles != null && isInTheMiddleOfAMessage()) {
                // Its last update was to settle it.
                current.settles = entry.settles;
            } else {
                dropped.add(entry.settles);
            }
        }
        queue.clear();
        unsettled.clear();
        if (forGood) {
            closed = true;
            dropped.add(current == null ? null : current.settles);
        }
        return dropped;
    }

    /** Whether the update that is being dealt with is of a message that has more of them. */
    private boolean isInTheMiddleOfAMessage() {
        return acknowledge == Acknowledge.processed
                && current != null
                && current.update != null
                && current.settles == null;
    }

    /** Whether a thread has to be asked for. */
    private boolean enqueue(Batch batch) {
        int last = batch.updates().size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean settles = i == last && acknowledge == Acknowledge.processed;
            queue.add(new Entry(batch.updates().get(i), settles ? batch : null, null));
        }
        boolean idle = !busy;
        busy = true;
        return idle;
    }

    @Override
    public boolean isQuick() {
        return pace > 0;
    }

    @Override
    public boolean take() {
        long begun = System.nanoTime();
        int updates = 0;
        Entry entry = null;
        while ((entry = next(entry, begun, updates)) != null) {
            updates++;
            if (!isDoneAtOnce(entry)) {
                // Before it is left: then another thread may be here.
                rate(begun, updates);
                settleWhatIsDone();
                if (entry.leave()) {
                    return false;
                }
            }
        }
        return moreIsNear;
    }

    /** What is to be begun after what was; if nothing is, the thread is free. */
    private Entry next(Entry done, long begun, int updates) {
        Entry entry;
        List<Batch> due = List.of();
        boolean held = false;
        synchronized (this) {
            if (done == null) {
                messages = 0;
            } else if (done.settles != null) {
                messages++;
                unsettled.add(done.settles);
            }
            entry = queue.poll();
            current = entry;
            if (entry == null) {
                busy = false;
                moreIsNear = brisk && (acknowledge == Acknowledge.received || streamed || messages > STREAM);
                rate(begun, updates);
            }
            if (!unsettled.isEmpty() && (entry == null || isTimeToSettle())) {
                due = takeUnsettled();
            } else if (!unsettled.isEmpty() && acknowledge == Acknowledge.processed && !settling) {
                settling = true;
                held = true;
            }
        }
        due.forEach(UpdateLane::settle);
        // The route may take its time with this one, however quick it was with those before.
        if (held && !threads.inAMoment(this::settleWhatIsHeld)) {
            settleWhatIsHeld();
        }
        return entry;
    }

    private void settleWhatIsHeld() {
        synchronized (this) {
            settling = false;
        }
        settleWhatIsDone();
    }

    private boolean isTimeToSettle() {
        return acknowledge == Acknowledge.received
                ? queue.size() <= queueSize
                : !streamed || !isQuick() || unsettled.size() >= TOGETHER;
    }

    private List<Batch> takeUnsettled() {
        List<Batch> all = List.copyOf(unsettled);
        unsettled.clear();
        return all;
    }

    private void settleWhatIsDone() {
        List<Batch> done = List.of();
        synchronized (this) {
            if (acknowledge == Acknowledge.processed) {
                done = takeUnsettled();
            }
        }
        done.forEach(UpdateLane::settle);
    }

    private void rate(long begun, int updates) {
        if (updates == 0) {
            return;
        }
        boolean quick = System.nanoTime() - begun <= updates * QUICK;
        pace = quick ? Math.min(pace + 1, AHEAD) : Math.max(pace - SETBACK, -AHEAD);
    }

    /** What throws is done: the server must not wait for it for ever. */
    private boolean isDoneAtOnce(Entry entry) {
        try {
            if (entry.task != null) {
                entry.task.run();
                return true;
            }
            step.process(entry.update, entry);
            return entry.isDone();
        } catch (Throwable e) {
            // Of the user's, and a language may check no exceptions.
            LOG.error("A route can't deal with an update", e);
            return true;
        }
    }

    private void resume(Entry entry) {
        Batch settles;
        synchronized (this) {
            settles = entry.settles;
            current = null;
        }
        settle(settles);
        synchronized (this) {
            busy = !queue.isEmpty();
            if (!busy) {
                return;
            }
        }
        threads.ask(this, false);
    }

    private static void settle(Batch batch) {
        if (batch == null) {
            return;
        }
        try {
            batch.settled().run();
        } catch (RuntimeException | Error e) {
            // The server goes without this acknowledgement, but the route must not go without what comes next.
            LOG.error("A message can't be acknowledged", e);
        }
    }
}
