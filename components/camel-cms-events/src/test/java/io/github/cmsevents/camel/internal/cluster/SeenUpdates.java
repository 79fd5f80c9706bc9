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

/** A route that keeps what it receives, and processes it at once unless it is stalled. */
final class SeenUpdates implements Receiver {

    final Topic topic;
    final List<Update> updates = new ArrayList<>();
    final List<String> problems = new ArrayList<>();
    private final String name;
    private final List<Batch> held = new ArrayList<>();
    private boolean stalled;

    SeenUpdates(String name, Topic topic) {
        this.name = name;
        this.topic = topic;
    }

    @Override
    public void receive(Batch batch) {
        updates.addAll(batch.updates());
        held.add(batch);
        if (!stalled) {
            recover();
        }
    }

    @Override
    public void problem(Exception problem) {
        problems.add(problem.getMessage());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long waitingSince() {
        return held.stream().mapToLong(Batch::receivedAt).findFirst().orElse(0);
    }

    /** From now on it processes nothing. */
    void stall() {
        stalled = true;
    }

    void recover() {
        stalled = false;
        List.copyOf(held).forEach(batch -> batch.acknowledge().run());
        held.clear();
    }

    Update last() {
        return updates.get(updates.size() - 1);
    }

    /** Each update as its type, its participant or call, its name and its reason; a state by itself. */
    List<String> news() {
        return updates.stream().map(SeenUpdates::newsOf).toList();
    }

    void forget() {
        updates.clear();
        problems.clear();
    }

    private static String newsOf(Update update) {
        if (update.type() == null) {
            return update.state().wireName();
        }
        String key = update.participant() == null ? update.call() : update.participant();
        Object name = update.body().get("name");
        return update.type().wireName() + " " + key + (name == null ? "" : " " + name)
                + (update.reason() == null ? "" : " " + update.reason());
    }
}
