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

import io.github.cmsevents.camel.internal.bridge.SubscriptionList.Answer;
import io.github.cmsevents.camel.internal.bridge.SubscriptionList.Request;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.content.ConferenceIndex;
import io.github.cmsevents.camel.internal.content.Content;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.Subscription;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.Want;
import io.github.cmsevents.camel.internal.transport.VirtualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionListTest {

    private static final Answer ACCEPTED = new Answer(true, true, List.of());
    private static final Answer REFUSED = new Answer(true, false, List.of());
    private static final Answer UNEXPECTED = new Answer(false, false, List.of());
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final SubscriptionList list = new SubscriptionList();
    private int lastIndex;

    @Test
    void listsEverythingEachTimeUnderStableIndexes() {
        BridgeSubscription a = active("a");
        BridgeSubscription b = add("b");
        assertThat(request().subscriptions())
                .containsExactly(
                        new Subscription(1, Resource.CALL_ROSTER, "a", List.of("name")),
                        new Subscription(2, Resource.CALL_ROSTER, "b", List.of("name")));
        assertThat(List.of(a.line().index(), b.line().index())).containsExactly(1, 2);
    }

    @Test
    void hasOneRequestInFlightAndFoldsChangesIntoTheNext() {
        list.socketOpened();
        add("a");
        Request first = request();
        BridgeSubscription b = add("b");
        add("c");
        remove(b);
        assertThat(list.awaitsAnswer()).isTrue();
        assertThat(list.nextRequest()).isEmpty();
        assertThat(list.repeatRequest()).isEmpty();
        assertThat(list.answered(first.messageId(), true)).isEqualTo(ACCEPTED);
        Request second = request();
        assertThat(calls(second)).containsExactly("a", "c");
        assertThat(second.messageId()).isGreaterThan(first.messageId());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, -1, Long.MAX_VALUE})
    void ignoresAnAnswerToNoRequest(long otherId) {
        list.socketOpened();
        add("a");
        Request request = request();
        assertThat(list.answered(otherId, true)).isEqualTo(UNEXPECTED);
        assertThat(list.answered(otherId, false)).isEqualTo(UNEXPECTED);
        assertThat(list.awaitsAnswer()).isTrue();
        assertThat(list.answered(request.messageId(), true)).isEqualTo(ACCEPTED);
        assertThat(list.answered(request.messageId(), false)).isEqualTo(UNEXPECTED);
    }

    @Test
    void neverUsesAnIndexForAnythingElse() {
        Map<Integer, Subscription> seen = new HashMap<>();
        Random random = new Random(42);
        Map<String, BridgeSubscription> present = new HashMap<>();
        list.socketOpened();
        for (int round = 0; round < 2_000; round++) {
            String call = List.of("a", "b", "c", "d").get(random.nextInt(4));
            BridgeSubscription subscription = present.computeIfAbsent(call, this::add);
            switch (random.nextInt(8)) {
                case 0 -> need(subscription, "name");
                case 1 -> need(subscription, "name", "uri");
                case 2 -> remove(present.remove(call));
                case 3 -> activate(subscription);
                case 4 -> subscription.backOff(BACK_OFF);
                case 5 -> loop.advance(Duration.ofMillis(random.nextInt(2_000)));
                default ->
                    list.nextRequest().ifPresent(request -> {
                        assertThat(request.subscriptions())
                                .extracting(Subscription::index)
                                .doesNotHaveDuplicates();
                        assertThat(request.subscriptions())
                                .extracting(Subscription::call)
                                .doesNotHaveDuplicates();
                        for (Subscription line : request.subscriptions()) {
                            assertThat(seen.merge(line.index(), line, (old, now) -> old))
                                    .isEqualTo(line);
                        }
                        list.answered(request.messageId(), random.nextInt(4) != 0)
                                .refused()
                                .forEach(refused -> refused.backOff(BACK_OFF));
                    });
            }
            if (random.nextInt(100) == 0) {
                list.members().forEach(BridgeSubscription::socketLost);
                list.socketOpened();
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    @Test
    void requestsOtherElementsUnderANewIndexAndFindsTheOldOneUntilThatIsActive() {
        BridgeSubscription a = active("a");
        need(a, "name", "uri");
        assertThat(accepted().subscriptions())
                .containsExactly(new Subscription(2, Resource.CALL_ROSTER, "a", List.of("name", "uri")));
        assertThat(list.isConfirmed()).isFalse();
        assertThat(list.withIndex(1)).isSameAs(a);
        assertThat(list.withIndex(2)).isSameAs(a);
        activate(a);
        assertThat(list.isConfirmed()).isTrue();
        assertThat(list.withIndex(1)).isNull();
        assertThat(list.withIndex(2)).isSameAs(a);
    }

    @Test
    void triesSeveralNewSubscriptionsOfARefusedListOneAtATime() {
        active("a");
        add("b");
        add("c");
        add("d");
        List<List<String>> requests = answerRefusing("c");
        assertThat(requests)
                .containsExactly(
                        List.of("a", "b", "c", "d"), List.of("a", "b"), List.of("a", "b", "c"), List.of("a", "b", "d"));
    }

    @Test
    void findsEveryRefusedSubscriptionOnANewSocket() {
        list.socketOpened();
        add("a");
        add("b");
        add("c");
        assertThat(answerRefusing("a", "b")).last().isEqualTo(List.of("c"));
    }

    @Test
    void suspectsTheOthersWhenANewSubscriptionOfARefusedListHasEndedSince() {
        list.socketOpened();
        BridgeSubscription a = add("a");
        add("b");
        Request request = request();
        remove(a);
        assertThat(list.answered(request.messageId(), false)).isEqualTo(REFUSED);
        assertThat(calls(request())).containsExactly("b");
    }

    @Test
    void doesNotBlameASubscriptionThatHasChangedSinceTheRequest() {
        list.socketOpened();
        BridgeSubscription a = add("a");
        Request request = request();
        need(a, "uri");
        assertThat(list.answered(request.messageId(), false)).isEqualTo(REFUSED);
        assertThat(request().subscriptions()).extracting(Subscription::elements).containsExactly(List.of("uri"));
    }

    @Test
    void doesNotSendARefusedListAgainWhenThereIsNothingToLeaveOut() {
        active("a");
        remove(active("b"));
        assertThat(list.answered(request().messageId(), false)).isEqualTo(REFUSED);
        assertThat(list.nextRequest()).isEmpty();
        assertThat(list.isConfirmed()).isTrue();
        add("c");
        assertThat(calls(request())).containsExactly("a", "c");
    }

    @Test
    void requestsEverythingOnANewSocketAlsoWhatWasTurnedDown() {
        active("a");
        active("b").backOff(BACK_OFF);
        accepted();
        add("c");
        add("d");
        list.answered(request().messageId(), false);
        list.members().forEach(BridgeSubscription::socketLost);
        list.socketOpened();
        assertThat(list.awaitsAnswer()).isFalse();
        assertThat(list.isConfirmed()).isFalse();
        Request request = accepted();
        assertThat(request.messageId()).isEqualTo(1);
        assertThat(calls(request)).containsExactly("a", "b", "c", "d");
        assertThat(list.nextRequest()).isEmpty();
    }

    private BridgeSubscription add(String call) {
        ConferenceIndex index = new ConferenceIndex(List.of("server"), () -> {});
        Content content = Content.of(
                index.listed("server", call, Map.of("call", call), Set.of()).get(0),
                Resource.CALL_ROSTER,
                index,
                loop::millis);
        content.require(Set.of("name"), Set.of());
        BridgeSubscription added = new BridgeSubscription(
                new Want(Resource.CALL_ROSTER, call), content, loop, () -> ++lastIndex, changed -> {}, late -> {});
        added.place(null);
        list.add(added);
        return added;
    }

    private void remove(BridgeSubscription subscription) {
        list.remove(subscription);
        subscription.end();
    }

    private static void need(BridgeSubscription subscription, String... elements) {
        subscription.content().require(Set.of(elements), Set.of());
        subscription.contentNeedsChanged();
    }

    private void activate(BridgeSubscription subscription) {
        if (subscription.listed() != null) {
            Acknowledgement acknowledgement = new Acknowledgement(0, 0, () -> {});
            subscription.stateReceived(subscription.listed().index(), SubscriptionState.ACTIVE, acknowledgement);
        }
    }

    private BridgeSubscription active(String call) {
        if (list.isEmpty()) {
            list.socketOpened();
        }
        BridgeSubscription subscription = add(call);
        accepted();
        activate(subscription);
        assertThat(list.isConfirmed()).isTrue();
        return subscription;
    }

    private Request request() {
        return list.nextRequest().orElseThrow();
    }

    private Request accepted() {
        Request request = request();
        assertThat(list.answered(request.messageId(), true)).isEqualTo(ACCEPTED);
        return request;
    }

    /** Answers like a server that refuses lists with these calls; returns all requests until there are no more. */
    private List<List<String>> answerRefusing(String... calls) {
        List<List<String>> requests = new ArrayList<>();
        for (Request request = list.nextRequest().orElse(null); request != null; ) {
            requests.add(calls(request));
            assertThat(requests).hasSizeLessThan(300);
            boolean accepted = calls(request).stream().noneMatch(List.of(calls)::contains);
            list.answered(request.messageId(), accepted).refused().forEach(refused -> refused.backOff(BACK_OFF));
            request = list.nextRequest().orElse(null);
        }
        return requests;
    }

    private static List<String> calls(Request request) {
        return request.subscriptions().stream().map(Subscription::call).toList();
    }
}
