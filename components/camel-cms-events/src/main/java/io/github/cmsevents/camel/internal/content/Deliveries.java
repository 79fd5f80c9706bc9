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
package io.github.cmsevents.camel.internal.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The updates of one message, by the route that receives them. */
final class Deliveries {

    private final Map<Receiver, List<Update>> updates = new LinkedHashMap<>();

    void add(Receiver receiver, Update update) {
        updates.computeIfAbsent(receiver, first -> new ArrayList<>(1)).add(update);
    }

    /** @param acknowledgement waits for all of them; null when no server does */
    void hand(Acknowledgement acknowledgement) {
        updates.forEach((receiver, own) -> receiver.receive(
                acknowledgement == null
                        ? Batch.withoutAcknowledgement(own)
                        : new Batch(
                                own,
                                acknowledgement.receivedAt(),
                                acknowledgement.bytes(),
                                acknowledgement.newShare())));
    }
}
