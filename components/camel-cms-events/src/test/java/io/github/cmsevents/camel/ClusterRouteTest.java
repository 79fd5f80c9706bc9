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
package io.github.cmsevents.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.camel.SeenExchanges.Seen;
import io.github.cmsevents.camel.internal.route.RouteReadiness;
import io.github.cmsevents.simulator.CallOptions;
import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SubscriptionSnapshot;
import io.github.cmsevents.simulator.junit.MeetingServerClusterExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClusterRouteTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerClusterExtension cms = MeetingServerClusterExtension.create(
            builder -> builder.bridges(3).server(server -> server.credentials(USER, PASSWORD)
                    .callsCorrectedAfter(Duration.ZERO)
                    .blankNames(false)));

    private MeetingServerCluster cluster() {
        return cms.cluster();
    }

    @Override
    MeetingServerSimulator server() {
        return cluster().bridge(0);
    }

    @Override
    String servers() {
        return cluster().urls();
    }

    // Calls.

    @Test
    void callsOfEveryServerAreDeliveredWithTheirServer() throws Exception {
        SeenExchanges calls = route("calls", "cms-events:calls?elements=name,callCorrelator");
        DistributedCall board = cluster().createCall("Board");
        SimulatedCall first = board.join(0);
        SimulatedCall second = board.join(1);

        calls.awaitSize(2);

        assertThat(calls.all())
                .extracting(seen -> List.of(
                        seen.header(CmsEventsConstants.SERVER),
                        seen.header(CmsEventsConstants.CALL),
                        seen.header(CmsEventsConstants.CALL_CORRELATOR)))
                .containsExactlyInAnyOrder(
                        List.of(name(0), first.id(), board.correlator()),
                        List.of(name(1), second.id(), board.correlator()));
    }

    @Test
    void aServerThatIsDownDoesNotAffectTheOthers() throws Exception {
        cluster().kill(1);
        SeenExchanges calls = route("calls", "cms-events:calls?elements=name");
        cluster().createCall("Board").join(0);
        calls.awaitSize(1);
        cluster().createCall("Team").join(2);
        calls.awaitSize(2);

        await().untilAsserted(() -> {
            RouteReadiness readiness = readiness("calls");
            assertThat(readiness.ready()).isTrue();
            assertThat(readiness.message()).contains(name(1)).contains("can't be reached");
            assertThat(readiness.details())
                    .containsEntry("cms.servers", 3)
                    .containsEntry("cms.servers.ready", 2)
                    .containsEntry("cms.connection.state." + name(0), "LIVE")
                    .containsEntry("cms.connection.state." + name(1), "BACKING_OFF")
                    .containsEntry("cms.last.failure." + name(1), "UNREACHABLE");
            assertThat(consumer("calls").getHealthCheck().call().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(consumer("calls").getConnectionState())
                    .isEqualTo(name(0) + "=LIVE, " + name(1) + "=BACKING_OFF, " + name(2) + "=LIVE");
            assertThat(consumer("calls").getAttempts()).isPositive();
        });
        for (int bridge : List.of(0, 2)) {
            cluster().kill(bridge);
        }
        await().untilAsserted(() ->
                assertThat(consumer("calls").getHealthCheck().call().getState()).isEqualTo(HealthCheck.State.DOWN));
    }

    @Test
    void theStartFailsOnlyWhenNoServerIsReachable() throws Exception {
        cluster().kill(0);
        SeenExchanges calls = route("calls", "cms-events:calls?elements=name&testConnectionOnStartup=true");
        cluster().createCall("Board").join(1);
        calls.awaitSize(1);
    }

    // Following.

    @Test
    void everyExchangeOfAFollowedCallHasItsGuidItsNameAndItsCorrelator() throws Exception {
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        SeenExchanges details = route("details", "cms-events:callInfo?call=*&elements=participants");
        DistributedCall board = cluster().createCall("Board");
        DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
        rosters.awaitSize(1);
        bo.set("name", "Bob");
        board.addParticipant(1, "Cy", "cy@example.com");
        rosters.awaitSize(3);
        await().until(() -> details.size() == 2);
        String call = board.instance(1).orElseThrow().id();
        board.end();
        rosters.awaitSize(5);
        details.awaitSize(3);

        assertThat(rosters.types()).containsExactly("add", "update", "add", "remove", "remove");
        assertThat(details.types()).containsExactly("add", "update", "remove");
        for (Seen seen : concat(rosters, details)) {
            assertThat(seen.headers())
                    .containsEntry(CmsEventsConstants.CALL, call)
                    .containsEntry(CmsEventsConstants.CALL_NAME, "Board")
                    .containsEntry(CmsEventsConstants.CALL_CORRELATOR, board.correlator())
                    .containsEntry(CmsEventsConstants.SERVER, name(1));
        }
        await().untilAsserted(() -> assertThat(rostersOn(1)).isEmpty());
    }

    @Test
    void aConferenceOnSeveralServersIsFollowedOnce() throws Exception {
        DistributedCall board = cluster().createCall("Board");
        for (int bridge = 0; bridge < 3; bridge++) {
            board.addParticipant(bridge, "Person " + bridge, "person@example.com");
        }
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        rosters.awaitSize(3);

        assertThat(rosters.values("name")).containsExactlyInAnyOrder("Person 0", "Person 1", "Person 2");
        assertThat(rosters()).hasSize(1);
    }

    @Test
    void aRenamedCallIsFollowedOnlyWhileItsNameMatches() throws Exception {
        SeenExchanges boards = route("boards", "cms-events:callRoster?callName=board*&elements=name");
        DistributedCall call = cluster().createCall("Team");
        call.addParticipant(0, "Bo", "bo@example.com");
        await().untilAsserted(() -> assertThat(follows("boards")).isZero());

        call.set("name", "Board of directors");
        boards.awaitSize(1);
        assertThat(boards.last().header(CmsEventsConstants.CALL_NAME)).isEqualTo("Board of directors");
        call.set("name", "Directors");
        boards.awaitSize(2);

        assertThat(boards.types()).containsExactly("add", "remove");
        assertThat(boards.last().header(CmsEventsConstants.SYNTHETIC)).isEqualTo(true);
        await().untilAsserted(() -> assertThat(rosters()).isEmpty());
    }

    @Test
    void aRoomIsFollowedOverAllOfItsConferences() throws Exception {
        String room = "6ae8de2d-3c9c-4ba5-8f17-0ed2b2dbcd4c";
        SeenExchanges roster = route("roster", "cms-events:callRoster?elements=name&callCorrelator=" + room);
        DistributedCall today = cluster().createCall(CallOptions.named("Room 7").correlator(room));
        cluster().createCall("Another").addParticipant(0, "Cy", "cy@example.com");
        today.addParticipant(0, "Bo", "bo@example.com");
        roster.awaitSize(1);
        today.end();
        roster.awaitSize(2);

        cluster().createCall(CallOptions.named("Room 7").correlator(room)).addParticipant(2, "Di", "di@example.com");

        roster.awaitSize(3);
        assertThat(roster.types()).containsExactly("add", "remove", "add");
        assertThat(roster.last().map()).containsEntry("name", "Di");
    }

    @Test
    void aCallFollowedByGuidMovesToAnotherServer() throws Exception {
        DistributedCall board = cluster().createCall("Board");
        DistributedParticipant bo = board.addParticipant(0, "Bo", "bo@example.com");
        String guid = board.instance(0).orElseThrow().id();
        SeenExchanges roster = route("roster", "cms-events:callRoster?elements=name&call=" + guid);
        roster.awaitSize(1);
        board.addParticipant(1, "Cy", "cy@example.com");
        roster.awaitSize(2);

        bo.leave("clientInitiated");
        roster.awaitSize(3);
        await().untilAsserted(() -> assertThat(rostersOn(1)).hasSize(1));
        board.addParticipant(1, "Di", "di@example.com");

        roster.awaitSize(4);
        assertThat(roster.types()).containsExactly("add", "add", "remove", "add");
    }

    @Test
    void manyCallsThatStartAtOnceLeadToAFewRequests() throws Exception {
        route("rosters", "cms-events:callRoster?call=*&elements=name");
        awaitListsOfCalls();
        int before = requests();

        server().transaction(() -> IntStream.range(0, 90).forEach(i -> server().createCall("Meeting " + i)));

        await().untilAsserted(() -> assertThat(rosters()).hasSize(90).allMatch(ClusterRouteTest::isActive));
        assertThat(requests() - before).isLessThanOrEqualTo(3);
    }

    @Test
    void aSubscriptionBeyondTheCapacityIsReportedAndMadeWhenThereIsRoom() throws Exception {
        component().setMaxConnectionsPerServer(1);
        List<SimulatedCall> calls = new ArrayList<>();
        server().transaction(() -> IntStream.range(0, 101).forEach(i -> calls.add(server().createCall("Call " + i))));
        route("rosters", "cms-events:callRoster?call=*&elements=name");
        await().untilAsserted(() -> {
            assertThat(rosters()).hasSize(99).allMatch(ClusterRouteTest::isActive);
            assertThat(readiness("rosters").details())
                    .containsEntry("cms.followed", 101)
                    .containsEntry("cms.followed.active", 99)
                    .containsEntry("cms.followed.waiting", 2);
        });
        assertThat(readiness("rosters").ready()).isFalse();
        assertThat(readiness("rosters").message()).contains("no server has room for 2 of 101 followed calls");

        calls.get(0).end();
        calls.get(1).end();

        await().untilAsserted(() -> assertThat(readiness("rosters").ready()).isTrue());
        assertThat(rosters()).hasSize(99);
    }

    @Test
    void aStoppedRouteLeavesNothingBehind() throws Exception {
        cluster().createCall("Board").addParticipant(0, "Bo", "bo@example.com");
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        rosters.awaitSize(1);

        context.getRouteController().stopRoute("rosters");

        await().untilAsserted(() -> assertThat(cluster().bridges()).allMatch(bridge -> bridge.sockets() == 0));
    }

    // Moving.

    @Test
    void aSubscriptionMovesWithoutDuplicatesOrLossWhenItsServerLeavesTheConference() throws Exception {
        DistributedCall board = cluster().createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        board.addParticipant(1, "Bo", "bo@example.com");
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        SeenExchanges details = route("details", "cms-events:callInfo?call=*&elements=name");
        rosters.awaitSize(2);
        details.awaitSize(1);
        int from = bridgeOf("callRoster");
        int to = 1 - from;
        rosters.clear();

        board.leave(from);

        rosters.awaitSize(1);
        assertThat(rosters.types()).containsExactly("remove");
        await().untilAsserted(() -> {
            assertThat(rostersOn(to)).hasSize(1).allMatch(ClusterRouteTest::isActive);
            assertThat(bridgeOf("callInfo")).isEqualTo(to);
        });
        board.set("name", "Bored");
        board.addParticipant(to, "Cy", "cy@example.com");
        rosters.awaitSize(2);
        details.awaitSize(2);
        assertThat(rosters.last().map()).containsEntry("name", "Cy");
        assertThat(details.types()).containsExactly("add", "update");
        assertThat(details.values("call")).containsOnly(details.get(0).map().get("call"));
        assertThat(details.last().headers())
                .containsEntry(CmsEventsConstants.SERVER, name(to))
                .containsEntry(
                        CmsEventsConstants.CALL,
                        board.instance(to).orElseThrow().id());
    }

    @Test
    void aSubscriptionMovesWhenItsServerDies() throws Exception {
        DistributedCall board = cluster().createCall("Board");
        board.addParticipant(0, "Person on 0", "ada@example.com");
        board.addParticipant(1, "Person on 1", "bo@example.com");
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        rosters.awaitSize(2);
        int from = bridgeOf("callRoster");
        int to = 1 - from;
        Object gone = participantOf(rosters, "Person on " + from);
        rosters.clear();

        cluster().kill(from);

        rosters.awaitSize(1);
        assertThat(rosters.types()).containsExactly("remove");
        assertThat(rosters.last().headers())
                .containsEntry(CmsEventsConstants.PARTICIPANT, gone)
                .containsEntry(CmsEventsConstants.SYNTHETIC, true)
                .containsEntry(CmsEventsConstants.SERVER, name(to));
        assertThat(rostersOn(to)).hasSize(1);
    }

    @Test
    void aSubscriptionWaitsForItsServerWhenNoOtherReportsTheConference() throws Exception {
        cluster().createCall("Board").addParticipant(0, "Bo", "bo@example.com");
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        rosters.awaitSize(1);

        server().stop();
        await().untilAsserted(() -> assertThat(readiness("rosters").details())
                .containsEntry("cms.connection.state." + name(0), "BACKING_OFF")
                .containsEntry("cms.followed", 1)
                .containsEntry("cms.followed.active", 0));
        server().start();

        await().untilAsserted(() -> assertThat(readiness("rosters").details()).containsEntry("cms.followed.active", 1));
        assertThat(rosters.types()).containsExactly("add");
    }

    @Test
    void aParticipantWhoLeftOnAnotherServerIsRemovedWithoutAReason() throws Exception {
        DistributedCall board = cluster().createCall("Board");
        board.addParticipant(0, "Ada", "ada@example.com");
        board.addParticipant(1, "Bo", "bo@example.com");
        SeenExchanges rosters = route("rosters", "cms-events:callRoster?call=*&elements=name");
        rosters.awaitSize(2);
        int host = bridgeOf("callRoster");
        DistributedParticipant local = board.addParticipant(host, "Cy", "cy@example.com");
        DistributedParticipant remote = board.addParticipant(1 - host, "Di", "di@example.com");
        rosters.awaitSize(4);

        local.leave("clientInitiated");
        remote.leave("clientInitiated");

        rosters.awaitSize(6);
        assertThat(rosters.get(4).header(CmsEventsConstants.REASON)).isEqualTo("clientInitiated");
        assertThat(rosters.get(5).headers()).doesNotContainKey(CmsEventsConstants.REASON);
        assertThat(rosters.get(5).header(CmsEventsConstants.PARTICIPANT)).isEqualTo(remote.id());
    }

    @Test
    void aMoveRemovesAndAddsAParticipantWithAnotherGuidOnEachServer() throws Exception {
        try (MeetingServerCluster other = MeetingServerCluster.builder()
                .bridges(2)
                .ownParticipantIds(true)
                .server(server -> server.credentials(USER, PASSWORD)
                        .callsCorrectedAfter(Duration.ZERO)
                        .blankNames(false))
                .build()
                .start()) {
            DistributedCall board = other.createCall("Board");
            DistributedParticipant ada = board.addParticipant(0, "Ada", "ada@example.com");
            SeenExchanges rosters =
                    route("rosters", "cms-events:callRoster?call=*&elements=name&servers=" + other.urls());
            rosters.awaitSize(1);
            DistributedParticipant bo = board.addParticipant(1, "Bo", "bo@example.com");
            rosters.awaitSize(2);

            ada.leave("clientInitiated");

            // Ada removed, Bo added under his GUID on the other server and removed under that on the first one.
            rosters.awaitSize(5);
            assertThat(rosters.all().subList(2, 5))
                    .extracting(seen -> seen.type() + " " + seen.header(CmsEventsConstants.PARTICIPANT))
                    .containsExactlyInAnyOrder(
                            "remove " + rosters.get(0).header(CmsEventsConstants.PARTICIPANT),
                            "add " + bo.idOn(1).orElseThrow(),
                            "remove " + rosters.get(1).header(CmsEventsConstants.PARTICIPANT));
            context.getRouteController().stopRoute("rosters");
        }
    }

    // One record for each conference.

    @Test
    void aViewOfTheClusterHasOneRecordForEachConference() throws Exception {
        SeenExchanges conferences =
                route("conferences", "cms-events:conferences?elements=name,participants&merge=true");
        DistributedCall board = cluster().createCall("Board");
        SimulatedCall first = board.join(1);
        conferences.awaitSize(1);
        board.join(0);
        conferences.awaitSize(2);
        board.set("name", "Bored");
        await().until(() -> "Bored".equals(conferences.last().map().get("name")));
        board.leave(1);
        await().untilAsserted(() -> assertThat(conferences.last().header(CmsEventsConstants.SERVERS))
                .isEqualTo(List.of(name(0))));
        board.end();
        await().until(() -> "remove".equals(conferences.last().type()));

        assertThat(conferences.values("call")).containsOnly(first.id());
        assertThat(conferences.types()).startsWith("add", "update").endsWith("remove");
        assertThat(conferences.types().subList(1, conferences.size() - 1)).containsOnly("update");
        assertThat(conferences.get(1).headers())
                .containsEntry(CmsEventsConstants.SERVERS, List.of(name(0), name(1)))
                .containsEntry(CmsEventsConstants.CHANGED_ELEMENTS, List.of())
                .containsEntry(CmsEventsConstants.CALL_CORRELATOR, board.correlator());
        assertThat(conferences.get(1).map())
                .isEqualTo(Map.of("call", first.id(), "updateType", "update", "name", "Board", "participants", 0));
    }

    private String name(int bridge) {
        return "127.0.0.1:" + cluster().bridge(bridge).port();
    }

    private CmsEventsConsumer consumer(String route) {
        return (CmsEventsConsumer) context.getRoute(route).getConsumer();
    }

    private RouteReadiness readiness(String route) {
        return consumer(route).readiness();
    }

    private int follows(String route) {
        awaitListsOfCalls();
        return consumer(route).getFollowedCalls();
    }

    private void awaitListsOfCalls() {
        await().untilAsserted(() -> assertThat(cluster().bridges())
                .allSatisfy(bridge -> assertThat(bridge.subscriptions())
                        .anyMatch(subscription -> subscription.type().equals("calls") && isActive(subscription))));
    }

    private int requests() {
        return cluster().bridges().stream()
                .map(MeetingServerSimulator::subscribeRequests)
                .mapToInt(List<JsonNode>::size)
                .sum();
    }

    private List<SubscriptionSnapshot> rosters() {
        return IntStream.range(0, cluster().size())
                .boxed()
                .flatMap(bridge -> rostersOn(bridge).stream())
                .toList();
    }

    private List<SubscriptionSnapshot> rostersOn(int bridge) {
        return subscriptionsOn(bridge, "callRoster");
    }

    private List<SubscriptionSnapshot> subscriptionsOn(int bridge, String type) {
        return cluster().bridge(bridge).subscriptions().stream()
                .filter(subscription -> subscription.type().equals(type))
                .toList();
    }

    /** The only bridge that has a subscription of this type. */
    private int bridgeOf(String type) {
        List<Integer> bridges = IntStream.range(0, cluster().size())
                .filter(bridge -> !subscriptionsOn(bridge, type).isEmpty())
                .boxed()
                .toList();
        assertThat(bridges).hasSize(1);
        return bridges.get(0);
    }

    private static boolean isActive(SubscriptionSnapshot subscription) {
        return "active".equals(subscription.state());
    }

    private static Object participantOf(SeenExchanges rosters, String name) {
        return rosters.all().stream()
                .filter(seen -> name.equals(seen.map().get("name")))
                .findFirst()
                .orElseThrow()
                .header(CmsEventsConstants.PARTICIPANT);
    }

    private static List<Seen> concat(SeenExchanges one, SeenExchanges other) {
        List<Seen> all = new ArrayList<>(one.all());
        all.addAll(other.all());
        return all;
    }
}
