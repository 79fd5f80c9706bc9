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
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.SubscriptionSnapshot;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SharedConnectionTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void aHundredRoutesUseOneSocketAndAHandfulOfRequests() throws Exception {
        List<SimulatedCall> calls = IntStream.range(0, 99)
                .mapToObj(number -> server().createCall("Meeting " + number))
                .toList();
        List<SeenExchanges> rosters = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name").to("log:none?level=OFF");
                for (SimulatedCall call : calls) {
                    SeenExchanges seen = new SeenExchanges();
                    rosters.add(seen);
                    from("cms-events:callRoster?elements=name&call=" + call.id())
                            .process(seen);
                }
            }
        });
        awaitActive(100);
        calls.forEach(call -> call.addParticipant("Bo", "bo@example.com"));
        rosters.forEach(seen -> seen.awaitSize(1));

        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
        assertThat(server().loginCount()).isEqualTo(1);
        assertThat(server().subscribeRequests()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void routesThatAreAddedOneByOneKeepTheIndexesOfTheOthers() throws Exception {
        SimulatedCall call = server().createCall("Board");
        route("calls", "cms-events:calls?elements=name").awaitSize(1);
        route("roster", "cms-events:callRoster?elements=name&call=" + call.id());
        awaitActive(2);
        route("info", "cms-events:callInfo?elements=name&call=" + call.id()).awaitSize(1);

        assertThat(server().subscriptions())
                .extracting(SubscriptionSnapshot::index, SubscriptionSnapshot::type)
                .containsExactlyInAnyOrder(tuple(1L, "calls"), tuple(2L, "callRoster"), tuple(3L, "callInfo"));
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
    }

    @Test
    void routesOfTheSameResourceShareOneSubscriptionWithTheUnionOfTheElements() throws Exception {
        List<SeenExchanges> seen = List.of(new SeenExchanges(), new SeenExchanges());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name").process(seen.get(0));
                from("cms-events:calls?elements=participants,recording").process(seen.get(1));
            }
        });
        awaitActive(1);
        assertThat(server().subscriptions().get(0).elements()).containsExactly("name", "participants", "recording");

        SimulatedCall call = server().createCall("Board");
        call.addParticipant("Bo", "bo@example.com");
        call.set("name", "Bored");
        seen.get(0).awaitSize(2);
        seen.get(1).awaitSize(2);

        assertThat(seen.get(0).get(0).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "add"), entry("name", "Board"));
        assertThat(seen.get(0).get(1).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "update"), entry("name", "Bored"));
        assertThat(seen.get(1).get(1).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "update"), entry("participants", 1));
    }

    @Test
    void aRouteThatChangesItsBodyDoesNotAffectAnother() throws Exception {
        SeenExchanges seen = new SeenExchanges();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name")
                        .process(exchange -> exchange.getMessage()
                                .getBody(java.util.Map.class)
                                .clear())
                        .to("direct:cleared");
                from("direct:cleared").delay(50).process(seen);
                from("cms-events:calls?elements=name").delay(100).process(seen);
            }
        });
        SimulatedCall call = server().createCall("Board");
        seen.awaitSize(2);

        assertThat(seen.get(0).map()).isEmpty();
        assertThat(seen.get(1).map()).containsEntry("call", call.id()).containsEntry("name", "Board");
    }

    @Test
    void onlyANewRouteReceivesTheCurrentContent() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges first =
                route("first", "cms-events:calls?elements=name,participants").awaitSize(1);
        call.addParticipant("Bo", "bo@example.com");
        first.awaitSize(2);

        SeenExchanges late =
                route("late", "cms-events:calls?elements=participants").awaitSize(1);

        assertThat(late.get(0).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "add"), entry("participants", 1));
        call.set("name", "Bored");
        first.awaitSize(3);
        assertThat(late.size()).isEqualTo(1);
        assertThat(server().subscribeRequests()).hasSize(1);
    }

    @Test
    void aNewRouteWithMoreElementsReceivesTheContentOnceAndTheOthersNoDuplicates() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges first = route("first", "cms-events:calls?elements=name").awaitSize(1);
        SeenExchanges late =
                route("late", "cms-events:calls?elements=name,participants").awaitSize(1);
        call.addParticipant("Bo", "bo@example.com");
        late.awaitSize(2);
        call.set("name", "Bored");
        late.awaitSize(3);
        first.awaitSize(2);

        assertThat(late.types()).containsExactly("add", "update", "update");
        assertThat(first.types()).containsExactly("add", "update");
        assertThat(server().subscriptions()).singleElement().satisfies(subscription -> {
            assertThat(subscription.index()).isEqualTo(2L);
            assertThat(subscription.elements()).containsExactly("name", "participants");
        });
    }

    @Test
    void theLastRouteToStopUnsubscribesAndClosesTheSocket() throws Exception {
        route("one", "cms-events:calls?elements=name");
        route("two", "cms-events:calls?elements=name");
        awaitActive(1);

        context.getRouteController().stopRoute("one");
        assertThat(server().sockets()).isEqualTo(1);
        context.getRouteController().stopRoute("two");

        awaitNoSocket();
        List<JsonNode> requests = server().subscribeRequests();
        assertThat(requests.get(requests.size() - 1).get("subscriptions")).isEmpty();
    }

    @Test
    void anotherAccountHasItsOwnSocket() throws Exception {
        route("ours", "cms-events:calls?elements=name");
        awaitActive(1);
        route("theirs", "cms-events:calls?elements=name&username=otheruser&password=else");

        await().untilAsserted(() -> assertThat(server().loginCount()).isGreaterThanOrEqualTo(2));
        assertThat(server().sockets()).isEqualTo(1);
    }

    @Test
    void moreThanAHundredSubscriptionsOpenASecondSocket() throws Exception {
        List<SimulatedCall> calls = IntStream.range(0, 130)
                .mapToObj(number -> server().createCall("Meeting " + number))
                .toList();
        List<SeenExchanges> rosters = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (SimulatedCall call : calls) {
                    SeenExchanges seen = new SeenExchanges();
                    rosters.add(seen);
                    from("cms-events:callRoster?elements=name&call=" + call.id())
                            .process(seen);
                }
            }
        });
        awaitActive(130);
        assertThat(server().sockets()).isEqualTo(2);
        List<SimulatedParticipant> people = calls.stream()
                .map(call -> call.addParticipant("Bo", "bo@example.com"))
                .toList();
        rosters.forEach(seen -> seen.awaitSize(1));
        assertThat(people).hasSize(130);
    }
}
