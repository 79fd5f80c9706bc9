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
package io.github.cmsevents.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatedQueueTest {

    private final List<String> sent = new ArrayList<>();
    private final GatedQueue queue = new GatedQueue(sent::add);

    @Test
    void sendsTheNextMessageWhenTheLastOneIsAcknowledged() {
        queue.add(id -> "first " + id);
        queue.add(id -> "second " + id);

        assertThat(sent).containsExactly("first 1");
        assertThat(queue.acknowledged(1)).isTrue();
        assertThat(sent).containsExactly("first 1", "second 2");
    }

    @Test
    void takesNoAcknowledgementOfWhatItHasNotSent() {
        queue.add(id -> "first");
        queue.add(id -> "second");

        assertThat(queue.acknowledged(2)).isFalse();
        assertThat(sent).containsExactly("first");
    }

    @Test
    void takesNoAcknowledgementTwice() {
        queue.add(id -> "only");
        queue.acknowledged(1);

        assertThat(queue.acknowledged(1)).isFalse();
    }

    @Test
    void isIdleOnlyWhenEverythingIsAcknowledged() {
        assertThat(queue.isIdle()).isTrue();
        queue.add(id -> "first");
        queue.add(id -> "second");
        queue.acknowledged(1);
        assertThat(queue.isIdle()).isFalse();
        queue.acknowledged(2);
        assertThat(queue.isIdle()).isTrue();
    }
}
