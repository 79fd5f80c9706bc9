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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CallDirectoryTest {

    private int runs;
    private CallDirectory directory = directory("a", "b", "c");

    @Nested
    class WhatIsOneConference {

        @Test
        void callsWithOneCorrelatorOnSeveralServers() {
            learn("b", "b1", "callCorrelator", "k");
            learn("a", "a1", "callCorrelator", "k");
            learn("c", "c1", "callCorrelator", "other");

            assertThat(calls(conference("a", "a1"))).containsExactly("a1", "b1");
            assertThat(conference("b", "b1")).isSameAs(conference("a", "a1"));
            assertThat(calls(conference("c", "c1"))).containsExactly("c1");
            assertThat(directory.conferences()).containsExactlyInAnyOrder(conference("a", "a1"), conference("c", "c1"));
        }

        @Test
        void eachCallWithoutACorrelator() {
            learn("a", "a1", "name", "Same");
            learn("b", "b1", "name", "Same");
            learn("a", "a2", "name", "Same");

            assertThat(directory.conferences()).hasSize(3);
        }

        @Test
        void twoCallsOnOneServerWithOneCorrelator() {
            learn("a", "a1", "callCorrelator", "k");
            learn("a", "a2", "callCorrelator", "k");
            learn("b", "b1", "callCorrelator", "k");
            assertThat(calls(conference("a", "a1"))).containsExactly("a1", "a2", "b1");

            directory.forget("a", Resource.CALLS, "a1");

            assertThat(calls(conference("a", "a2"))).containsExactly("a2", "b1");
            assertThat(conference("a", "a2").endings()).isZero();
        }

        @Test
        void theSameGuidOnTwoServersIsNotTheSameCall() {
            learn("a", "x", "name", "One");
            learn("b", "x", "name", "Two");

            assertThat(conference("a", "x")).isNotSameAs(conference("b", "x"));
        }

        @Test
        void aCorrelatorThatIsBlankOrNoTextIsNone() {
            learn("a", "a1", "callCorrelator", "");
            learn("b", "b1", "callCorrelator", "");
            learn("a", "a2", "callCorrelator", " ");
            learn("b", "b2", "callCorrelator", " ");
            learn("a", "a3", "callCorrelator", 7);
            learn("b", "b3", "callCorrelator", 7);
            learn("a", "a4", "callCorrelator", null);
            learn("b", "b4", "callCorrelator", null);

            assertThat(directory.conferences()).hasSize(8).allSatisfy(alone -> assertThat(alone.correlator())
                    .isNull());
        }

        @Test
        void aCallKeepsItsCorrelatorWhenItIsToldNoneAnyMore() {
            learn("a", "a1", "callCorrelator", "k");
            learn("b", "b1", "callCorrelator", "k");

            learn("a", "a1", "callCorrelator", "");
            learn("a", "a1", "callCorrelator", null);
            learn("a", "a1");

            assertThat(calls(conference("b", "b1"))).containsExactly("a1", "b1");
        }

        @Test
        void onOneServerAloneCallsAreNotGrouped() {
            directory = directory("a");
            learn("a", "a1", "callCorrelator", "k");
            learn("a", "a2", "callCorrelator", "k");

            assertThat(conference("a", "a1")).isNotSameAs(conference("a", "a2"));
            assertThat(conference("a", "a1").correlator()).isEqualTo("k");
            assertThat(conference("a", "a2").correlator()).isEqualTo("k");
        }
    }

    @Nested
    class ACorrelatorThatComesLate {

        @Test
        void leavesACallThatIsAloneTheConferenceThatItWas() {
            learn("a", "a1", "name", "Board");
            Conference before = conference("a", "a1");

            learn("a", "a1", "name", "Board", "callCorrelator", "k");
            learn("b", "b1", "callCorrelator", "k");

            assertThat(conference("a", "a1")).isSameAs(before);
            assertThat(calls(before)).containsExactly("a1", "b1");
            assertThat(before.correlator()).isEqualTo("k");
            assertThat(before.endings()).isZero();
        }

        @Test
        void takesACallIntoAConferenceThatIsKnown() {
            learn("a", "a1", "callCorrelator", "k");
            learn("b", "b1", "name", "Board");
            Conference known = conference("a", "a1");
            Conference alone = conference("b", "b1");
            directory.takeChanged();

            learn("b", "b1", "name", "Board", "callCorrelator", "k");

            assertThat(conference("b", "b1")).isSameAs(known);
            assertThat(alone.calls()).isEmpty();
            assertThat(alone.isReported()).isFalse();
            assertThat(alone.endings()).isEqualTo(1);
            assertThat(known.endings()).isZero();
            assertThat(directory.conferences()).containsExactly(known);
            assertThat(directory.takeChanged()).containsExactlyInAnyOrder(alone, known);
        }

        @Test
        void isToldByTheDetailsOfACallAsWell() {
            learn("a", "a1", "callCorrelator", "k");
            learn("b", "b1");

            directory.learn("b", Resource.CALL_INFO, "b1", Map.of("callCorrelator", "k"), false);

            assertThat(calls(conference("a", "a1"))).containsExactly("a1", "b1");
        }
    }

    @Nested
    class ACorrelatorThatChanges {

        @Test
        void leavesACallThatIsAloneTheConferenceThatItWas() {
            learn("a", "a1", "callCorrelator", "k");
            Conference before = conference("a", "a1");

            learn("a", "a1", "callCorrelator", "other");
            learn("b", "b1", "callCorrelator", "k");
            learn("c", "c1", "callCorrelator", "other");

            assertThat(conference("a", "a1")).isSameAs(before);
            assertThat(before.correlator()).isEqualTo("other");
            assertThat(calls(before)).containsExactly("a1", "c1");
            assertThat(calls(conference("b", "b1"))).containsExactly("b1");
        }

        @Test
        void takesACallOutOfAConferenceThatGoesOn() {
            learn("a", "a1", "callCorrelator", "k");
            learn("b", "b1", "callCorrelator", "k");
            Conference before = conference("a", "a1");

            learn("a", "a1", "callCorrelator", "other");

            assertThat(calls(before)).containsExactly("b1");
            assertThat(before.correlator()).isEqualTo("k");
            assertThat(before.endings()).isZero();
            assertThat(calls(conference("a", "a1"))).containsExactly("a1");
            assertThat(conference("a", "a1").correlator()).isEqualTo("other");
        }

        @Test
        void takesACallFromOneConferenceToAnother() {
            learn("a", "a1", "callCorrelator", "k");
            learn("b", "b1", "callCorrelator", "other");
            Conference left = conference("a", "a1");
            Conference entered = conference("b", "b1");

            learn("a", "a1", "callCorrelator", "other");

            assertThat(calls(entered)).containsExactly("a1", "b1");
            assertThat(left.calls()).isEmpty();
            assertThat(left.endings()).isEqualTo(1);

            learn("c", "c1", "callCorrelator", "k");
            assertThat(conference("c", "c1")).isNotSameAs(left);
        }
    }

    @Nested
    class NamesAndCorrelators {

        @Test
        void areThoseOfTheFirstServerThatHasOne() {
            learn("b", "b1", "callCorrelator", "k", "name", "of b");
            assertThat(conference("b", "b1").name()).isEqualTo("of b");
            learn("c", "c1", "callCorrelator", "k", "name", "of c");
            assertThat(conference("b", "b1").name()).isEqualTo("of b");
            learn("a", "a1", "callCorrelator", "k");
            assertThat(conference("b", "b1").name()).isEqualTo("of b");

            learn("a", "a1", "callCorrelator", "k", "name", "of a");
            assertThat(conference("b", "b1").name()).isEqualTo("of a");
            directory.forget("a", Resource.CALLS, "a1");
            assertThat(conference("b", "b1").name()).isEqualTo("of b");
        }

        @Test
        void areThoseOfAServerThatIsHeardOfIfItHasOne() {
            learn("a", "a1", "callCorrelator", "k", "name", "Old");
            learn("b", "b1", "callCorrelator", "k", "name", "New");
            learn("c", "c1", "name", "Lounge");

            directory.outdate("a");
            directory.outdate("c");
            assertThat(conference("b", "b1").name()).isEqualTo("New");
            assertThat(conference("c", "c1").name()).isEqualTo("Lounge");

            learn("a", "a1", "callCorrelator", "k", "name", "Newest");
            assertThat(conference("b", "b1").name()).isEqualTo("Newest");
        }

        @Test
        void areAsLastTold() {
            learn("a", "a1", "name", "One");
            learn("a", "a1", "name", "Two");
            assertThat(conference("a", "a1").name()).isEqualTo("Two");
        }

        @Test
        void areNotTakenFromWhatIsNoText() {
            learn("a", "a1", "name", "One");
            learn("a", "a1", "name", null);
            learn("a", "a1", "name", 7);

            assertThat(conference("a", "a1").name()).isEqualTo("One");
            assertThat(conference("a", "a1").correlator()).isNull();
        }

        @Test
        void areKeptWhenTheConferenceIsOver() {
            learn("a", "a1", "name", "Board", "callCorrelator", "k");
            learn("b", "b1", "name", "Board of b", "callCorrelator", "k");
            Conference conference = conference("a", "a1");

            directory.forget("a", Resource.CALLS, "a1");
            directory.forget("b", Resource.CALLS, "b1");

            assertThat(conference.name()).isEqualTo("Board of b");
            assertThat(conference.correlator()).isEqualTo("k");
        }

        @Test
        void arePutTogetherFromSeveralSubscriptions() {
            learn("a", "a1", "callCorrelator", "k");
            directory.learn("a", Resource.CALL_INFO, "a1", Map.of("name", "Board"), false);

            assertThat(conference("a", "a1").name()).isEqualTo("Board");
            assertThat(conference("a", "a1").correlator()).isEqualTo("k");
        }
    }

    @Nested
    class Identity {

        @Test
        void isKnownOnceASubscriptionHasToldThatTellsIt() {
            directory.learn("a", Resource.CALLS, "a1", Map.of("name", "Board"), false);
            assertThat(conference("a", "a1").isReported()).isTrue();
            assertThat(conference("a", "a1").isIdentified()).isFalse();
            directory.takeChanged();

            directory.learn("a", Resource.CALLS, "a1", Map.of("name", "Board"), true);

            assertThat(conference("a", "a1").isIdentified()).isTrue();
            assertThat(directory.takeChanged()).containsExactly(conference("a", "a1"));
        }

        @Test
        void isNotKnownFromTheDetailsOfACall() {
            directory.learn("a", Resource.CALL_INFO, "a1", Map.of("name", "Board", "callCorrelator", "k"), true);

            assertThat(conference("a", "a1").isIdentified()).isFalse();
        }

        @Test
        void hasToBeToldAgainWhenTheCallComesBack() {
            learn("a", "a1", "name", "Board");
            directory.assume("a", "a1");
            directory.forget("a", Resource.CALLS, "a1");

            directory.learn("a", Resource.CALLS, "a1", Map.of(), false);

            assertThat(conference("a", "a1").isIdentified()).isFalse();
        }
    }

    @Nested
    class TheEnd {

        @Test
        void isWhenTheLastServerNoLongerReportsIt() {
            learn("a", "a1", "callCorrelator", "k");
            learn("b", "b1", "callCorrelator", "k");
            Conference conference = conference("a", "a1");

            directory.forget("a", Resource.CALLS, "a1");
            assertThat(conference.isReported()).isTrue();
            assertThat(conference.endings()).isZero();
            assertThat(directory.conferenceOf("a", "a1")).isEmpty();

            directory.forget("b", Resource.CALLS, "b1");
            assertThat(conference.isReported()).isFalse();
            assertThat(conference.endings()).isEqualTo(1);
            assertThat(directory.conferenceOf("b", "b1")).isEmpty();
            assertThat(directory.conferences()).isEmpty();
        }

        @Test
        void leavesNothingToAConferenceWithTheSameCorrelator() {
            learn("a", "a1", "callCorrelator", "k");
            Conference over = conference("a", "a1");
            directory.forget("a", Resource.CALLS, "a1");

            learn("a", "a2", "callCorrelator", "k");

            assertThat(conference("a", "a2")).isNotSameAs(over);
            assertThat(conference("a", "a2").endings()).isZero();
        }

        @Test
        void isCountedWhenTheConferenceComesBackBetweenTwoLooks() {
            learn("a", "a1", "callCorrelator", "k");
            directory.learn("a", Resource.CALL_INFO, "a1", Map.of(), false);
            Conference conference = conference("a", "a1");

            directory.forget("a", Resource.CALLS, "a1");
            learn("a", "a1", "callCorrelator", "k");

            assertThat(conference("a", "a1")).isSameAs(conference);
            assertThat(conference.isReported()).isTrue();
            assertThat(conference.endings()).isEqualTo(1);
        }

        @Test
        void isNotWhenOnlyTheDetailsAreNoLongerTold() {
            learn("a", "a1");
            directory.learn("a", Resource.CALL_INFO, "a1", Map.of(), false);

            directory.forget("a", Resource.CALL_INFO, "a1");

            assertThat(conference("a", "a1").isReported()).isTrue();
            assertThat(conference("a", "a1").endings()).isZero();
        }

        @Test
        void ofWhatIsNotKnownIsNothing() {
            learn("a", "a1");
            directory.takeChanged();

            directory.forget("a", Resource.CALLS, "never known");
            directory.forget("b", Resource.CALLS, "a1");
            directory.forget("a", Resource.CALL_INFO, "a1");

            assertThat(conference("a", "a1").isReported()).isTrue();
            assertThat(directory.takeChanged()).isEmpty();
        }
    }

    @Nested
    class WhoeverKnowsOfACall {

        @Test
        void keepsItKnown() {
            learn("a", "a1", "name", "Board");
            directory.learn("a", Resource.CALL_INFO, "a1", Map.of(), false);

            directory.forget("a", Resource.CALLS, "a1");
            assertThat(conference("a", "a1").name()).isEqualTo("Board");
            assertThat(conference("a", "a1").isReported()).isFalse();
            assertThat(directory.conferences()).isEmpty();

            directory.forget("a", Resource.CALL_INFO, "a1");
            assertThat(directory.conferenceOf("a", "a1")).isEmpty();
        }

        @Test
        void mayAssumeIt() {
            Conference assumed = directory.assume("a", "a1");

            assertThat(assumed.isReported()).isFalse();
            assertThat(assumed.calls()).singleElement().satisfies(call -> {
                assertThat(call.server()).isEqualTo("a");
                assertThat(call.call()).isEqualTo("a1");
                assertThat(call.isAssumed()).isTrue();
                assertThat(call.isFresh()).isFalse();
            });
            assertThat(directory.conferences()).isEmpty();
            assertThat(directory.assume("a", "a1")).isSameAs(assumed);
        }

        @Test
        void isToldOfTheSameConferenceWhenItIsReported() {
            Conference assumed = directory.assume("a", "a1");
            learn("a", "a1", "callCorrelator", "k");
            assertThat(conference("a", "a1")).isSameAs(assumed);
            assertThat(assumed.isReported()).isTrue();

            directory.forget("a", Resource.CALLS, "a1");

            assertThat(conference("a", "a1")).isSameAs(assumed);
            assertThat(assumed.endings()).isEqualTo(1);
        }

        @Test
        void mayAssumeWhatIsReported() {
            learn("a", "a1", "name", "Board");
            Conference reported = conference("a", "a1");

            assertThat(directory.assume("a", "a1")).isSameAs(reported);
            directory.assumeNoLonger(reported);

            assertThat(conference("a", "a1")).isSameAs(reported);
            assertThat(reported.calls()).singleElement().matches(call -> !call.isAssumed());
        }

        @Test
        void mayAssumeItNoLonger() {
            Conference assumed = directory.assume("a", "a1");
            directory.assumeNoLonger(assumed);

            assertThat(directory.conferenceOf("a", "a1")).isEmpty();
            assertThat(directory.assume("a", "a1")).isNotSameAs(assumed);
        }
    }

    @Nested
    class AnInterruption {

        @Test
        void leavesCallsReportedButNotFresh() {
            learn("a", "a1");
            learn("b", "b1");

            directory.outdate("a");

            assertThat(conference("a", "a1").isReported()).isTrue();
            assertThat(fresh("a", "a1")).isFalse();
            assertThat(fresh("b", "b1")).isTrue();
            assertThat(directory.conferences()).hasSize(2);
        }

        @Test
        void isNewsAndSoIsItsEnd() {
            learn("a", "a1");
            learn("b", "b1");
            directory.takeChanged();

            directory.outdate("a");
            assertThat(directory.takeChanged()).containsExactly(conference("a", "a1"));

            learn("a", "a1");
            assertThat(fresh("a", "a1")).isTrue();
            assertThat(directory.takeChanged()).containsExactly(conference("a", "a1"));
        }

        @Test
        void isNotOverForWhatOnlyTheDetailsTellOf() {
            learn("a", "a1");
            directory.outdate("a");

            directory.learn("a", Resource.CALL_INFO, "a1", Map.of("name", "Board"), false);

            assertThat(fresh("a", "a1")).isFalse();
        }

        private boolean fresh(String server, String call) {
            return conference(server, call).calls().stream()
                    .filter(part -> part.server().equals(server) && part.call().equals(call))
                    .findFirst()
                    .orElseThrow()
                    .isFresh();
        }
    }

    @Nested
    class TheEndOfASubscription {

        @Test
        void forgetsSilentlyWhatOnlyItTold() {
            learn("a", "a1", "callCorrelator", "k");
            learn("a", "a2");
            directory.learn("a", Resource.CALL_INFO, "a2", Map.of(), false);
            directory.assume("a", "a3");
            learn("b", "b1", "callCorrelator", "k");
            Conference conference = conference("a", "a1");
            directory.takeChanged();

            directory.forgetAll("a", Resource.CALLS);

            assertThat(directory.takeChanged()).isEmpty();
            assertThat(directory.conferenceOf("a", "a1")).isEmpty();
            assertThat(calls(conference("b", "b1"))).containsExactly("b1");
            assertThat(conference("a", "a2").isReported()).isFalse();
            assertThat(directory.conferenceOf("a", "a3")).isPresent();
            assertThat(conference.endings()).isZero();
            assertThat(directory.conferences()).containsExactly(conference);
        }

        @Test
        void leavesNothingToWhatIsToldLater() {
            learn("a", "a1", "callCorrelator", "k", "name", "Board");
            Conference before = conference("a", "a1");
            directory.forgetAll("a", Resource.CALLS);

            learn("a", "a1", "callCorrelator", "k");

            assertThat(conference("a", "a1")).isNotSameAs(before);
            assertThat(conference("a", "a1").name()).isNull();
        }
    }

    @Nested
    class WhatHasChanged {

        @Test
        void isSaidOnceUntilItIsTaken() {
            learn("a", "a1");
            learn("a", "a2");
            directory.forget("a", Resource.CALLS, "a2");
            assertThat(runs).isEqualTo(1);

            directory.takeChanged();
            learn("a", "a3");
            learn("a", "a3", "name", "Board");
            assertThat(runs).isEqualTo(2);
        }

        @Test
        void isEveryConferenceThatCameChangedOrWent() {
            learn("a", "stays");
            learn("a", "renamed", "name", "Old");
            learn("a", "goes");
            Conference gone = conference("a", "goes");
            directory.takeChanged();

            learn("a", "stays");
            learn("a", "renamed", "name", "New");
            directory.forget("a", Resource.CALLS, "goes");
            learn("a", "comes");

            assertThat(directory.takeChanged())
                    .containsExactlyInAnyOrder(conference("a", "renamed"), gone, conference("a", "comes"));
            assertThat(directory.takeChanged()).isEmpty();
        }

        @Test
        void isNothingWhenTheSameIsToldAgain() {
            learn("a", "a1", "name", "Board", "callCorrelator", "k");
            directory.takeChanged();

            learn("a", "a1", "name", "Board", "callCorrelator", "k", "participants", 4);
            learn("a", "a1");

            assertThat(directory.takeChanged()).isEmpty();
            assertThat(runs).isEqualTo(1);
        }

        @Test
        void isAConferenceWhichAnotherServerReportsOrNoLongerDoes() {
            learn("a", "a1", "callCorrelator", "k");
            directory.takeChanged();

            learn("b", "b1", "callCorrelator", "k");
            assertThat(directory.takeChanged()).containsExactly(conference("a", "a1"));

            directory.forget("b", Resource.CALLS, "b1");
            assertThat(directory.takeChanged()).containsExactly(conference("a", "a1"));
        }
    }

    @Test
    void aServerThatNoLongerListsTheCallCountsLessForItsNameThanOneThatDoes() {
        CallDirectory directory = new CallDirectory(List.of("a", "b"), () -> {});
        directory.learn("a", Resource.CALLS, "a1", Map.of("name", "Old", "callCorrelator", "k"), true);
        directory.learn("b", Resource.CALLS, "b1", Map.of("name", "New", "callCorrelator", "k"), true);
        directory.learn("a", Resource.CALL_INFO, "a1", Map.of("name", "Old"), false);

        directory.forget("a", Resource.CALLS, "a1");

        assertThat(directory.conferenceOf("b", "b1").orElseThrow().name()).isEqualTo("New");
    }

    private CallDirectory directory(String... servers) {
        return new CallDirectory(List.of(servers), () -> runs++);
    }

    private void learn(String server, String call, Object... namesAndValues) {
        Map<String, Object> record = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        directory.learn(server, Resource.CALLS, call, Collections.unmodifiableMap(record), true);
    }

    private Conference conference(String server, String call) {
        return directory.conferenceOf(server, call).orElseThrow();
    }

    private static List<String> calls(Conference conference) {
        return conference.calls().stream().map(ReportedCall::call).toList();
    }
}
