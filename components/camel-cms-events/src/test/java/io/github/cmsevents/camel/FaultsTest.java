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

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.JournalEntry;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The reaction of the component to each fault of a server. */
class FaultsTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void aDeadPeerIsFoundByTheHeartbeatAndReplaced() throws Exception {
        SimulatedCall call = server().createCall("Board");
        component().setHeartbeatInterval(200);
        component().setAckTimeout(200);
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        server().faults().silence();
        call.set("name", "Bored");
        seen.awaitSize(2);

        assertThat(seen.last().map()).containsEntry("name", "Bored").containsEntry("updateType", "update");
        assertThat(server().socketsOpenedInAll()).isEqualTo(2);
    }

    @Test
    void aHeartbeatChangesNothing() throws Exception {
        server().createCall("Board");
        component().setHeartbeatInterval(50);
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        await().until(() -> server().subscribeRequests().size() > 5);

        assertThat(seen.size()).isEqualTo(1);
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
        assertThat(server().subscribeRequests())
                .allMatch(request -> request.at("/subscriptions/0/index").asInt() == 1);
    }

    @Test
    void aServerThatAnswersLateReceivesNoSecondRequest() throws Exception {
        component().setConnectTimeout(5_000);
        server().faults().next(new Fault.DelayLogin(Duration.ofMillis(400)));
        server().faults().next(new Fault.DelayUpgrade(Duration.ofMillis(400)));
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);

        assertThat(server().loginCount()).isEqualTo(1);
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
    }

    @Test
    void aLoginWithoutAnAnswerIsRetriedAfterTheTimeout() throws Exception {
        component().setConnectTimeout(200);
        server().faults().next(new Fault.IgnoreLogin());
        server().faults().next(new Fault.IgnoreUpgrade());
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);

        assertThat(server().loginCount()).isEqualTo(3);
    }

    @Test
    void aLoginToABusyServerIsRetried() throws Exception {
        server().faults().next(3, new Fault.RefuseLogin(503));
        route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        assertThat(server().loginCount()).isEqualTo(4);
    }

    @Test
    void aLoginWithoutATokenFailsAndIsRetried() throws Exception {
        List<String> problems = problemsOf("cms-events:calls?elements=name", new Fault.LoginWithoutToken());
        awaitActive(1);
        assertThat(problems).singleElement().asString().contains("without the header X-Cisco-CMS-Auth-Token");
    }

    @Test
    void theErrorOfARefusedUpgradeNamesOtherClientsAsPossibleCause() throws Exception {
        List<String> problems = problemsOf("cms-events:calls?elements=name", new Fault.RefuseUpgrade(503));
        awaitActive(1);
        assertThat(problems).singleElement().asString().contains("close other event clients");
    }

    @Test
    void opensASocketWhenOtherClientsHaveClosedTheirs() throws Exception {
        server().faults().occupySockets(5);
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name");
        await().until(() -> upgrades(503) >= 2);
        server().createCall("Board");

        server().faults().freeSockets();
        seen.awaitSize(1);
        assertThat(server().breaches()).isEmpty();
    }

    @Test
    void aSubscriptionWithoutASocketMovesToAnOpenOneWhenThereIsRoom() throws Exception {
        server().faults().occupySockets(4);
        List<SimulatedCall> calls = IntStream.range(0, 101)
                .mapToObj(number -> server().createCall("Meeting " + number))
                .toList();
        List<SeenExchanges> rosters = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < calls.size(); i++) {
                    SeenExchanges seen = new SeenExchanges();
                    rosters.add(seen);
                    from("cms-events:callRoster?elements=name&call="
                                    + calls.get(i).id())
                            .routeId("roster" + i)
                            .process(seen);
                }
            }
        });
        awaitActive(100);
        await().until(() -> upgrades(503) >= 1);

        context.getRouteController().stopRoute("roster0");
        awaitActive(100);
        calls.get(100).addParticipant("Bo", "bo@example.com");
        rosters.get(100).awaitSize(1);
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
    }

    @Test
    void allSocketsTogetherRetryARefusedAccountOnlyAfterTheLongestDelay() throws Exception {
        component().setReconnectMaxDelay(60_000);
        configuration().setPassword("wrong");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < 201; i++) {
                    from("cms-events:callRoster?elements=name&call=" + UUID.nameUUIDFromBytes(new byte[] {(byte) i}))
                            .to("log:none?level=OFF");
                }
            }
        });
        await().during(Duration.ofSeconds(1)).until(() -> server().loginCount() == 1);
    }

    @Test
    void aRefusedLoginIsRetriedAtOnceWhenARouteIsRestarted() throws Exception {
        configuration().setPassword("wrong");
        route("one", "cms-events:calls?elements=name");
        route("two", "cms-events:callRoster?call=*&elements=name");
        await().until(() -> server().loginCount() == 1);

        context.getRouteController().stopRoute("two");
        context.getRouteController().startRoute("two");

        await().until(() -> server().loginCount() == 2);
    }

    @Test
    void aSubscriptionThatIsNeverActivatedDoesNotAffectTheOthers() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges calls = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        server().faults().next(new Fault.NeverActivate());
        route("roster", "cms-events:callRoster?elements=name&call=" + call.id());
        await().until(() -> server().subscriptions().size() == 2);
        call.set("name", "Bored");
        calls.awaitSize(2);
    }

    @Test
    void aDeactivatedSubscriptionIsRequestedAgain() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        server().faults().deactivate("calls", null);
        awaitActive(1);
        call.set("name", "Bored");
        seen.awaitSize(2);

        assertThat(seen.types()).containsExactly("add", "update");
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
    }

    @Test
    void anUpdateThatIsSentTwiceIsAcknowledgedTwiceAndDeliveredOnce() throws Exception {
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        server().faults().next(new Fault.DuplicateUpdate());
        server().createCall("Board");
        seen.awaitSize(1);
        SimulatedCall second = server().createCall("Second");
        seen.awaitSize(2);

        assertThat(seen.last().map()).containsEntry("call", second.id());
        await().until(() -> server().unackedMessages() == 0);
    }

    @Test
    void aMessageThatArrivesAFewBytesAtATimeIsOneMessage() throws Exception {
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name");
        awaitActive(1);
        server().faults().next(new Fault.Drip(7, Duration.ofMillis(5)));
        server().createCall("Board");
        seen.awaitSize(1);
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
    }

    @Test
    void garbageReplacesTheSocketWithoutLoss() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        server().faults().sendRaw("{\"type\":\"message\",\"message\":{\"messageId\":");
        await().until(() -> server().socketsOpenedInAll() == 2);
        awaitActive(1);
        call.set("name", "Bored");
        seen.awaitSize(2);
        assertThat(seen.types()).containsExactly("add", "update");
    }

    @Test
    void reconnectsAfterARestartThatLosesAllTokens() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);
        server().faults().restart(() -> call.set("name", "Bored"));
        seen.awaitSize(2);
        assertThat(seen.last().map()).containsEntry("updateType", "update").containsEntry("name", "Bored");
        assertThat(server().breaches()).isEmpty();
    }

    private List<String> problemsOf(String uri, Fault fault) throws Exception {
        List<String> problems = new CopyOnWriteArrayList<>();
        context.getRegistry().bind("problems", new SeenProblems(problems));
        server().faults().next(fault);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri + "&exceptionHandler=#problems").to("log:none?level=OFF");
            }
        });
        return problems;
    }

    private long upgrades(int status) {
        return server().journal().stream()
                .filter(entry -> entry instanceof JournalEntry.Upgrade upgrade && upgrade.status() == status)
                .count();
    }
}
