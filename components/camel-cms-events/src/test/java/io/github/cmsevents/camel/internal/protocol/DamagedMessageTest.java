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

import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are damaged or too large: what can be acknowledged is acknowledged, and costs neither socket nor heap. */
class DamagedMessageTest {

    private final MessageDecoder decoder = new MessageDecoder(16 * 1024 * 1024);

    // Numbers that JSON does not have.

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "[1,{\"a\":NaN}]"})
    void leavesOutARowWithANumberThatIsNotANumber(String number) {
        ContentUpdate update = (ContentUpdate) rows("{\"call\":\"a\",\"updateType\":\"update\",\"participants\":"
                + number + "},{\"call\":\"b\",\"updateType\":\"update\",\"participants\":2}");

        assertThat(update.rows()).extracting(Row::key).containsExactly("b");
        assertThat(update.problems()).singleElement().asString().contains("NaN", "'a'");
    }

    @Test
    void findsTheIdBehindANumberThatIsNotANumber() {
        ContentUpdate update = (ContentUpdate) message("\"updates\":[{\"call\":\"a\",\"updateType\":\"update\","
                + "\"participants\":NaN}],\"subscriptionIndex\":3,\"type\":\"callListUpdate\",\"messageId\":7");

        assertThat(update.messageId()).isEqualTo(7);
        assertThat(update.rows()).isEmpty();
        assertThat(update.problems()).hasSize(1);
    }

    @Test
    void acknowledgesACallInfoWithANumberThatIsNotANumber() {
        assertThat(message("\"messageId\":7,\"type\":\"callInfoUpdate\",\"subscriptionIndex\":2,"
                        + "\"callInfo\":{\"participants\":NaN}"))
                .isInstanceOf(UnusableMessage.class);
    }

    @Test
    void ignoresANumberThatIsNotANumberUnderAnUnknownKey() {
        ContentUpdate update = (ContentUpdate) message("\"messageId\":7,\"load\":NaN,\"type\":\"callListUpdate\","
                + "\"subscriptionIndex\":3,\"updates\":[{\"call\":\"a\",\"updateType\":\"add\"}]");

        assertThat(update.rows()).hasSize(1);
        assertThat(update.problems()).isEmpty();
    }

    // Not JSON.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\",\"message\":{\"messageId\":17,\"updates\":[undefined]}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":17,\"priority\":1,}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":17,\"name\":\"JohnDoe",
                "{\"type\":\"message\",\"message\":{\"messageId\":17}",
                "{\"type\":\"message\",\"message\":{\"messageId\":17}}}",
                "{\"type\":\"message\",\"message\":{\"type\":\"callListUpdate\",\"messageId\":17},\"x\":01}"
            })
    void acknowledgesAMessageThatStopsBeingJsonAfterItsId(String frame) {
        UnusableMessage message = (UnusableMessage) decode(frame);

        assertThat(message.messageId()).isEqualTo(17);
        assertThat(message.problem()).matches("a message that is not valid JSON at character \\d+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\",\"message\":{\"messageId\":1",
                "{\"type\":\"message\",\"message\":{\"messageId\":1x",
                "{\"type\":\"message\",\"message\":{\"messageId\":1,}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":1 7}}",
                "{\"type\":\"message\",\"message\":{\"messageId\":17,\"messageId\":1"
            })
    void acknowledgesNoIdThatMayBeCutOff(String frame) {
        assertThat(((UnreadableFrame) decode(frame)).stalls()).isTrue();
    }

    // Too large.

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"call\":\"a\",\"updateType\":\"add\"}"})
    void readsNoMoreRowsThanAMessageMayHave(String row) {
        assertTooLarge(rows(repeated(row, 10_001)), "a message with more than 10000 entries in a list");
        assertThat(rows(repeated(row, 10_000))).isInstanceOf(ContentUpdate.class);
    }

    @Test
    void readsNoMoreStatesThanAMessageMayHave() {
        assertTooLarge(
                message("\"messageId\":3,\"type\":\"subscriptionUpdate\",\"subscriptions\":["
                        + repeated("{\"index\":1,\"state\":\"active\"}", 10_001) + "]"),
                "a message with more than 10000 entries in a list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "{}", "[[]]", "{\"a\":\"b\"}"})
    void readsNoMoreValuesThanAMessageMayHave(String value) {
        assertTooLarge(
                rows("{\"call\":\"a\",\"updateType\":\"add\",\"x\":[" + repeated(value, 100_000) + "]}"),
                "a message with more than 100000 values");
        assertTooLarge(
                message("\"messageId\":3,\"type\":\"callInfoUpdate\",\"subscriptionIndex\":2,\"callInfo\":{\"x\":["
                        + repeated(value, 100_000) + "]}"),
                "a message with more than 100000 values");
    }

    @Test
    void findsTheIdBehindTooManyRows() {
        assertTooLarge(
                decode(
                        "{\"message\":{\"updates\":[" + repeated("{}", 20_000)
                                + "],\"subscriptionIndex\":3,\"type\":\"callListUpdate\",\"messageId\":3},\"type\":\"message\"}"),
                "a message with more than 10000 entries in a list");
    }

    @Test
    void replacesTheSocketAfterAMessageThatIsTooLargeAndHasNoId() {
        UnreadableFrame frame = (UnreadableFrame) message("\"updates\":[" + repeated("{}", 20_000) + "]");

        assertThat(frame.stalls()).isTrue();
    }

    @Test
    void skipsUnknownKeysOfAnySize() {
        UnknownMessage message = (UnknownMessage)
                message("\"messageId\":3,\"type\":\"lobbyUpdate\",\"guests\":[" + repeated("{}", 1_000_000) + "]");

        assertThat(message.messageId()).isEqualTo(3);
    }

    @Test
    void readsFiveThousandRowsWithEveryElement() {
        String row = "{\"participant\":\"p\",\"updateType\":\"add\",\"reason\":null";
        for (String element : Resource.CALL_ROSTER.elements()) {
            row += ",\"" + element + "\":true";
        }
        ContentUpdate update =
                (ContentUpdate) message("\"messageId\":3,\"type\":\"rosterUpdate\",\"subscriptionIndex\":3,"
                        + "\"updates\":[" + repeated(row + "}", 5_000) + "]");

        assertThat(update.rows()).hasSize(5_000);
    }

    @Test
    void acknowledgesAMessageWithATextBeyondTheBound() {
        String name = "n".repeat(1 << 20);

        assertThat(rows("{\"call\":\"a\",\"updateType\":\"add\",\"name\":\"" + name + "\"}"))
                .isInstanceOf(ContentUpdate.class);
        assertTooLarge(
                rows("{\"call\":\"a\",\"updateType\":\"add\",\"name\":\"" + name + "n\"}"),
                "a message with a value out of bounds");
    }

    @Test
    void acknowledgesAMessageWithANumberBeyondTheBound() {
        assertThat(rows("{\"call\":\"a\",\"updateType\":\"add\",\"x\":" + "9".repeat(100) + "}"))
                .isInstanceOf(ContentUpdate.class);
        for (String number : new String[] {"9".repeat(101), "1." + "9".repeat(100)}) {
            assertTooLarge(
                    rows("{\"call\":\"a\",\"updateType\":\"add\",\"x\":" + number + "}"),
                    "a message with a value out of bounds");
        }
    }

    // One problem for each message.

    @Test
    void reportsTheUnusableRowsOfAMessageAsOneProblem() {
        ContentUpdate update = (ContentUpdate)
                rows("{\"call\":\"a\",\"updateType\":\"rename\"},{},7," + "{\"call\":\"b\",\"updateType\":\"add\"}");

        assertThat(update.rows()).hasSize(1);
        assertThat(update.problems())
                .containsExactly("callListUpdate with 3 unusable updates, the first: call 'a', updateType 'rename'");
    }

    @Test
    void reportsTheUnusableStatesOfAMessageAsOneProblem() {
        StateUpdate update = (StateUpdate) message("\"messageId\":3,\"type\":\"subscriptionUpdate\",\"subscriptions\":["
                + "{\"index\":1,\"state\":\"gone\"},{}]");

        assertThat(update.problems())
                .containsExactly(
                        "subscriptionUpdate with 2 unusable subscriptions, the first: index '1', state 'gone'");
    }

    private static void assertTooLarge(ServerMessage message, String problem) {
        // Compared in parts: the text of an update that was read after all would not fit into the heap.
        assertThat(message.getClass()).isEqualTo(UnusableMessage.class);
        assertThat(((Acknowledgeable) message).messageId()).isEqualTo(3);
        assertThat(((UnusableMessage) message).problem()).isEqualTo(problem);
    }

    private static String repeated(String entry, int times) {
        return (entry + ",").repeat(times - 1) + entry;
    }

    private ServerMessage rows(String rows) {
        return message(
                "\"messageId\":3,\"type\":\"callListUpdate\",\"subscriptionIndex\":3,\"updates\":[" + rows + "]");
    }

    private ServerMessage message(String inner) {
        return decode("{\"type\":\"message\",\"message\":{" + inner + "}}");
    }

    private ServerMessage decode(String frame) {
        byte[] text = frame.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(text, text.length);
    }
}
