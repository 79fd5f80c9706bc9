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
package io.github.cmsevents.camel.internal.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Answer;
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Meaning;
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Request;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Subscription;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.Want;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTableTest {

    private static final List<String> NAME = List.of("name");
    private static final List<String> MORE = List.of("name", "participants");
    private static final Want CALLS = new Want(Resource.CALLS, null);
    private static final Want A = new Want(Resource.CALL_ROSTER, "a");
    private static final Want B = new Want(Resource.CALL_ROSTER, "b");
    private static final Want C = new Want(Resource.CALL_INFO, "a");

    private final SubscriptionTable table = new SubscriptionTable();

    // The full list.

    @Test
    void asksForNothingWhenNothingIsWanted() {
        table.socketOpened();

        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.isEmpty()).isTrue();
        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void listsEverythingThatIsWanted() {
        table.socketOpened();
        table.want(CALLS, MORE);
        table.want(A, NAME);

        assertThat(request().subscriptions())
                .containsExactly(
                        new Subscription(1, Resource.CALLS, null, MORE),
                        new Subscription(2, Resource.CALL_ROSTER, "a", NAME));
    }

    @Test
    void listsEverythingAgainWhenSomethingIsAdded() {
        settled(CALLS);
        table.want(A, NAME);

        assertThat(request().subscriptions())
                .extracting(Subscription::index, SubscriptionTableTest::wantOf)
                .containsExactly(tuple(1, CALLS), tuple(2, A));
    }

    @Test
    void leavesOutWhatIsNotWantedAnyMore() {
        settled(CALLS, A);
        table.unwant(CALLS);

        assertThat(request().subscriptions()).containsExactly(new Subscription(2, Resource.CALL_ROSTER, "a", NAME));
    }

    @Test
    void cancelsAllWithAnEmptyList() {
        settled(CALLS);
        table.unwant(CALLS);

        assertThat(request().subscriptions()).isEmpty();
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void doesNotAskForWhatTheServerHasAlready() {
        settled(CALLS);

        assertThat(table.nextRequest()).isEmpty();
    }

    @Test
    void doesNotAskAgainForTheSameElements() {
        settled(CALLS);
        table.want(CALLS, List.copyOf(NAME));

        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.state(CALLS)).isEqualTo(SubscriptionState.ACTIVE);
    }

    @Test
    void doesNotAskWhenAChangeWasTakenBack() {
        settled(CALLS);
        table.want(A, NAME);
        table.unwant(A);

        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.isSettled()).isTrue();
    }

    // One in flight.

    @Test
    void hasOneRequestInFlightAndFoldsWhatComesMeanwhile() {
        table.socketOpened();
        table.want(CALLS, NAME);
        Request first = request();
        table.want(A, NAME);
        table.want(B, NAME);
        table.unwant(A);

        assertThat(table.awaitsAnswer()).isTrue();
        assertThat(table.nextRequest()).isEmpty();

        table.answered(first.messageId(), true);
        assertThat(table.awaitsAnswer()).isFalse();
        assertThat(request().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(CALLS, B);
    }

    @Test
    void numbersItsRequests() {
        table.socketOpened();
        table.want(CALLS, NAME);
        Request first = accepted();
        table.want(A, NAME);

        assertThat(request().messageId()).isGreaterThan(first.messageId());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, -1, Long.MAX_VALUE})
    void takesNoNoticeOfAnAnswerToNothing(long otherId) {
        table.socketOpened();
        table.want(CALLS, NAME);
        Request request = request();

        assertThat(table.answered(otherId, true)).isEqualTo(new Answer(false, false, List.of()));
        assertThat(table.answered(otherId, false)).isEqualTo(new Answer(false, false, List.of()));
        assertThat(table.awaitsAnswer()).isTrue();
        assertThat(table.answered(request.messageId(), true)).isEqualTo(new Answer(true, true, List.of()));
    }

    @Test
    void takesNoNoticeOfASecondAnswer() {
        table.socketOpened();
        table.want(CALLS, NAME);
        Request request = accepted();

        assertThat(table.answered(request.messageId(), false).expected()).isFalse();
        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.wants()).containsExactly(CALLS);
    }

    // Indexes.

    @Test
    void keepsTheIndexOfASubscriptionThatLives() {
        settled(CALLS, A);
        table.want(B, NAME);
        accepted();
        table.unwant(B);

        assertThat(request().subscriptions()).extracting(Subscription::index).containsExactly(1, 2);
    }

    @Test
    void givesAChangedSetOfElementsANewIndex() {
        settled(CALLS, A);
        table.want(CALLS, MORE);

        assertThat(request().subscriptions())
                .containsExactlyInAnyOrder(
                        new Subscription(2, Resource.CALL_ROSTER, "a", NAME),
                        new Subscription(3, Resource.CALLS, null, MORE));
        assertThat(table.elements(CALLS)).isEqualTo(MORE);
        assertThat(table.state(CALLS)).isNull();
    }

    @Test
    void neverUsesAnIndexAgain() {
        Map<Integer, Subscription> seen = new HashMap<>();
        Random random = new Random(42);
        List<Want> wants = List.of(CALLS, A, B, C);
        table.socketOpened();
        for (int round = 0; round < 2_000; round++) {
            Want want = wants.get(random.nextInt(wants.size()));
            switch (random.nextInt(8)) {
                case 0, 1 -> table.want(want, NAME);
                case 2 -> table.want(want, MORE);
                case 3 -> table.unwant(want);
                case 4 -> table.retry(want);
                case 5 -> table.stateTold(random.nextInt(seen.size() + 2), SubscriptionState.DEACTIVATED);
                case 6 -> {
                    if (random.nextInt(20) == 0) {
                        table.socketOpened();
                    }
                }
                default ->
                    table.nextRequest().ifPresent(request -> {
                        assertThat(request.subscriptions())
                                .extracting(Subscription::index)
                                .doesNotHaveDuplicates();
                        request.subscriptions()
                                .forEach(line -> assertThat(seen.merge(line.index(), line, (old, now) -> old))
                                        .as("index %d", line.index())
                                        .isEqualTo(line));
                        table.answered(request.messageId(), random.nextInt(4) != 0);
                    });
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    @Test
    void givesWhatIsWantedAgainANewIndex() {
        settled(CALLS);
        table.unwant(CALLS);
        table.want(CALLS, NAME);

        assertThat(request().subscriptions()).containsExactly(new Subscription(2, Resource.CALLS, null, NAME));
    }

    // States.

    @Test
    void isSettledWhenEverythingIsActive() {
        table.socketOpened();
        table.want(CALLS, NAME);
        assertThat(table.isSettled()).isFalse();
        Request request = request();
        assertThat(table.isSettled()).isFalse();
        table.answered(request.messageId(), true);
        assertThat(table.isSettled()).isFalse();

        assertThat(table.stateTold(1, SubscriptionState.PENDING)).isEqualTo(Meaning.PENDING);
        assertThat(table.state(CALLS)).isEqualTo(SubscriptionState.PENDING);
        assertThat(table.isSettled()).isFalse();

        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.ACTIVE);
        assertThat(table.state(CALLS)).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void takesAStateThatComesBeforeTheAnswer() {
        table.socketOpened();
        table.want(CALLS, NAME);
        Request request = request();

        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.ACTIVE);
        table.answered(request.messageId(), true);

        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void takesTheSecondActiveForNoNewBeginning() {
        settled(CALLS);

        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.OUTDATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 99})
    void takesNoNoticeOfAnIndexThatIsNotOurs(int index) {
        settled(CALLS);

        for (SubscriptionState state : SubscriptionState.values()) {
            assertThat(table.stateTold(index, state)).isEqualTo(Meaning.OUTDATED);
        }
        assertThat(table.wantOf(index)).isNull();
        assertThat(table.contentTold(index)).isEqualTo(Meaning.OUTDATED);
        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void knowsNoIndexThatWasNotSentYet() {
        table.socketOpened();
        table.want(CALLS, NAME);

        assertThat(table.wantOf(1)).isNull();
        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.OUTDATED);
    }

    @Test
    void parksWhatTheServerDeactivated() {
        settled(CALLS, A);

        assertThat(table.stateTold(2, SubscriptionState.DEACTIVATED)).isEqualTo(Meaning.DEACTIVATED);

        assertThat(table.wantOf(2)).isNull();
        assertThat(table.contains(A)).isTrue();
        assertThat(accepted().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(CALLS);
        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void tellsOfADeactivationOnce() {
        settled(A);
        table.stateTold(1, SubscriptionState.DEACTIVATED);

        assertThat(table.stateTold(1, SubscriptionState.DEACTIVATED)).isEqualTo(Meaning.OUTDATED);
        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.OUTDATED);
    }

    @Test
    void asksAgainUnderANewIndexWhenTold() {
        settled(A);
        table.stateTold(1, SubscriptionState.DEACTIVATED);
        accepted();

        table.retry(A);

        assertThat(request().subscriptions()).containsExactly(new Subscription(2, Resource.CALL_ROSTER, "a", NAME));
        assertThat(table.stateTold(2, SubscriptionState.ACTIVE)).isEqualTo(Meaning.ACTIVE);
    }

    @Test
    void doesNotTouchWhatIsNotParkedWhenToldToAskAgain() {
        settled(A);

        table.retry(A);
        table.retry(B);

        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.contains(B)).isFalse();
    }

    @Test
    void takesAWantWithOtherElementsForAReasonToAskAgain() {
        settled(A);
        table.stateTold(1, SubscriptionState.DEACTIVATED);
        accepted();

        table.want(A, MORE);

        assertThat(request().subscriptions()).extracting(Subscription::elements).containsExactly(MORE);
    }

    // Content.

    @Test
    void routesContentToItsWant() {
        settled(CALLS, A);

        assertThat(table.wantOf(1)).isEqualTo(CALLS);
        assertThat(table.wantOf(2)).isEqualTo(A);
        assertThat(table.contentTold(1)).isEqualTo(Meaning.OUTDATED);
    }

    @Test
    void takesContentThatComesBeforeItsStateForTheState() {
        table.socketOpened();
        table.want(CALLS, NAME);
        accepted();

        assertThat(table.contentTold(1)).isEqualTo(Meaning.ACTIVE);
        assertThat(table.contentTold(1)).isEqualTo(Meaning.OUTDATED);
        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.OUTDATED);
        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void routesTheOldIndexUntilTheNewOneIsActive() {
        settled(CALLS);
        table.want(CALLS, MORE);
        accepted();
        assertThat(table.stateTold(2, SubscriptionState.PENDING)).isEqualTo(Meaning.PENDING);

        assertThat(table.wantOf(1)).isEqualTo(CALLS);
        assertThat(table.contentTold(1)).isEqualTo(Meaning.OUTDATED);
        assertThat(table.state(CALLS)).isEqualTo(SubscriptionState.PENDING);

        assertThat(table.stateTold(2, SubscriptionState.ACTIVE)).isEqualTo(Meaning.ACTIVE);
        assertThat(table.wantOf(1)).isNull();
        assertThat(table.wantOf(2)).isEqualTo(CALLS);
    }

    @Test
    void takesTheEndOfTheOldIndexForNothing() {
        settled(CALLS);
        table.want(CALLS, MORE);
        accepted();

        assertThat(table.stateTold(1, SubscriptionState.DEACTIVATED)).isEqualTo(Meaning.OUTDATED);
        assertThat(table.wantOf(1)).isNull();
        assertThat(table.wantOf(2)).isEqualTo(CALLS);
        assertThat(table.contains(CALLS)).isTrue();
        assertThat(table.stateTold(2, SubscriptionState.ACTIVE)).isEqualTo(Meaning.ACTIVE);
    }

    @Test
    void routesNothingThatIsNotWantedAnyMore() {
        settled(CALLS, A);
        table.unwant(A);

        assertThat(table.wantOf(2)).isNull();
        accepted();
        assertThat(table.wantOf(2)).isNull();
        assertThat(table.stateTold(2, SubscriptionState.DEACTIVATED)).isEqualTo(Meaning.OUTDATED);
    }

    // Refusals.

    @Test
    void parksTheOneThatWasRefused() {
        settled(CALLS);
        table.want(A, NAME);
        Request request = request();

        assertThat(table.answered(request.messageId(), false)).isEqualTo(new Answer(true, false, List.of(A)));

        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.isSettled()).isTrue();
        assertThat(table.wantOf(1)).isEqualTo(CALLS);
        assertThat(table.wantOf(2)).isNull();
    }

    @Test
    void asksAgainForARefusedOneWhenTold() {
        settled(CALLS);
        table.want(A, NAME);
        refused();

        table.retry(A);

        assertThat(accepted().subscriptions()).extracting(Subscription::index).containsExactly(1, 3);
    }

    @Test
    void triesTheLinesOfARefusedListOneAtATimeAndFindsTheCulprit() {
        settled(CALLS);
        table.want(A, NAME);
        table.want(B, NAME);
        table.want(C, NAME);

        List<Want> refused = answerRefusing(B);

        assertThat(refused).containsExactly(B);
        assertThat(table.nextRequest()).isEmpty();
        table.retry(A);
        table.retry(C);
        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.wants()).containsExactlyInAnyOrder(CALLS, A, B, C);
    }

    @Test
    void findsEveryCulprit() {
        table.socketOpened();
        table.want(A, NAME);
        table.want(B, NAME);
        table.want(C, NAME);

        assertThat(answerRefusing(A, C)).containsExactlyInAnyOrder(A, C);
    }

    @Test
    void findsTheCulpritAmongAHundred() {
        table.socketOpened();
        for (int i = 0; i < SubscriptionTable.CAPACITY; i++) {
            table.want(new Want(Resource.CALL_ROSTER, "call " + i), NAME);
        }

        assertThat(answerRefusing(new Want(Resource.CALL_ROSTER, "call 57")))
                .containsExactly(new Want(Resource.CALL_ROSTER, "call 57"));
    }

    @Test
    void doesNotTryAgainASuspectThatIsNotWantedAnyMore() {
        table.socketOpened();
        table.want(A, NAME);
        table.want(B, NAME);
        refused();
        table.unwant(A);

        assertThat(request().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(B);
    }

    @Test
    void doesNotSuspectWhatTheServerHasAcceptedBefore() {
        settled(CALLS);
        table.want(A, NAME);
        refused();

        assertThat(table.state(CALLS)).isEqualTo(SubscriptionState.ACTIVE);
        table.want(B, NAME);
        assertThat(request().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(CALLS, B);
    }

    @Test
    void doesNotBlameAWantThatHasChangedSinceTheRequest() {
        table.socketOpened();
        table.want(A, NAME);
        Request request = request();
        table.want(A, MORE);

        assertThat(table.answered(request.messageId(), false).refused()).isEmpty();
        assertThat(request().subscriptions()).extracting(Subscription::elements).containsExactly(MORE);
    }

    @Test
    void takesARefusedHeartbeatForNoRefusalOfASubscription() {
        settled(CALLS);
        Request heartbeat = table.repeatRequest().orElseThrow();

        assertThat(table.answered(heartbeat.messageId(), false)).isEqualTo(new Answer(true, false, List.of()));
        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.wantOf(1)).isEqualTo(CALLS);
    }

    @Test
    void doesNotSendARefusedListAgainWhenThereIsNothingToLeaveOut() {
        settled(CALLS, A);
        table.unwant(A);
        Request request = request();

        assertThat(table.answered(request.messageId(), false)).isEqualTo(new Answer(true, false, List.of()));

        assertThat(table.nextRequest()).isEmpty();
        table.want(B, NAME);
        assertThat(request().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(CALLS, B);
    }

    @Test
    void goesBackToTheAcceptedElementsWhenOthersAreRefused() {
        settled(CALLS, A);
        table.want(CALLS, MORE);
        Request request = request();

        assertThat(table.answered(request.messageId(), false)).isEqualTo(new Answer(true, false, List.of(CALLS)));

        // The server goes by its last accepted list, so there is nothing to ask for and nothing was lost.
        assertThat(table.nextRequest()).isEmpty();
        assertThat(table.elements(CALLS)).isEqualTo(NAME);
        assertThat(table.state(CALLS)).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(table.wantOf(1)).isEqualTo(CALLS);
        assertThat(table.wantOf(3)).isNull();
        assertThat(table.isSettled()).isTrue();
    }

    @Test
    void keepsTheAcceptedSubscriptionInLaterListsWhenOtherElementsWereRefused() {
        settled(CALLS);
        table.want(CALLS, MORE);
        refused();
        table.want(A, NAME);

        assertThat(request().subscriptions())
                .extracting(Subscription::index, Subscription::elements)
                .containsExactly(tuple(1, NAME), tuple(3, NAME));
    }

    // Heartbeats.

    @Test
    void repeatsTheListThatTheServerHas() {
        settled(CALLS, A);
        table.want(B, NAME);

        Request heartbeat = table.repeatRequest().orElseThrow();

        assertThat(heartbeat.subscriptions()).extracting(Subscription::index).containsExactly(1, 2);
        assertThat(table.awaitsAnswer()).isTrue();
        assertThat(table.answered(heartbeat.messageId(), true).accepted()).isTrue();
        assertThat(request().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(CALLS, A, B);
    }

    @Test
    void doesNotRepeatWhileARequestIsInFlight() {
        table.socketOpened();
        table.want(CALLS, NAME);
        request();

        assertThat(table.repeatRequest()).isEmpty();
    }

    @Test
    void staysSettledThroughAHeartbeat() {
        settled(CALLS);
        Request heartbeat = table.repeatRequest().orElseThrow();
        table.answered(heartbeat.messageId(), true);

        assertThat(table.isSettled()).isTrue();
        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.OUTDATED);
    }

    // A new socket.

    @Test
    void subscribesEverythingOnANewSocketFromTheFirstMessageOn() {
        settled(CALLS, A);
        table.want(B, NAME);
        request();

        table.socketOpened();

        assertThat(table.awaitsAnswer()).isFalse();
        assertThat(table.isSettled()).isFalse();
        assertThat(table.state(CALLS)).isNull();
        assertThat(table.wantOf(1)).isNull();
        Request request = request();
        assertThat(request.messageId()).isEqualTo(1);
        assertThat(request.subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(CALLS, A, B);
        assertThat(table.stateTold(1, SubscriptionState.ACTIVE)).isEqualTo(Meaning.ACTIVE);
    }

    @Test
    void triesWhatWasTurnedDownAgainOnANewSocket() {
        settled(A);
        table.stateTold(1, SubscriptionState.DEACTIVATED);
        accepted();
        table.want(B, NAME);
        refused();

        table.socketOpened();

        assertThat(request().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(A, B);
    }

    @Test
    void suspectsNobodyOnANewSocket() {
        table.socketOpened();
        table.want(A, NAME);
        table.want(B, NAME);
        refused();

        table.socketOpened();

        assertThat(accepted().subscriptions())
                .extracting(SubscriptionTableTest::wantOf)
                .containsExactly(A, B);
        assertThat(table.nextRequest()).isEmpty();
    }

    @Test
    void countsWhatIsWantedNotWhatIsListed() {
        settled(A, B);
        table.stateTold(1, SubscriptionState.DEACTIVATED);

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.isEmpty()).isFalse();
    }

    private void settled(Want... wants) {
        table.socketOpened();
        for (Want want : wants) {
            table.want(want, NAME);
        }
        accepted().subscriptions().forEach(line -> assertThat(table.stateTold(line.index(), SubscriptionState.ACTIVE))
                .isEqualTo(Meaning.ACTIVE));
        assertThat(table.isSettled()).isTrue();
    }

    private Request request() {
        return table.nextRequest().orElseThrow();
    }

    private Request accepted() {
        Request request = request();
        assertThat(table.answered(request.messageId(), true).accepted()).isTrue();
        return request;
    }

    private void refused() {
        assertThat(table.answered(request().messageId(), false).accepted()).isFalse();
    }

    /** Answers as a server that can't stand these, until there is nothing left to ask. */
    private List<Want> answerRefusing(Want... culprits) {
        List<Want> refused = new ArrayList<>();
        for (int requests = 0; ; requests++) {
            assertThat(requests).as("requests").isLessThan(500);
            Request request = table.nextRequest().orElse(null);
            if (request == null) {
                return refused;
            }
            boolean stands = request.subscriptions().stream()
                    .noneMatch(line -> List.of(culprits).contains(wantOf(line)));
            refused.addAll(table.answered(request.messageId(), stands).refused());
        }
    }

    private static Want wantOf(Subscription subscription) {
        return new Want(subscription.resource(), subscription.call());
    }
}
