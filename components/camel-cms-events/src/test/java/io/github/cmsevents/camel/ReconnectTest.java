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
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.JournalEntry;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconnectTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void aLostSocketIsReplacedWithAFreshTokenAndTheSameSubscriptions() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges calls = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        SeenExchanges roster = route("roster", "cms-events:callRoster?elements=name&call=" + call.id());
        awaitActive(2);

        server().dropSockets();
        await().until(() -> server().socketsOpenedInAll() == 2);
        awaitActive(2);
        call.addParticipant("Bo", "bo@example.com");
        roster.awaitSize(1);

        assertThat(server().loginCount()).isEqualTo(2);
        assertThat(server().subscribeRequests()
                        .get(server().subscribeRequests().size() - 1)
                        .get("subscriptions"))
                .hasSize(2);
        assertThat(calls.types())
                .as("unchanged records are not delivered again")
                .containsExactly("add");
    }

    @Test
    void aGapCostsNothing() throws Exception {
        SimulatedCall stays = server().createCall("Stays");
        SimulatedCall changes = server().createCall("Changes");
        SimulatedCall ends = server().createCall("Ends");
        SeenExchanges seen =
                route("calls", "cms-events:calls?elements=name,participants").awaitSize(3);

        server().stop();
        changes.addParticipant("Bo", "bo@example.com");
        ends.end();
        SimulatedCall starts = server().createCall("Starts");
        server().start();
        seen.awaitSize(6);

        assertThat(seen.get(3).map())
                .containsExactly(entry("call", changes.id()), entry("updateType", "update"), entry("participants", 1));
        assertThat(seen.get(4).map()).containsEntry("call", starts.id()).containsEntry("updateType", "add");
        assertThat(seen.get(5).map()).containsExactly(entry("call", ends.id()), entry("updateType", "remove"));
        assertThat(seen.get(5).header(CmsEventsConstants.SYNTHETIC)).isEqualTo(true);
        assertThat(seen.values("call").subList(3, 6)).doesNotContain(stays.id());
    }

    @Test
    void withoutReconciliationTheWholeSnapshotIsDelivered() throws Exception {
        SimulatedCall stays = server().createCall("Stays");
        SimulatedCall ends = server().createCall("Ends");
        SeenExchanges seen =
                route("calls", "cms-events:calls?elements=name&reconcile=false").awaitSize(2);

        server().stop();
        ends.end();
        server().start();
        seen.awaitSize(3);

        assertThat(seen.get(2).map())
                .containsExactly(entry("call", stays.id()), entry("updateType", "add"), entry("name", "Stays"));
    }

    @Test
    void aSlowRouteDoesNotCauseRemovalsOfActiveCalls() throws Exception {
        SimulatedCall board = server().createCall("Board");
        SimulatedParticipant bo = board.addParticipant("Bo", "bo@example.com");
        SimulatedParticipant al = board.addParticipant("Al", "al@example.com");
        Semaphore permits = new Semaphore(3);
        SeenExchanges seen = new SeenExchanges();
        route("roster", "cms-events:callRoster?elements=name&call=" + board.id(), exchange -> {
            permits.acquire();
            seen.process(exchange);
        });
        // A route on the same socket that delays the acknowledgement for longer than the quiet period.
        route("slow", "cms-events:calls?elements=name", exchange -> permits.acquire());
        seen.awaitSize(2);
        await().until(() -> permits.availablePermits() == 0);

        server().dropSockets();
        await().until(() -> server().socketsOpenedInAll() == 2);
        SimulatedCall late = server().createCall("Late");
        await().during(Duration.ofMillis(600)).until(() -> seen.size() == 2);
        permits.release(100);
        await().untilAsserted(() -> assertThat(server().unackedMessages()).isZero());

        assertThat(late.id()).isNotNull();
        assertThat(seen.values("participant")).containsExactly(bo.id(), al.id());
    }

    @Test
    void reconnectsToAServerAfterALongOutage() throws Exception {
        server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        server().stop();
        SimulatedCall meanwhile = server().createCall("Meanwhile");
        await().during(Duration.ofMillis(500)).until(() -> seen.size() == 1);
        server().start();
        seen.awaitSize(2);
        assertThat(seen.last().map()).containsEntry("call", meanwhile.id());
    }

    @Test
    void subscriptionUpdatesReportThatTheSocketWasLost() throws Exception {
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name&subscriptionUpdates=true")
                .awaitSize(2);
        server().dropSockets();
        seen.awaitSize(5);
        assertThat(seen.all())
                .extracting(one -> one.header(CmsEventsConstants.SUBSCRIPTION_STATE))
                .containsExactly("pending", "active", "deactivated", "pending", "active");
        assertThat(seen.get(2).header(CmsEventsConstants.SYNTHETIC)).isEqualTo(true);
    }

    @Test
    void aRefusedLoginIsNotRetriedBeforeTheLongestDelay() throws Exception {
        component().setReconnectMaxDelay(60_000);
        configuration().setPassword("wrong");
        route("calls", "cms-events:calls?elements=name");

        await().until(() -> server().loginCount() == 1);
        await().during(Duration.ofSeconds(1)).until(() -> server().loginCount() == 1);
        assertThat(server().journal())
                .filteredOn(JournalEntry.Login.class::isInstance)
                .hasSize(1);
    }

    @Test
    void failsAfterTheLastAttempt() throws Exception {
        server().stop();
        component().setMaxReconnectAttempts(2);
        route("calls", "cms-events:calls?elements=name");
        await().during(Duration.ofSeconds(1)).until(() -> true);
        server().start();
        await().during(Duration.ofMillis(500)).until(() -> server().loginCount() == 0);

        context.getRouteController().stopRoute("calls");
        context.getRouteController().startRoute("calls");
        awaitActive(1);
    }
}
