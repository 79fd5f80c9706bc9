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

/** What came at once, by who is told of it. Mostly that is one receiver, which costs no map. */
final class News {

    private Receiver first;
    private final List<Update> ofFirst = new ArrayList<>(1);
    private Map<Receiver, List<Update>> ofOthers = Map.of();

    void add(Receiver receiver, Update update) {
        if (first == null) {
            first = receiver;
        }
        if (receiver == first) {
            ofFirst.add(update);
            return;
        }
        if (ofOthers.isEmpty()) {
            ofOthers = new LinkedHashMap<>();
        }
        ofOthers.computeIfAbsent(receiver, other -> new ArrayList<>(1)).add(update);
    }

    /** @param acknowledgement what waits for all of them; null if nothing does */
    void hand(Acknowledgement acknowledgement) {
        if (first != null) {
            hand(first, ofFirst, acknowledgement);
            ofOthers.forEach((receiver, updates) -> hand(receiver, updates, acknowledgement));
        }
    }

    private static void hand(Receiver receiver, List<Update> updates, Acknowledgement acknowledgement) {
        receiver.receive(
                acknowledgement == null
                        ? Batch.withoutAcknowledgement(updates)
                        : new Batch(updates, System.currentTimeMillis(), 0, acknowledgement.await()));
    }
}
