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
import static org.assertj.core.api.Assertions.tuple;

import io.github.cmsevents.camel.internal.cluster.CallDirectory;
import io.github.cmsevents.camel.internal.cluster.Conference;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {

    private static final String SERVER = "cms.example.com:443";

    private static final String OTHER_SERVER = "other.example.com:443";

    private final CallDirectory directory = new CallDirectory(List.of(SERVER, OTHER_SERVER), () -> {});
    private final Feed calls = feed(Resource.CALLS, null);
    private final Feed roster = feed(Resource.CALL_ROSTER, "call");
    private final Feed info = feed(Resource.CALL_INFO, "call");
    private final Route route = new Route();
    private final Route other = new Route();
    private int written;

    // One subscription, several routes.

    @Test
    void asksForTheUnionInTheGuidesOrder() {
        calls.attach(route, interest("streaming", "name"));
        calls.attach(other, interest("zebra", "participants", "name", "aardvark"));

        assertThat(calls.elements()).containsExactly("name", "participants", "streaming", "aardvark", "zebra");

        calls.detach(other);
        assertThat(calls.elements()).containsExactly("name", "streaming");
        calls.detach(route);
        assertThat(calls.elements()).isEmpty();
        assertThat(calls.isEmpty()).isTrue();
    }

    @Test
    void tellsEachRouteItsOwnElements() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("participants"));
        activate(calls);

        tell(calls, add("a", "name", "One", "participants", 2));

        assertThat(route.news()).containsExactly("add a name=One");
        assertThat(other.news()).containsExactly("add a participants=2");
    }

    @Test
    void doesNotTellARouteThatOnlyOthersElementsChanged() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("name", "participants"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 2));
        forget();

        tell(calls, update("a", "participants", 3));

        assertThat(route.news()).isEmpty();
        assertThat(other.news()).containsExactly("update a participants=3");
    }

    @Test
    void givesEachRouteABodyOfItsOwn() {
        calls.attach(route, interest("layout"));
        calls.attach(other, interest("layout"));
        activate(calls);

        tell(calls, add("a", "layout", new LinkedHashMap<>(Map.of("rows", new ArrayList<>(List.of(1, 2))))));
        Map<?, ?> layout = (Map<?, ?>) route.updates.get(0).body().get("layout");
        ((List<?>) layout.get("rows")).clear();
        layout.clear();
        route.updates.get(0).body().clear();

        assertThat(other.updates.get(0).body()).containsEntry("layout", Map.of("rows", List.of(1, 2)));
        activate(calls);
        tell(calls, add("a", "layout", Map.of("rows", List.of(1, 2))));
        assertThat(other.news()).hasSize(1);
    }

    @Test
    void tellsTheUpdatesOfAMessageInOneBatchInOrder() {
        calls.attach(route, interest("name"));
        activate(calls);

        tell(calls, add("a", "name", "One"), add("b", "name", "Two"), update("a", "name", "Three"), remove("b"));

        assertThat(route.batches).hasSize(1);
        assertThat(route.news()).containsExactly("add a name=One", "add b name=Two", "update a name=Three", "remove b");
    }

    @Test
    void tellsNothingToARouteThatHasLeft() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("name"));
        activate(calls);
        calls.detach(route);

        tell(calls, add("a", "name", "One"));
        calls.troubled(new Exception("trouble"));

        assertThat(route.batches).isEmpty();
        assertThat(route.troubles).isEmpty();
        assertThat(other.news()).hasSize(1);
        assertThat(other.troubles).hasSize(1);
    }

    @Test
    void doesNotShowTheElementsOfARouteThatLeftWhileTheyStillCome() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("name", "participants"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 1));
        forget();

        calls.detach(other);
        // The subscription without them is not active yet.
        tell(calls, update("a", "participants", 2), add("b", "name", "Two", "participants", 5));

        assertThat(route.news()).containsExactly("add b name=Two");
        assertThat(other.batches).isEmpty();
    }

    @Test
    void doesNotShowTheElementsOfARouteThatLeftInAMergedRecord() {
        calls.attach(route, new Interest(List.of("name"), true, true, false));
        calls.attach(other, interest("participants"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 1));
        calls.detach(other);
        forget();

        tell(calls, update("a", "name", "Two"));

        assertThat(route.news()).containsExactly("update a name=Two");
    }

    // Acknowledgements.

    @Test
    void acknowledgesWhenEveryRouteThatWasToldIsDone() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("name"));
        activate(calls);

        tell(calls, add("a", "name", "One"));
        assertThat(written).isZero();

        route.settle();
        assertThat(written).isZero();

        other.settle();
        assertThat(written).isEqualTo(1);
    }

    @Test
    void doesNotWaitForARouteThatHadNothingToBeTold() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("participants"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 2));
        settleAll();
        written = 0;

        tell(calls, update("a", "participants", 3));
        other.settle();

        assertThat(written).isEqualTo(1);
    }

    @Test
    void acknowledgesAtOnceWhatIsNewsToNobody() {
        calls.attach(route, interest("name"));
        activate(calls);

        tell(calls, update("a"), remove("b"));
        settleAll();
        written = 0;
        tell(calls, remove("b"));

        assertThat(written).isEqualTo(1);
    }

    @Test
    void waitsForTheRouteWithTheStateToo() {
        calls.attach(route, new Interest(List.of("name"), true, false, true));
        Acknowledgement acknowledgement = acknowledgement();

        calls.stateChanged(SubscriptionState.PENDING, calls.elements(), 4, 1L, acknowledgement);
        acknowledgement.allTold();
        assertThat(written).isZero();

        settleAll();
        assertThat(written).isEqualTo(1);
    }

    // Joining late.

    @Test
    void tellsALateJoinerWhatIsThere() {
        calls.attach(route, interest("name", "participants"));
        activate(calls);
        tell(
                calls,
                add("a", "name", "One", "participants", 2),
                add("b", "name", "Two"),
                update("a", "participants", 3));
        tell(calls, remove("b"));
        forget();

        calls.attach(other, interest("participants"));

        assertThat(other.news()).containsExactly("add a participants=3");
        assertThat(route.news()).isEmpty();
        assertThat(other.updates.get(0).origin().index()).isNull();
        assertThat(other.updates.get(0).origin().messageId()).isNull();

        tell(calls, update("a", "participants", 4));
        assertThat(other.news()).containsExactly("add a participants=3", "update a participants=4");
    }

    @Test
    void tellsALateJoinerNothingWhenNothingIsThere() {
        calls.attach(route, interest("name"));
        activate(calls);

        calls.attach(other, interest("name"));

        assertThat(other.batches).isEmpty();
    }

    @Test
    void tellsAJoinerWithMoreElementsEverythingOnceAndNothingBefore() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"), add("b", "name", "Two"));
        forget();

        calls.attach(other, interest("name", "participants"));
        tell(calls, update("a", "name", "Three"), remove("b"), add("c", "name", "Four"));

        assertThat(other.batches).isEmpty();
        assertThat(route.news()).containsExactly("update a name=Three", "remove b", "add c name=Four");
        forget();

        activate(calls);
        tell(calls, add("a", "name", "Three", "participants", 1), add("c", "name", "Four", "participants", 0));

        assertThat(other.news()).containsExactly("add a name=Three participants=1", "add c name=Four participants=0");
        assertThat(route.news()).isEmpty();
    }

    @Test
    void doesNotShowALateJoinerTheElementsOfARouteThatLeft() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("name", "participants"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 1));
        calls.detach(other);
        forget();

        calls.attach(other, interest("name"));

        assertThat(other.news()).containsExactly("add a name=One");
    }

    @Test
    void makesAJoinerWaitForElementsThatHaveBeenAskedForButDoNotComeYet() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"));
        calls.attach(other, interest("name", "participants"));

        Route third = new Route();
        calls.attach(third, interest("participants"));
        assertThat(third.batches).isEmpty();

        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 2));
        assertThat(third.news()).containsExactly("add a participants=2");
    }

    @Test
    void tellsAJoinerOneAddOfWhatWasUpdatedBeforeItsAdd() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, update("a", "name", "One"));

        calls.attach(other, interest("name"));
        assertThat(other.batches).isEmpty();
        tell(calls, add("a", "name", "One"));

        assertThat(other.news()).containsExactly("add a name=One");
    }

    @Test
    void tellsALateJoinerThatTheSubscriptionIsActive() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"));

        calls.attach(other, new Interest(List.of("name"), true, false, true));

        assertThat(other.updates)
                .extracting(Update::state, Update::type, Update::synthetic)
                .containsExactly(tuple(SubscriptionState.ACTIVE, null, true), tuple(null, UpdateType.ADD, false));
    }

    @Test
    void tellsARouteWithoutReconciliationEverythingAgainWhenAnotherMakesTheElementsGrow() {
        calls.attach(route, new Interest(List.of("name"), false, false, false));
        activate(calls);
        tell(calls, add("a", "name", "One"));
        forget();

        calls.attach(other, interest("participants"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 1));

        assertThat(route.news()).containsExactly("add a name=One");
        assertThat(other.news()).containsExactly("add a participants=1");
    }

    @Test
    void tellsAJoinerWithMoreElementsNothingOfWhatIsGoneWhenItsTurnComes() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"));
        calls.attach(other, interest("participants"));
        activate(calls);

        calls.contentWentQuiet();

        assertThat(other.batches).isEmpty();
        assertThat(route.news()).containsExactly("add a name=One", "remove a");
    }

    @Test
    void tellsWhoJoinsDuringAnOutageOnceItIsOver() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"), add("b", "name", "Two"));
        calls.lost();
        forget();

        calls.attach(other, interest("name"));
        assertThat(other.batches).isEmpty();
        activate(calls);
        tell(calls, add("a", "name", "One"));
        calls.contentWentQuiet();

        assertThat(other.news()).containsExactly("add a name=One");
        assertThat(route.news()).containsExactly("remove b");
    }

    @Test
    void tellsWhoJoinsDuringTheFreshContentEverythingOnce() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"), add("b", "name", "Two"), add("c", "name", "Three"));
        calls.lost();
        activate(calls);
        tell(calls, add("a", "name", "One"));
        forget();

        calls.attach(other, interest("name"));
        tell(calls, add("b", "name", "Two"));
        calls.contentWentQuiet();

        assertThat(other.news()).containsExactly("add a name=One", "add b name=Two");
        assertThat(route.news()).containsExactly("remove c");
    }

    @Test
    void tellsNobodyContentThatComesBeforeTheFirstActiveState() {
        calls.attach(route, interest("name"));
        tell(calls, add("a", "name", "One"));
        assertThat(route.batches).isEmpty();
        assertThat(written).isEqualTo(1);

        activate(calls);
        tell(calls, add("a", "name", "One"));
        assertThat(route.news()).containsExactly("add a name=One");
    }

    // Gaps.

    @Test
    void costsNothingWhenNothingHappenedInAGap() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"), add("b", "name", "Two"));
        forget();

        calls.lost();
        activate(calls);
        assertThat(calls.isUnconfirmed()).isTrue();
        tell(calls, add("b", "name", "Two"), add("a", "name", "One"));
        assertThat(calls.isUnconfirmed()).isFalse();
        calls.contentWentQuiet();

        assertThat(route.batches).isEmpty();
    }

    @Test
    void tellsWhatHappenedInAGap() {
        calls.attach(route, interest("name", "streaming"));
        activate(calls);
        tell(calls, add("a", "name", "One", "streaming", "active"), add("b", "name", "Two"));
        forget();

        calls.lost();
        assertThat(calls.isUnconfirmed()).isFalse();
        activate(calls);
        tell(calls, add("a", "name", "Uno"), add("c", "name", "Three"));
        calls.contentWentQuiet();

        assertThat(route.news()).containsExactly("update a name=Uno streaming=null", "add c name=Three", "remove b");
        assertThat(route.updates).extracting(Update::synthetic).containsExactly(false, false, true);
    }

    @Test
    void tellsEverythingAsItComesWithoutReconciliation() {
        calls.attach(route, new Interest(List.of("name"), false, false, false));
        activate(calls);
        tell(calls, add("a", "name", "One"), add("b", "name", "Two"));
        calls.lost();
        activate(calls);
        forget();

        tell(calls, add("a", "name", "One"));
        calls.contentWentQuiet();

        assertThat(route.news()).containsExactly("add a name=One");
    }

    @Test
    void keepsTheCallsOfADeactivatedListForTheNextOne() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"));
        forget();

        deactivate(calls);
        assertThat(route.batches).isEmpty();
        activate(calls);
        tell(calls, add("a", "name", "One"));

        assertThat(route.batches).isEmpty();
    }

    // Merging.

    @Test
    void tellsTheWholeRecordWhenMerging() {
        calls.attach(route, new Interest(List.of("name", "participants"), true, true, false));
        calls.attach(other, interest("streaming"));
        activate(calls);
        tell(calls, add("a", "name", "One", "participants", 1, "streaming", "active"));
        forget();

        tell(calls, update("a", "participants", 2));
        tell(calls, update("a", "streaming", "inactive"));

        assertThat(route.news()).containsExactly("update a name=One participants=2");
        assertThat(route.updates.get(0).changedElements()).containsExactly("participants");
        assertThat(other.news()).containsExactly("update a streaming=inactive");
        assertThat(other.updates.get(0).changedElements()).isNull();
    }

    // Rosters and details.

    @Test
    void endsARosterWithItsCall() {
        roster.attach(route, new Interest(List.of("name"), true, false, true));
        activate(roster);
        tell(roster, Resource.CALL_ROSTER, participant(UpdateType.ADD, "p", "name", "Bo"));
        settleAll();
        forget();
        written = 0;

        Acknowledgement acknowledgement = acknowledgement();
        roster.callEnded(acknowledgement);
        roster.stateChanged(SubscriptionState.DEACTIVATED, roster.elements(), 5, 9L, acknowledgement);
        acknowledgement.allTold();

        assertThat(route.updates).hasSize(2);
        Update gone = route.updates.get(0);
        assertThat(gone.type()).isEqualTo(UpdateType.REMOVE);
        assertThat(gone.participant()).isEqualTo("p");
        assertThat(gone.call()).isEqualTo("call");
        assertThat(gone.synthetic()).isTrue();
        assertThat(gone.origin().messageType()).isEqualTo("rosterUpdate");
        Update state = route.updates.get(1);
        assertThat(state.type()).isNull();
        assertThat(state.state()).isEqualTo(SubscriptionState.DEACTIVATED);
        assertThat(state.synthetic()).isFalse();
        assertThat(state.body()).isEqualTo(Map.of("index", 5, "state", "deactivated"));
        assertThat(written).isZero();
        settleAll();
        assertThat(written).isEqualTo(1);
    }

    @Test
    void tellsWhoseRosterItIsAndWhySomebodyLeft() {
        directory.learn(SERVER, Resource.CALLS, "call", Map.of("name", "Andy's coSpace", "callCorrelator", "k"), true);
        roster.attach(route, interest("name"));
        activate(roster);

        tell(roster, Resource.CALL_ROSTER, participant(UpdateType.ADD, "p", "name", "Bo"));
        tell(roster, Resource.CALL_ROSTER, participant(UpdateType.REMOVE, "p", "reason", "timeout"));

        assertThat(route.updates).allSatisfy(update -> {
            assertThat(update.resource()).isEqualTo(Resource.CALL_ROSTER);
            assertThat(update.call()).isEqualTo("call");
            assertThat(update.callName()).isEqualTo("Andy's coSpace");
            assertThat(update.callCorrelator()).isEqualTo("k");
            assertThat(update.participant()).isEqualTo("p");
            assertThat(update.origin().server()).isEqualTo(SERVER);
            assertThat(update.origin().messageType()).isEqualTo("rosterUpdate");
            assertThat(update.origin().index()).isEqualTo(7);
            assertThat(update.origin().messageId()).isEqualTo(3L);
            assertThat(update.origin().receivedAt()).isPositive();
        });
        assertThat(route.updates).extracting(Update::reason).containsExactly(null, "timeout");
        assertThat(nameOf("p")).isNull();
    }

    @Test
    void takesDetailsForAddUpdateAndRemove() {
        info.attach(route, interest("name", "participants"));
        activate(info);
        tell(info, Resource.CALL_INFO, new Row(null, null, fields("name", "One", "participants", 1)));
        tell(info, Resource.CALL_INFO, new Row(null, null, fields("participants", 2)));
        info.callEnded(null);

        assertThat(route.news())
                .containsExactly("add call name=One participants=1", "update call participants=2", "remove call");
        assertThat(route.updates).extracting(Update::call).containsOnly("call");
        assertThat(route.updates).extracting(Update::callName).containsOnly("One");
        assertThat(route.updates).extracting(Update::participant).containsOnlyNulls();
        assertThat(nameOf("call")).isNull();
    }

    @Test
    void learnsTheNamesOfCallsForEverybodyAndForgetsThemAfterTheirRemoval() {
        calls.attach(route, interest("name", "callCorrelator"));
        activate(calls);

        tell(calls, add("a", "name", "One", "callCorrelator", "k"));
        assertThat(nameOf("a")).isEqualTo("One");
        tell(calls, update("a", "name", "Two"), remove("a"));

        assertThat(route.updates).extracting(Update::callName).containsExactly("One", "Two", "Two");
        assertThat(route.updates).extracting(Update::callCorrelator).containsOnly("k");
        assertThat(nameOf("a")).isNull();
    }

    @Test
    void keepsTheNameThatTheListKnowsWhenTheDetailsEnd() {
        calls.attach(other, interest("name"));
        activate(calls);
        tell(calls, add("call", "name", "One"));
        info.attach(route, interest("name"));
        activate(info);
        tell(info, Resource.CALL_INFO, new Row(null, null, fields("name", "One")));

        info.callEnded(null);

        assertThat(nameOf("call")).isEqualTo("One");
    }

    @Test
    void forgetsTheNamesThatItLearnedWhenTheLastRouteLeaves() {
        calls.attach(route, interest("name"));
        calls.attach(other, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"));

        calls.detach(other);
        assertThat(nameOf("a")).isEqualTo("One");
        calls.detach(route);
        assertThat(nameOf("a")).isNull();
    }

    @Test
    void learnsTheNameOfACallThatOnlyAnotherRouteAskedFor() {
        calls.attach(route, interest("participants"));
        calls.attach(other, interest("name"));
        activate(calls);

        tell(calls, add("a", "name", "One", "participants", 1));

        assertThat(route.news()).containsExactly("add a participants=1");
        assertThat(route.updates.get(0).callName()).isEqualTo("One");
    }

    // States.

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "ACTIVE", "DEACTIVATED"})
    void tellsTheStateToWhoAskedForIt(SubscriptionState state) {
        calls.attach(route, new Interest(List.of("name"), true, false, true));
        calls.attach(other, interest("name"));

        calls.stateChanged(state, calls.elements(), 4, 8L, acknowledgement());

        assertThat(other.batches).isEmpty();
        assertThat(route.updates).singleElement().satisfies(update -> {
            assertThat(update.type()).isNull();
            assertThat(update.state()).isEqualTo(state);
            assertThat(update.call()).isNull();
            assertThat(update.origin().messageType()).isEqualTo("subscriptionUpdate");
            assertThat(update.origin().index()).isEqualTo(4);
            assertThat(update.origin().messageId()).isEqualTo(8);
            assertThat(update.body()).isEqualTo(Map.of("index", 4, "state", state.wireName()));
        });
    }

    @Test
    void concludesTheEndOfALiveSubscriptionFromALostSocketOnce() {
        calls.attach(route, new Interest(List.of("name"), true, false, true));
        calls.lost();
        assertThat(route.batches).isEmpty();

        activate(calls);
        calls.lost();
        calls.lost();

        assertThat(route.updates)
                .extracting(Update::state, Update::synthetic)
                .containsExactly(tuple(SubscriptionState.ACTIVE, false), tuple(SubscriptionState.DEACTIVATED, true));
    }

    @Test
    void passesOnTheRemovalOfWhatWasNeverKnown() {
        calls.attach(route, interest("name"));
        activate(calls);

        tell(calls, remove("a"));

        assertThat(route.news()).containsExactly("remove a");
    }

    @Test
    void tellsNobodyOfUpdatesAfterARemoval() {
        calls.attach(route, interest("name"));
        activate(calls);
        tell(calls, add("a", "name", "One"), remove("a"), update("a", "name", "Two"));

        assertThat(route.news()).containsExactly("add a name=One", "remove a");
    }

    // What happens.

    private Feed feed(Resource resource, String call) {
        Feed feed = new Feed(resource, directory);
        feed.carriedBy(SERVER, call);
        return feed;
    }

    private String nameOf(String call) {
        return directory.conferenceOf(SERVER, call).map(Conference::name).orElse(null);
    }

    private void activate(Feed feed) {
        feed.stateChanged(SubscriptionState.ACTIVE, feed.elements(), 7, 2L, new Acknowledgement(() -> {}));
    }

    private void deactivate(Feed feed) {
        feed.stateChanged(SubscriptionState.DEACTIVATED, feed.elements(), 7, 2L, new Acknowledgement(() -> {}));
    }

    private void tell(Feed feed, Row... rows) {
        tell(feed, Resource.CALLS, rows);
    }

    private void tell(Feed feed, Resource resource, Row... rows) {
        Acknowledgement acknowledgement = acknowledgement();
        feed.contentCame(new ContentUpdate(3, resource, 7, List.of(rows), List.of()), acknowledgement);
        acknowledgement.allTold();
    }

    private Acknowledgement acknowledgement() {
        return new Acknowledgement(() -> written++);
    }

    private void settleAll() {
        route.settle();
        other.settle();
    }

    private void forget() {
        route.forget();
        other.forget();
    }

    private static Interest interest(String... elements) {
        return new Interest(List.of(elements), true, false, false);
    }

    private static Row add(String call, Object... elements) {
        return row(UpdateType.ADD, "call", call, elements);
    }

    private static Row update(String call, Object... elements) {
        return row(UpdateType.UPDATE, "call", call, elements);
    }

    private static Row remove(String call) {
        return row(UpdateType.REMOVE, "call", call);
    }

    private static Row participant(UpdateType type, String participant, Object... elements) {
        return row(type, "participant", participant, elements);
    }

    private static Row row(UpdateType type, String keyName, String key, Object... elements) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(keyName, key);
        fields.put("updateType", type.wireName());
        fields.putAll(fields(elements));
        return new Row(type, key, fields);
    }

    private static Map<String, Object> fields(Object... elements) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < elements.length; i += 2) {
            fields.put((String) elements[i], elements[i + 1]);
        }
        return fields;
    }

    /** Keeps what it is told. */
    private static final class Route implements Receiver {
        private final List<Batch> batches = new ArrayList<>();
        private final List<Update> updates = new ArrayList<>();
        private final List<Exception> troubles = new ArrayList<>();

        @Override
        public void receive(Batch batch) {
            batches.add(batch);
            updates.addAll(batch.updates());
        }

        @Override
        public void troubled(Exception problem) {
            troubles.add(problem);
        }

        void settle() {
            batches.forEach(batch -> batch.acknowledge().run());
        }

        void forget() {
            batches.clear();
            updates.clear();
        }

        /** Each update as its type, its key and its elements in the order of their names. */
        List<String> news() {
            return updates.stream().map(Route::inShort).toList();
        }

        private static String inShort(Update update) {
            String key = Objects.requireNonNullElse(update.participant(), update.call());
            String elements = update.body().entrySet().stream()
                    .filter(field ->
                            !List.of("call", "participant", "updateType").contains(field.getKey()))
                    .map(field -> " " + field.getKey() + "=" + field.getValue())
                    .sorted()
                    .collect(Collectors.joining());
            return update.body().get("updateType") + " " + key + elements;
        }
    }
}
