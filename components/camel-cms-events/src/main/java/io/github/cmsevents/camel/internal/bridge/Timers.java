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

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** What has to happen later, on the event loop of the cluster. */
final class Timers {

    /** Something that will happen unless it is cancelled. */
    interface Timer {
        void cancel();
    }

    static final Timer NONE = () -> {};

    private final Vertx vertx;
    private final Context context;

    /** To be made on the event loop that it is for. */
    Timers(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    Timer after(Duration delay, Runnable action) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
        return () -> vertx.cancelTimer(id);
    }

    /** Once this turn of the event loop is over. */
    void soon(Runnable action) {
        context.runOnContext(turn -> action.run());
    }
}
