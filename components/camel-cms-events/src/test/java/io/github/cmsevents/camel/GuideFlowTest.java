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

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The nine steps of the events guide, section 5, played frame by frame against the component. */
class GuideFlowTest extends CamelTestSupport {

    private static final String CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";

    private ScriptedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer();
        CmsEventsConfiguration configuration =
                context.getComponent("cms-events", CmsEventsComponent.class).getConfiguration();
        configuration.setServers(server.url());
        configuration.setUsername("bob");
        configuration.setPassword("builder");
    }

    @AfterEach
    void stopServer() throws Exception {
        context.stop();
        server.close();
    }

    @Test
    void theNineStepsOfTheGuide() throws Exception {
        SeenExchanges calls = new SeenExchanges();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name,participants")
                        .routeId("calls")
                        .process(calls);
            }
        });
        server.awaitSocket();

        // 1: the first subscription. The client chooses the message number and the index.
        JsonNode request = server.awaitFrame();
        long messageId = request.at("/message/messageId").asLong();
        int calls3 = request.at("/message/subscriptions/0/index").asInt();
        assertThat(request).isEqualTo(ScriptedServer.json("""
                        {'type': 'message', 'message': {'messageId': %d, 'type': 'subscribeRequest', 'subscriptions': [
                          {'index': %d, 'type': 'calls', 'elements': ['name', 'participants']}]}}
                        """.formatted(messageId, calls3)));
        // 2: the acknowledgement, 3: pending
        server.send(
                "{'type': 'messageAck', 'messageAck': {'messageId': %d, 'status': 'success'}}".formatted(messageId));
        server.send("""
                {'type': 'message', 'message': {'messageId': 1, 'type': 'subscriptionUpdate', 'subscriptions': [
                  {'index': %d, 'state': 'pending'}]}}
                """.formatted(calls3));
        // 4: the client's acknowledgement
        assertThat(server.awaitFrame()).isEqualTo(acknowledgement(1));
        // 5: active, 6: acknowledged
        server.send("""
                {'type': 'message', 'message': {'messageId': 2, 'type': 'subscriptionUpdate', 'subscriptions': [
                  {'index': %d, 'state': 'active'}]}}
                """.formatted(calls3));
        assertThat(server.awaitFrame()).isEqualTo(acknowledgement(2));
        // 7: a call starts
        server.send("""
                {'type': 'message', 'message': {'messageId': 3, 'type': 'callListUpdate', 'subscriptionIndex': %d,
                  'updates': [{'call': '%s', 'updateType': 'add', 'name': 'Andy%ss coSpace', 'participants': 0}]}}
                """.formatted(calls3, CALL, "\\u0027"));
        assertThat(server.awaitFrame()).isEqualTo(acknowledgement(3));
        // 8: a participant joins
        server.send("""
                {'type': 'message', 'message': {'messageId': 4, 'type': 'callListUpdate', 'subscriptionIndex': %d,
                  'updates': [{'call': '%s', 'updateType': 'update', 'participants': 1}]}}
                """.formatted(calls3, CALL));
        assertThat(server.awaitFrame()).isEqualTo(acknowledgement(4));

        calls.awaitSize(2);
        assertThat(calls.get(0).map())
                .isEqualTo(Map.of("call", CALL, "updateType", "add", "name", "Andy's coSpace", "participants", 0));
        assertThat(calls.get(1).map()).isEqualTo(Map.of("call", CALL, "updateType", "update", "participants", 1));

        // 9: two more resources; the list of calls keeps its index
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:callRoster?elements=name,uri,state,importance&call=" + CALL)
                        .to("log:none?level=OFF");
                from("cms-events:callInfo?elements=name,participants,streaming&call=" + CALL)
                        .to("log:none?level=OFF");
            }
        });
        JsonNode second = server.awaitFrame();
        assertThat(second.at("/message/messageId").asLong()).isNotEqualTo(messageId);
        assertThat(second).isEqualTo(ScriptedServer.json("""
                        {'type': 'message', 'message': {'messageId': %d, 'type': 'subscribeRequest', 'subscriptions': [
                          {'index': %d, 'type': 'calls', 'elements': ['name', 'participants']},
                          {'index': %d, 'type': 'callRoster', 'call': '%s',
                           'elements': ['name', 'uri', 'state', 'importance']},
                          {'index': %d, 'type': 'callInfo', 'call': '%s',
                           'elements': ['name', 'participants', 'streaming']}]}}
                        """.formatted(
                        second.at("/message/messageId").asLong(),
                        calls3,
                        second.at("/message/subscriptions/1/index").asInt(),
                        CALL,
                        second.at("/message/subscriptions/2/index").asInt(),
                        CALL)));
        assertThat(server.isSilent()).isTrue();
    }

    private static JsonNode acknowledgement(long messageId) throws Exception {
        return ScriptedServer.json(
                "{'type': 'messageAck', 'messageAck': {'messageId': %d, 'status': 'success'}}".formatted(messageId));
    }
}
