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

import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.MAX_DELAY;
import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.QUIET;
import static io.github.cmsevents.camel.internal.cluster.ClusterStandIn.interest;
import static io.github.cmsevents.camel.internal.cluster.FakeBridge.call;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.content.Interest;
import io.github.cmsevents.camel.internal.content.Update;
import io.github.cmsevents.camel.internal.protocol.Resource;
import io.github.cmsevents.camel.internal.protocol.SubscriptionState;
import io.github.cmsevents.camel.internal.protocol.UpdateType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A route about the conferences of several servers, on servers that are not there. */
class ConferenceReceiversTest {

    private static final Interest WHOLE = new Interest(List.of("name", "recording"), true, true, false);

    private final ClusterStandIn cluster = new ClusterStandIn("a", "b");
    private final FakeBridge a = cluster.bridge("a");
    private final FakeBridge b = cluster.bridge("b");

    // What the route is told.

    @Test
    void tellsOfAConferenceOnceWithTheServersThatReportIt() {
        Told route = cluster.view(interest("name"));

        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));

        assertThat(route.updates()).extracting(Update::type).containsExactly(UpdateType.ADD, UpdateType.UPDATE);
        assertThat(route.updates().get(0).servers()).containsExactly("a:443");
        assertThat(route.updates().get(0).body()).isEqualTo(Map.of("call", "a1", "updateType", "add", "name", "Board"));
        assertThat(route.updates().get(1).servers()).containsExactly("a:443", "b:443");
        assertThat(route.updates().get(1).body()).isEqualTo(Map.of("call", "a1", "updateType", "update"));
    }

    @Test
    void tellsOfTheEndWhenTheLastServerNoLongerReportsIt() {
        Told route = cluster.view(interest("name"));
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        route.forget();

        a.unlist("a1");
        b.unlist("b1");

        assertThat(route.updates()).extracting(Update::type).containsExactly(UpdateType.UPDATE, UpdateType.REMOVE);
        assertThat(route.updates().get(0).servers()).containsExactly("b:443");
        assertThat(route.last().servers()).containsExactly("b:443");
        assertThat(route.last().body()).isEqualTo(Map.of("call", "a1", "updateType", "remove"));
        assertThat(route.last().callName()).isEqualTo("Board");
        assertThat(route.last().callCorrelator()).isEqualTo("k");
    }

    @Test
    void saysWhichServersMessageAnUpdateIsFrom() {
        Told route = cluster.view(interest("name"));
        a.list(call("a1", "Board", "k"));

        b.list(call("b1", "Board", "k"));

        assertThat(route.last().resource()).isEqualTo(Resource.CALLS);
        assertThat(route.last().call()).isEqualTo("b1");
        assertThat(route.last().synthetic()).isFalse();
        assertThat(route.last().origin().server()).isEqualTo("b:443");
        assertThat(route.last().origin().messageType()).isEqualTo("callListUpdate");
        assertThat(route.last().origin().index()).isEqualTo(1);
        assertThat(route.last().origin().messageId()).isNotNull();
    }

    @Test
    void keepsNameAndCorrelatorOutOfTheBodyUnlessTheyAreAskedFor() {
        Told plain = cluster.view(interest("recording"));
        Told whole = cluster.view(new Interest(List.of("recording"), true, true, false));
        Told curious = cluster.view(interest("callCorrelator", "name"));

        a.list(call("a1", "Board", "k").put("recording", "inactive"));
        a.change("a1", "recording", "active");
        a.unlist("a1");

        assertThat(plain.updates()).hasSize(3).allSatisfy(update -> {
            assertThat(update.body()).doesNotContainKeys("name", "callCorrelator");
            assertThat(update.callName()).isEqualTo("Board");
            assertThat(update.callCorrelator()).isEqualTo("k");
        });
        assertThat(whole.updates()).hasSize(3).allSatisfy(update -> assertThat(update.body())
                .doesNotContainKeys("name", "callCorrelator"));
        assertThat(curious.updates().get(0).body())
                .containsEntry("name", "Board")
                .containsEntry("callCorrelator", "k");
    }

    @Test
    void tellsOnlyWhatChangedWithoutNamingTheElements() {
        Told route = cluster.view(interest("name", "recording"));
        a.list(call("a1", "Board", "k").put("recording", "inactive"));
        a.change("a1", "recording", "active");

        assertThat(route.updates()).extracting(Update::changedElements).containsOnlyNulls();
        assertThat(route.last().body()).isEqualTo(Map.of("call", "a1", "updateType", "update", "recording", "active"));
    }

    @Test
    void tellsWholeRecordsAndNamesTheElementsThatChanged() {
        Told route = cluster.view(WHOLE);
        a.list(call("a1", "Board", "k").put("recording", "inactive"));
        assertThat(route.last().changedElements()).containsExactly("name", "recording");

        a.change("a1", "recording", "active");
        assertThat(route.last().changedElements()).containsExactly("recording");
        assertThat(route.last().body())
                .isEqualTo(Map.of("call", "a1", "updateType", "update", "name", "Board", "recording", "active"));

        b.list(call("b1", "Board", "k").put("recording", "active"));
        assertThat(route.last().changedElements()).isEmpty();
        assertThat(route.last().servers()).hasSize(2);

        a.unlist("a1");
        b.unlist("b1");
        assertThat(route.last().changedElements()).isEmpty();
        assertThat(route.last().body())
                .isEqualTo(Map.of("call", "a1", "updateType", "remove", "name", "Board", "recording", "active"));
    }

    @Test
    void tellsOfNoElementsWhenNoneAreAskedFor() {
        Told route = cluster.view(interest());

        a.list(call("a1", "Board", "k"));

        assertThat(a.elements("calls", null)).containsExactly("name", "callCorrelator");
        assertThat(route.last().body()).isEqualTo(Map.of("call", "a1", "updateType", "add"));
    }

    @Test
    void givesEachRouteABodyOfItsOwn() {
        Told one = cluster.view(WHOLE);
        Told other = cluster.view(WHOLE);
        a.list(call("a1", "Board", "k"));

        one.last().body().put("name", "scribbled");
        a.change("a1", "recording", "active");

        assertThat(other.updates().get(0).body()).containsEntry("name", "Board");
        assertThat(one.last().body()).containsEntry("name", "Board");
    }

    @Test
    void tellsALateRouteWhatIsThereNow() {
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        cluster.view(interest("name"));

        Told late = cluster.view(interest("name"));

        assertThat(late.updates()).hasSize(2);
        assertThat(late.updates().get(0).type()).isEqualTo(UpdateType.ADD);
        assertThat(late.last().servers()).containsExactly("a:443", "b:443");
    }

    @Test
    void makesTwoConferencesOfOneWhenACallTurnsOutToBeAnother() {
        Told route = cluster.view(interest("name"));
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        route.forget();

        b.change("b1", "callCorrelator", "other");

        assertThat(route.updates()).extracting(Update::type).containsExactly(UpdateType.UPDATE, UpdateType.ADD);
        assertThat(route.updates()).extracting(Update::callCorrelator).containsExactly("k", "other");
        assertThat(route.updates())
                .extracting(update -> update.body().get("call"))
                .containsExactly("a1", "b1");
    }

    // Messages that are no news.

    @Test
    void settlesAMessageThatIsNoNews() {
        Told route = cluster.view(interest("recording"));
        a.list(call("a1", "Board", "k").put("recording", "active"));
        b.list(call("b1", "Board", "k").put("recording", "inactive"));
        cluster.now();
        route.forget();

        b.change("b1", "recording", "active");
        b.change("b1", "recording", "inactive");
        cluster.now();

        assertThat(route.updates()).isEmpty();
        assertThat(b.unacknowledged()).isZero();
    }

    @Test
    void settlesEveryMessage() {
        cluster.view(interest("name"));
        a.list(call("a1", "Board", "k"), call("a2", "Lounge", null));
        b.list(call("b1", "Board", "k"));
        a.change("a1", "name", "Boardroom");
        a.unlist("a1");
        cluster.now();

        assertThat(a.unacknowledged()).isZero();
        assertThat(b.unacknowledged()).isZero();
    }

    // States.

    @Test
    void passesTheStatesOfEachServersSubscriptionOn() {
        Told route = cluster.view(new Interest(List.of("name"), true, false, true));

        assertThat(route.updates()).hasSize(2).allSatisfy(update -> {
            assertThat(update.type()).isNull();
            assertThat(update.state()).isEqualTo(SubscriptionState.ACTIVE);
            assertThat(update.body()).isEqualTo(Map.of("index", 1, "state", "active"));
        });
        assertThat(route.updates())
                .extracting(update -> update.origin().server())
                .containsExactlyInAnyOrder("a:443", "b:443");
    }

    @Test
    void keepsStatesToItselfWhenNobodyAskedForThem() {
        Told route = cluster.view(interest("name"));
        a.loseSockets();
        cluster.after(MAX_DELAY);

        assertThat(route.updates()).isEmpty();
    }

    @Test
    void tellsOfTroubleWithAServer() {
        Told route = cluster.view(interest("name"));

        a.die();
        cluster.soon();

        assertThat(route.troubles()).hasSize(1);
    }

    // Servers that are not heard of.

    @Test
    void tellsNothingOfAServersOutageWhenAllIsAsItWas() {
        Told route = cluster.view(WHOLE);
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        cluster.soon();
        route.forget();

        a.die();
        cluster.after(Duration.ofMinutes(1));
        a.comeBack();
        cluster.after(MAX_DELAY.plus(QUIET));

        assertThat(route.updates()).isEmpty();
    }

    @Test
    void tellsWhatTheOthersSayWhileAServerIsNotHeardOf() {
        Told route = cluster.view(WHOLE);
        a.list(call("a1", "Board", "k").put("recording", "active"));
        b.list(call("b1", "Board", "k").put("recording", "inactive"));
        cluster.soon();
        route.forget();

        a.die();
        cluster.soon();

        assertThat(route.updates()).singleElement().satisfies(update -> {
            assertThat(update.type()).isEqualTo(UpdateType.UPDATE);
            assertThat(update.body()).containsEntry("call", "a1").containsEntry("recording", "inactive");
            assertThat(update.changedElements()).containsExactly("recording");
            assertThat(update.servers()).containsExactly("a:443", "b:443");
            assertThat(update.synthetic()).isTrue();
            assertThat(update.origin().server()).isEqualTo("a:443");
            assertThat(update.origin().messageId()).isNull();
        });

        a.comeBack();
        cluster.after(MAX_DELAY.plus(QUIET));
        assertThat(route.last().body()).containsEntry("recording", "active");
        assertThat(route.updates()).hasSize(2);
    }

    @Test
    void tellsThatAConferenceIsGoneFromAServerThatIsBack() {
        Told route = cluster.view(interest("name"));
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"), call("b2", "Lounge", null));
        cluster.soon();
        route.forget();

        b.die();
        b.unlist("b1");
        b.unlist("b2");
        b.comeBack();
        cluster.after(MAX_DELAY.plus(QUIET));

        assertThat(route.updates())
                .extracting(Update::type)
                .containsExactlyInAnyOrder(UpdateType.UPDATE, UpdateType.REMOVE);
        assertThat(route.updates()).allMatch(Update::synthetic);
        assertThat(route.updates().get(0).servers()).containsExactly("a:443");
    }

    // Next to others.

    @Test
    void leavesTheListsToRoutesThatFollowCallsWhenItStops() {
        a.list(call("a1", "Board", "k"));
        Told view = cluster.view(interest("recording"));
        cluster.follow(CALL_ROSTER, new CallSelector.Every());

        cluster.stopListing(view);

        assertThat(a.subscriptions()).containsExactlyInAnyOrder("calls", "callRoster a1");
        assertThat(a.elements("calls", null)).containsExactly("name", "callCorrelator");
    }

    @Test
    void leavesNothingBehindWhenItStops() {
        a.list(call("a1", "Board", "k"));
        Told view = cluster.view(interest("name"));

        cluster.stopListing(view);

        assertThat(a.openSockets()).isZero();
        assertThat(b.openSockets()).isZero();
        assertThat(cluster.directory().conferenceOf("a:443", "a1")).isEmpty();
    }

    @Test
    void doesNotDisturbAListOfEachServersCalls() {
        Told list = cluster.list(interest("recording"));
        a.list(call("a1", "Board", "k").put("recording", "active"));
        cluster.soon();
        list.forget();

        cluster.view(interest("name", "recording"));
        a.change("a1", "name", "Lounge");
        cluster.soon();

        assertThat(list.updates()).isEmpty();
    }
}
