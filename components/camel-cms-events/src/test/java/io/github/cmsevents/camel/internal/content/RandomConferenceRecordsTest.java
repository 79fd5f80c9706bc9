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

import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under random reports, a consumer that applies the updates holds what merging all reports anew gives. */
class RandomConferenceRecordsTest {

    private static final int STEPS = 3_000;
    private static final List<String> SERVERS = List.of("c:443", "a:443", "b:443");
    private static final List<String> GUIDS = List.of("1", "2", "3");
    private static final List<String> ELEMENTS = List.of("participants", "recording", "lockState", "name");
    private static final Origin ORIGIN = new Origin("a:443", "callListUpdate", 1);

    private static final List<Object> CORRELATORS = Arrays.asList("x", "x", "x", "y", "y", null, "", 7);
    private static final List<Object> VALUES = Arrays.asList(
            null, null, "active", "active", "locked", "locked", "Board", true, 0, 1, 1, 2L, 2.0, 2.5, BigInteger.TWO);

    private ConferenceIndex index;
    private ConferenceRecords records;
    /** What the consumer holds, by key: knows nothing but the updates. */
    private Map<String, Held> held;

    private record Held(Map<String, Object> record, List<String> servers) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theConsumerHoldsWhatMergingAnewGives(long seed) {
        Random random = new Random(seed);
        begin();
        Set<UpdateType> seen = new HashSet<>();
        Map<Conference, Map<String, Object>> expected = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            String server = oneOf(random, SERVERS);
            String guid = server + oneOf(random, GUIDS);
            Map<String, Held> before = Map.copyOf(held);
            List<Update> updates = new ArrayList<>();
            switch (random.nextInt(8)) {
                case 0 -> {
                    index.outdate(server);
                    updates.addAll(apply(index.takeChanged()));
                }
                case 1, 2 ->
                    updates.addAll(apply(index.unlisted(server, guid).stream().toList()));
                default -> updates.addAll(apply(index.listed(server, guid, record(random), records.needed())));
            }
            updates.forEach(update -> seen.add(update.type()));

            assertThat(held).as("seed %d, step %d", seed, step).isEqualTo(mergeAnew(expected));
            if (before.equals(held)) {
                assertThat(updates).as("seed %d, step %d", seed, step).isEmpty();
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(UpdateType.values());
        SERVERS.forEach(server -> index.callsOn(server)
                .forEach(call ->
                        apply(index.unlisted(server, call.guid()).stream().toList())));
        assertThat(held).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void theOrderInWhichServersReportDecidesNothingButTheKey(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Runnable> reports = new ArrayList<>();
            for (String server : SERVERS) {
                Map<String, Object> record = record(random);
                record.put("callCorrelator", "x");
                reports.add(() -> apply(index.listed(server, server + "1", record, records.needed())));
            }
            Set<Object> outcomes = new HashSet<>();
            for (int order = 0; order < 6; order++) {
                Collections.shuffle(reports, random);
                begin();
                reports.forEach(Runnable::run);
                outcomes.add(List.copyOf(held.values()));
                assertThat(held).hasSize(1);
            }
            assertThat(outcomes).hasSize(1);
        }
    }

    private void begin() {
        index = new ConferenceIndex(SERVERS, () -> {});
        records = new ConferenceRecords(new RecordingRoute(), new Interest(ELEMENTS, true, false, false));
        held = new HashMap<>();
    }

    private List<Update> apply(Collection<Conference> concerned) {
        index.takeChanged();
        List<Update> updates = new ArrayList<>();
        for (Conference conference : concerned) {
            updates.addAll(records.review(conference, ORIGIN, "call", null, false));
        }
        updates.forEach(this::apply);
        return updates;
    }

    private void apply(Update update) {
        Held before = held.get(update.conference());
        Map<String, Object> changed = new HashMap<>();
        update.body().forEach((element, value) -> changed.put(element, plain(value)));
        assertThat(changed.remove("call")).isEqualTo(update.conference());
        changed.remove("updateType");
        assertThat(before == null).isEqualTo(update.type() == UpdateType.ADD);
        switch (update.type()) {
            case ADD -> held.put(update.conference(), new Held(changed, update.servers()));
            case UPDATE -> {
                changed.forEach((element, value) -> assertThat(
                                before.record.containsKey(element) && Objects.equals(before.record.get(element), value))
                        .isFalse());
                Map<String, Object> record = new HashMap<>(before.record);
                record.putAll(changed);
                held.put(update.conference(), new Held(record, update.servers()));
            }
            case REMOVE -> held.remove(update.conference());
        }
    }

    /** @param before the records after the last step: cleared elements, and all of them while no list is current */
    private Map<String, Held> mergeAnew(Map<Conference, Map<String, Object>> before) {
        Map<String, Held> expected = new HashMap<>();
        before.keySet().retainAll(index.conferences());
        for (Conference conference : index.conferences()) {
            Map<String, Object> record = before.computeIfAbsent(conference, first -> new HashMap<>());
            List<ReportedCall> current =
                    conference.calls().stream().filter(ReportedCall::isFresh).toList();
            boolean merges = !current.isEmpty() || record.isEmpty();
            for (String element : ELEMENTS) {
                boolean isInCurrent =
                        current.stream().anyMatch(call -> call.record().containsKey(element));
                List<ReportedCall> counting = isInCurrent ? current : conference.calls();
                if (counting.stream().anyMatch(call -> call.record().containsKey(element))) {
                    if (merges) {
                        record.put(element, merged(element, counting));
                    }
                } else if (merges && record.containsKey(element)) {
                    record.put(element, null);
                }
            }
            List<String> servers = SERVERS.stream()
                    .filter(server -> conference.calls().stream()
                            .anyMatch(call -> call.server().equals(server)))
                    .toList();
            expected.put(conference.key(), new Held(new HashMap<>(record), servers));
        }
        return expected;
    }

    private static Object merged(String element, List<ReportedCall> calls) {
        List<ReportedCall> joined = calls.stream()
                .filter(call -> !Objects.equals(plain(call.record().get("participants")), BigDecimal.ZERO))
                .toList();
        List<ReportedCall> counting = element.equals("lockState") && !joined.isEmpty() ? joined : calls;
        List<Object> values = counting.stream()
                .map(call -> plain(call.record().get(element)))
                .filter(Objects::nonNull)
                .toList();
        String enough = Map.of("recording", "active", "lockState", "locked").get(element);
        if (enough != null && values.contains(enough)) {
            return enough;
        }
        if (!values.isEmpty() && values.stream().allMatch(BigDecimal.class::isInstance)) {
            return values.stream()
                    .map(BigDecimal.class::cast)
                    .max(BigDecimal::compareTo)
                    .orElseThrow();
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static Map<String, Object> record(Random random) {
        Map<String, Object> record = new HashMap<>();
        for (String element : ELEMENTS) {
            if (random.nextInt(5) > 0) {
                record.put(element, oneOf(random, VALUES));
            }
        }
        if (random.nextInt(10) > 0) {
            record.put("callCorrelator", oneOf(random, CORRELATORS));
        }
        return record;
    }

    /** Numbers in the one form that all of the same value have. */
    private static Object plain(Object value) {
        return value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : value;
    }

    private static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
