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

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the servers say, who applies the changes holds what a look at all reports from scratch would give. */
class RandomConferencesTest {

    private static final int STEPS = 5_000;
    private static final List<String> SERVERS = List.of("c:443", "a:443", "b:443");
    private static final List<String> CALLS = List.of("g1", "g2", "g3", "g4", "g5", "g6");
    private static final List<String> ELEMENTS = List.of("participants", "recording", "lockState", "name");

    // What there is more than once is more likely.
    private static final List<Object> CORRELATORS = Arrays.asList("x", "x", "x", "y", "y", null, "", 7);
    private static final List<Object> VALUES = Arrays.asList(
            null,
            null,
            "active",
            "active",
            "locked",
            "Board",
            "1",
            true,
            1,
            1,
            2L,
            2,
            2.0,
            2.5,
            BigInteger.TWO,
            new BigDecimal("2.50"),
            List.of(1, 2),
            Map.of("k", 1));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theConsumerHoldsWhatALookFromScratchGives(long seed) {
        Random random = new Random(seed);
        ConferenceView view = new ConferenceView(SERVERS, new LinkedHashSet<>(ELEMENTS), (server, call) -> true);
        FromScratch expected = new FromScratch();
        Consumer consumer = new Consumer();
        Set<UpdateType> seen = new HashSet<>();

        for (int step = 0; step < STEPS; step++) {
            String server = oneOf(SERVERS, random);
            String call = oneOf(CALLS, random);
            Map<String, Held> before = consumer.snapshot();
            List<ConferenceChange> changes;
            if (random.nextInt(3) > 0) {
                Map<String, Object> record = randomRecord(random);
                changes = view.reported(server, call, record);
                expected.reported(server, call, record);
            } else {
                changes = view.gone(server, call);
                expected.gone(server, call);
            }
            changes.forEach(consumer::apply);
            changes.forEach(change -> seen.add(change.type()));

            assertThat(consumer.held).as("step %d", step).isEqualTo(expected.held());
            if (before.equals(consumer.held)) {
                assertThat(changes).as("step %d", step).isEmpty();
            }
        }

        assertThat(seen).containsExactlyInAnyOrder(UpdateType.values());
        for (String server : SERVERS) {
            for (String call : CALLS) {
                view.gone(server, call).forEach(consumer::apply);
            }
        }
        assertThat(consumer.held).isEmpty();
        assertThat(view.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void theOrderInWhichServersAreHeardDecidesNothingButTheGuid(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Report> reports = new ArrayList<>();
            for (String server : SERVERS) {
                Map<String, Object> record = randomRecord(random);
                record.put("callCorrelator", "x");
                reports.add(new Report(server, server + "-call", record));
            }
            Set<Object> outcomes = new HashSet<>();
            for (int order = 0; order < 6; order++) {
                Collections.shuffle(reports, random);
                ConferenceView view =
                        new ConferenceView(SERVERS, new LinkedHashSet<>(ELEMENTS), (server, call) -> true);
                Consumer consumer = new Consumer();
                reports.forEach(report -> view.reported(report.server(), report.call(), report.record())
                        .forEach(consumer::apply));
                outcomes.add(List.copyOf(consumer.held.values()));
            }
            assertThat(outcomes).hasSize(1);
        }
    }

    private static Map<String, Object> randomRecord(Random random) {
        Map<String, Object> record = new HashMap<>();
        for (String element : ELEMENTS) {
            if (random.nextInt(5) > 0) {
                record.put(element, oneOf(VALUES, random));
            }
        }
        if (random.nextInt(10) > 0) {
            record.put("callCorrelator", oneOf(CORRELATORS, random));
        }
        return record;
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    /** Numbers in the one form that all of the same value have. */
    private static Object plain(Object value) {
        if (value instanceof Number) {
            return new BigDecimal(value.toString()).stripTrailingZeros();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RandomConferencesTest::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new HashMap<>();
            map.forEach((key, nested) -> plain.put(key, plain(nested)));
            return plain;
        }
        return value;
    }

    private record Report(String server, String call, Map<String, Object> record) {}

    private record Held(String correlator, Map<String, Object> elements, List<String> servers) {}

    /** Knows nothing but the changes. */
    private static final class Consumer {

        private final Map<String, Held> held = new TreeMap<>();

        Map<String, Held> snapshot() {
            return new HashMap<>(held);
        }

        void apply(ConferenceChange change) {
            Held before = held.get(change.call());
            Map<String, Object> changed = plainMap(change.changed());
            switch (change.type()) {
                case ADD -> {
                    assertThat(before).isNull();
                    held.put(change.call(), new Held(change.correlator(), changed, change.servers()));
                }
                case UPDATE -> {
                    assertThat(before).isNotNull();
                    assertThat(change.correlator()).isEqualTo(before.correlator());
                    changed.forEach(
                            (element, value) -> assertThat(before.elements().containsKey(element)
                                            && Objects.equals(before.elements().get(element), value))
                                    .isFalse());
                    assertThat(changed.isEmpty() && change.servers().equals(before.servers()))
                            .isFalse();
                    Map<String, Object> elements = new HashMap<>(before.elements());
                    elements.putAll(changed);
                    held.put(change.call(), new Held(before.correlator(), elements, change.servers()));
                }
                case REMOVE -> {
                    assertThat(changed).isEmpty();
                    assertThat(before).isEqualTo(new Held(change.correlator(), elementsOf(change), change.servers()));
                    held.remove(change.call());
                    return;
                }
            }
            assertThat(elementsOf(change)).isEqualTo(held.get(change.call()).elements());
        }

        private static Map<String, Object> elementsOf(ConferenceChange change) {
            Map<String, Object> elements = plainMap(change.record());
            assertThat(elements.remove("call")).isEqualTo(change.call());
            return elements;
        }

        private static Map<String, Object> plainMap(Map<String, Object> values) {
            Map<String, Object> plain = new HashMap<>();
            values.forEach((element, value) -> plain.put(element, plain(value)));
            return plain;
        }
    }

    /** Goes through all reports after each step, and remembers of the past only what the rules say has to be. */
    private static final class FromScratch {

        /** In the order in which the servers began to report. */
        private final Map<List<String>, Report> reports = new LinkedHashMap<>();

        /** Calls with their conference, in the order in which they entered it. */
        private final Map<String, String> conferenceOf = new LinkedHashMap<>();

        private final Map<String, String> keys = new HashMap<>();
        private final Map<String, Set<String>> told = new HashMap<>();

        void reported(String server, String call, Map<String, Object> record) {
            reports.put(List.of(server, call), new Report(server, call, record));
            rename(call);
        }

        void gone(String server, String call) {
            reports.remove(List.of(server, call));
            rename(call);
        }

        Map<String, Held> held() {
            Map<String, Held> held = new HashMap<>();
            for (String conference : new HashSet<>(conferenceOf.values())) {
                List<Report> members = membersOf(conference);
                String correlator = conference.startsWith("correlator ") ? conference.substring(11) : null;
                Map<String, Object> elements = new HashMap<>();
                Set<String> toldBefore = told.get(conference);
                for (String element : ELEMENTS) {
                    List<Object> values = members.stream()
                            .filter(report -> report.record().containsKey(element))
                            .map(report -> plain(report.record().get(element)))
                            .toList();
                    if (!values.isEmpty()) {
                        toldBefore.add(element);
                        elements.put(element, merged(element, values));
                    } else if (toldBefore.contains(element)) {
                        elements.put(element, null);
                    }
                }
                List<String> servers = SERVERS.stream()
                        .filter(server -> members.stream()
                                .anyMatch(report -> report.server().equals(server)))
                        .toList();
                held.put(keys.get(conference), new Held(correlator, elements, servers));
            }
            assertThat(held).hasSameSizeAs(keys.keySet());
            return held;
        }

        private void rename(String call) {
            String conference = conferenceNow(call);
            if (!Objects.equals(conference, conferenceOf.get(call))) {
                conferenceOf.remove(call);
                if (conference != null) {
                    conferenceOf.put(call, conference);
                }
            }
            keys.keySet().retainAll(conferenceOf.values());
            told.keySet().retainAll(conferenceOf.values());
            for (String each : new HashSet<>(conferenceOf.values())) {
                String key = keys.get(each);
                if (key == null
                        || conferenceOf.containsKey(key)
                                && !conferenceOf.get(key).equals(each)) {
                    keys.put(each, longestIn(each));
                    told.put(each, new HashSet<>());
                }
            }
        }

        private String longestIn(String conference) {
            return conferenceOf.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(conference))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }

        private String conferenceNow(String call) {
            List<Report> own = inServerOrder(reports.values().stream()
                    .filter(report -> report.call().equals(call))
                    .toList());
            if (own.isEmpty()) {
                return null;
            }
            return own.stream()
                    .map(report -> report.record().get("callCorrelator"))
                    .filter(value -> value instanceof String text && !text.isEmpty())
                    .findFirst()
                    .map(correlator -> "correlator " + correlator)
                    .orElse("call " + call);
        }

        private List<Report> membersOf(String conference) {
            List<Report> latestFirst = new ArrayList<>(reports.values().stream()
                    .filter(report -> conference.equals(conferenceOf.get(report.call())))
                    .toList());
            Collections.reverse(latestFirst);
            return inServerOrder(latestFirst);
        }

        private static List<Report> inServerOrder(List<Report> reports) {
            return reports.stream()
                    .sorted(Comparator.comparingInt(report -> SERVERS.indexOf(report.server())))
                    .toList();
        }

        private static Object merged(String element, List<Object> values) {
            if (element.equals("recording") && values.contains("active")) {
                return "active";
            }
            if (element.equals("lockState") && values.contains("locked")) {
                return "locked";
            }
            List<Object> set = values.stream().filter(Objects::nonNull).toList();
            if (!set.isEmpty() && set.stream().allMatch(BigDecimal.class::isInstance)) {
                return set.stream()
                        .map(BigDecimal.class::cast)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
            }
            return set.isEmpty() ? null : set.get(0);
        }
    }
}
