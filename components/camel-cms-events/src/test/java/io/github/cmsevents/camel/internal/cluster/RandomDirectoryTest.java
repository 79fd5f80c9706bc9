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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.protocol.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory under whatever may be said of calls, next to one that works everything out anew each time. */
class RandomDirectoryTest {

    private static final List<String> SERVERS = List.of("a", "b", "c");
    private static final List<String> CALLS = List.of("1", "2", "3", "4");
    private static final List<Object> CORRELATORS = List.of("k", "l", "m", "", 7);
    private static final List<Object> NAMES = List.of("Board", "Lounge", 7);
    private static final List<Resource> SOURCES = List.of(Resource.CALLS, Resource.CALLS, Resource.CALL_INFO);
    private static final int STEPS = 2_000;

    private final Map<Key, Told> model = new LinkedHashMap<>();
    private final CallDirectory directory = new CallDirectory(SERVERS, () -> said = true);
    private boolean said;

    private record Key(String server, String call) {}

    /** All that was told of one call. */
    private static final class Told {
        private final Set<Resource> sources = EnumSet.noneOf(Resource.class);
        private Object name;
        private Object correlator;
        private boolean fresh;
        private boolean identified;
        private boolean assumed;

        boolean isUnknown() {
            return sources.isEmpty() && !assumed;
        }
    }

    /** What can be seen of a conference. */
    private record Look(Set<Key> calls, Set<Key> fresh, Object name, Object correlator, boolean reported) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithWhatWasTold(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            Map<Conference, Look> before = looks();
            said = false;
            boolean silent = takeStep(random);

            assertThat(conferencesOfDirectory())
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(conferencesOfModel());
            agreeOnEachConference();
            Collection<Conference> changed = directory.takeChanged();
            assertThat(said).isEqualTo(!changed.isEmpty());
            if (!silent) {
                assertThat(changed).as("seed %d, step %d", seed, step).containsAll(differences(before, looks()));
            } else {
                assertThat(changed).isEmpty();
            }
        }
        forgetEverything();
        assertThat(directory.conferences()).isEmpty();
        assertThat(SERVERS).allSatisfy(server -> assertThat(CALLS)
                .allSatisfy(
                        call -> assertThat(directory.conferenceOf(server, call)).isEmpty()));
    }

    /** Returns whether nobody is to be told of it. */
    private boolean takeStep(Random random) {
        Key key = new Key(oneOf(random, SERVERS), oneOf(random, CALLS));
        switch (random.nextInt(20)) {
            case 0 -> outdate(key.server);
            case 1 -> {
                forgetAll(key.server, oneOf(random, SOURCES));
                return true;
            }
            case 2 -> assume(key);
            case 3, 4 -> {
                assumeNoLonger(key);
                return true;
            }
            case 5, 6, 7, 8, 9 -> forget(key, oneOf(random, SOURCES));
            default -> learn(key, oneOf(random, SOURCES), someRecord(random), random.nextInt(4) > 0);
        }
        return false;
    }

    private static Map<String, Object> someRecord(Random random) {
        Map<String, Object> record = new HashMap<>();
        if (random.nextInt(3) > 0) {
            record.put("name", random.nextInt(8) == 0 ? null : oneOf(random, NAMES));
        }
        if (random.nextInt(3) == 0) {
            record.put("callCorrelator", random.nextInt(8) == 0 ? null : oneOf(random, CORRELATORS));
        }
        return record;
    }

    private static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    // The same to both.

    private void learn(Key key, Resource source, Map<String, Object> record, boolean withIdentity) {
        directory.learn(key.server, source, key.call, record, withIdentity);
        Told told = model.computeIfAbsent(key, first -> new Told());
        told.sources.add(source);
        boolean listed = source != Resource.CALLS && told.sources.contains(Resource.CALLS);
        if (record.get("name") instanceof String name && !(listed && told.name != null)) {
            told.name = name;
        }
        if (record.get("callCorrelator") instanceof String correlator
                && !correlator.isBlank()
                && !(listed && told.correlator != null)) {
            told.correlator = correlator;
        }
        if (source == Resource.CALLS) {
            told.fresh = true;
            told.identified |= withIdentity;
        }
    }

    private void forget(Key key, Resource source) {
        directory.forget(key.server, source, key.call);
        forgetInModel(key, source);
    }

    private void forgetInModel(Key key, Resource source) {
        Told told = model.get(key);
        if (told != null) {
            told.sources.remove(source);
            if (source == Resource.CALLS) {
                told.fresh = false;
                told.identified = false;
            }
            if (told.isUnknown()) {
                model.remove(key);
            }
        }
    }

    private void forgetAll(String server, Resource source) {
        directory.forgetAll(server, source);
        keysOf(server).forEach(key -> forgetInModel(key, source));
    }

    private void outdate(String server) {
        directory.outdate(server);
        keysOf(server).forEach(key -> model.get(key).fresh = false);
    }

    private void assume(Key key) {
        directory.assume(key.server, key.call);
        model.computeIfAbsent(key, first -> new Told()).assumed = true;
    }

    private void assumeNoLonger(Key key) {
        directory.conferenceOf(key.server, key.call).ifPresent(conference -> {
            Set<Key> calls = keys(conference);
            directory.assumeNoLonger(conference);
            for (Key call : calls) {
                model.get(call).assumed = false;
                if (model.get(call).isUnknown()) {
                    model.remove(call);
                }
            }
        });
    }

    private void forgetEverything() {
        for (Key key : List.copyOf(model.keySet())) {
            forget(key, Resource.CALLS);
            forget(key, Resource.CALL_INFO);
            assumeNoLonger(key);
        }
    }

    private List<Key> keysOf(String server) {
        return model.keySet().stream().filter(key -> key.server.equals(server)).toList();
    }

    // What both make of it.

    /** A conference is all calls with one correlator, or one call without. */
    private Set<Set<Key>> conferencesOfModel() {
        return Set.copyOf(model.keySet().stream()
                .collect(Collectors.groupingBy(
                        key -> model.get(key).correlator == null ? key : model.get(key).correlator, Collectors.toSet()))
                .values());
    }

    private Set<Set<Key>> conferencesOfDirectory() {
        return everyConference().stream().map(RandomDirectoryTest::keys).collect(Collectors.toSet());
    }

    private void agreeOnEachConference() {
        Set<Conference> reported = new HashSet<>();
        for (Conference conference : everyConference()) {
            List<Told> told = conference.calls().stream()
                    .map(call -> model.get(keyOf(call)))
                    .toList();
            assertThat(conference.isReported())
                    .isEqualTo(told.stream().anyMatch(call -> call.sources.contains(Resource.CALLS)));
            assertThat(conference.isIdentified()).isEqualTo(told.stream().anyMatch(call -> call.identified));
            assertThat(conference.calls().stream().map(ReportedCall::isFresh))
                    .containsExactlyElementsOf(
                            told.stream().map(call -> call.fresh).toList());
            assertThat(conference.calls().stream().map(ReportedCall::server)).isSorted();
            if (told.stream().allMatch(call -> call.sources.contains(Resource.CALLS))) {
                first(told, call -> call.name)
                        .ifPresent(name -> assertThat(conference.name()).isEqualTo(name));
                first(told, call -> call.correlator).ifPresent(correlator -> assertThat(conference.correlator())
                        .isEqualTo(correlator));
            }
            if (conference.isReported()) {
                reported.add(conference);
            }
        }
        assertThat(directory.conferences()).containsExactlyInAnyOrderElementsOf(reported);
    }

    /** What the first server says that is heard of now, or else what the first of all says. */
    private static Optional<Object> first(List<Told> told, Function<Told, Object> saying) {
        return Stream.concat(told.stream().filter(call -> call.fresh), told.stream())
                .map(saying)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Set<Conference> differences(Map<Conference, Look> before, Map<Conference, Look> after) {
        Set<Conference> all = new HashSet<>(before.keySet());
        all.addAll(after.keySet());
        return all.stream()
                .filter(conference -> !Objects.equals(before.get(conference), after.get(conference)))
                .filter(conference -> isReportedIn(before, conference) || isReportedIn(after, conference))
                .collect(Collectors.toSet());
    }

    private static boolean isReportedIn(Map<Conference, Look> looks, Conference conference) {
        return looks.containsKey(conference) && looks.get(conference).reported;
    }

    private Map<Conference, Look> looks() {
        Map<Conference, Look> looks = new HashMap<>();
        for (Conference conference : everyConference()) {
            Set<Key> fresh = conference.calls().stream()
                    .filter(ReportedCall::isFresh)
                    .map(RandomDirectoryTest::keyOf)
                    .collect(Collectors.toSet());
            looks.put(
                    conference,
                    new Look(
                            keys(conference),
                            fresh,
                            conference.name(),
                            conference.correlator(),
                            conference.isReported()));
        }
        return looks;
    }

    private Set<Conference> everyConference() {
        List<Conference> conferences = new ArrayList<>();
        for (String server : SERVERS) {
            for (String call : CALLS) {
                directory.conferenceOf(server, call).ifPresent(conferences::add);
            }
        }
        return new HashSet<>(conferences);
    }

    private static Set<Key> keys(Conference conference) {
        return conference.calls().stream().map(RandomDirectoryTest::keyOf).collect(Collectors.toSet());
    }

    private static Key keyOf(ReportedCall call) {
        return new Key(call.server(), call.call());
    }
}
