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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that routes run on: as few as will do, and none while there is nothing to do.
 *
 * <p>To wake a thread costs more than a quick route does with an update. So quick routes share: a thread that is done with
 * one goes on with the next that has something to do, and at most one other is woken, to see to it that nobody waits for
 * long. A route that is not known to be quick gets a thread at once, and does not hold up those that share. One that takes
 * long for once does so for a millisecond at the most: then what waits gets another thread, and twice as many if that was
 * not enough.
 */
final class RouteThreads {

    /** What a route has to do. */
    interface Turn {
        /** Whether it mostly takes less time than it takes to wake a thread for it. */
        boolean isQuick();

        /**
         * Does it. Called by one thread, once for each time that it was asked for.
         *
         * @return whether there is likely to be more in a moment
         */
        boolean take();
    }

    private static final Logger LOG = LoggerFactory.getLogger(RouteThreads.class);

    // How a thread waits for more of a stream: it looks for it from time to time, and nobody has to wake it.
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int NAPS = 20;

    // A few microseconds: what comes at the same time for several routes comes one right after the other. Who has had
    // one turn only does not wait, since the scheduler may not see soon that it is wanted again.
    private static final int PAUSES = 50;

    // Who has to wait this long, or twice as long at the most, gets another thread.
    private static final long LOOK = TimeUnit.MICROSECONDS.toNanos(500);
    // So many looks without anybody waiting, and nobody looks any more.
    private static final int LOOKS_IN_VAIN = 8;

    private final Executor pool;
    private final Consumer<Runnable> later;
    private final Watch watch = new Watch();

    private final Deque<Turn> waiting = new ArrayDeque<>();
    /** How many turns were ever asked for. */
    private volatile long asked;
    /** Workers on their way, that have not looked for a turn yet. */
    private int coming;
    /** Workers that will see to what is waiting: none of them is known to be held up by a route. */
    private int available;
    /** A worker is available if it has this number; to count all out, there is another one. */
    private int term = 1;
    /** The one worker that waits for more, if there is one. */
    private Worker lookout;
    /** Whether somebody sees to it that nobody waits for long. */
    private boolean watched;
    /** How many threads came last time, if that was not enough. */
    private int reliefs;

    /** Whether it will be tried again to get a thread that there was none of. */
    private boolean retrying;

    private volatile boolean shortOfThreads;

    /**
     * @param pool  gives a thread to whatever it executes at once, or throws
     * @param later runs something in a moment, on a thread that is there already, or throws: what tries again when the pool
     *              has thrown, since with nothing processed, a server may send nothing more that would
     */
    RouteThreads(Executor pool, Consumer<Runnable> later) {
        this.pool = pool;
        this.later = later;
    }

    /**
     * Has a turn taken. Does not block.
     *
     * @param patient whether it can wait until a thread looks for it
     */
    void ask(Turn turn, boolean patient) {
        Shift help;
        Worker wake = null;
        synchronized (this) {
            waiting.add(turn);
            asked++;
            help = help(!turn.isQuick());
            if (!patient && lookout != null && lookout.naps) {
                wake = lookout;
            }
        }
        begin(help);
        if (wake != null) {
            LockSupport.unpark(wake.thread);
        }
    }

    /**
     * Has something done in a moment, on a thread that is none of these: it must not block.
     *
     * @return whether it will be
     */
    boolean inAMoment(Runnable task) {
        try {
            later.accept(task);
            return true;
        } catch (Throwable e) {
            // Whoever asks for it is at work for a route, which has to go on.
            LOG.warn("Something that routes need can't be done later: {}", e.toString());
            return false;
        }
    }

    private void tryAgain() {
        Shift help;
        synchronized (this) {
            retrying = false;
            help = help(false);
        }
        begin(help);
    }

    /** Who has to come, once the lock is left, so that what is waiting will be seen to; mostly nobody. */
    private Shift help(boolean atOnce) {
        int unattended = waiting.size() - coming;
        // Who looks for more may find a route that takes its time, and is good for that one only.
        if (unattended <= 0 || lookout != null && !(atOnce && unattended > 1)) {
            return null;
        }
        if (atOnce || available + coming == 0) {
            return onItsWay(new Worker());
        }
        if (!watched) {
            watched = true;
            return watch;
        }
        return null;
    }

    private Worker onItsWay(Worker worker) {
        coming++;
        return worker;
    }

    /** Whether there is a thread for it, or nothing to be done. */
    private boolean begin(Shift shift) {
        if (shift == null) {
            return true;
        }
        try {
            pool.execute(shift);
            shortOfThreads = false;
            return true;
        } catch (Throwable e) {
            // Mostly that it takes nothing more, or what the JVM says when the system gives it no more threads. But a
            // thread factory can be the user's, and in a language that checks no exceptions.
            boolean retry;
            synchronized (this) {
                shift.refused();
                retry = !retrying && !waiting.isEmpty();
                retrying |= retry;
            }
            if (!shortOfThreads) {
                shortOfThreads = true;
                LOG.warn("No thread for the updates of a route, trying again until there is one: {}", e.toString());
            }
            if (retry && !inAMoment(this::tryAgain)) {
                synchronized (this) {
                    retrying = false;
                }
            }
            return false;
        }
    }

    /** What a thread of the pool is for. */
    private interface Shift extends Runnable {
        /** There is no thread for it. Called with the lock held. */
        void refused();
    }

    /** Looks whether something waits for long. Then whoever is at work is held up; others come, and this thread is one. */
    private final class Watch implements Shift {

        @Override
        public void run() {
            Worker worker = new Worker();
            long known = 0;
            int inVain = 0;
            int relief = 0;
            while (relief == 0) {
                synchronized (RouteThreads.this) {
                    inVain = waiting.isEmpty() ? inVain + 1 : 0;
                    reliefs = waiting.isEmpty() ? 0 : reliefs;
                    if (inVain > LOOKS_IN_VAIN) {
                        watched = false;
                        return;
                    }
                    // They are taken in the order in which they were asked for.
                    long waitedSinceLastLook = waiting.size() - (asked - known);
                    if (waitedSinceLastLook > 0) {
                        relief = (int) Math.min(Math.max(1, 2L * reliefs), waitedSinceLastLook);
                        reliefs = relief;
                        watched = false;
                        term++;
                        available = 0;
                        onItsWay(worker);
                    }
                    known = asked;
                }
                if (relief == 0) {
                    LockSupport.parkNanos(this, LOOK);
                }
            }
            Worker other;
            do {
                relief--;
                other = relief == 0 ? null : another();
            } while (other != null && begin(other));
            worker.run();
        }

        private Worker another() {
            synchronized (RouteThreads.this) {
                if (waiting.size() <= coming) {
                    return null;
                }
                return onItsWay(new Worker());
            }
        }

        @Override
        public void refused() {
            watched = false;
        }
    }

    /** A thread that takes turns as long as there are any. */
    private final class Worker implements Shift {

        /** The {@link #term} that it is available in. */
        private int availableIn;

        private Thread thread;
        private boolean came;
        private boolean naps;

        @Override
        public void run() {
            thread = Thread.currentThread();
            boolean moreIsNear = false;
            int turns = 0;
            Turn turn;
            while ((turn = next(moreIsNear, turns)) != null) {
                moreIsNear = take(turn);
                turns++;
            }
        }

        private boolean take(Turn turn) {
            try {
                return turn.take();
            } catch (Throwable e) {
                LOG.error("A turn of a route went wrong", e);
                return false;
            } finally {
                // Whoever interrupted this route did not mean the next one.
                Thread.interrupted();
            }
        }

        /** The turn to go on with; none if this worker is not needed any more. */
        private Turn next(boolean moreIsNear, int turns) {
            int most = turns > 1 ? 1 : 0;
            for (int waits = moreIsNear ? NAPS : most; ; waits--) {
                Turn turn;
                boolean stay;
                Shift help;
                long known;
                synchronized (RouteThreads.this) {
                    coming -= came ? 0 : 1;
                    came = true;
                    naps = moreIsNear;
                    turn = waiting.poll();
                    stay = turn == null && waits > 0 && (lookout == null || lookout == this);
                    if (stay) {
                        lookout = this;
                    } else if (lookout == this) {
                        lookout = null;
                    }
                    setAvailable(stay || turn != null && turn.isQuick());
                    help = help(false);
                    known = asked;
                }
                begin(help);
                if (!stay) {
                    return turn;
                }
                if (moreIsNear) {
                    LockSupport.parkNanos(this, NAP);
                } else {
                    for (int i = 0; i < PAUSES && asked == known; i++) {
                        Thread.onSpinWait();
                    }
                }
            }
        }

        private void setAvailable(boolean now) {
            if (now != (availableIn == term)) {
                availableIn = now ? term : 0;
                available += now ? 1 : -1;
            }
        }

        @Override
        public void refused() {
            coming--;
        }
    }
}
