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
import static io.github.cmsevents.camel.internal.cluster.VirtualCluster.STALLED;
import static io.github.cmsevents.camel.internal.protocol.Resource.CALL_ROSTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.CapturedLog;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

class StalledRoutesTest {

    private final VirtualCluster cluster = new VirtualCluster("a");
    private final FakeServer a = cluster.server("a");

    @Test
    void aStalledRouteIsReportedOnceByNameAndAgainAfterItRecovered() {
        a.list(call("a1", "Board", null));
        SeenUpdates route = cluster.follow(CALL_ROSTER, EVERY);
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            route.stall();
            a.participant("a1", "bo", "Bo");
            cluster.after(STALLED.minusSeconds(1));
            assertThat(log.lines()).isEmpty();
            cluster.after(STALLED.multipliedBy(5));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN Route route1 has not processed an update for")
                    .contains("option stalledRouteTimeout");

            route.recover();
            cluster.after(STALLED);
            route.stall();
            a.participant("a1", "ann", "Ann");
            cluster.after(STALLED.multipliedBy(2));
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void nothingIsCheckedWithoutRoutes() {
        cluster.detach(cluster.follow(CALL_ROSTER, EVERY));
        cluster.after(STALLED);
        assertThat(cluster.loop.pendingTimers()).isZero();
    }
}
