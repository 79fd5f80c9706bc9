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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatedCall;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReportTest extends CmsEventsTestSupport {

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "callz | Unknown resource 'callz'. Did you mean: calls?",
                "calls?elements=nmae | Option elements: calls has no element 'nmae'. Did you mean: name?",
                "calls?call=abc | Option call: calls is about all calls",
                "callRoster?elements=name | Option call: callRoster needs a call's GUID",
                "callInfo?call=*&callName=Board | Options call and callName: use only one of them",
                "conferences?reconcile=false | Option reconcile: conferences are always reconciled",
                "conferences?call=* | Option call: conferences is about all calls",
                "calls?elements=audioMuted | It is an element of callRoster.",
                "callRoster?call={97c771ae-fc2e-4257-b129-30ee818e034b} | is not a GUID",
                "callRoster?callName=regex:( | Option callName: not a regular expression",
                "calls?servers=ftp://a | Option servers: 'ftp://a' is not host",
                "calls?queueSize=0 | Option queueSize: 0 is less than 1",
                "joe:secret@host | Credentials don't belong in the path",
            })
    void anInvalidOptionFailsTheStartAndIsNamed(String uri, String message) {
        assertThatThrownBy(() -> route("bad", "cms-events:" + uri)).rootCause().hasMessageContaining(message);
    }

    @Test
    void aMissingAccountFailsTheStart() {
        configuration().setUsername(null);
        assertThatThrownBy(() -> route("bad", "cms-events:calls"))
                .rootCause()
                .hasMessageContaining("Option username: required, on the endpoint or on the component");
    }

    @Test
    void anElementOfANewerServerCanBeAllowed() throws Exception {
        route("calls", "cms-events:calls?elements=name,hologram&allowUnknownElements=true");
        awaitActive(1);
        assertThat(server().subscribeRequests()
                        .get(0)
                        .at("/subscriptions/0/elements/1")
                        .asText())
                .isEqualTo("hologram");
    }

    @Test
    void aRefusedLoginReachesTheRoutesErrorHandlerWhenBridged() throws Exception {
        List<Exchange> failed = new CopyOnWriteArrayList<>();
        configuration().setPassword("wrong");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).process(failed::add);
                from("cms-events:calls?elements=name&bridgeErrorHandler=true").to("log:none?level=OFF");
            }
        });
        await().until(() -> !failed.isEmpty());

        assertThat(failed.get(0).getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageStartingWith("Meeting Server " + server().url()
                        + " refused the login (401): check the options username and password");
        assertThat(failed.get(0).getProperty(Exchange.EXCEPTION_CAUGHT, CmsEventsConnectionException.class))
                .extracting(CmsEventsConnectionException::getServer)
                .isEqualTo("127.0.0.1:" + server().port());
        await().during(Duration.ofMillis(500)).until(() -> failed.size() == 1);
    }

    @Test
    void anUnknownCallIsReportedOnceAndFoundWhenItStarts() throws Exception {
        List<String> problems = new CopyOnWriteArrayList<>();
        context.getRegistry().bind("problems", new SeenProblems(problems));
        String guid = "11111111-2222-3333-4444-555555555555";
        SeenExchanges roster =
                route("roster", "cms-events:callRoster?elements=name&exceptionHandler=#problems&call=" + guid);
        SeenExchanges calls = route("calls", "cms-events:calls?elements=name");
        await().until(() -> server().subscribeRequests().size() >= 3);

        assertThat(problems).singleElement().asString().contains("reports no active call with the GUID " + guid);
        SimulatedCall call = server().createCall("Late", guid);
        call.addParticipant("Bo", "bo@example.com");
        roster.awaitSize(1);
        calls.awaitSize(1);
        assertThat(server().socketsOpenedInAll()).isEqualTo(1);
    }

    @Test
    void hasNoProducer() {
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("cms-events:calls", "x"))
                .rootCause()
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("only receives");
    }
}
