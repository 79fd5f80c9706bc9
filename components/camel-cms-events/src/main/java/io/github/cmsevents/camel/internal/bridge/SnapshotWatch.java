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

/**
 * Finds the end of the snapshots on one socket, which the protocol does not mark (section 6): when the server has sent nothing
 * for a whole quiet period although the client has read and acknowledged everything. The period begins with the last
 * acknowledgement, since the server may have waited for it, and its next message is a round trip away.
 *
 * <p>A busy server is never quiet. So the snapshots also end when the server was free to send for ten periods in all, and
 * nothing that was known before came again.
 */
final class SnapshotWatch {

    private static final int PERIODS_WITHOUT_CONFIRMATION = 10;

    private final EventLoop loop;
    private final Duration quietPeriod;
    private final Runnable whenComplete;
    private boolean watching;
    private boolean behind;
    private Timer quiet = EventLoop.NONE;
    /** When the client last caught up with the server. */
    private long freeSince;
    /** How long the server was free to send since it last confirmed anything, in milliseconds. */
    private long free;

    SnapshotWatch(EventLoop loop, Duration quietPeriod, Runnable whenComplete) {
        this.loop = loop;
        this.quietPeriod = quietPeriod;
        this.whenComplete = whenComplete;
    }

    /** A snapshot begins in which something known before has to come again. */
    void begin() {
        watching = true;
        free = 0;
        awaitQuiet();
    }

    /** A message was received, which the client now owes an acknowledgement. */
    void messageReceived() {
        if (watching && !behind) {
            free += loop.millis() - freeSince;
        }
        behind = true;
        quiet.cancel();
    }

    /** The message confirmed something known before. */
    void confirmed() {
        free = 0;
    }

    /** The client has acknowledged everything, and reads on. */
    void caughtUp() {
        behind = false;
        freeSince = loop.millis();
        if (watching && free >= PERIODS_WITHOUT_CONFIRMATION * quietPeriod.toMillis()) {
            complete();
        } else {
            awaitQuiet();
        }
    }

    /** Nothing unconfirmed is left, or the socket is lost. */
    void stop() {
        watching = false;
        quiet.cancel();
    }

    private void awaitQuiet() {
        quiet.cancel();
        if (watching && !behind) {
            freeSince = loop.millis();
            quiet = loop.after(quietPeriod, this::complete);
        }
    }

    private void complete() {
        stop();
        whenComplete.run();
    }
}
