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
package io.github.cmsevents.camel.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageEncoderTest {

    private static final String CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";

    @Test
    void writesTheRequestThatTheGuideShows() throws Exception {
        String request = MessageEncoder.subscribeRequest(
                9,
                List.of(
                        new Subscription(1, Resource.CALL_ROSTER, CALL, List.of("name", "uri", "state", "importance")),
                        new Subscription(2, Resource.CALL_INFO, CALL, List.of("name", "participants", "streaming")),
                        new Subscription(3, Resource.CALLS, null, List.of("name", "participants"))));

        assertThat(json(request)).isEqualTo(json("""
                {"type": "message", "message": {"messageId": 9, "type": "subscribeRequest", "subscriptions": [
                  {"index": 1, "type": "callRoster", "call": "97c771ae-fc2e-4257-b129-30ee818e034b",
                   "elements": ["name", "uri", "state", "importance"]},
                  {"index": 2, "type": "callInfo", "call": "97c771ae-fc2e-4257-b129-30ee818e034b",
                   "elements": ["name", "participants", "streaming"]},
                  {"index": 3, "type": "calls", "elements": ["name", "participants"]}]}}"""));
    }

    @Test
    void writesAnEmptyListThatCancelsAll() throws Exception {
        assertThat(json(MessageEncoder.subscribeRequest(2, List.of()))).isEqualTo(json("""
                {"type": "message", "message": {"messageId": 2, "type": "subscribeRequest", "subscriptions": []}}"""));
    }

    @Test
    void writesAnEmptyListOfElements() throws Exception {
        JsonNode written =
                json(MessageEncoder.subscribeRequest(1, List.of(new Subscription(1, Resource.CALLS, null, List.of()))));

        assertThat(written.at("/message/subscriptions/0"))
                .isEqualTo(json("{\"index\": 1, \"type\": \"calls\", \"elements\": []}"));
    }

    @Test
    void writesTheAcknowledgementThatTheGuideShows() throws Exception {
        assertThat(json(MessageEncoder.acknowledgement(8))).isEqualTo(json("""
                {"type": "messageAck", "messageAck": {"messageId": 8, "status": "success"}}"""));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 2147483648L, Long.MAX_VALUE, Long.MIN_VALUE})
    void acknowledgesWithTheIdAsItCame(long id) throws Exception {
        assertThat(json(MessageEncoder.acknowledgement(id))
                        .at("/messageAck/messageId")
                        .asText())
                .isEqualTo(Long.toString(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"],\"x\":[\"", "back\\slash", "line\nbreak\ttab\u0000", "\u00e9\ud83d\ude00", "</script>"})
    void escapesTextOfUsers(String text) throws Exception {
        JsonNode written = json(MessageEncoder.subscribeRequest(
                1, List.of(new Subscription(1, Resource.CALL_ROSTER, text, List.of(text)))));

        JsonNode subscription = written.at("/message/subscriptions/0");
        assertThat(subscription.size()).isEqualTo(4);
        assertThat(subscription.get("call").asText()).isEqualTo(text);
        assertThat(subscription.get("elements").size()).isEqualTo(1);
        assertThat(subscription.at("/elements/0").asText()).isEqualTo(text);
    }

    @Test
    void writesAcknowledgementsThatTheDecoderReads() {
        byte[] text = MessageEncoder.acknowledgement(7).getBytes(StandardCharsets.UTF_8);

        assertThat(new MessageDecoder(1024).decode(text, text.length)).isEqualTo(new ServerMessage.Ack(7, "success"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
