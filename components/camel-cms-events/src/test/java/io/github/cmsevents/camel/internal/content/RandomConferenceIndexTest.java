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

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index under random reports, beside a model that groups all calls anew after each step. */
class RandomConferenceIndexTest {

    private static final int STEPS = 2_000;
    private static final List<String> SERVERS = List.of("a", "b", "c");
    private static final List<String> GUIDS = List.of("1", "2", "3", "4");
    private static final List<Object> CORRELATORS = List.of("k", "l", "m", "", 7);
    private static final List<Object> NAMES = List.of("Board", "Lounge", " ", 7);

    private final Map<Key, Known> model = new LinkedHashMap<>();
    private boolean announced;
    private final ConferenceIndex index = new ConferenceIndex(SERVERS, () -> announced = true);

    private record Key(String server, String guid) {}

    private static final class Known {
        private Object name;
        /** The last one that the server gave it. */
        private String correlator;

        private boolean listed;
        private boolean fresh;
        private boolean identified;
        private boolean expected;
    }

    private record Look(String key, Set<Key> calls, Set<Key> fresh, String name, String correlator, boolean listed) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithTheModel(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            Map<Conference, Look> before = looks();
            announced = false;
            boolean silent = takeStep(random);
            String where = "seed %d, step %d".formatted(seed, step);

            Map<Conference, Look> after = looks();
            assertThat(after.values().stream().map(Look::calls).collect(Collectors.toSet()))
                    .as(where)
                    .isEqualTo(groups());
            after.keySet().forEach(conference -> agreeOn(conference, where));
            checkKeys(before, after, where);
            Collection<Conference> changed = index.takeChanged();
            assertThat(announced).as(where).isEqualTo(!changed.isEmpty());
            assertThat(changed).as(where).containsAll(silent ? Set.of() : differences(before, after));
        }
        SERVERS.forEach(index::forgetList);
        looks().keySet().forEach(index::expectNoLonger);
        assertThat(looks()).isEmpty();
    }

    /** Returns whether the step is not announced. */
    private boolean takeStep(Random random) {
        Key key = new Key(oneOf(random, SERVERS), oneOf(random, GUIDS));
        switch (random.nextInt(20)) {
            case 0, 1 -> {
                index.outdate(key.server);
                model.forEach((each, known) -> known.fresh &= !each.server.equals(key.server));
            }
            case 2 -> {
                index.forgetList(key.server);
                List.copyOf(model.keySet()).stream()
                        .filter(each -> each.server.equals(key.server))
                        .forEach(this::unlist);
                return true;
            }
            case 3 -> {
                index.expect(key.server, key.guid);
                model.computeIfAbsent(key, first -> new Known()).expected = true;
                return true;
            }
            case 4, 5 -> {
                index.conferenceOf(key.server, key.guid).ifPresent(this::expectNoLonger);
                return true;
            }
            case 6, 7, 8, 9 -> {
                index.unlisted(key.server, key.guid);
                unlist(key);
            }
            default -> list(key, random);
        }
        return false;
    }

    private void list(Key key, Random random) {
        Map<String, Object> record = new HashMap<>();
        if (random.nextInt(3) > 0) {
            record.put("name", oneOf(random, NAMES));
        }
        if (random.nextInt(2) > 0) {
            record.put("callCorrelator", oneOf(random, CORRELATORS));
        }
        boolean identified = random.nextInt(4) > 0;
        index.listed(key.server, key.guid, record, identified ? ConferenceIndex.IDENTITY : Set.of("name"));
        Known known = model.computeIfAbsent(key, first -> new Known());
        known.listed = true;
        known.fresh = true;
        known.identified = identified;
        known.name = record.get("name");
        if (record.get("callCorrelator") instanceof String correlator && !correlator.isEmpty()) {
            known.correlator = correlator;
        }
    }

    private void unlist(Key key) {
        Known known = model.get(key);
        if (known != null) {
            known.listed = false;
            known.fresh = false;
            known.identified = false;
            known.name = null;
            model.values().removeIf(each -> !each.listed && !each.expected);
        }
    }

    private void expectNoLonger(Conference conference) {
        conference.calls().forEach(call -> model.get(keyOf(call)).expected = false);
        index.expectNoLonger(conference);
        model.values().removeIf(each -> !each.listed && !each.expected);
    }

    /** All calls with one correlator, or one call without. */
    private Set<Set<Key>> groups() {
        return Set.copyOf(model.keySet().stream()
                .collect(Collectors.groupingBy(
                        key -> Objects.requireNonNullElse(model.get(key).correlator, key), Collectors.toSet()))
                .values());
    }

    private void agreeOn(Conference conference, String where) {
        List<Known> known =
                conference.calls().stream().map(call -> model.get(keyOf(call))).toList();
        assertThat(conference.hasEnded()).as(where).isFalse();
        assertThat(conference.isListed()).as(where).isEqualTo(has(known, call -> call.listed));
        assertThat(conference.isIdentified()).as(where).isEqualTo(has(known, call -> call.identified));
        assertThat(index.conferences().contains(conference)).as(where).isEqualTo(conference.isListed());
        assertThat(conference.calls().stream().map(ReportedCall::server))
                .as(where)
                .isSorted();
        assertThat(conference.correlator()).as(where).isEqualTo(known.get(0).correlator);
        Stream.concat(known.stream().filter(call -> call.fresh), known.stream())
                .filter(call -> call.name instanceof String name && !name.isBlank())
                .findFirst()
                .ifPresent(named -> assertThat(conference.name()).as(where).isEqualTo(named.name));
    }

    /** A key is that of one conference, and changes only when its call goes on in another conference. */
    private static void checkKeys(Map<Conference, Look> before, Map<Conference, Look> after, String where) {
        assertThat(after.values().stream().map(Look::key)).as(where).doesNotHaveDuplicates();
        after.forEach((conference, look) -> {
            Look earlier = before.get(conference);
            if (earlier != null && !earlier.key.equals(look.key)) {
                assertThat(earlier.calls)
                        .as(where)
                        .anyMatch(call -> call.guid.equals(earlier.key) && !look.calls.contains(call));
            }
        });
    }

    private static Set<Conference> differences(Map<Conference, Look> before, Map<Conference, Look> after) {
        Set<Conference> different = new HashSet<>(before.keySet());
        different.addAll(after.keySet());
        different.removeIf(conference -> Objects.equals(before.get(conference), after.get(conference)));
        different.removeIf(conference -> Stream.of(before, after)
                .noneMatch(looks -> looks.containsKey(conference) && looks.get(conference).listed));
        return different;
    }

    private Map<Conference, Look> looks() {
        Map<Conference, Look> looks = new HashMap<>();
        for (String server : SERVERS) {
            for (ReportedCall call : index.callsOn(server)) {
                Conference conference = call.conference();
                looks.computeIfAbsent(
                        conference,
                        first -> new Look(
                                conference.key(),
                                keys(conference, each -> true),
                                keys(conference, ReportedCall::isFresh),
                                conference.name(),
                                conference.correlator(),
                                conference.isListed()));
            }
        }
        return looks;
    }

    private static boolean has(List<Known> calls, Predicate<Known> condition) {
        return calls.stream().anyMatch(condition);
    }

    private static Set<Key> keys(Conference conference, Predicate<ReportedCall> condition) {
        return conference.calls().stream()
                .filter(condition)
                .map(RandomConferenceIndexTest::keyOf)
                .collect(Collectors.toSet());
    }

    private static Key keyOf(ReportedCall call) {
        return new Key(call.server(), call.guid());
    }

    private static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
