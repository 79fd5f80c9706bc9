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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A route that keeps what it receives, and acknowledges when the test says so. */
final class RecordingRoute implements Receiver {

    private static final Set<String> NOT_SHOWN = Set.of("call", "participant", "updateType", "callName");

    private final List<Batch> batches = new ArrayList<>();
    private final List<Update> updates = new ArrayList<>();
    private final List<Exception> problems = new ArrayList<>();

    @Override
    public void receive(Batch batch) {
        batches.add(batch);
        updates.addAll(batch.updates());
    }

    @Override
    public void problem(Exception problem) {
        problems.add(problem);
    }

    @Override
    public String name() {
        return "route";
    }

    @Override
    public long waitingSince() {
        return 0;
    }

    List<Batch> batches() {
        return batches;
    }

    List<Update> updates() {
        return updates;
    }

    Update last() {
        return updates.get(updates.size() - 1);
    }

    List<Exception> problems() {
        return problems;
    }

    void acknowledgeAll() {
        batches.forEach(batch -> batch.acknowledge().run());
    }

    void forget() {
        batches.clear();
        updates.clear();
    }

    /** Each update as its type, its participant or call, and its elements by name; a state as itself. */
    List<String> received() {
        return updates.stream().map(RecordingRoute::inShort).toList();
    }

    private static String inShort(Update update) {
        if (update.type() == null) {
            return update.state().wireName();
        }
        String key = update.participant() == null ? update.call() : update.participant();
        String elements = update.body().entrySet().stream()
                .filter(field -> !NOT_SHOWN.contains(field.getKey()))
                .map(field -> " " + field.getKey() + "=" + field.getValue())
                .sorted()
                .collect(Collectors.joining());
        return update.type().wireName() + " " + key + elements;
    }
}
