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
package io.github.cmsevents.benchmark.scale;

import java.util.List;
import java.util.Random;

/** Changes of some people one after the other, as fast as the client acknowledges them. */
final class Burst {

    // The same for a cluster of any size, so that only what is known differs; one server has as many sockets.
    private static final int OUTSTANDING = 5;
    // With one server, four of five sockets are busy.
    private static final int ATTEMPTS = 100;

    private final List<Participant> people;
    private final Churn churn;
    private final Random random;
    private final Runnable done;
    private int toBegin;
    private int toEnd;

    /** @param done told when all changes are acknowledged */
    Burst(List<Participant> people, Churn churn, Random random, int changes, Runnable done) {
        this.people = people;
        this.churn = churn;
        this.random = random;
        this.toBegin = changes;
        this.toEnd = changes;
        this.done = done;
    }

    void begin() {
        for (int i = 0; i < OUTSTANDING; i++) {
            next();
        }
    }

    private void next() {
        if (toBegin > 0) {
            toBegin--;
            churn.change(anybodyOnAnIdleSocket(), this::acknowledged);
        }
    }

    private void acknowledged() {
        toEnd--;
        if (toEnd == 0) {
            done.run();
        } else {
            next();
        }
    }

    private Participant anybodyOnAnIdleSocket() {
        Participant anybody = anybody();
        for (int i = 0; i < ATTEMPTS && !anybody.meeting().isOnIdleSocket(); i++) {
            anybody = anybody();
        }
        return anybody;
    }

    private Participant anybody() {
        return people.get(random.nextInt(people.size()));
    }
}
