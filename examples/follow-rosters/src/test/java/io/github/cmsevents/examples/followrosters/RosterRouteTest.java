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
package io.github.cmsevents.examples.followrosters;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.simulator.DistributedCall;
import io.github.cmsevents.simulator.DistributedParticipant;
import io.github.cmsevents.simulator.MeetingServerCluster;
import io.github.cmsevents.simulator.SubscriptionSnapshot;
import io.github.cmsevents.simulator.junit.MeetingServerClusterExtension;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The route against a cluster without random changes. */
class RosterRouteTest {

    @RegisterExtension
    final MeetingServerClusterExtension cms = MeetingServerClusterExtension.create(builder ->
            builder.server(server -> server.credentials("admin", "admin").blankNames(false)));

    private MeetingServerCluster cluster;
    private DistributedCall board;
    private List<DistributedParticipant> people;

    @BeforeEach
    void startAMeetingOnAllBridges() {
        cluster = cms.cluster();
        board = cluster.createCall("Board meeting");
        people = List.of(
                board.addParticipant(0, "Ada", "ada@example.com"),
                board.addParticipant(1, "Bo", "bo@example.com"),
                board.addParticipant(2, "Cy", "cy@example.com"));
    }

    @Test
    void deliversADistributedMeetingOnce() {
        try (RunningRoute route = new RunningRoute(cluster)) {
            int bridge = bridgeWithAllAdded(route);

            people.get(2).set("audioMuted", true);

            route.logs(lines -> assertThat(lines)
                    .containsExactly(
                            line("add    Ada   ", bridge),
                            line("add    Bo    ", bridge),
                            line("add    Cy    ", bridge),
                            line("update Cy    ", bridge) + " audioMuted true"));
            assertThat(new Agreement(cluster, route.rosters()).verdict())
                    .isEqualTo("route and cluster agree: 3 participants in 1 meetings");
        }
    }

    @Test
    void continuesFromAnotherBridgeWhenTheFirstDies() {
        try (RunningRoute route = new RunningRoute(cluster)) {
            int dead = bridgeWithAllAdded(route);

            cluster.kill(dead);

            route.logs(lines -> assertThat(lines).hasSize(4));
            DistributedParticipant survivor = board.participants().get(0);
            survivor.set("audioMuted", true);
            int bridge = carriers().get(0);
            route.logs(lines -> {
                assertThat(lines).hasSize(5);
                // Synthetic, unless the route subscribed on the other bridge before that noticed the loss.
                assertThat(lines.get(3)).startsWith(line("remove %-6s".formatted(nameOf(dead)), bridge));
                assertThat(lines.get(4))
                        .isEqualTo(line("update %-6s".formatted(survivor.name()), bridge) + " audioMuted true");
            });
            assertThat(new Agreement(cluster, route.rosters()).holds()).isTrue();
        }
    }

    @Test
    void continuesFromAnotherBridgeWhenTheFirstLeavesTheMeeting() {
        try (RunningRoute route = new RunningRoute(cluster)) {
            int former = bridgeWithAllAdded(route);

            people.get(former).leave("clientInitiated");

            route.logs(lines -> {
                assertThat(lines).hasSize(4);
                assertThat(carriers()).hasSize(1).doesNotContain(former);
            });
            int bridge = carriers().get(0);
            DistributedParticipant other = board.participants().get(0);
            other.set("audioMuted", true);
            route.logs(lines -> assertThat(lines.subList(3, lines.size()))
                    .containsExactly(
                            line("remove %-6s".formatted(nameOf(former)), former) + " clientInitiated",
                            line("update %-6s".formatted(other.name()), bridge) + " audioMuted true"));
            assertThat(new Agreement(cluster, route.rosters()).holds()).isTrue();
        }
    }

    @Test
    void deliversAMeetingThatIsOnlyOnARevivedBridge() {
        try (RunningRoute route = new RunningRoute(cluster)) {
            bridgeWithAllAdded(route);
            cluster.kill(2);
            route.logs(lines -> assertThat(lines).hasSize(4));

            cluster.revive(2);
            cluster.createCall("Night shift").addParticipant(2, "Kim", "kim@example.com");

            route.logs(lines -> assertThat(lines).hasSize(5).endsWith("Night shift    add    Kim    (bridge 3)"));
        }
    }

    /** Waits until the route has received all participants, and returns the bridge that they came from. */
    private int bridgeWithAllAdded(RunningRoute route) {
        route.logs(lines -> {
            assertThat(lines).hasSize(3);
            // A bridge discards its queued messages when it stops taking part.
            assertThat(cluster.bridges()).allMatch(bridge -> bridge.unackedMessages() == 0);
            assertThat(carriers()).hasSize(1);
        });
        return carriers().get(0);
    }

    private String nameOf(int host) {
        return people.get(host).name();
    }

    private static String line(String what, int bridge) {
        return "Board meeting  " + what + " (bridge " + (bridge + 1) + ")";
    }

    /** The bridges on which the route is subscribed to the roster of the Board meeting. */
    private List<Integer> carriers() {
        return IntStream.range(0, cluster.size())
                .filter(bridge ->
                        cluster.bridge(bridge).subscriptions().stream().anyMatch(this::isOfBoard))
                .boxed()
                .toList();
    }

    private boolean isOfBoard(SubscriptionSnapshot subscription) {
        return "callRoster".equals(subscription.type())
                && "active".equals(subscription.state())
                && board.instances().stream().anyMatch(call -> call.id().equals(subscription.call()));
    }
}
