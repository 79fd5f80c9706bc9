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

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SocketPlacementTest {

    private final SocketPlacement placement = new SocketPlacement(100, 3);

    static Stream<Arguments> loads() {
        return Stream.of(
                Arguments.of("the first socket", List.of(), 0),
                Arguments.of("room on the first", List.of(0), 0),
                Arguments.of("the last place of the first", List.of(99), 0),
                Arguments.of("a second socket when the first is full", List.of(100), 1),
                Arguments.of("the first with room, not the emptiest", List.of(99, 0), 0),
                Arguments.of("a place that came free", List.of(100, 42, 100), 1),
                Arguments.of("the last socket", List.of(100, 100), 2),
                Arguments.of("nothing on an overfull socket", List.of(101, 99), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loads")
    void takesTheFirstSocketWithRoom(String what, List<Integer> loads, int place) {
        assertThat(placement.place(loads)).isEqualTo(OptionalInt.of(place));
    }

    @Test
    void hasNoRoomWhenEverySocketIsFull() {
        assertThat(placement.place(List.of(100, 100, 100))).isEmpty();
        assertThat(new SocketPlacement(100, 1).place(List.of(100))).isEmpty();
    }
}
