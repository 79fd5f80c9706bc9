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

import io.github.cmsevents.camel.SeenExchanges.Seen;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.SimulatedParticipant;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.util.concurrent.ThreadType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallsRouteTest extends CmsEventsTestSupport {

    @RegisterExtension
    static final MeetingServerExtension CMS = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).callsCorrectedAfter(Duration.ZERO));

    @Override
    MeetingServerSimulator server() {
        return CMS.server();
    }

    @Test
    void aCallIsDeliveredAsAddUpdatesAndRemove() throws Exception {
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name,participants");
        awaitActive(1);

        SimulatedCall call = server().createCall("Board");
        seen.awaitSize(1);
        SimulatedParticipant bo = call.addParticipant("Bo", "bo@example.com");
        seen.awaitSize(2);
        bo.leave("clientInitiated");
        call.end();
        seen.awaitSize(4);

        assertThat(seen.types()).containsExactly("add", "update", "update", "remove");
        assertThat(seen.get(0).map())
                .containsExactly(
                        entry("call", call.id()),
                        entry("updateType", "add"),
                        entry("name", "Board"),
                        entry("participants", 0));
        assertThat(seen.get(1).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "update"), entry("participants", 1));
        assertThat(seen.get(3).map())
                .containsExactly(entry("call", call.id()), entry("updateType", "remove"), entry("reason", "allLeft"));
    }

    @Test
    void headersHaveResourceServerAndTime() throws Exception {
        long before = System.currentTimeMillis();
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen =
                route("calls", "cms-events:calls?elements=name,callCorrelator").awaitSize(1);

        Seen first = seen.get(0);
        assertThat(first.headers())
                .contains(
                        entry(CmsEventsConstants.RESOURCE, "calls"),
                        entry(CmsEventsConstants.MESSAGE_TYPE, "callListUpdate"),
                        entry(CmsEventsConstants.UPDATE_TYPE, "add"),
                        entry(CmsEventsConstants.CALL, call.id()),
                        entry(CmsEventsConstants.CALL_NAME, "Board"),
                        entry(CmsEventsConstants.CALL_CORRELATOR, call.correlator()),
                        entry(CmsEventsConstants.SERVER, "127.0.0.1:" + server().port()),
                        entry(CmsEventsConstants.SYNTHETIC, false))
                .doesNotContainKeys(
                        CmsEventsConstants.PARTICIPANT,
                        CmsEventsConstants.REASON,
                        CmsEventsConstants.SUBSCRIPTION_STATE,
                        CmsEventsConstants.CHANGED_ELEMENTS);
        assertThat((Long) first.header(CmsEventsConstants.MESSAGE_TIMESTAMP))
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void withoutElementsOnlyAddsAndRemovesAreDelivered() throws Exception {
        SeenExchanges seen = route("calls", "cms-events:calls");
        awaitActive(1);

        SimulatedCall call = server().createCall("Board");
        call.addParticipant("Bo", "bo@example.com");
        call.end();
        seen.awaitSize(2);

        assertThat(seen.get(0).map()).isEqualTo(Map.of("call", call.id(), "updateType", "add"));
        assertThat(seen.get(1).map())
                .isEqualTo(Map.of("call", call.id(), "updateType", "remove", "reason", "participantInitiated"));
    }

    @Test
    void theAsteriskStandsForEveryElementOfTheGuide() throws Exception {
        server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=*").awaitSize(1);

        assertThat(seen.get(0).map())
                .containsKeys(
                        "name",
                        "participants",
                        "distributedInstances",
                        "recording",
                        "endpointRecording",
                        "streaming",
                        "lockState",
                        "callType",
                        "callCorrelator");
    }

    @Test
    void aBodyOfTypeJsonIsAString() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen =
                route("calls", "cms-events:calls?elements=name&bodyType=json").awaitSize(1);

        assertThat(seen.get(0).body())
                .isEqualTo("{\"call\":\"" + call.id() + "\",\"updateType\":\"add\",\"name\":\"Board\"}");
    }

    @Test
    void mergeDeliversTheWholeRecordAndListsTheChangedElements() throws Exception {
        SimulatedCall call = server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name,participants&merge=true")
                .awaitSize(1);
        call.addParticipant("Bo", "bo@example.com");
        seen.awaitSize(2);
        call.end();
        seen.awaitSize(3);

        assertThat(seen.get(1).map())
                .containsExactly(
                        entry("call", call.id()),
                        entry("updateType", "update"),
                        entry("name", "Board"),
                        entry("participants", 1));
        assertThat(seen.get(1).header(CmsEventsConstants.CHANGED_ELEMENTS))
                .isEqualTo(java.util.List.of("participants"));
        assertThat(seen.get(2).map()).contains(entry("updateType", "remove"), entry("name", "Board"));
        assertThat(seen.get(2).header(CmsEventsConstants.CHANGED_ELEMENTS)).isEqualTo(java.util.List.of());
    }

    @Test
    void subscriptionUpdatesAreExchangesOfTheirOwn() throws Exception {
        SeenExchanges seen =
                route("calls", "cms-events:calls?subscriptionUpdates=true").awaitSize(2);

        assertThat(seen.all())
                .extracting(one -> one.header(CmsEventsConstants.SUBSCRIPTION_STATE))
                .containsExactly("pending", "active");
        assertThat(seen.get(0).map()).containsExactly(entry("state", "pending"));
        assertThat(seen.get(0).type()).isNull();
        assertThat(seen.get(0).header(CmsEventsConstants.MESSAGE_TYPE)).isEqualTo("subscriptionUpdate");
        assertThat(seen.get(0).header(CmsEventsConstants.RESOURCE)).isEqualTo("calls");
    }

    @Test
    void aRouteRunsOnTheThreadTypeOfTheCamelContext() throws Exception {
        server().createCall("Board");
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        route(
                "calls",
                "cms-events:calls",
                exchange -> threads.add(Thread.currentThread().toString()));

        assertThat(threads.poll(30, TimeUnit.SECONDS))
                .contains("CmsEvents")
                .startsWith(ThreadType.current() == ThreadType.VIRTUAL ? "VirtualThread[" : "Thread[");
    }
}
