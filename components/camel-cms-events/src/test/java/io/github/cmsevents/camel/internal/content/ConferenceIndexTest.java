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

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConferenceIndexTest {

    private int runs;
    private final ConferenceIndex index = new ConferenceIndex(List.of("a", "b", "c"), () -> runs++);

    @Nested
    class OneConference {

        @Test
        void isAllCallsWithOneCorrelator() {
            list("b", "b1", "callCorrelator", "k");
            list("a", "a1", "callCorrelator", "k");
            list("a", "a2", "callCorrelator", "k");
            list("c", "c1", "callCorrelator", "other");

            assertThat(calls(conference("a", "a1"))).containsExactly("a2", "a1", "b1");
            assertThat(conference("b", "b1")).isSameAs(conference("a", "a1"));
            assertThat(conference("b", "b1").key()).isEqualTo("b1");
            assertThat(index.conferences()).containsExactlyInAnyOrder(conference("a", "a1"), conference("c", "c1"));
        }

        @Test
        void isEachCallWithoutACorrelator() {
            list("a", "a1", "name", "Same");
            list("b", "b1", "name", "Same", "callCorrelator", "");
            list("a", "a2", "name", "Same", "callCorrelator", " ");
            list("b", "b2", "name", "Same", "callCorrelator", " ");
            list("a", "a3", "callCorrelator", 7);
            list("b", "b3", "callCorrelator", 7);
            list("c", "c1", "callCorrelator", null);

            assertThat(index.conferences())
                    .hasSize(7)
                    .extracting(Conference::correlator)
                    .containsOnlyNulls();
        }

        @Test
        void isNotCallsWithTheSameGuidAndTheirKeysDiffer() {
            list("a", "x", "name", "One");
            list("b", "x", "name", "Two");

            assertThat(conference("a", "x").key()).isEqualTo("x");
            assertThat(conference("b", "x").key()).isNotEqualTo("x").startsWith("x");
        }
    }

    @Nested
    class ALaterCorrelator {

        @Test
        void leavesACallThatIsAloneItsConference() {
            list("a", "a1", "name", "Board");
            Conference before = conference("a", "a1");

            list("a", "a1", "name", "Board", "callCorrelator", "k");
            list("b", "b1", "callCorrelator", "k");

            assertThat(conference("a", "a1")).isSameAs(before);
            assertThat(calls(before)).containsExactly("a1", "b1");
            assertThat(before.correlator()).isEqualTo("k");
            assertThat(before.hasEnded()).isFalse();
        }

        @Test
        void takesACallIntoTheConferenceThatHasIt() {
            list("a", "a1", "callCorrelator", "k");
            list("b", "b1", "name", "Board");
            Conference known = conference("a", "a1");
            Conference alone = conference("b", "b1");
            index.takeChanged();

            list("b", "b1", "name", "Board", "callCorrelator", "k");

            assertThat(conference("b", "b1")).isSameAs(known);
            assertThat(alone.calls()).isEmpty();
            assertThat(alone.hasEnded()).isTrue();
            assertThat(alone.successor()).isSameAs(known);
            assertThat(known.hasEnded()).isFalse();
            assertThat(index.conferences()).containsExactly(known);
            assertThat(index.takeChanged()).containsExactly(alone, known);
        }
    }

    @Nested
    class AChangedCorrelator {

        @Test
        void takesACallOutOfAConferenceThatOthersReport() {
            list("a", "a1", "callCorrelator", "k");
            list("c", "c1", "callCorrelator", "k");
            list("b", "b1", "callCorrelator", "k");
            Conference before = conference("a", "a1");

            list("a", "a1", "callCorrelator", "other");

            assertThat(calls(before)).containsExactly("b1", "c1");
            assertThat(before.correlator()).isEqualTo("k");
            assertThat(before.key()).isEqualTo("c1");
            assertThat(before.hasEnded()).isFalse();
            assertThat(calls(conference("a", "a1"))).containsExactly("a1");
            assertThat(conference("a", "a1").key()).isEqualTo("a1");
        }

        @Test
        void takesTheConferenceAlongWhileTheOtherServersAreAway() {
            list("b", "b1", "callCorrelator", "k");
            list("a", "a1", "callCorrelator", "k");
            Conference conference = conference("a", "a1");
            index.outdate("b");
            index.takeChanged();

            List<Conference> concerned = list("a", "a1", "callCorrelator", "other");

            Conference behind = conference("b", "b1");
            assertThat(conference("a", "a1")).isSameAs(conference);
            assertThat(conference.correlator()).isEqualTo("other");
            assertThat(conference.key()).isEqualTo("a1");
            assertThat(behind.correlator()).isEqualTo("k");
            assertThat(behind.key()).isEqualTo("b1");
            // The one that gives up its key comes first.
            assertThat(concerned).containsExactly(conference, behind);
            assertThat(index.takeChanged()).containsExactlyInAnyOrder(conference, behind);

            list("b", "b1", "callCorrelator", "other");
            assertThat(calls(conference)).containsExactly("a1", "b1");
            assertThat(behind.successor()).isSameAs(conference);
        }

        @Test
        void thatWasNotListedYetLeavesNoTrace() {
            Map<String, Object> record = Rows.fields("callCorrelator", "k");
            index.listed("a", "a1", record, ConferenceIndex.IDENTITY);
            index.outdate("a");
            // As an update does before the record is added again.
            record.put("callCorrelator", "other");
            index.outdate("a");
            index.unlisted("a", "a1");

            list("b", "b1", "callCorrelator", "k");

            assertThat(conference("b", "b1").hasEnded()).isFalse();
            assertThat(index.conferences()).containsExactly(conference("b", "b1"));
        }
    }

    @Nested
    class TheKey {

        @Test
        void staysWhenTheFirstCallEnds() {
            list("a", "a1", "callCorrelator", "k");
            list("b", "b1", "callCorrelator", "k");

            index.unlisted("a", "a1");

            assertThat(conference("b", "b1").key()).isEqualTo("a1");
        }

        @Test
        void isNotSharedWithACallWhoseGuidComesBackElsewhere() {
            list("a", "a1", "callCorrelator", "k");
            list("b", "b1", "callCorrelator", "k");
            index.unlisted("a", "a1");

            list("a", "a1", "callCorrelator", "other");
            assertThat(conference("b", "b1").key()).isEqualTo("a1");
            assertThat(conference("a", "a1").key()).isNotEqualTo("a1");

            index.unlisted("b", "b1");
            index.unlisted("a", "a1");
            list("a", "a1", "callCorrelator", "k");
            assertThat(conference("a", "a1").key()).isEqualTo("a1");
        }
    }

    @Nested
    class NamesAndIdentity {

        @Test
        void theLastNameIsKeptWhenItIsClearedAndWhenTheConferenceEnds() {
            list("a", "a1", "name", "One", "callCorrelator", "k");
            list("a", "a1", "name", "Two", "callCorrelator", "k");
            Conference conference = conference("a", "a1");
            list("a", "a1", "name", " ");
            list("a", "a1", "name", null);
            list("a", "a1", "name", 7);
            assertThat(conference.name()).isEqualTo("Two");

            index.unlisted("a", "a1");
            assertThat(conference.name()).isEqualTo("Two");
            assertThat(conference.correlator()).isEqualTo("k");
        }

        @Test
        void identityIsKnownOnceAListWithItsElementsHasTheCall() {
            index.listed("a", "a1", Map.of("name", "Board"), Set.of("name"));
            assertThat(conference("a", "a1").isListed()).isTrue();
            assertThat(conference("a", "a1").isIdentified()).isFalse();
            index.takeChanged();

            list("a", "a1", "name", "Board");

            assertThat(conference("a", "a1").isIdentified()).isTrue();
            assertThat(index.takeChanged()).containsExactly(conference("a", "a1"));
        }
    }

    @Nested
    class TheEnd {

        @Test
        void isWhenTheLastServerNoLongerListsIt() {
            list("a", "a1", "callCorrelator", "k");
            list("b", "b1", "callCorrelator", "k");
            Conference conference = conference("a", "a1");

            assertThat(index.unlisted("a", "a1")).contains(conference);
            assertThat(conference.hasEnded()).isFalse();
            assertThat(index.unlisted("b", "b1")).contains(conference);

            assertThat(conference.hasEnded()).isTrue();
            assertThat(conference.successor()).isNull();
            assertThat(index.conferenceOf("b", "b1")).isEmpty();
            assertThat(index.conferences()).isEmpty();
            list("a", "a2", "callCorrelator", "k");
            assertThat(conference("a", "a2")).isNotSameAs(conference);
        }

        @Test
        void ofACallThatIsNotListedConcernsNothing() {
            list("a", "a1");
            index.expect("a", "expected");
            index.takeChanged();

            assertThat(index.unlisted("a", "never listed")).isEmpty();
            assertThat(index.unlisted("b", "a1")).isEmpty();
            assertThat(index.unlisted("a", "expected")).isEmpty();
            assertThat(index.takeChanged()).isEmpty();
        }

        @Test
        void ofAListIsSilentAndLeavesTheOthersTheirCalls() {
            list("a", "a1", "callCorrelator", "k", "name", "Board");
            list("a", "a2");
            index.expect("a", "a3");
            list("b", "b1", "callCorrelator", "k");
            Conference conference = conference("a", "a1");
            Conference only = conference("a", "a2");
            index.takeChanged();

            index.forgetList("a");

            assertThat(index.takeChanged()).isEmpty();
            assertThat(calls(conference)).containsExactly("b1");
            assertThat(only.hasEnded()).isTrue();
            assertThat(index.conferenceOf("a", "a3")).isPresent();
            assertThat(index.conferences()).containsExactly(conference);
        }
    }

    @Nested
    class AnExpectedGuid {

        @Test
        void isAConferenceThatNoServerLists() {
            Conference expected = index.expect("a", "a1");

            assertThat(expected.isListed()).isFalse();
            assertThat(expected.calls()).singleElement().satisfies(call -> {
                assertThat(call.server()).isEqualTo("a");
                assertThat(call.guid()).isEqualTo("a1");
                assertThat(call.isExpected()).isTrue();
                assertThat(call.isFresh()).isFalse();
            });
            assertThat(index.conferences()).isEmpty();
            assertThat(index.expect("a", "a1")).isSameAs(expected);
        }

        @Test
        void staysTheSameConferenceWhenItIsListedAndWhenItsCallEnds() {
            Conference expected = index.expect("a", "a1");
            list("a", "a1", "callCorrelator", "k", "name", "Board");
            assertThat(conference("a", "a1")).isSameAs(expected);
            assertThat(expected.isListed()).isTrue();

            index.unlisted("a", "a1");

            assertThat(conference("a", "a1")).isSameAs(expected);
            assertThat(expected.isListed()).isFalse();
            assertThat(expected.hasEnded()).isFalse();
            assertThat(expected.name()).isEqualTo("Board");
        }

        @Test
        void endsWhenNoRouteAsksForItUnlessItIsListed() {
            Conference expected = index.expect("a", "a1");
            list("a", "a2");
            Conference listed = index.expect("a", "a2");

            index.expectNoLonger(expected);
            index.expectNoLonger(listed);

            assertThat(expected.hasEnded()).isTrue();
            assertThat(index.conferenceOf("a", "a1")).isEmpty();
            assertThat(listed.hasEnded()).isFalse();
            assertThat(listed.calls()).singleElement().matches(call -> !call.isExpected());
        }
    }

    @Nested
    class Changes {

        @Test
        void areAnnouncedOnceUntilTheyAreTaken() {
            list("a", "a1");
            list("a", "a2");
            index.unlisted("a", "a2");
            assertThat(runs).isEqualTo(1);

            index.takeChanged();
            list("a", "a3");
            list("a", "a3", "name", "Board");
            assertThat(runs).isEqualTo(2);
        }
    }

    private List<Conference> list(String server, String guid, Object... elements) {
        return index.listed(server, guid, Rows.fields(elements), ConferenceIndex.IDENTITY);
    }

    private Conference conference(String server, String guid) {
        return index.conferenceOf(server, guid).orElseThrow();
    }

    private static List<String> calls(Conference conference) {
        return conference.calls().stream().map(ReportedCall::guid).toList();
    }
}
