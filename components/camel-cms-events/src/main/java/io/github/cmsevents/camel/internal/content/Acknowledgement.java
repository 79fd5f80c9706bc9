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
package io.github.cmsevents.camel.internal.content;

/** The one acknowledgement that a message gets, once everybody who was told of it is done. May be told from any thread. */
public final class Acknowledgement {

    private final Runnable write;
    private int open = 1;

    /** @param write writes it; run on whatever thread is done last */
    public Acknowledgement(Runnable write) {
        this.write = write;
    }

    /** One more has to be done first. The answer may be run from any thread, and more than once. */
    public synchronized Runnable await() {
        open++;
        return new Share();
    }

    /**
     * Everybody has been told who will be.
     *
     * @return whether that was the last to be waited for, so that it is written now
     */
    public boolean allTold() {
        return settle();
    }

    private boolean settle() {
        boolean last;
        synchronized (this) {
            open--;
            last = open == 0;
        }
        if (last) {
            write.run();
        }
        return last;
    }

    private final class Share implements Runnable {
        private boolean settled;

        @Override
        public void run() {
            synchronized (this) {
                if (settled) {
                    return;
                }
                settled = true;
            }
            settle();
        }
    }
}
