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

import static io.github.cmsevents.camel.internal.cluster.FakeBridge.call;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_INFO;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.camel.internal.content.Interest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Troubles that come together: servers that are full, refuse sockets, or go back on their word while another dies. */
class TroubledClusterTest {

    private static final CallSelector EVERY = new CallSelector.Every();
    private static final CallSelector BOARD = new CallSelector.Named("Board*", name -> name.startsWith("Board"));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ClusterStandIn cluster = new ClusterStandIn("a", "b");
    private final FakeBridge a = cluster.bridge("a");
    private final FakeBridge b = cluster.bridge("b");

    @Test
    void aDeadServerLosesTheFeedToOneThatHasHadNoRoomUntilNow() {
        ClusterStandIn small = new ClusterStandIn(1, "a", "b");
        fill(small.bridge("b"));
        small.follow(CALL_ROSTER, EVERY);
        small.bridge("a").list(call("a1", "Board", "k"));
        small.soon();
        small.bridge("b").list(call("b1", "Board", "k"));
        small.soon();
        small.bridge("a").die();
        small.soon();

        small.bridge("b").withdraw("full 5");
        small.soon();

        assertThat(rosters(small.bridge("b"))).contains("callRoster b1");
    }

    @Test
    void aDeadServerLosesWhatWaitsForASocketToItAsWell() {
        ObjectNode[] many = IntStream.range(0, 150)
                .mapToObj(i -> call("a" + i, null, "k" + i))
                .toArray(ObjectNode[]::new);
        a.list(many);
        a.socketLimit = 1;
        cluster.follow(CALL_ROSTER, EVERY);
        assertThat(rosters()).hasSize(99);

        a.die();
        b.list(IntStream.range(0, 150)
                .mapToObj(i -> call("b" + i, null, "k" + i))
                .toArray(ObjectNode[]::new));
        cluster.soon();

        assertThat(rosters(b)).hasSize(150);
    }

    @Test
    void whoTurnsDownWhatItHasActivatedIsNotAskedInATightLoop() {
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        a.fickle = true;
        b.fickle = true;
        cluster.follow(CALL_ROSTER, EVERY);
        int before = a.requests() + b.requests();

        cluster.after(MINUTE);

        assertThat(a.requests() + b.requests() - before).isLessThan(250);
    }

    @Test
    void whoTurnsItDownIsAskedAgainWhenTheOtherGoesOnDoingSo() {
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        a.participant("a1", "bo", "Bo");
        a.turnDown("a1");
        b.turnDown("b1");
        Told route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);

        a.turnDownNoLonger("a1");
        cluster.after(MINUTE);

        assertThat(route.news()).containsExactly("add bo Bo");
    }

    @Test
    void anotherServerIsTakenWhenOtherClientsHoldTheSockets() {
        a.socketLimit = 1;
        ObjectNode[] many = IntStream.range(0, 300)
                .mapToObj(i -> call("a" + i, null, "k" + i))
                .toArray(ObjectNode[]::new);
        ObjectNode[] there = IntStream.range(0, 300)
                .mapToObj(i -> call("b" + i, null, "k" + i))
                .toArray(ObjectNode[]::new);
        a.list(many);
        b.list(there);

        Told route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);

        assertThat(cluster.status(route).active()).isEqualTo(300);
    }

    @Test
    void aRoomIsFollowedThroughAnEndAndAStartInOneMessage() {
        a.list(call("a1", "Board", "k"));
        Told route = cluster.follow(CALL_INFO, new CallSelector.Correlated("k"));

        a.replace("a1", call("a2", "Board", "k"));
        cluster.soon();

        assertThat(a.subscriptions()).containsExactlyInAnyOrder("calls", "callInfo a2");
        assertThat(route.news()).containsExactly("add a1 Board", "remove a1", "add a2 Board");
        assertThat(route.last().body()).containsEntry("call", "a2");
    }

    @Test
    void aGuidIsFollowedInUpperAndLowerCase() {
        a.list(call("0f3c6d2b-aaaa", "Board", null));

        cluster.follow(CALL_ROSTER, new CallSelector.OfCall("0F3C6D2B-AAAA"));

        assertThat(rosters()).containsExactly("callRoster 0f3c6d2b-aaaa");
    }

    @Test
    void aCallIsNotTheOneThatComesNextInTheSameRoom() {
        a.list(call("a1", "Board", "k"));
        Told route = cluster.follow(CALL_INFO, new CallSelector.OfCall("a1"));

        a.replace("a1", call("a2", "Board", "k"));
        cluster.soon();

        assertThat(route.news()).containsExactly("add a1 Board", "remove a1");
        assertThat(a.subscriptions()).containsExactly("calls");
    }

    @Test
    void aRouteIsNotToldOfRemovalsOfWhatItWasNeverTold() {
        a.list(call("a1", "Board", null));
        a.participant("a1", "bo", "Bo");
        cluster.follow(CALL_ROSTER, EVERY);
        Told late = new Told();
        cluster.follow(CALL_ROSTER, BOARD, new Interest(List.of("name", "layout"), false, false, false), late);
        cluster.now();
        assertThat(late.news()).isEmpty();

        a.change("a1", "name", "Lounge");
        cluster.now();

        assertThat(late.news()).isEmpty();
    }

    @Test
    @Timeout(30)
    void aConferenceIsNotSentToAndFroBetweenServersThatHaveLostASocketEach() {
        ClusterStandIn wide = new ClusterStandIn(3, "a", "b");
        FakeBridge first = wide.bridge("a");
        FakeBridge second = wide.bridge("b");
        wide.follow(CALL_ROSTER, EVERY);
        wide.soon();
        first.list(calls("x", 240));
        second.list(calls("y", 240));
        wide.soon();
        // A place is free on the socket that is lost, and on the last one.
        first.withdraw("x150");
        second.withdraw("y150");
        wide.soon();
        first.loseSocket(1);
        second.loseSocket(1);
        wide.now();

        first.list(call("a1", "Board", "k"));
        second.list(call("b1", "Board", "k"));
        wide.soon();

        assertThat(rosters(first).contains("callRoster a1") ^ rosters(second).contains("callRoster b1"))
                .isTrue();
    }

    @Test
    void aRouteIsToldOnceOfAServerThatIsAway() {
        a.die();
        Told route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);
        assertThat(route.troubles()).hasSize(1);
        a.comeBack();
        a.list(calls("x", 50));
        cluster.after(MINUTE);
        route.forget();

        a.die();
        cluster.after(MINUTE);

        assertThat(route.troubles()).hasSize(1);
    }

    @Test
    void serversThatLeaveOneAfterTheOtherAreFollowedAtOnce() {
        ClusterStandIn four = new ClusterStandIn("a", "b", "c", "d");
        for (String name : List.of("a", "b", "c", "d")) {
            four.bridge(name).list(call(name + "1", "Board", "k"));
        }
        Told route = four.follow(CALL_ROSTER, EVERY);
        for (String name : List.of("a", "b", "c")) {
            four.soon();
            four.bridge(name).withdraw(name + "1");
            four.soon();
            assertThat(four.status(route).active()).isEqualTo(1);
        }
        assertThat(rosters(four.bridge("d"))).containsExactly("callRoster d1");
    }

    @Test
    void aServerThatListsACallAndTurnsItDownIsReported() {
        ClusterStandIn one = new ClusterStandIn("a");
        one.bridge("a").list(call("a1", "Board", null));
        one.bridge("a").turnDown("a1");
        Told route = one.follow(CALL_ROSTER, EVERY);
        one.after(MINUTE);

        assertThat(route.troubles()).singleElement().satisfies(trouble -> assertThat(trouble)
                .hasMessageContaining("although it lists the call"));
    }

    @Test
    void aFixedCallEndsByItsOwnSubscriptionNextToAListThatIsQuicker() {
        ClusterStandIn one = new ClusterStandIn("a");
        one.bridge("a").list(call("a1", "Board", null));
        one.list(ClusterStandIn.interest("name"));
        Told route = one.follow(CALL_ROSTER, new CallSelector.OfCall("a1"));
        one.bridge("a").participant("a1", "bo", "Bo");
        one.soon();
        route.forget();

        one.bridge("a").unlistOnly("a1");
        one.soon();
        assertThat(route.news()).isEmpty();
        one.bridge("a").withdraw("a1");
        one.soon();

        assertThat(route.news()).containsExactly("remove bo");
    }

    private static ObjectNode[] calls(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> call(prefix + i, null, prefix + " " + i))
                .toArray(ObjectNode[]::new);
    }

    private void listOnBoth() {
        a.list(call("a1", "Board", "k"));
        a.participant("a1", "ann", "Ann");
        a.participant("a1", "bo", "Bo");
        b.list(call("b1", "Board", "k"));
        b.participant("b1", "ann", "Ann");
        b.participant("b1", "bo", "Bo");
    }

    /** One conference on both servers, whose two participants the route has been told of by the first. */
    private Told followOnBoth() {
        listOnBoth();
        Told route = cluster.follow(CALL_ROSTER, EVERY);
        assertThat(rosters()).containsExactly("callRoster a1");
        assertThat(route.news()).containsExactly("add ann Ann", "add bo Bo");
        route.forget();
        return route;
    }

    /** Calls enough to leave no room on one socket, with the list of calls. */
    private static void fill(FakeBridge bridge) {
        bridge.list(IntStream.range(0, 99)
                .mapToObj(i -> call("full " + i, null, null))
                .toArray(ObjectNode[]::new));
    }

    private static List<String> rosters(FakeBridge bridge) {
        return bridge.subscriptions().stream()
                .filter(line -> line.startsWith("callRoster"))
                .toList();
    }

    private List<String> rosters() {
        return IntStream.range(0, 2)
                .mapToObj(i -> rosters(i == 0 ? a : b))
                .flatMap(List::stream)
                .toList();
    }
}
