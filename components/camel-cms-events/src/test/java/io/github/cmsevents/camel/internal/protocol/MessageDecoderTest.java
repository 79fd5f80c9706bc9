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
import static org.assertj.core.api.Assertions.entry;

import io.github.cmsevents.camel.internal.protocol.ServerMessage.Ack;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.IndexState;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {

    private static final String CALL = "97c771ae-fc2e-4257-b129-30ee818e034b";
    private static final String PARTICIPANT = "a6f6a5b4-0b4c-4a37-8d42-5d7f0a9b0d11";
    private static final int MAX_MESSAGE_SIZE = 100_000;

    private final MessageDecoder decoder = new MessageDecoder(MAX_MESSAGE_SIZE);

    // The messages that the guide shows.

    @Test
    void readsAnAcknowledgement() {
        Ack ack = (Ack) decode("""
                {"type": "messageAck", "messageAck": {"messageId": 8, "status": "success"}}""");

        assertThat(ack).isEqualTo(new Ack(8, "success"));
        assertThat(ack.isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"failure\"", "\"Success\"", "\"\"", "null", "true", "200", "[\"success\"]", "{}"})
    void readsEveryStatusButSuccessAsARefusal(String status) {
        Ack ack = (Ack) decode("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":8,\"status\":" + status + "}}");

        assertThat(ack.messageId()).isEqualTo(8);
        assertThat(ack.isSuccess()).isFalse();
    }

    @Test
    void readsAnAcknowledgementWithoutStatusAsARefusal() {
        Ack ack = (Ack) decode("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":8}}");

        assertThat(ack.isSuccess()).isFalse();
    }

    @Test
    void readsAStateUpdate() {
        assertThat(decode("""
                        {"type": "message", "message": {"messageId": 1, "type": "subscriptionUpdate",
                          "subscriptions": [{"index": 3, "state": "pending"}]}}"""))
                .isEqualTo(new StateUpdate(1, List.of(new IndexState(3, SubscriptionState.PENDING)), List.of()));
    }

    @Test
    void readsSeveralStatesInOneUpdateInOrder() {
        StateUpdate update = (StateUpdate) message("""
                "messageId": 2, "type": "subscriptionUpdate", "subscriptions": [
                  {"index": 3, "state": "active"}, {"index": 1, "state": "deactivated"}, {"state": "pending", "index": 2}]""");

        assertThat(update.states())
                .containsExactly(
                        new IndexState(3, SubscriptionState.ACTIVE),
                        new IndexState(1, SubscriptionState.DEACTIVATED),
                        new IndexState(2, SubscriptionState.PENDING));
        assertThat(update.problems()).isEmpty();
    }

    @Test
    void readsACallListUpdate() {
        ContentUpdate update = (ContentUpdate) decode("""
                {"type": "message", "message": {"messageId": 3, "type": "callListUpdate", "subscriptionIndex": 3, "updates": [
                  {"call": "%s", "updateType": "add", "name": "Andy's coSpace", "participants": 0}]}}""".formatted(CALL));

        assertThat(update.messageId()).isEqualTo(3);
        assertThat(update.resource()).isEqualTo(Resource.CALLS);
        assertThat(update.subscriptionIndex()).isEqualTo(3);
        assertThat(update.problems()).isEmpty();
        Row row = onlyRow(update);
        assertThat(row.type()).isEqualTo(UpdateType.ADD);
        assertThat(row.key()).isEqualTo(CALL);
        assertThat(row.fields())
                .containsExactly(
                        entry("call", CALL),
                        entry("updateType", "add"),
                        entry("name", "Andy's coSpace"),
                        entry("participants", 0));
    }

    @Test
    void readsARosterUpdate() {
        ContentUpdate update = (ContentUpdate) decode("""
                {"type": "message", "message": {"messageId": 7, "type": "rosterUpdate", "subscriptionIndex": 1, "updates": [
                  {"participant": "%s", "updateType": "add", "name": "Bo", "uri": "bo@example.com", "state": "connected"}]}}""".formatted(PARTICIPANT));

        assertThat(update.resource()).isEqualTo(Resource.CALL_ROSTER);
        assertThat(onlyRow(update))
                .isEqualTo(new Row(
                        UpdateType.ADD,
                        PARTICIPANT,
                        Map.of(
                                "participant", PARTICIPANT,
                                "updateType", "add",
                                "name", "Bo",
                                "uri", "bo@example.com",
                                "state", "connected")));
    }

    @Test
    void readsACallInfoUpdateThatDoesNotRepeatTheCall() {
        ContentUpdate update = (ContentUpdate) decode("""
                {"type": "message", "message": {"messageId": 9, "type": "callInfoUpdate", "subscriptionIndex": 2, "callInfo": {
                   "name": "Andy's coSpace", "participants": 1, "streaming": "inactive"}}}""");

        assertThat(update.resource()).isEqualTo(Resource.CALL_INFO);
        assertThat(update.subscriptionIndex()).isEqualTo(2);
        assertThat(onlyRow(update))
                .isEqualTo(new Row(
                        null, null, Map.of("name", "Andy's coSpace", "participants", 1, "streaming", "inactive")));
    }

    @Test
    void readsACallInfoUpdateThatRepeatsTheCall() {
        ContentUpdate update = (ContentUpdate) message(
                "\"messageId\": 9, \"type\": \"callInfoUpdate\", \"subscriptionIndex\": 2, \"callInfo\": {\"call\": \""
                        + CALL + "\"}");

        assertThat(onlyRow(update)).isEqualTo(new Row(null, CALL, Map.of("call", CALL)));
    }

    @Test
    void readsARemovalWithItsReason() {
        Row row = onlyRow(
                rosterUpdate("{\"participant\":\"p\",\"updateType\":\"remove\",\"reason\":\"clientInitiated\"}"));

        assertThat(row.type()).isEqualTo(UpdateType.REMOVE);
        assertThat(row.fields()).containsEntry("reason", "clientInitiated");
    }

    // Order of keys, and values.

    @Test
    void readsKeysInAnyOrder() {
        ContentUpdate update = (ContentUpdate) decode("""
                {"message": {"updates": [{"name": "Bo", "updateType": "update", "call": "c"}], "subscriptionIndex": 3,
                  "type": "callListUpdate", "messageId": 3}, "type": "message"}""");

        assertThat(update.messageId()).isEqualTo(3);
        assertThat(onlyRow(update).key()).isEqualTo("c");
        assertThat(onlyRow(update).fields()).containsOnlyKeys("name", "updateType", "call");
    }

    @Test
    void readsAnAcknowledgementWithKeysInAnyOrder() {
        assertThat(decode("{\"messageAck\":{\"status\":\"success\",\"messageId\":4},\"type\":\"messageAck\"}"))
                .isEqualTo(new Ack(4, "success"));
    }

    @Test
    void skipsUnknownKeysWithAnyValue() {
        ContentUpdate update = (ContentUpdate) decode("""
                {"version": 2, "extra": {"message": {"messageId": 99}}, "type": "message", "message": {
                  "trace": [1, {"messageId": 98}], "messageId": 3, "type": "callListUpdate", "priority": null,
                  "subscriptionIndex": 3, "updates": []}, "messageAck": 7}""");

        assertThat(update).isEqualTo(new ContentUpdate(3, Resource.CALLS, 3, List.of(), List.of()));
    }

    @Test
    void keepsUnknownElements() {
        assertThat(onlyRow(callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"raisedHands\":4}"))
                        .fields())
                .containsEntry("raisedHands", 4);
    }

    @Test
    void keepsNullAndAbsentApart() {
        Map<String, Object> fields = onlyRow(
                        rosterUpdate("{\"participant\":\"p\",\"updateType\":\"update\",\"importance\":null}"))
                .fields();

        assertThat(fields).containsEntry("importance", null).doesNotContainKey("name");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("true", true),
                Arguments.of("false", false),
                Arguments.of("\"\"", ""),
                Arguments.of("\"a\\u00e9\\n\\\"\\\\ \\ud83d\\ude00\"", "a\u00e9\n\"\\ \ud83d\ude00"),
                Arguments.of("0", 0),
                Arguments.of("-1", -1),
                Arguments.of("2147483647", Integer.MAX_VALUE),
                Arguments.of("2147483648", 2147483648L),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
                Arguments.of("1.5", 1.5),
                Arguments.of("-0.25e2", -25.0),
                Arguments.of("1e400", new BigDecimal("1e400")),
                Arguments.of("[]", List.of()),
                Arguments.of("{}", Map.of()),
                Arguments.of("[1,\"two\",[3],{\"four\":true}]", List.of(1, "two", List.of(3), Map.of("four", true))),
                Arguments.of("{\"a\":{\"b\":[{\"c\":1.5}]}}", Map.of("a", Map.of("b", List.of(Map.of("c", 1.5))))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void passesValuesThroughAsTheyCame(String json, Object value) {
        assertThat(onlyRow(callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"layout\":" + json + "}"))
                        .fields())
                .containsEntry("layout", value);
    }

    @Test
    void keepsNullsInsideNestedValues() {
        Map<String, Object> fields = onlyRow(
                        callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"x\":{\"a\":null,\"b\":[null]}}"))
                .fields();

        Map<String, Object> expected = new HashMap<>();
        expected.put("a", null);
        expected.put("b", Collections.singletonList(null));
        assertThat(fields).containsEntry("x", expected);
    }

    @Test
    void takesTheLastOfDuplicateKeys() {
        ContentUpdate update = (ContentUpdate) message("""
                "messageId": 1, "messageId": 2, "type": "callListUpdate", "subscriptionIndex": 3,
                "updates": [{"call": "c", "call": "d", "updateType": "remove", "updateType": "add", "name": "x", "name": "y"}]""");

        assertThat(update.messageId()).isEqualTo(2);
        assertThat(onlyRow(update))
                .isEqualTo(new Row(UpdateType.ADD, "d", Map.of("call", "d", "updateType", "add", "name", "y")));
    }

    // Unusable rows and states.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "7",
                "\"text\"",
                "[]",
                "{\"call\":\"x\"}",
                "{\"updateType\":\"add\"}",
                "{\"call\":null,\"updateType\":\"add\"}",
                "{\"call\":7,\"updateType\":\"add\"}",
                "{\"call\":{},\"updateType\":\"add\"}",
                "{\"participant\":\"x\",\"updateType\":\"add\"}",
                "{\"call\":\"x\",\"updateType\":null}",
                "{\"call\":\"x\",\"updateType\":\"Add\"}",
                "{\"call\":\"x\",\"updateType\":\"rename\"}",
                "{\"call\":\"x\",\"updateType\":[\"add\"]}"
            })
    void leavesOutAnUnusableRowAndKeepsTheOthers(String bad) {
        ContentUpdate update = (ContentUpdate) callListUpdate(
                "{\"call\":\"a\",\"updateType\":\"add\"}," + bad + ",{\"call\":\"b\",\"updateType\":\"remove\"}");

        assertThat(update.rows()).extracting(Row::key).containsExactly("a", "b");
        assertThat(update.problems()).singleElement().asString().startsWith("callListUpdate with an unusable update: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "7",
                "[]",
                "{\"index\":1}",
                "{\"state\":\"active\"}",
                "{\"index\":\"1\",\"state\":\"active\"}",
                "{\"index\":1.0,\"state\":\"active\"}",
                "{\"index\":2147483648,\"state\":\"active\"}",
                "{\"index\":1,\"state\":\"ACTIVE\"}",
                "{\"index\":1,\"state\":null}",
                "{\"index\":1,\"state\":{}}"
            })
    void leavesOutAnUnusableStateAndKeepsTheOthers(String bad) {
        StateUpdate update = (StateUpdate) message("\"messageId\":1,\"type\":\"subscriptionUpdate\",\"subscriptions\":["
                + "{\"index\":8,\"state\":\"active\"}," + bad + ",{\"index\":9,\"state\":\"pending\"}]");

        assertThat(update.states()).extracting(IndexState::index).containsExactly(8, 9);
        assertThat(update.problems())
                .singleElement()
                .asString()
                .startsWith("subscriptionUpdate with an unusable subscription: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"callListUpdate\",\"updates\":[]",
                "\"type\":\"callListUpdate\",\"updates\":[],\"subscriptionIndex\":null",
                "\"type\":\"callListUpdate\",\"updates\":[],\"subscriptionIndex\":\"3\"",
                "\"type\":\"callListUpdate\",\"updates\":[],\"subscriptionIndex\":3.5",
                "\"type\":\"callListUpdate\",\"updates\":[],\"subscriptionIndex\":[3]",
                "\"type\":\"callListUpdate\",\"updates\":[],\"subscriptionIndex\":99999999999",
                "\"type\":\"callListUpdate\",\"subscriptionIndex\":3",
                "\"type\":\"callListUpdate\",\"subscriptionIndex\":3,\"updates\":null",
                "\"type\":\"callListUpdate\",\"subscriptionIndex\":3,\"updates\":{\"call\":\"c\",\"updateType\":\"add\"}",
                "\"type\":\"rosterUpdate\",\"subscriptionIndex\":3,\"updates\":\"none\"",
                "\"type\":\"callInfoUpdate\",\"subscriptionIndex\":3",
                "\"type\":\"callInfoUpdate\",\"subscriptionIndex\":3,\"callInfo\":null",
                "\"type\":\"callInfoUpdate\",\"subscriptionIndex\":3,\"callInfo\":[{\"name\":\"n\"}]",
                "\"type\":\"callInfoUpdate\",\"subscriptionIndex\":3,\"callInfo\":7",
                "\"type\":\"subscriptionUpdate\"",
                "\"type\":\"subscriptionUpdate\",\"subscriptions\":{\"index\":1,\"state\":\"active\"}"
            })
    void canAcknowledgeAMessageWithUnusableContent(String rest) {
        UnusableMessage message = (UnusableMessage) message("\"messageId\":12," + rest);

        assertThat(message.messageId()).isEqualTo(12);
        assertThat(message.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"lobbyUpdate\"",
                "\"subscribeRequest\"",
                "\"CallListUpdate\"",
                "null",
                "7",
                "[\"callListUpdate\"]"
            })
    void canAcknowledgeAMessageOfAnUnknownType(String type) {
        UnknownMessage message = (UnknownMessage) message("\"messageId\":12,\"subscriptionIndex\":1,\"type\":" + type);

        assertThat(message.messageId()).isEqualTo(12);
        assertThat(message.problems()).singleElement().asString().startsWith("unknown message type");
    }

    @Test
    void canAcknowledgeAMessageWithoutAType() {
        assertThat(message("\"messageId\":12")).isInstanceOf(UnknownMessage.class);
    }

    // Ids.

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Integer.MAX_VALUE, 2147483648L, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsEveryWholeNumberAsAnId(long id) {
        assertThat(message("\"messageId\":" + id + ",\"type\":\"subscriptionUpdate\",\"subscriptions\":[]"))
                .isEqualTo(new StateUpdate(id, List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"8\"", "8.5", "8.0", "NaN", "[8]", "{}", "true", "9223372036854775808"})
    void expectsAStallAfterAMessageWithoutAUsableId(String id) {
        UnreadableFrame frame = (UnreadableFrame)
                message("\"messageId\":" + id + ",\"type\":\"subscriptionUpdate\",\"subscriptions\":[]");

        assertThat(frame.stalls()).isTrue();
        assertThat(frame.problem()).contains("messageId");
    }

    @Test
    void expectsAStallAfterAMessageWithoutAnId() {
        assertThat(((UnreadableFrame) message("\"type\":\"subscriptionUpdate\",\"subscriptions\":[]")).stalls())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"8\"", "8.5", "{}"})
    void expectsNoStallAfterAnAcknowledgementWithoutAUsableId(String id) {
        UnreadableFrame frame = (UnreadableFrame)
                decode("{\"type\":\"messageAck\",\"messageAck\":{\"status\":\"success\",\"messageId\":" + id + "}}");

        assertThat(frame.stalls()).isFalse();
    }

    // Unreadable frames.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "null",
                "7",
                "\"text\"",
                "[]",
                "[{\"type\":\"message\"}]",
                "{",
                "{\"type\"",
                "{\"type\":\"message\",\"message\":{\"messageId\":1",
                "{\"type\":\"message\",\"message\":{\"messageId\":1,}}",
                "{type:\"message\"}",
                "{'type':'message'}",
                "{\"type\":\"message\",\"message\":{\"messageId\":1}}{}",
                "\u0000",
                "{\"type\":\"mess\nage\"}"
            })
    void expectsAStallAfterAFrameThatIsNotOneJsonObject(String frame) {
        UnreadableFrame unreadable = (UnreadableFrame) decode(frame);

        assertThat(unreadable.stalls()).isTrue();
        assertThat(unreadable.problem()).startsWith("a frame ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\"}",
                "{\"type\":\"message\",\"message\":null}",
                "{\"type\":\"message\",\"message\":[]}",
                "{\"type\":\"message\",\"message\":\"text\"}",
                "{\"type\":\"message\",\"messageAck\":{\"messageId\":1,\"status\":\"success\"}}"
            })
    void expectsAStallAfterAMessageFrameWithoutAMessage(String frame) {
        assertThat(((UnreadableFrame) decode(frame)).stalls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":null}",
                "{\"type\":\"hello\"}",
                "{\"type\":{\"type\":\"message\"}}",
                "{\"type\":\"messageAck\"}",
                "{\"type\":\"messageAck\",\"messageAck\":[]}",
                "{\"type\":\"messageAck\",\"message\":{\"messageId\":1}}"
            })
    void expectsNoStallAfterAFrameThatIsNotAMessage(String frame) {
        assertThat(((UnreadableFrame) decode(frame)).stalls()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":7,\"message\":{\"messageId\":1}}",
                "{\"type\":\"Message\",\"message\":{\"messageId\":1,\"type\":\"callListUpdate\"}}",
                "{\"message\":{\"messageId\":1,\"type\":\"callListUpdate\"}}"
            })
    void canAcknowledgeAMessageInAFrameOfAnyType(String frame) {
        assertThat(((UnusableMessage) decode(frame)).messageId()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void canAcknowledgeAMessageThatIsNestedTooDeeply(String open) {
        assertOutOfBounds(
                1,
                message("\"messageId\":1,\"type\":\"callListUpdate\",\"subscriptionIndex\":1,\"updates\":"
                        + open.repeat(50_000)));
        assertOutOfBounds(1, message("\"messageId\":1,\"unknown\":" + open.repeat(50_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void expectsAStallWhenTheNestingHidesTheId(String open) {
        for (String frame : List.of(
                open.repeat(50_000),
                "{\"type\":\"message\",\"message\":{\"updates\":" + open.repeat(50_000),
                "{\"type\":\"message\",\"unknown\":" + open.repeat(50_000),
                "{\"type\":\"message\",\"message\":{\"messageId\":" + open.repeat(50_000))) {
            assertThat(decode(frame))
                    .isInstanceOfSatisfying(UnreadableFrame.class, unreadable -> assertThat(unreadable.stalls())
                            .isTrue());
        }
    }

    @Test
    void readsNestingFarDeeperThanThatOfRealMessages() {
        String value = "[".repeat(80) + "]".repeat(80);

        assertThat(onlyRow(callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"x\":" + value + "}"))
                        .fields())
                .containsKey("x");
    }

    @Test
    void readsATextOfTheLargestLength() {
        String name = "n".repeat(MAX_MESSAGE_SIZE);

        assertThat(onlyRow(callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"name\":\"" + name + "\"}"))
                        .fields())
                .containsEntry("name", name);
    }

    @Test
    void canAcknowledgeAMessageWithATextThatIsTooLong() {
        String name = "n".repeat(MAX_MESSAGE_SIZE * 2);

        assertOutOfBounds(3, callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"name\":\"" + name + "\"}"));
    }

    @Test
    void canAcknowledgeAMessageWithANumberOfTooManyDigits() {
        assertOutOfBounds(3, callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"x\":" + "9".repeat(5_000) + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2000", "1.5e999999999", "1e2147483648", "1e99999999999", "1e-99999999999"})
    void canAcknowledgeAMessageWithANumberOutOfRange(String number) {
        assertOutOfBounds(3, callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"x\":" + number + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e3000000000", "1e-99999999999"})
    void expectsAStallWhenTheIdIsOutOfRange(String number) {
        UnreadableFrame frame = (UnreadableFrame) message("\"messageId\":" + number);

        assertThat(frame.stalls()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567.25", "0.12345678901234567890123", "1e-400", "1.5e999", "-1e400"})
    void keepsTheDigitsOfANumberThatADoubleCannotHold(String number) {
        assertThat(onlyRow(callListUpdate("{\"call\":\"c\",\"updateType\":\"add\",\"x\":" + number + "}"))
                        .fields())
                .containsEntry("x", new BigDecimal(number));
    }

    @Test
    void canAcknowledgeAMessageWithAVeryLongName() {
        assertThat(decode("{\"" + "k".repeat(90_000) + "\":1}")).isInstanceOf(UnreadableFrame.class);
        assertOutOfBounds(1, message("\"messageId\":1,\"" + "k".repeat(90_000) + "\":1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\",\"message\":{\"messageId\":1,\"name\":JohnDoe}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":1,\"name\":\"JohnDoe\" \"JohnDoe\"}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":1,\"JohnDoe\"}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":1,\"name\":\"JohnDoe"
            })
    void reportsWhereJsonIsInvalidWithoutQuotingIt(String frame) {
        UnusableMessage message = (UnusableMessage) decode(frame);

        assertThat(message.problem())
                .matches("a message that is not valid JSON at character \\d+")
                .doesNotContain("JohnDoe");
    }

    @Test
    void reportsThePositionWithinTheFrame() {
        for (int i = 0; i < 3; i++) {
            message("\"messageId\":1,\"type\":\"callListUpdate\",\"subscriptionIndex\":3,\"updates\":[]");
        }

        assertThat(((UnreadableFrame) decode("{\"type\":x}")).problem())
                .matches("a frame that is not valid JSON at character (8|9)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-", "tru", "\"", "\"}", "\"a", "{", "[", ",", "\u00e9", " 7", "\n\"x"})
    void keepsTextBehindTheObjectOutOfTheNextFrame(String rest) {
        String frame = MessageEncoder.acknowledgement(7);

        assertThat(((UnreadableFrame) decode(frame + rest)).stalls()).isTrue();
        assertThat(decode(frame)).isEqualTo(new Ack(7, "success"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 40, 60})
    void keepsATruncatedFrameOutOfTheNextFrame(int length) {
        String frame = MessageEncoder.acknowledgement(7);

        assertThat(((UnreadableFrame) decode(frame.substring(0, length))).stalls())
                .isTrue();
        assertThat(decode(frame)).isEqualTo(new Ack(7, "success"));
    }

    @Test
    void readsAFrameWithSpaceAroundIt() {
        assertThat(decode(" \n" + MessageEncoder.acknowledgement(7) + "\r\n\t "))
                .isEqualTo(new Ack(7, "success"));
    }

    @Test
    void replacesInvalidUtf8() {
        byte[] bytes = callListUpdateFrame("{\"call\":\"c\",\"updateType\":\"add\",\"name\":\"J\u00f6rg\"}")
                .getBytes(StandardCharsets.ISO_8859_1);

        ContentUpdate update = (ContentUpdate) decoder.decode(bytes, bytes.length);

        assertThat(update.rows().get(0).fields()).containsEntry("name", "J\ufffdrg");
    }

    @Test
    void rejectsAByteOrderMarkInAnyFrame() {
        for (int i = 0; i < 3; i++) {
            assertThat(decode("\ufeff" + MessageEncoder.acknowledgement(7))).isInstanceOf(UnreadableFrame.class);
            assertThat(decode(MessageEncoder.acknowledgement(7))).isInstanceOf(Ack.class);
        }
    }

    @Test
    void readsOnlyTheBytesOfTheFrame() {
        byte[] bytes = (MessageEncoder.acknowledgement(7) + "rest of another frame").getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(bytes, MessageEncoder.acknowledgement(7).length()))
                .isEqualTo(new Ack(7, "success"));
    }

    @Test
    void keepsNoReferenceToTheBytes() {
        byte[] bytes = callListUpdateFrame("{\"call\":\"c\",\"updateType\":\"add\",\"name\":\"Größe\"}")
                .getBytes(StandardCharsets.UTF_8);
        ContentUpdate update = (ContentUpdate) decoder.decode(bytes, bytes.length);

        Arrays.fill(bytes, (byte) 'x');

        assertThat(update.rows().get(0).fields()).containsEntry("name", "Größe").containsEntry("call", "c");
    }

    @Test
    void reportsAProblemInOneShortLine() {
        UnknownMessage message =
                (UnknownMessage) message("\"messageId\":1,\"type\":\"line one\\nline two" + "x".repeat(1_000) + "\"");

        assertThat(message.problems().get(0))
                .doesNotContain("\n")
                .hasSizeLessThan(120)
                .contains("line one?line two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001b", "\\u007f", "\\u0085", "\\u009b", "\\u2028", "\\u2029", "\\u202e"})
    void keepsControlCharactersOutOfProblems(String escaped) {
        UnknownMessage message = (UnknownMessage) message("\"messageId\":1,\"type\":\"one" + escaped + "two\"");

        assertThat(message.problems()).containsExactly("unknown message type 'one?two'");
    }

    @Test
    void reusesNothingBetweenFrames() {
        message("\"messageId\":12,\"type\":\"callListUpdate\",\"subscriptionIndex\":3,\"updates\":[]");

        assertThat(message("\"type\":\"callListUpdate\"")).isInstanceOf(UnreadableFrame.class);
    }

    @Test
    void returnsFieldsThatTheReceiverMayChange() {
        Map<String, Object> fields = onlyRow(callListUpdate("{\"call\":\"c\",\"updateType\":\"add\"}"))
                .fields();

        fields.put("mine", 1);

        assertThat(fields).containsEntry("mine", 1);
    }

    private ServerMessage decode(String frame) {
        byte[] text = frame.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(text, text.length);
    }

    private ServerMessage message(String inner) {
        return decode(frame(inner));
    }

    private ServerMessage callListUpdate(String rows) {
        return decode(callListUpdateFrame(rows));
    }

    private static String callListUpdateFrame(String rows) {
        return frame("\"messageId\":3,\"type\":\"callListUpdate\",\"subscriptionIndex\":3,\"updates\":[" + rows + "]");
    }

    private static String frame(String inner) {
        return "{\"type\":\"message\",\"message\":{" + inner + "}}";
    }

    private ServerMessage rosterUpdate(String rows) {
        return message("\"messageId\":3,\"type\":\"rosterUpdate\",\"subscriptionIndex\":3,\"updates\":[" + rows + "]");
    }

    private static void assertOutOfBounds(long id, ServerMessage message) {
        assertThat(message).isEqualTo(new UnusableMessage(id, "a message with a value out of bounds"));
    }

    private static Row onlyRow(ServerMessage message) {
        assertThat(message).isInstanceOf(ContentUpdate.class);
        assertThat(((ContentUpdate) message).rows()).hasSize(1);
        return ((ContentUpdate) message).rows().get(0);
    }
}
