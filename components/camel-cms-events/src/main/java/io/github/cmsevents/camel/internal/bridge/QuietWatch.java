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

import io.github.cmsevents.camel.internal.content.Feed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Finds the end of the fresh content after a gap, which the protocol does not mark (section 6): when none of it has come for
 * a while, what was known before and has not come again is gone.
 *
 * <p>A socket's subscriptions get their fresh content one after the other, so one whose own has not begun waits as long as
 * that of others comes. What is new all the time, such as calls that start, is not fresh content, but looks like it; so the
 * wait also ends when for several periods nothing known before has come again.
 */
final class QuietWatch {

    // How many periods to go on waiting while what comes is new, and nothing known before is among it.
    private static final int LONGEST = 10;

    // How much sooner than after a whole period to look again when we were behind.
    private static final int LOOK_AGAIN = 4;

    private final Timers timers;
    private final Duration quietPeriod;
    private final Map<Feed, Watch> watched = new HashMap<>();

    QuietWatch(Timers timers, Duration quietPeriod) {
        this.timers = timers;
        this.quietPeriod = quietPeriod;
    }

    /**
     * Fresh content begins.
     *
     * @param socket what the feed's content comes on
     * @param behind whether the server may be holding messages back until we acknowledge others
     */
    void begin(Feed feed, Object socket, BooleanSupplier behind) {
        cancel(feed);
        if (feed.isUnconfirmed()) {
            Watch watch = new Watch(feed, socket, behind);
            watched.put(feed, watch);
            watch.waitForQuiet(quietPeriod);
            watch.waitAtMost(quietPeriod.multipliedBy(LONGEST));
        }
    }

    /**
     * What may be fresh content came.
     *
     * @param confirmed whether something known before was in it
     */
    void goOn(Feed feed, Object socket, boolean confirmed) {
        for (Watch watch : List.copyOf(watched.values())) {
            if (watch.feed == feed) {
                watch.contentCame(confirmed);
            } else if (watch.socket == socket && !watch.begun) {
                watch.waitForQuiet(quietPeriod);
            }
        }
    }

    /** The content will not end: the subscription or its socket is gone. */
    void cancel(Feed feed) {
        Watch watch = watched.remove(feed);
        if (watch != null) {
            watch.cancel();
        }
    }

    void cancelAll() {
        watched.values().forEach(Watch::cancel);
        watched.clear();
    }

    private final class Watch {
        private final Feed feed;
        private final Object socket;
        private final BooleanSupplier behind;
        private Timers.Timer quiet = Timers.NONE;
        private Timers.Timer longest = Timers.NONE;
        /** Whether any of this feed's own content has come. */
        private boolean begun;

        Watch(Feed feed, Object socket, BooleanSupplier behind) {
            this.feed = feed;
            this.socket = socket;
            this.behind = behind;
        }

        void contentCame(boolean confirmed) {
            begun = true;
            if (!feed.isUnconfirmed()) {
                QuietWatch.this.cancel(feed);
                return;
            }
            waitForQuiet(quietPeriod);
            if (confirmed) {
                waitAtMost(quietPeriod.multipliedBy(LONGEST));
            }
        }

        void waitForQuiet(Duration wait) {
            quiet.cancel();
            quiet = timers.after(wait, () -> {
                if (behind.getAsBoolean()) {
                    // It is we who keep the server from sending: a slow route is not a quiet server.
                    waitForQuiet(quietPeriod.dividedBy(LOOK_AGAIN));
                } else {
                    conclude();
                }
            });
        }

        void waitAtMost(Duration wait) {
            longest.cancel();
            longest = timers.after(wait, () -> {
                if (behind.getAsBoolean()) {
                    waitAtMost(quietPeriod.dividedBy(LOOK_AGAIN));
                } else {
                    conclude();
                }
            });
        }

        void cancel() {
            quiet.cancel();
            longest.cancel();
        }

        private void conclude() {
            QuietWatch.this.cancel(feed);
            feed.contentWentQuiet();
        }
    }
}
