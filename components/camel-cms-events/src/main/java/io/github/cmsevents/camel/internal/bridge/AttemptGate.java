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
package io.github.cmsevents.camel.internal.bridge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Lets the sockets of one server be opened one after the other: a server that answers late never sees a second attempt, and
 * an account that was refused is tried once in a long while, however many sockets wait for it.
 */
final class AttemptGate {

    private final Timers timers;
    private final Duration pauseAfterRefusedLogin;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;
    private Timers.Timer pause = Timers.NONE;
    private boolean paused;

    AttemptGate(Timers timers, Duration pauseAfterRefusedLogin) {
        this.timers = timers;
        this.pauseAfterRefusedLogin = pauseAfterRefusedLogin;
    }

    /** Runs the attempt when no other is under way. It says {@link #leave} when it is over. */
    void enter(Runnable attempt) {
        waiting.add(attempt);
        admitNext();
    }

    /** An attempt is over. */
    void leave(boolean loginRefused) {
        busy = false;
        if (loginRefused) {
            paused = true;
            pause = timers.after(pauseAfterRefusedLogin, this::reopen);
        }
        admitNext();
    }

    /** Whether nothing is tried because a login was refused. */
    boolean isPaused() {
        return paused;
    }

    /** Somebody wants it to be tried now. */
    void reopen() {
        pause.cancel();
        paused = false;
        admitNext();
    }

    private void admitNext() {
        if (!busy && !paused && !waiting.isEmpty()) {
            busy = true;
            // In a turn of its own: opening the sockets of many servers at once must not hold up the event loop.
            timers.soon(waiting.remove());
        }
    }
}
