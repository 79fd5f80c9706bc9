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

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventLoop.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Lets one attempt to connect to a server run at a time. After a refused login it lets the next one run a minute later, and
 * after further refusals only once in a long while: a site may lock an account after some failures in a quarter of an hour.
 */
final class LoginGate {

    private static final Duration AFTER_FIRST_REFUSAL = Duration.ofMinutes(1);

    private final EventLoop loop;
    private final Duration afterFurtherRefusals;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;
    private int refusals;
    private CmsEventsConnectionException refusal;
    private Timer pause = EventLoop.NONE;

    /** @param refused takes the refusal of an earlier login instead of a turn; null for an attempt that waits it out */
    private record Waiting(Runnable attempt, Consumer<CmsEventsConnectionException> refused) {}

    LoginGate(EventLoop loop, Duration afterFurtherRefusals) {
        this.loop = loop;
        this.afterFurtherRefusals = afterFurtherRefusals;
    }

    /** Runs the attempt when no other is running. The attempt calls {@link #leave} when it is over. */
    void enter(Runnable attempt) {
        waiting.add(new Waiting(attempt, null));
        admitNext();
    }

    /** As {@link #enter(Runnable)}, but for an attempt that does not wait when a login is refused before its turn. */
    void enter(Runnable attempt, Consumer<CmsEventsConnectionException> refused) {
        if (refusal == null) {
            waiting.add(new Waiting(attempt, refused));
            admitNext();
        } else {
            refused.accept(refusal);
        }
    }

    /** An attempt is over; {@code cause} is null if it succeeded. */
    void leave(Throwable cause) {
        busy = false;
        if (cause instanceof CmsEventsConnectionException failure && failure.getReason() == Reason.CREDENTIALS) {
            refusals++;
            refusal = failure;
            pause.cancel();
            pause = loop.after(delayAfterRefusal(), this::reopen);
            List<Waiting> turnedAway =
                    waiting.stream().filter(each -> each.refused != null).toList();
            waiting.removeAll(turnedAway);
            turnedAway.forEach(each -> each.refused.accept(failure));
        } else if (cause == null) {
            refusals = 0;
        }
        admitNext();
    }

    /** The delay before the next attempt after a refused login. */
    Duration delayAfterRefusal() {
        return refusals <= 1 ? AFTER_FIRST_REFUSAL : afterFurtherRefusals;
    }

    /** Lets the next attempt run now. */
    void reopen() {
        pause.cancel();
        refusal = null;
        admitNext();
    }

    private void admitNext() {
        if (!busy && refusal == null && !waiting.isEmpty()) {
            busy = true;
            // In a turn of its own: connecting to many servers at once must not hold up the event loop.
            loop.run(waiting.remove().attempt);
        }
    }
}
