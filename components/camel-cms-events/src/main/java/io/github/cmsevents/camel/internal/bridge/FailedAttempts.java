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

/** The failed attempts of one socket in a row: the delay before the next one, and when to give up. */
final class FailedAttempts {

    // A socket has proved itself when it has lived for this long after everything was confirmed.
    private static final Duration PROBATION = Duration.ofMinutes(1);

    private final ConnectionOptions options;
    private final LoginGate gate;
    private final EventLoop loop;
    private int count;
    private CmsEventsConnectionException last;
    private Timer probation = EventLoop.NONE;

    FailedAttempts(ConnectionOptions options, LoginGate gate, EventLoop loop) {
        this.options = options;
        this.gate = gate;
        this.loop = loop;
    }

    void add(CmsEventsConnectionException why) {
        probation.cancel();
        count++;
        last = why;
    }

    /** A later failure is the first one again. */
    void reset() {
        probation.cancel();
        count = 0;
    }

    /** Resets after a minute, unless there is another failure before. */
    void resetLater(Runnable whenReset) {
        probation.cancel();
        probation = loop.after(PROBATION, () -> {
            reset();
            whenReset.run();
        });
    }

    int count() {
        return count;
    }

    /** The last failure ever; null before the first. */
    CmsEventsConnectionException last() {
        return last;
    }

    boolean lastWas(Reason reason) {
        return last != null && last.getReason() == reason;
    }

    boolean areTooMany() {
        return options.maxReconnectAttempts() > 0 && count > options.maxReconnectAttempts();
    }

    /** The delay before the next attempt. */
    Duration delay() {
        if (lastWas(Reason.CREDENTIALS)) {
            return gate.delayAfterRefusal();
        }
        Duration delay = options.backOff().delay(count, loop.random());
        Duration asked = last.getRetryAfter();
        return asked != null && asked.compareTo(delay) > 0 ? asked : delay;
    }

    /** What happens next, for a log line. */
    String retrying(Duration delay) {
        String first = "retrying in " + inWords(delay);
        if (options.maxReconnectAttempts() > 0) {
            return first + ", at most " + times() + " in a row (option maxReconnectAttempts)";
        }
        return lastWas(Reason.CREDENTIALS)
                ? first + ", then every " + inWords(options.refusedLoginDelay()) + " (option refusedLoginDelay)"
                : first + ", and until it succeeds";
    }

    /** That nothing happens next, for a log line. */
    String givingUp() {
        return "giving up after retrying " + times() + " (option maxReconnectAttempts); restart a route to try again";
    }

    private String times() {
        return options.maxReconnectAttempts() == 1 ? "once" : options.maxReconnectAttempts() + " times";
    }

    static String inWords(Duration delay) {
        if (delay.toMillis() < 10_000) {
            return delay.toMillis() + " ms";
        }
        return delay.toSeconds() < 120 || delay.toSecondsPart() != 0
                ? delay.toSeconds() + " s"
                : delay.toMinutes() + " min";
    }
}
