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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last: no thread of an earlier test may be left. */
@Order(Integer.MAX_VALUE)
class NoThreadIsLeftTest {

    @Test
    void noThreadOfVertxOrCamelOutlivesItsContext() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("vert.x-")
                        || name.startsWith("Camel (")
                        || name.startsWith("cms-simulator")
                        || name.contains("CmsEvents")));
    }
}
