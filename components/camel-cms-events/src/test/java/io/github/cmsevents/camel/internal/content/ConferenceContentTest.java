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
import static org.assertj.core.api.Assertions.entry;

import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConferenceContentTest extends ContentFixture {

    @Test
    void bodiesStandAlone() {
        Content roster = contentOf(Resource.CALL_ROSTER, "name", "Andy's coSpace", "callCorrelator", "k");
        roster.add(route, interest("name"));
        activate(roster);

        receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
        receive(roster, Rows.participant(UpdateType.REMOVE, "p", "reason", "timeout"));

        assertThat(route.updates()).allSatisfy(update -> {
            assertThat(update.call()).isEqualTo("call");
            assertThat(update.callName()).isEqualTo("Andy's coSpace");
            assertThat(update.callCorrelator()).isEqualTo("k");
            assertThat(update.conference()).isEqualTo(roster.conference().key()).isEqualTo("call");
            assertThat(update.participant()).isEqualTo("p");
            assertThat(update.origin()).isEqualTo(new Origin(SERVER, "rosterUpdate", RECEIVED_AT));
            assertThat(update.body())
                    .contains(entry("call", "call"), entry("callName", "Andy's coSpace"), entry("callCorrelator", "k"));
        });
        assertThat(route.updates()).extracting(Update::reason).containsExactly(null, "timeout");
    }

    @Test
    void unknownNamesAndCorrelatorsAreNotInTheBody() {
        Content roster = contentOf(Resource.CALL_ROSTER);
        roster.add(route, interest());
        activate(roster);

        receive(roster, Rows.participant(UpdateType.ADD, "p"));

        assertThat(route.last().body()).containsOnlyKeys("participant", "updateType", "call");
        assertThat(route.last().callName()).isNull();
        assertThat(route.last().callCorrelator()).isNull();
    }

    @Test
    void detailsAreAnAddThenUpdatesThenARemove() {
        index.expect(SERVER, "call");
        Content details = contentOf(Resource.CALL_INFO);
        details.add(route, interest("name", "participants"));
        activate(details);

        receive(details, Rows.details("name", "One", "participants", 1));
        receive(details, Rows.details("participants", 2));
        details.callEnded(null);

        assertThat(route.received())
                .containsExactly("add call name=One participants=1", "update call participants=2", "remove call");
        assertThat(route.updates()).extracting(Update::callName).containsOnly("One");
        assertThat(route.updates()).extracting(Update::participant).containsOnlyNulls();
    }

    @Test
    void theCorrelatorOfTheDetailsThemselvesWins() {
        Content details = contentOf(Resource.CALL_INFO, "callCorrelator", "of the list");
        details.add(route, interest("callCorrelator"));
        details.add(other, interest("name"));
        activate(details);

        receive(details, Rows.details("name", "One", "callCorrelator", "own"));
        assertThat(route.last().body()).containsEntry("callCorrelator", "own");
        assertThat(other.last().body()).containsEntry("callCorrelator", "of the list");

        receive(details, Rows.details("callCorrelator", null));
        assertThat(route.last().body()).containsEntry("callCorrelator", null);
    }

    @Test
    void theDetailsNameTheConferenceUntilAListDoes() {
        Conference conference = index.expect(SERVER, "call");
        Content details = Content.of(conference, Resource.CALL_INFO, index, () -> CLOCK);
        details.carriedBy(SERVER, "call");
        details.add(route, interest("name", "callCorrelator"));
        activate(details);
        receive(details, Rows.details("name", "One", "callCorrelator", "k"));
        receive(details, Rows.details("name", " ", "callCorrelator", ""));
        assertThat(conference.name()).isEqualTo("One");
        assertThat(conference.correlator()).isEqualTo("k");

        index.listed(SERVER, "call", Map.of("name", "Uno", "callCorrelator", "l"), ConferenceIndex.IDENTITY);
        receive(details, Rows.details("name", "One", "callCorrelator", "k"));

        assertThat(conference.name()).isEqualTo("Uno");
        assertThat(conference.correlator()).isEqualTo("l");
    }

    @Test
    void theEndOfTheCallRemovesTheParticipantsAndWaitsForTheRoutes() {
        Content roster = contentOf(Resource.CALL_ROSTER);
        roster.add(route, new Interest(List.of("name"), true, true, true));
        activate(roster);
        receive(
                roster,
                Rows.participant(UpdateType.ADD, "p", "name", "Bo"),
                Rows.participant(UpdateType.UPDATE, "p", "name", ""));
        acknowledgeAll();
        forget();
        written = 0;

        Acknowledgement acknowledgement = acknowledgement();
        roster.callEnded(acknowledgement);
        roster.stateReceived(SubscriptionState.DEACTIVATED, acknowledgement);
        acknowledgement.handedOut();

        assertThat(route.received()).containsExactly("remove p name=Bo reason=callEnded", "deactivated");
        assertThat(route.updates()).extracting(Update::synthetic).containsExactly(true, false);
        assertThat(route.updates().get(0).reason()).isEqualTo("callEnded");
        assertThat(written).isZero();
        acknowledgeAll();
        assertThat(written).isEqualTo(1);
    }

    @Test
    void anotherServerCarriesOnWithTheDifference() {
        calls.require(ConferenceIndex.IDENTITY, Set.of());
        activate(calls);
        receive(calls, Rows.add("call", "callCorrelator", "k"));
        index.listed(OTHER_SERVER, "far", Map.of("callCorrelator", "k"), ConferenceIndex.IDENTITY);
        Content roster = contentOf(Resource.CALL_ROSTER);
        Content details = contentOf(Resource.CALL_INFO);
        roster.add(route, interest("name"));
        details.add(other, interest("name"));
        activate(roster);
        activate(details);
        receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
        receive(roster, Rows.participant(UpdateType.ADD, "q", "name", "Al"));
        receive(details, Rows.details("name", "One"));
        forget();

        for (Content content : List.of(roster, details)) {
            content.interrupted();
            content.carriedBy(OTHER_SERVER, "far");
            activate(content);
        }
        receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bob"));
        receive(details, Rows.details("name", "Uno"));
        roster.snapshotComplete();
        details.snapshotComplete();

        assertThat(route.received()).containsExactly("update p callCorrelator=k name=Bob", "remove q callCorrelator=k");
        assertThat(other.received()).containsExactly("update far callCorrelator=k name=Uno");
        assertThat(other.last().conference()).isEqualTo("call");
        assertThat(other.last().origin().server()).isEqualTo(OTHER_SERVER);
    }

    @Test
    void aRouteThatGoesOnWithoutTheConferenceReceivesRemovals() {
        Content roster = contentOf(Resource.CALL_ROSTER);
        roster.add(route, interest("name"));
        roster.add(other, interest("name"));
        activate(roster);
        receive(roster, Rows.participant(UpdateType.ADD, "p", "name", "Bo"));
        forget();

        roster.removeAndDeliver(route);

        assertThat(route.received()).containsExactly("remove p");
        assertThat(route.last().synthetic()).isTrue();
        assertThat(other.batches()).isEmpty();
        assertThat(roster.known()).isEqualTo(1);
        assertThat(roster.receivers()).isEqualTo(1);
    }

    @Test
    void aConferenceThatIsMergedIntoAnotherRemovesOnlyWhatTheOtherDoesNotHave() {
        Content one = contentOf(Resource.CALL_ROSTER);
        index.listed(OTHER_SERVER, "far", Map.of(), Set.of());
        Content two = Content.of(
                index.conferenceOf(OTHER_SERVER, "far").orElseThrow(), Resource.CALL_ROSTER, index, () -> CLOCK);
        two.carriedBy(OTHER_SERVER, "far");
        one.add(route, interest("name"));
        one.add(other, interest("name"));
        two.add(route, interest("name"));
        activate(one);
        activate(two);
        receive(one, Rows.participant(UpdateType.ADD, "p"), Rows.participant(UpdateType.ADD, "q"));
        receive(two, Rows.participant(UpdateType.ADD, "q"));
        forget();

        one.mergedInto(two);

        assertThat(route.received()).containsExactly("remove p reason=callEnded");
        assertThat(other.received()).containsExactly("remove p reason=callEnded", "remove q reason=callEnded");
    }

    private Content contentOf(Resource resource, Object... listed) {
        if (index.conferenceOf(SERVER, "call").isEmpty()) {
            index.listed(SERVER, "call", Rows.fields(listed), ConferenceIndex.IDENTITY);
        }
        Content content = Content.of(index.conferenceOf(SERVER, "call").orElseThrow(), resource, index, () -> CLOCK);
        content.carriedBy(SERVER, "call");
        return content;
    }

    @Test
    void ofARosterNameTheCall() {
        index.listed(SERVER, "call", Map.of("name", "One", "callCorrelator", "k"), ConferenceIndex.IDENTITY);
        Content roster =
                Content.of(index.conferenceOf(SERVER, "call").orElseThrow(), Resource.CALL_ROSTER, index, () -> CLOCK);
        roster.carriedBy(SERVER, "call");
        roster.add(route, new Interest(List.of(), true, false, true));

        activate(roster);

        assertThat(route.last().conference()).isEqualTo("call");
        assertThat(route.last().body())
                .isEqualTo(Rows.fields("state", "active", "call", "call", "callName", "One", "callCorrelator", "k"));
    }
}
