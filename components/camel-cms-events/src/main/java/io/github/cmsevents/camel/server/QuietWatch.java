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
package io.github.cmsevents.camel.server;

import io.github.cmsevents.camel.feed.Feed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Finds the end of the fresh content after a gap, which the protocol does not mark (section 6): when none of it has come for
 * a while, what was known before and has not come again is gone.
 */
final class QuietWatch {

    // How much sooner than after a whole period to look again when we were behind.
    private static final int LOOK_AGAIN = 4;

    private final Timers timers;
    private final Duration quietPeriod;
    private final Map<Feed, Timers.Timer> watched = new HashMap<>();

    QuietWatch(Timers timers, Duration quietPeriod) {
        this.timers = timers;
        this.quietPeriod = quietPeriod;
    }

    /**
     * Fresh content begins.
     *
     * @param behind whether the server may be holding messages back until we acknowledge others
     */
    void begin(Feed feed, BooleanSupplier behind) {
        watch(feed, behind, quietPeriod);
    }

    /** More of the fresh content came. */
    void goOn(Feed feed, BooleanSupplier behind) {
        if (watched.containsKey(feed)) {
            watch(feed, behind, quietPeriod);
        }
    }

    /** The content will not end: the subscription or its socket is gone. */
    void cancel(Feed feed) {
        Timers.Timer timer = watched.remove(feed);
        if (timer != null) {
            timer.cancel();
        }
    }

    void cancelAll() {
        watched.values().forEach(Timers.Timer::cancel);
        watched.clear();
    }

    private void watch(Feed feed, BooleanSupplier behind, Duration wait) {
        cancel(feed);
        if (feed.isUnconfirmed()) {
            watched.put(feed, timers.after(wait, () -> {
                if (behind.getAsBoolean()) {
                    // It is we who keep the server from sending: a slow route is not a quiet server.
                    watch(feed, behind, quietPeriod.dividedBy(LOOK_AGAIN));
                } else {
                    watched.remove(feed);
                    feed.contentWentQuiet();
                }
            }));
        }
    }
}
