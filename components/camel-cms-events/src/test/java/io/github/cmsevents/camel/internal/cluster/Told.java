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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.content.Batch;
import io.github.cmsevents.camel.internal.content.Receiver;
import io.github.cmsevents.camel.internal.content.Update;
import java.util.ArrayList;
import java.util.List;

/** A route that keeps what it is told, and is done with it at once. */
final class Told implements Receiver {

    private final List<Update> updates = new ArrayList<>();
    private final List<Exception> troubles = new ArrayList<>();

    @Override
    public void receive(Batch batch) {
        updates.addAll(batch.updates());
        batch.acknowledge().run();
    }

    @Override
    public void troubled(Exception problem) {
        troubles.add(problem);
    }

    List<Update> updates() {
        return updates;
    }

    Update last() {
        return updates.get(updates.size() - 1);
    }

    /** Each update as its type, its participant or call, and its name if that is in it; a state as itself. */
    List<String> news() {
        return updates.stream().map(Told::newsOf).toList();
    }

    List<Exception> troubles() {
        return troubles;
    }

    void forget() {
        updates.clear();
        troubles.clear();
    }

    private static String newsOf(Update update) {
        if (update.type() == null) {
            return update.state().wireName();
        }
        String key = update.participant() == null ? update.call() : update.participant();
        Object name = update.body().get("name");
        return update.type().wireName() + " " + key + (name == null ? "" : " " + name);
    }
}
