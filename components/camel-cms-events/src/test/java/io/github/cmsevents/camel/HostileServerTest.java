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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid messages of a server, and the reaction of the component. */
class HostileServerTest extends CamelTestSupport {

    private static final int MAX_MESSAGE_SIZE = 100_000;

    private final SeenExchanges seen = new SeenExchanges();
    private volatile Semaphore hold;
    private ScriptedServer server;
    private int index;

    @BeforeEach
    void subscribe() throws Exception {
        server = new ScriptedServer();
        CmsEventsComponent component = context.getComponent("cms-events", CmsEventsComponent.class);
        CmsEventsConfiguration configuration = component.getConfiguration();
        configuration.setServers(server.url());
        configuration.setUsername("bob");
        configuration.setPassword("builder");
        component.setReconnectInitialDelay(50);
        component.setAckTimeout(500);
        component.setResyncQuietPeriod(200);
        component.setMaxMessageSize(MAX_MESSAGE_SIZE);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:calls?elements=name,participants")
                        .routeId("calls")
                        .process(exchange -> {
                            if (hold != null) {
                                hold.acquire();
                            }
                            seen.process(exchange);
                        });
            }
        });
        index = acceptSubscription();
    }

    @AfterEach
    void stop() {
        context.stop();
        server.close();
    }

    /** Accepts a socket and its subscription, and adds a call on it under message 2. */
    private int acceptSubscription() throws Exception {
        server.awaitSocket();
        JsonNode request = server.awaitFrame();
        int given = request.at("/message/subscriptions/0/index").asInt();
        server.send("{'type':'messageAck','messageAck':{'messageId':%d,'status':'success'}}"
                .formatted(request.at("/message/messageId").asLong()));
        server.send("{'type':'message','message':{'messageId':1,'type':'subscriptionUpdate','subscriptions':"
                + "[{'index':%d,'state':'active'}]}}".formatted(given));
        assertThat(acknowledged()).isEqualTo(1);
        return given;
    }

    private long acknowledged() throws Exception {
        JsonNode frame = server.awaitFrame();
        assertThat(frame.get("type").asText()).isEqualTo("messageAck");
        assertThat(frame.at("/messageAck/status").asText()).isEqualTo("success");
        return frame.at("/messageAck/messageId").asLong();
    }

    private void sendUpdates(long messageId, String rows) {
        server.send(
                "{'type':'message','message':{'messageId':%d,'type':'callListUpdate','subscriptionIndex':%d,'updates':%s}}"
                        .formatted(messageId, index, rows));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'message','message':{'messageId':7,'type':'somethingNew','payload':{'a':[1,2]}}}",
                "{'type':'message','message':{'messageId':7,'type':'callListUpdate'}}",
                "{'type':'message','message':{'messageId':7,'type':'callListUpdate','subscriptionIndex':'x','updates':[]}}",
                "{'type':'message','message':{'messageId':7,'type':'callListUpdate','subscriptionIndex':999,'updates':[]}}",
                "{'type':'message','message':{'messageId':7,'type':'callListUpdate','subscriptionIndex':1,'updates':{}}}",
                "{'type':'message','message':{'messageId':7,'type':'rosterUpdate','subscriptionIndex':1,'updates':[]}}",
                "{'type':'message','message':{'messageId':7,'type':'callInfoUpdate','subscriptionIndex':1,'callInfo':[]}}",
                "{'type':'message','message':{'messageId':7,'type':'subscriptionUpdate','subscriptions':[{'index':null}]}}",
                "{'type':'message','message':{'messageId':7,'type':'subscriptionUpdate','subscriptions':[{'index':55,'state':'active'}]}}",
                "{'type':'message','message':{'messageId':7,'type':42}}",
                "{'type':'Message','message':{'messageId':7,'type':'callListUpdate','subscriptionIndex':1,'updates':[]}}",
                "{'message':{'messageId':7,'type':'callListUpdate','subscriptionIndex':1,'updates':[]}}",
                "{'type':'message','message':{'messageId':7,'type':'callListUpdate','updates':[{'call':",
            })
    void anInvalidMessageIsAcknowledgedAndTheNextUpdateDelivered(String frame) throws Exception {
        server.send(frame);
        assertThat(acknowledged()).isEqualTo(7);
        sendUpdates(8, "[{'call':'a','updateType':'add','name':'A'}]");
        assertThat(acknowledged()).isEqualTo(8);

        seen.awaitSize(1);
        assertThat(server.socketsOpened()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json at all",
                "[]",
                "{'type':'message'}",
                "{'type':'message','message':{'type':'callListUpdate'}}",
                "{'type':'message','message':{'messageId':'7','type':'callListUpdate'}}",
                "{'type':'message','message':{'type':'callListUpdate','messageId':7",
            })
    void aFrameThatCannotBeAcknowledgedReplacesTheSocket(String frame) throws Exception {
        server.send(frame);
        index = acceptSubscription();
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'A'}]");
        assertThat(acknowledged()).isEqualTo(2);

        seen.awaitSize(1);
        assertThat(server.socketsOpened()).isEqualTo(2);
    }

    @Test
    void validRowsBesideInvalidOnesAreDelivered() throws Exception {
        sendUpdates(
                2,
                "[{'call':'a','updateType':'add','name':'A'},null,7,{'updateType':'add'},{'call':5,'updateType':'add'},"
                        + "{'call':'x','updateType':'explode'},{'call':'b','updateType':'add','name':'B'}]");
        assertThat(acknowledged()).isEqualTo(2);
        seen.awaitSize(2);
        assertThat(seen.values("call")).containsExactly("a", "b");
    }

    @Test
    void anAcknowledgementOfAnUnknownMessageIsIgnored() throws Exception {
        server.send("{'type':'messageAck','messageAck':{'messageId':4711,'status':'success'}}");
        server.send("{'type':'messageAck','messageAck':{}}");
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'A'}]");
        assertThat(acknowledged()).isEqualTo(2);
        seen.awaitSize(1);
    }

    @Test
    void aRepeatedStateIsNotANewSubscription() throws Exception {
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'A'}]");
        assertThat(acknowledged()).isEqualTo(2);
        for (String state : List.of("pending", "active")) {
            server.send("{'type':'message','message':{'messageId':3,'type':'subscriptionUpdate','subscriptions':"
                    + "[{'index':%d,'state':'%s'}]}}".formatted(index, state));
            assertThat(acknowledged()).isEqualTo(3);
        }
        await().during(Duration.ofMillis(500)).until(() -> seen.size() == 1);
    }

    @Test
    void aBinaryFrameReplacesTheSocket() throws Exception {
        server.sendBinary(new byte[] {1, 2, 3});
        acceptSubscription();
        assertThat(server.socketsOpened()).isEqualTo(2);
    }

    @Test
    void anUpdateAfterItsRemoveIsIgnored() throws Exception {
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'A'},{'call':'a','updateType':'remove'}]");
        assertThat(acknowledged()).isEqualTo(2);
        sendUpdates(3, "[{'call':'a','updateType':'update','name':'Ghost'}]");
        assertThat(acknowledged()).isEqualTo(3);
        sendUpdates(4, "[{'call':'b','updateType':'add','name':'B'}]");
        seen.awaitSize(3);
        assertThat(seen.types()).containsExactly("add", "remove", "add");
    }

    @Test
    void aMessageOverTheLimitReplacesTheSocket() throws Exception {
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'" + "x".repeat(MAX_MESSAGE_SIZE) + "'}]");
        index = acceptSubscription();
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'A'}]");
        seen.awaitSize(1);
        assertThat(seen.get(0).map()).containsEntry("name", "A");
    }

    @Test
    void aNameThatIsNotUtf8DoesNotCostTheSocket() throws Exception {
        String update =
                "{\"type\":\"message\",\"message\":{\"messageId\":2,\"type\":\"callListUpdate\",\"subscriptionIndex\":"
                        + index + ",\"updates\":[{\"call\":\"a\",\"updateType\":\"add\",\"name\":\"J\u00f6rg\"}]}}";

        server.sendText(update.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(acknowledged()).isEqualTo(2);
        seen.awaitSize(1);
        assertThat(seen.values("name")).containsExactly("J\ufffdrg");
        assertThat(server.socketsOpened()).isEqualTo(1);
    }

    @Test
    void aMessageInSeveralFramesIsReadAsOne() throws Exception {
        for (int id = 2; id <= 3; id++) {
            server.sendInPieces(
                    "{\"type\":\"message\",\"message\":{\"messageId\":" + id + ",\"type\":\"callListUp",
                    "date\",\"subscriptionIndex\":" + index + ",\"updates\":[{\"call\":\"a" + id + "\",",
                    "\"updateType\":\"add\",\"name\":\"A\"}]}}");
            assertThat(acknowledged()).isEqualTo(id);
        }

        seen.awaitSize(2);
        assertThat(seen.values("call")).containsExactly("a2", "a3");
        assertThat(server.socketsOpened()).isEqualTo(1);
    }

    @Test
    void aMessageInSeveralFramesThatIsOverTheLimitReplacesTheSocket() throws Exception {
        String half = "x".repeat(MAX_MESSAGE_SIZE / 2 + 1);

        server.sendInPieces("{\"type\":\"" + half, half, "\"}");

        index = acceptSubscription();
        assertThat(server.socketsOpened()).isEqualTo(2);
    }

    @Test
    void aMessageJustUnderTheLimitIsRead() throws Exception {
        String name = "x".repeat(MAX_MESSAGE_SIZE - 1000);
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'" + name + "'}]");
        seen.awaitSize(1);
        assertThat(seen.get(0).map()).isEqualTo(Map.of("call", "a", "updateType", "add", "name", name));
    }

    @Test
    void aRequestThatIsNotAnsweredReplacesTheSocket() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:callRoster?call=97c771ae-fc2e-4257-b129-30ee818e034b&elements=name")
                        .to("log:none?level=OFF");
            }
        });
        server.awaitFrame();
        server.awaitSocket();
        assertThat(server.awaitFrame().at("/message/subscriptions")).hasSize(2);
    }

    @Test
    void oneRefusedSubscriptionDoesNotAffectTheOthers() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cms-events:callRoster?call=6848f458-f022-4b40-924e-3a1e35ee8983&elements=name")
                        .to("log:none?level=OFF");
            }
        });
        JsonNode request = server.awaitFrame();
        server.send("{'type':'messageAck','messageAck':{'messageId':%d,'status':'invalid'}}"
                .formatted(request.at("/message/messageId").asLong()));
        sendUpdates(2, "[{'call':'a','updateType':'add','name':'A'}]");
        seen.awaitSize(1);
        assertThat(server.socketsOpened()).isEqualTo(1);
    }

    @Test
    void tcpHoldsBackAServerThatDoesNotWaitForAcknowledgementsWithoutLoss() throws Exception {
        Semaphore permits = new Semaphore(0);
        hold = permits;
        String padding = "x".repeat(2_000);
        for (int i = 0; i < 10_000; i++) {
            sendUpdates(10 + i, "[{'call':'c%d','updateType':'add','name':'%s'}]".formatted(i, padding));
        }
        await().until(server::isHeldBack);
        CmsEventsConsumer consumer =
                (CmsEventsConsumer) context.getRoute("calls").getConsumer();
        await().during(Duration.ofMillis(300)).until(() -> consumer.getQueueDepth() <= 300);

        permits.release(10_000);
        await().until(() -> seen.size() == 10_000);
        assertThat(seen.values("call").get(9_999)).isEqualTo("c9999");
        assertThat(server.socketsOpened()).isEqualTo(1);
    }
}
