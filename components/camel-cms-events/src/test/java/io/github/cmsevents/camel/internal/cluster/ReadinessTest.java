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

import static io.github.cmsevents.camel.internal.cluster.FakeServer.call;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.EVERY;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.MAX_DELAY;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.STALLED;
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.interest;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.route.RouteReadiness;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a route is ready, from its start through what can happen to its servers. */
class ReadinessTest {

    private static final CallSelector A1 = new CallSelector.OfCall("a1");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualCluster cluster = new VirtualCluster("a", "b");
    private final FakeServer a = cluster.server("a");
    private final FakeServer b = cluster.server("b");
    private final VirtualCluster alone = new VirtualCluster("a");
    private final FakeServer only = alone.server("a");

    @Test
    void aRouteIsNotReadyBeforeTheListIsActive() {
        a.answersLogins = false;
        b.answersLogins = false;

        SeenUpdates route = cluster.begin(new Topic.Calls(), interest("name"));
        assertThat(cluster.readiness(route).ready()).isFalse();
        assertThat(cluster.readiness(route).message()).contains("calls is not subscribed to");
        cluster.soon();

        assertThat(cluster.readiness(route).ready()).isFalse();
        assertThat(cluster.readiness(route).message()).contains("https://a:443: connecting");
    }

    @Test
    void oneServerThatIsReadyIsEnoughAndTheMessageNamesTheOther() {
        a.die();

        SeenUpdates route = cluster.attach(new Topic.Conferences(), interest("name"));

        RouteReadiness readiness = cluster.readiness(route);
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.message()).contains("https://a:443").doesNotContain("https://b:443");
        assertThat(readiness.details()).containsEntry("cms.servers.ready", 1);
    }

    @Test
    void aRouteIsNotReadyWhileNoServerCanBeConnectedToAndIsAgainAfterwards() {
        SeenUpdates route = cluster.attach(new Topic.Calls(), interest("name"));
        assertThat(cluster.readiness(route).message()).isNull();
        a.die();
        b.die();
        cluster.soon();
        assertThat(cluster.readiness(route).ready()).isFalse();
        assertThat(cluster.readiness(route).message()).contains("not connected, retrying");

        a.comeBack();
        cluster.after(MAX_DELAY.plusSeconds(1));

        assertThat(cluster.readiness(route).ready()).isTrue();
    }

    @Test
    void aRouteIsNotReadyWhileTheLoginIsRefused() {
        a.loginFailure = Reason.CREDENTIALS;
        b.loginFailure = Reason.CREDENTIALS;

        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);

        assertThat(cluster.readiness(route).ready()).isFalse();
        assertThat(cluster.readiness(route).details()).containsEntry("cms.last.failure.a:443", "CREDENTIALS");
    }

    @Test
    void aRouteIsNotReadyWhileTheServersRefuseEveryRoster() {
        a.list(call("a1", "Board", "k"));
        b.list(call("b1", "Board", "k"));
        a.refusesCalls = true;
        b.refusesCalls = true;

        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        cluster.after(MINUTE);
        assertThat(cluster.readiness(route).ready()).isFalse();
        assertThat(cluster.readiness(route).message()).contains("the servers refuse 1 of 1 followed calls");

        b.refusesCalls = false;
        cluster.after(MAX_DELAY.multipliedBy(3));
        assertThat(cluster.readiness(route).ready()).isTrue();
    }

    @Test
    void aRouteIsNotReadyWhileACallThatItFollowsHasNoRoom() {
        VirtualCluster small = new VirtualCluster(1, "a");
        small.server("a")
                .list(IntStream.range(0, 100)
                        .mapToObj(i -> call("a" + i, null, null))
                        .toList());

        SeenUpdates route = small.follow(CALL_ROSTER, EVERY);
        assertThat(small.readiness(route).ready()).isFalse();
        assertThat(small.readiness(route).message()).contains("no server has room for 1 of 100 followed calls");

        small.server("a").end("a7");
        small.soon();
        assertThat(small.readiness(route).ready()).isTrue();
    }

    @Test
    void aRouteIsNotReadyWhileItHoldsAnAcknowledgementForTooLong() {
        a.list(call("a1", "Board", "k"));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        SeenUpdates other = cluster.follow(CALL_ROSTER, EVERY);
        route.stall();
        a.participant("a1", "bo", "Bo");
        cluster.after(STALLED.minusSeconds(1));
        assertThat(cluster.readiness(route).ready()).isTrue();

        cluster.after(Duration.ofSeconds(2));
        assertThat(cluster.readiness(route).ready()).isFalse();
        assertThat(cluster.readiness(route).message()).contains("option stalledRouteTimeout");
        assertThat(cluster.readiness(other).ready()).isTrue();

        route.recover();
        assertThat(cluster.readiness(route).ready()).isTrue();
    }

    @Test
    void aServerThatRestartedWithoutTheCallDoesNotMakeTheRouteUnready() {
        only.list(call("a1", "Board", null));
        SeenUpdates route = alone.follow(CALL_ROSTER, EVERY);
        only.unlist("a1");
        only.loseSockets();
        alone.after(Duration.ofSeconds(1));

        assertThat(isReadyForAMinute(route)).isTrue();
    }

    @Test
    void aRouteWithAGuidIsReadyWhenTheRosterIsActive() {
        only.list(call("a1", "Board", null));

        SeenUpdates route = alone.begin(new Topic.InCalls(CALL_ROSTER, A1), interest("name"));
        assertThat(alone.readiness(route).ready()).isFalse();
        alone.soon();

        assertThat(alone.readiness(route).ready()).isTrue();
    }

    @Test
    void aRouteWithAGuidIsReadyAllTheTimeThatTheCallIsNotActive() {
        only.latency = Duration.ofMillis(200);
        SeenUpdates route = alone.follow(CALL_ROSTER, A1);
        assertThat(isReadyForAMinute(route)).isTrue();

        only.list(call("a1", "Board", null));
        alone.after(MAX_DELAY.plusSeconds(1));
        only.end("a1");
        assertThat(isReadyForAMinute(route)).isTrue();
    }

    @Test
    void aRouteWithAGuidIsNotReadyWhileTheServerRefusesTheRequest() {
        only.list(call("a1", "Board", null));
        only.refusesCalls = true;

        SeenUpdates route = alone.follow(CALL_ROSTER, A1);
        alone.after(MINUTE);

        assertThat(alone.readiness(route).ready()).isFalse();
        assertThat(route.problems)
                .singleElement()
                .asString()
                .contains("refused the subscription to callRoster of call a1");
    }

    @Test
    void aRouteWithAGuidIsNotReadyWhileTheServerLeavesTheRosterPending() {
        only.list(call("a1", "Board", null));
        only.pending.add("a1");

        SeenUpdates route = alone.follow(CALL_ROSTER, A1);
        alone.after(MINUTE);

        assertThat(alone.readiness(route).ready()).isFalse();
        assertThat(route.problems).singleElement().asString().contains("pending for more than 10 s");
    }

    /** Looks often enough to see every state that is published. */
    private boolean isReadyForAMinute(SeenUpdates route) {
        boolean ready = true;
        for (int i = 0; i < 3_000; i++) {
            alone.after(Duration.ofMillis(20));
            ready &= alone.readiness(route).ready();
        }
        return ready;
    }
}
