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

import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventLoop.Timer;
import java.time.Duration;

/** Lets changes of a list that follow each other closely go into one request, but none of them wait for long. */
final class RequestDelay {

    private static final Duration LULL = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Runnable request;
    private Timer timer = EventLoop.NONE;
    private boolean running;
    /** When the first change came that has not been requested yet. */
    private long since;

    RequestDelay(EventLoop loop, Runnable request) {
        this.loop = loop;
        this.request = request;
    }

    boolean isRunning() {
        return running;
    }

    /** The list has changed. */
    void begin() {
        if (!running) {
            running = true;
            since = loop.millis();
        }
        Duration left = LONGEST.minusMillis(loop.millis() - since);
        timer.cancel();
        timer = loop.after(left.compareTo(LULL) < 0 ? left : LULL, () -> {
            running = false;
            request.run();
        });
    }

    void cancel() {
        running = false;
        timer.cancel();
    }
}
