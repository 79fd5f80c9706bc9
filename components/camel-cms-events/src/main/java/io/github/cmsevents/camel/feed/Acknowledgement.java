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
package io.github.cmsevents.camel.feed;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one acknowledgement that a message gets, once everybody who was told of it is done. Counts on the event loop.
 */
public final class Acknowledgement {

    private final Context context;
    private final Runnable write;
    private int open = 1;

    /** @param write writes it; run on the event loop */
    public Acknowledgement(Context context, Runnable write) {
        this.context = context;
        this.write = write;
    }

    /** One more has to be done first. The answer may be run from any thread, and more than once. */
    Runnable await() {
        open++;
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                if (Vertx.currentContext() == context) {
                    settle();
                } else {
                    context.runOnContext(hop -> settle());
                }
            }
        };
    }

    /** Everybody has been told who will be. */
    public void allTold() {
        settle();
    }

    private void settle() {
        open--;
        if (open == 0) {
            write.run();
        }
    }
}
