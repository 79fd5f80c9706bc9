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
package io.github.cmsevents.camel.internal.transport;

import java.time.Duration;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An event loop whose time passes and whose turns run only when the test says so. */
public final class VirtualEventLoop implements EventLoop {

    private record Pending(long due, long number, Runnable action) {}

    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();
    private final TreeSet<Pending> timers =
            new TreeSet<>(Comparator.comparingLong(Pending::due).thenComparingLong(Pending::number));
    private long now = 1_000_000;
    private long lastNumber;
    private double random = 0.5;
    private long turnsRun;

    @Override
    public Timer after(Duration delay, Runnable action) {
        Pending pending = new Pending(now + Math.max(1, delay.toMillis()), ++lastNumber, action);
        timers.add(pending);
        return () -> timers.remove(pending);
    }

    @Override
    public boolean run(Runnable action) {
        return turns.add(action);
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public double random() {
        return random;
    }

    /** What {@link #random()} returns from now on; 0.5 at first. */
    public void setRandom(double value) {
        random = value;
    }

    /** Runs all waiting turns, and those that they ask for, without any time passing. */
    public void runTurns() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turnsRun++;
            turn.run();
        }
    }

    /** Runs all waiting turns, then lets the time pass and runs each timer when it is due, and the turns it asks for. */
    public void advance(Duration time) {
        long until = now + time.toMillis();
        runTurns();
        while (!timers.isEmpty() && timers.first().due <= until) {
            Pending next = timers.pollFirst();
            now = next.due;
            next.action.run();
            runTurns();
        }
        now = until;
    }

    public int pendingTimers() {
        return timers.size();
    }

    /** How many turns have run so far, without timers. */
    public long turnsRun() {
        return turnsRun;
    }
}
