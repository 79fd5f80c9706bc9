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
package io.github.cmsevents.camel.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final int LIMIT = 70_000;

    private final FrameReader reader = reader(Buffer.buffer());

    private static FrameReader reader(Buffer first) {
        ServerAddress address = new ServerAddress(true, "cms1", 443);
        return new FrameReader(LIMIT, new ConnectionFailures(address, Duration.ofSeconds(1), LIMIT), first);
    }

    private static Buffer frame(int first, byte[] content) {
        Buffer frame = Buffer.buffer().appendByte((byte) first);
        if (content.length < 126) {
            frame.appendByte((byte) content.length);
        } else if (content.length < 65_536) {
            frame.appendByte((byte) 126).appendUnsignedShort(content.length);
        } else {
            frame.appendByte((byte) 127).appendLong(content.length);
        }
        return frame.appendBytes(content);
    }

    private static String text(FrameReader.Event event) {
        return new String(((FrameReader.Text) event).message());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, LIMIT})
    void readsMessagesOfEveryLength(int length) throws Exception {
        String message = "m".repeat(length);
        reader.append(frame(0x81, message.getBytes()).appendBuffer(frame(0x81, "next".getBytes())));

        assertThat(text(reader.next())).isEqualTo(message);
        assertThat(text(reader.next())).isEqualTo("next");
        assertThat(reader.next()).isNull();
    }

    @Test
    void readsWhatComesByteByByte() throws Exception {
        Buffer bytes = frame(0x01, "o".repeat(200).getBytes())
                .appendBuffer(frame(0x89, "p".getBytes()))
                .appendBuffer(frame(0x00, "n".getBytes()))
                .appendBuffer(frame(0x8a, "q".getBytes()))
                .appendBuffer(frame(0x80, "e".getBytes()))
                .appendBuffer(frame(0x88, new byte[] {3, (byte) 0xe9, 'x'}));
        List<FrameReader.Event> events = new ArrayList<>();
        for (int i = 0; i < bytes.length(); i++) {
            reader.append(bytes.getBuffer(i, i + 1));
            for (FrameReader.Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }

        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isInstanceOf(FrameReader.Ping.class);
        assertThat(text(events.get(1))).isEqualTo("o".repeat(200) + "ne");
        assertThat(events.get(2)).isEqualTo(new FrameReader.Close(1001, "x"));
    }

    @Test
    void beginsWithWhatWasReceivedBefore() throws Exception {
        assertThat(text(reader(frame(0x81, "early".getBytes())).next())).isEqualTo("early");
    }

    @Test
    void aCloseNeedsNoCode() throws Exception {
        reader.append(frame(0x88, new byte[0]));
        assertThat(reader.next()).isEqualTo(new FrameReader.Close(null, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c100", // reserved bit
                "8180", // mask
                "8200", // binary
                "8300", // unknown opcodes
                "8b00",
                "0900", // a ping in pieces
                "897e", // a ping that is too long
                "8000", // a continuation of nothing
                "01008100", // a message within a message
                "817f8000000000000000", // a negative length
            })
    void whatBreaksTheProtocolFails(String hex) {
        reader.append(Buffer.buffer(HexFormat.of().parseHex(hex)).appendBytes(new byte[200]));
        assertThatThrownBy(() -> {
                    while (reader.next() != null) {
                        // until it fails
                    }
                })
                .isInstanceOf(CmsEventsConnectionException.class)
                .extracting(failure -> ((CmsEventsConnectionException) failure).getReason())
                .isEqualTo(CmsEventsConnectionException.Reason.PROTOCOL);
    }

    @Test
    void aMessageThatIsTooLargeFailsAtItsFirstBytes() {
        reader.append(frame(0x81, new byte[LIMIT + 1]).getBuffer(0, 10));
        assertThatThrownBy(reader::next).hasMessageContaining("more than 70000 bytes (option maxMessageSize)");
    }

    @Test
    void aMessageInPiecesThatIsTooLargeFails() throws Exception {
        reader.append(frame(0x01, new byte[LIMIT]));
        assertThat(reader.next()).isNull();
        reader.append(frame(0x80, new byte[1]));
        assertThatThrownBy(reader::next).hasMessageContaining("more than 70000 bytes");
    }
}
