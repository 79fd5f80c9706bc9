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
package io.github.cmsevents.simulator;

import java.util.List;

/**
 * The current state of one subscription of one socket.
 *
 * @param socket number of the socket, counted from 1 in the order of opening
 * @param index the client's index of the subscription
 * @param type {@code calls}, {@code callInfo} or {@code callRoster}
 * @param call GUID of the call; null for {@code calls}
 * @param elements the requested elements that the server knows, in the client's order
 * @param state {@code pending}, {@code active} or {@code deactivated}
 */
public record SubscriptionSnapshot(
        int socket, long index, String type, String call, List<String> elements, String state) {}
