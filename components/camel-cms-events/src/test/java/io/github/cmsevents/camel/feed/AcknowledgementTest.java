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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {

    private final EventLoopStandIn eventLoop = new EventLoopStandIn();
    private final AtomicInteger written = new AtomicInteger();
    private final Acknowledgement acknowledgement = new Acknowledgement(eventLoop.context(), written::incrementAndGet);

    @Test
    void isWrittenAtOnceWhenNobodyIsTold() {
        acknowledgement.allTold();

        assertThat(written).hasValue(1);
    }

    @Test
    void isWrittenOnceEverybodyIsDone() {
        Runnable first = acknowledgement.await();
        Runnable second = acknowledgement.await();
        acknowledgement.allTold();
        assertThat(written).hasValue(0);

        second.run();
        eventLoop.runAll();
        assertThat(written).hasValue(0);

        first.run();
        eventLoop.runAll();
        assertThat(written).hasValue(1);
    }

    @Test
    void isNotWrittenBeforeEverybodyHasBeenTold() {
        acknowledgement.await().run();
        eventLoop.runAll();
        assertThat(written).hasValue(0);

        Runnable late = acknowledgement.await();
        acknowledgement.allTold();
        assertThat(written).hasValue(0);

        late.run();
        eventLoop.runAll();
        assertThat(written).hasValue(1);
    }

    @Test
    void isWrittenOnceHoweverOftenSomebodyIsDone() {
        Runnable first = acknowledgement.await();
        Runnable second = acknowledgement.await();
        acknowledgement.allTold();

        first.run();
        first.run();
        eventLoop.runAll();
        first.run();
        assertThat(eventLoop.waiting()).isZero();
        assertThat(written).hasValue(0);

        second.run();
        second.run();
        eventLoop.runAll();
        assertThat(written).hasValue(1);
    }

    @Test
    void isWrittenOnTheEventLoopOnly() {
        Runnable done = acknowledgement.await();
        acknowledgement.allTold();

        done.run();

        assertThat(written).hasValue(0);
        assertThat(eventLoop.waiting()).isEqualTo(1);
        eventLoop.runAll();
        assertThat(written).hasValue(1);
    }
}
