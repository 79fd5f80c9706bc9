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

import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.transport.VirtualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginGateTest {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(30);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final LoginGate gate = new LoginGate(loop, PAUSE);
    private final List<String> attempts = new ArrayList<>();

    @Test
    void letsOneAttemptRunAtATime() {
        enter("a", "b", "c");
        assertThat(attempts).containsExactly("a");
        leave(null);
        assertThat(attempts).containsExactly("a", "b");
        leave(Reason.UNREACHABLE);
        leave(null);
        enter("d");
        assertThat(attempts).containsExactly("a", "b", "c", "d");
    }

    @Test
    void pausesForAMinuteAfterTheFirstRefusalAndForLongAfterFurtherOnes() {
        enter("a", "b", "c", "d");
        leave(Reason.CREDENTIALS);
        enter("e");
        loop.advance(FIRST_PAUSE.minus(MOMENT));
        assertThat(attempts).containsExactly("a");
        loop.advance(MOMENT);
        assertThat(attempts).containsExactly("a", "b");
        for (String next : List.of("c", "d")) {
            leave(Reason.CREDENTIALS);
            loop.advance(PAUSE.minus(MOMENT));
            assertThat(attempts).doesNotContain(next);
            loop.advance(MOMENT);
            assertThat(attempts).endsWith(next);
        }
    }

    @Test
    void letsOneAttemptRunAtOnceWhenItIsReopened() {
        enter("a", "b", "c");
        leave(Reason.CREDENTIALS);
        gate.reopen();
        loop.runTurns();
        assertThat(attempts).containsExactly("a", "b");
        assertThat(loop.pendingTimers()).isZero();
        gate.reopen();
        loop.runTurns();
        assertThat(attempts).as("still one at a time").containsExactly("a", "b");
    }

    private void leave(Reason reason) {
        gate.leave(reason == null ? null : FakeTransport.failure(reason));
        loop.runTurns();
    }

    private void enter(String... names) {
        for (String name : names) {
            gate.enter(() -> attempts.add(name));
        }
        loop.runTurns();
    }
}
