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
package io.github.cmsevents.camel.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualEventLoopTest {

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTimersWhenTheyAreDueAndTheTurnsBetweenThem() {
        long start = loop.millis();
        loop.after(Duration.ofMillis(20), () -> ran.add("late at " + (loop.millis() - start)));
        loop.after(Duration.ofMillis(10), () -> loop.run(() -> ran.add("turn at " + (loop.millis() - start))));
        loop.run(() -> ran.add("first"));

        loop.advance(Duration.ofMillis(19));
        assertThat(ran).containsExactly("first", "turn at 10");
        assertThat(loop.pendingTimers()).isEqualTo(1);

        loop.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("first", "turn at 10", "late at 20");
        assertThat(loop.pendingTimers()).isZero();
    }

    @Test
    void runsNoTimerThatIsCancelled() {
        EventLoop.Timer timer = loop.after(Duration.ofMillis(10), () -> ran.add("cancelled"));
        timer.cancel();

        loop.advance(Duration.ofSeconds(1));

        assertThat(ran).isEmpty();
    }

    @Test
    void runsTimersThatAreDueTogetherInTheOrderTheyWereSet() {
        loop.after(Duration.ofMillis(10), () -> ran.add("first"));
        loop.after(Duration.ofMillis(10), () -> ran.add("second"));

        loop.advance(Duration.ofMillis(10));

        assertThat(ran).containsExactly("first", "second");
    }
}
