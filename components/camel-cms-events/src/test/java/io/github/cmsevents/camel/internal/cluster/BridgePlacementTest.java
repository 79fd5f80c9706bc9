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

import io.github.cmsevents.camel.internal.cluster.BridgePlacement.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BridgePlacementTest {

    /** A bridge that is connected, reports the conference, and has turned nothing down. */
    private static final Bridge BRIDGE = new Bridge("?", false, false, true, false, true, 0);

    private record Bridge(
            String server,
            boolean current,
            boolean working,
            boolean fresh,
            boolean turnedDown,
            boolean room,
            int subscriptions) {

        Bridge called(String name) {
            return new Bridge(name, current, working, fresh, turnedDown, room, subscriptions);
        }

        Bridge doingItsWork() {
            return new Bridge(server, true, true, fresh, turnedDown, room, subscriptions);
        }

        Bridge notDoingItsWork() {
            return new Bridge(server, true, false, fresh, turnedDown, room, subscriptions);
        }

        Bridge stale() {
            return new Bridge(server, current, working, false, turnedDown, room, subscriptions);
        }

        Bridge turnedItDown() {
            return new Bridge(server, current, working, fresh, true, room, subscriptions);
        }

        Bridge withoutRoom() {
            return new Bridge(server, current, working, fresh, turnedDown, false, subscriptions);
        }

        Bridge with(int count) {
            return new Bridge(server, current, working, fresh, turnedDown, room, count);
        }

        Candidate candidate() {
            return new Candidate(server, "call on " + server, current, working, fresh, turnedDown, room, subscriptions);
        }
    }

    @Nested
    class WhereItIsNowhere {

        @Test
        void goesToTheBridgeWithTheFewestSubscriptions() {
            assertThat(chosen(
                            bridge("a").with(3),
                            bridge("b").with(1),
                            bridge("c").with(2)))
                    .contains("b");
        }

        @Test
        void goesToTheFirstOfThoseThatAreAlike() {
            assertThat(chosen(
                            bridge("a").with(2),
                            bridge("b").with(1),
                            bridge("c").with(1)))
                    .contains("b");
            assertThat(chosen(bridge("c").with(1), bridge("b").with(1))).contains("c");
        }

        @Test
        void namesTheCallAsTheBridgeHasIt() {
            assertThat(BridgePlacement.choose(List.of(bridge("a").candidate())).map(Candidate::call))
                    .contains("call on a");
        }

        @Test
        void goesToABridgeWithRoomHoweverManySubscriptionsItHas() {
            assertThat(chosen(bridge("a").with(1).withoutRoom(), bridge("b").with(400)))
                    .contains("b");
        }

        @Test
        void waitsAtTheBridgeWithTheFewestSubscriptionsWhenAllAreFull() {
            assertThat(chosen(
                            bridge("a").with(500).withoutRoom(),
                            bridge("b").with(300).withoutRoom(),
                            bridge("c").with(300).withoutRoom()))
                    .contains("b");
        }

        @Test
        void goesToNoBridgeWhoseWordIsStale() {
            assertThat(chosen(bridge("a").stale(), bridge("b").with(9))).contains("b");
            assertThat(chosen(bridge("a").stale())).isEmpty();
        }

        @Test
        void goesToNoBridgeThatHasTurnedItDown() {
            assertThat(chosen(bridge("a").turnedItDown(), bridge("b").with(9))).contains("b");
            assertThat(chosen(bridge("a").turnedItDown())).isEmpty();
        }

        @Test
        void waitsAtNoFullBridgeThatIsStaleOrHasTurnedItDown() {
            assertThat(chosen(
                            bridge("a").stale().withoutRoom(),
                            bridge("b").turnedItDown().withoutRoom()))
                    .isEmpty();
            assertThat(chosen(
                            bridge("a").stale().withoutRoom(),
                            bridge("b").with(9).withoutRoom()))
                    .contains("b");
        }

        @Test
        void goesNowhereWhenNoBridgeReportsIt() {
            assertThat(BridgePlacement.choose(List.of())).isEmpty();
        }
    }

    @Nested
    class WhereItWorks {

        @Test
        void staysAlthoughAnotherBridgeHasFewerSubscriptions() {
            assertThat(chosen(bridge("a"), bridge("b").doingItsWork().with(90))).contains("b");
        }

        @Test
        void staysOnAFullBridge() {
            assertThat(chosen(bridge("a"), bridge("b").doingItsWork().withoutRoom()))
                    .contains("b");
        }

        @Test
        void staysAlthoughTheBridgesListOfCallsIsInterrupted() {
            assertThat(chosen(bridge("a"), bridge("b").doingItsWork().stale())).contains("b");
        }
    }

    @Nested
    class WhereItDoesNotWork {

        @Test
        void goesToAnotherBridgeAlthoughItHasMoreSubscriptions() {
            assertThat(chosen(bridge("a").notDoingItsWork(), bridge("b").with(90)))
                    .contains("b");
        }

        @Test
        void goesToTheFirstOfTheEmptiestOfTheOthers() {
            assertThat(chosen(
                            bridge("a").with(2),
                            bridge("b").with(1),
                            bridge("c").notDoingItsWork(),
                            bridge("d").with(1)))
                    .contains("b");
        }

        @Test
        void staysWhenEveryOtherIsFull() {
            assertThat(chosen(
                            bridge("a").withoutRoom(),
                            bridge("b").notDoingItsWork().with(7)))
                    .contains("b");
        }

        @Test
        void staysOnAFullBridgeWhenEveryOtherIsFull() {
            assertThat(chosen(
                            bridge("a").withoutRoom(),
                            bridge("b").notDoingItsWork().withoutRoom().with(7)))
                    .contains("b");
        }

        @Test
        void staysWhenEveryOtherIsStale() {
            assertThat(chosen(bridge("a").stale(), bridge("b").notDoingItsWork()))
                    .contains("b");
        }

        @Test
        void staysWhenEveryOtherHasTurnedItDown() {
            assertThat(chosen(
                            bridge("a").turnedItDown(),
                            bridge("b").notDoingItsWork().turnedItDown()))
                    .contains("b");
        }

        @Test
        void staysWhenThereIsNoOther() {
            assertThat(chosen(bridge("a").notDoingItsWork().stale().withoutRoom()))
                    .contains("a");
        }
    }

    /** The rule of the Javadoc, read line by line. */
    @RepeatedTest(20)
    void choosesAsTheRuleSays(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < 500; round++) {
            List<Candidate> candidates = someCandidates(random);

            assertThat(BridgePlacement.choose(candidates)).as("%s", candidates).isEqualTo(byTheRule(candidates));
        }
    }

    private static List<Candidate> someCandidates(Random random) {
        int count = random.nextInt(5);
        int current = random.nextInt(count + 2) - 1;
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(new Candidate(
                    "server " + i,
                    "call " + i,
                    i == current,
                    i == current && random.nextBoolean(),
                    random.nextInt(3) > 0,
                    random.nextInt(3) == 0,
                    random.nextInt(3) > 0,
                    random.nextInt(3)));
        }
        return candidates;
    }

    private static Optional<Candidate> byTheRule(List<Candidate> candidates) {
        Candidate current = null;
        Candidate withRoom = null;
        Candidate full = null;
        for (Candidate candidate : candidates) {
            if (candidate.current()) {
                current = candidate;
            } else if (candidate.fresh() && !candidate.turnedDown() && candidate.room()) {
                withRoom = emptier(withRoom, candidate);
            } else if (candidate.fresh() && !candidate.turnedDown()) {
                full = emptier(full, candidate);
            }
        }
        if (current != null && current.working()) {
            return Optional.of(current);
        }
        if (withRoom != null) {
            return Optional.of(withRoom);
        }
        return Optional.ofNullable(current != null ? current : full);
    }

    private static Candidate emptier(Candidate earlier, Candidate later) {
        return earlier == null || later.subscriptions() < earlier.subscriptions() ? later : earlier;
    }

    private static Bridge bridge(String name) {
        return BRIDGE.called(name);
    }

    private static Optional<String> chosen(Bridge... bridges) {
        return BridgePlacement.choose(
                        List.of(bridges).stream().map(Bridge::candidate).toList())
                .map(Candidate::server);
    }
}
