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

import java.util.List;
import java.util.OptionalInt;

/**
 * Which of a server's sockets a new subscription goes to: the first with room, so that subscriptions don't move without
 * need and few sockets of the five are taken.
 *
 * @param capacity   how many subscriptions a socket takes
 * @param maxSockets how many sockets may be used
 */
public record SocketPlacement(int capacity, int maxSockets) {

    /**
     * @param loads how many subscriptions each socket has now
     * @return the position of a socket; {@code loads.size()} for a new one; empty when there is no room
     */
    public OptionalInt place(List<Integer> loads) {
        for (int socket = 0; socket < loads.size(); socket++) {
            if (loads.get(socket) < capacity) {
                return OptionalInt.of(socket);
            }
        }
        return loads.size() < maxSockets ? OptionalInt.of(loads.size()) : OptionalInt.empty();
    }
}
