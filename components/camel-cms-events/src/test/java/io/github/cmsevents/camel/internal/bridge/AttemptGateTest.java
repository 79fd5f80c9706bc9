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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.content.EventLoopStandIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptGateTest {

    private static final Duration PAUSE = Duration.ofSeconds(60);

    private final EventLoopStandIn eventLoop = new EventLoopStandIn();
    private final AttemptGate gate = new AttemptGate(new Timers(eventLoop.vertx(), eventLoop.context()), PAUSE);

    /** The attempts that were let in, in order. */
    private final List<String> log = new ArrayList<>();

    @Test
    void letsOneInAfterTheOther() {
        enter("a", "b", "c");
        assertThat(log).containsExactly("a");

        leave(false);
        assertThat(log).containsExactly("a", "b");
        leave(false);
        leave(false);
        assertThat(log).containsExactly("a", "b", "c");

        enter("d");
        assertThat(log).endsWith("d");
    }

    @Test
    void letsTheNextInWhenAnAttemptIsOverAtOnce() {
        gate.enter(() -> {
            log.add("a");
            gate.enter(() -> log.add("b"));
            gate.leave(false);
        });
        eventLoop.runAll();

        assertThat(log).containsExactly("a", "b");
    }

    @Test
    void letsNobodyInForAWhileAfterARefusedLogin() {
        enter("a", "b", "c");

        leave(true);
        enter("d");
        eventLoop.advance(PAUSE.minusMillis(1));
        assertThat(log).containsExactly("a");

        eventLoop.advance(Duration.ofMillis(1));
        assertThat(log).containsExactly("a", "b");
    }

    @Test
    void triesARefusedAccountOnceInAWhileHoweverManyWait() {
        enter("a", "b", "c");
        leave(true);
        eventLoop.advance(PAUSE);
        leave(true);
        eventLoop.advance(PAUSE.minusMillis(1));

        assertThat(log).containsExactly("a", "b");
    }

    @Test
    void letsTheNextInAtOnceWhenSomebodyWantsItTried() {
        enter("a", "b", "c");
        leave(true);

        gate.reopen();
        eventLoop.runAll();

        assertThat(log).containsExactly("a", "b");
        assertThat(eventLoop.timers()).isZero();
    }

    @Test
    void doesNotLetASecondOneInBecauseSomebodyWantsItTried() {
        enter("a", "b");

        gate.reopen();
        eventLoop.runAll();

        assertThat(log).containsExactly("a");
    }

    private void leave(boolean loginRefused) {
        gate.leave(loginRefused);
        eventLoop.runAll();
    }

    private void enter(String... attempts) {
        for (String attempt : attempts) {
            gate.enter(() -> log.add(attempt));
        }
        eventLoop.runAll();
    }
}
