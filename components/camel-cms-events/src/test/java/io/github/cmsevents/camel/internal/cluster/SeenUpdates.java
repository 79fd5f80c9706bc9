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

    private final String name;
    private final Topic topic;
    private final List<Update> updates = new ArrayList<>();
    private final List<Exception> problems = new ArrayList<>();
    private final List<Batch> held = new ArrayList<>();
    private boolean stalled;

    SeenUpdates(String name, Topic topic) {
        this.name = name;
        this.topic = topic;
    }

    @Override
    public void receive(Batch batch) {
        updates.addAll(batch.updates());
        if (stalled) {
            held.add(batch);
        } else {
            batch.acknowledge().run();
        }
    }

    @Override
    public void problem(Exception problem) {
        problems.add(problem);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long waitingSince() {
        return held.stream().mapToLong(Batch::receivedAt).findFirst().orElse(0);
    }

    Topic topic() {
        return topic;
    }

    /** From now on it processes nothing. */
    void stall() {
        stalled = true;
    }

    /** Processes what it held. */
    void recover() {
        stalled = false;
        held.forEach(batch -> batch.acknowledge().run());
        held.clear();
    }

    List<Update> updates() {
        return updates;
    }

    Update last() {
        return updates.get(updates.size() - 1);
    }

    /** Each update as its type, its participant or call, its name and its reason; a state by itself. */
    List<String> news() {
        return updates.stream().map(SeenUpdates::newsOf).toList();
    }

    List<String> problems() {
        return problems.stream().map(Exception::getMessage).toList();
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
