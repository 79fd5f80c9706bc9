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

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketCodecTest {

    private static final int LIMIT = 70_000;

    private final Codec codec = Codec.webSocket(LIMIT);

    @AfterEach
    void close() {
        codec.close();
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

    private String nextText() {
        TextWebSocketFrame frame = codec.next();
        try {
            return frame.text();
        } finally {
            frame.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, LIMIT})
    void readsMessagesOfEveryLength(int length) {
        String message = "m".repeat(length);
        codec.decode(frame(0x81, message.getBytes()).appendBuffer(frame(0x81, "next".getBytes())));

        assertThat(nextText()).isEqualTo(message);
        assertThat(nextText()).isEqualTo("next");
        assertThat(codec.<WebSocketFrame>next()).isNull();
    }

    @Test
    void readsFramesReceivedByteByByte() {
        Buffer bytes = frame(0x01, "o".repeat(200).getBytes())
                .appendBuffer(frame(0x89, "p".getBytes()))
                .appendBuffer(frame(0x00, "n".getBytes()))
                .appendBuffer(frame(0x80, "e".getBytes()))
                .appendBuffer(frame(0x88, new byte[] {3, (byte) 0xe9, 'x'}));
        for (int i = 0; i < bytes.length(); i++) {
            codec.decode(bytes.getBuffer(i, i + 1));
        }

        PingWebSocketFrame ping = codec.next();
        assertThat(ping.content().toString(StandardCharsets.UTF_8)).isEqualTo("p");
        ping.release();
        assertThat(nextText()).isEqualTo("o".repeat(200) + "ne");
        CloseWebSocketFrame close = codec.next();
        assertThat(close.statusCode()).isEqualTo(1001);
        assertThat(close.reasonText()).isEqualTo("x");
        close.release();
        assertThat(codec.<WebSocketFrame>next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c100", // reserved bit
                "8180", // mask
                "8300", // unknown opcodes
                "8b00",
                "0900", // a ping in pieces
                "897e", // a ping that is too long
                "8000", // a continuation of nothing
                "01008100", // a message within a message
                "817f8000000000000000", // a negative length
            })
    void aViolationOfTheProtocolFails(String hex) {
        codec.decode(Buffer.buffer(HexFormat.of().parseHex(hex)).appendBytes(new byte[200]));
        assertThatThrownBy(this::nextText).isInstanceOf(CorruptedFrameException.class);
    }

    @Test
    void messagesBeforeAViolationAreRead() {
        codec.decode(frame(0x81, "before".getBytes()).appendBuffer(frame(0xc1, "bad".getBytes())));
        codec.decode(frame(0x81, "after".getBytes()));

        assertThat(nextText()).isEqualTo("before");
        assertThatThrownBy(this::nextText).isInstanceOf(CorruptedFrameException.class);
    }

    @Test
    void aMessageThatIsTooLargeFailsAtItsFirstBytes() {
        codec.decode(frame(0x81, new byte[LIMIT + 1]).getBuffer(0, 10));
        assertThatThrownBy(this::nextText).satisfies(WebSocketCodecTest::isReportedAsTooLarge);
    }

    @Test
    void aMessageInPiecesThatIsTooLargeFails() {
        codec.decode(frame(0x01, new byte[LIMIT]));
        assertThat(codec.<WebSocketFrame>next()).isNull();
        codec.decode(frame(0x80, new byte[1]));
        assertThatThrownBy(this::nextText).satisfies(WebSocketCodecTest::isReportedAsTooLarge);
    }

    private static void isReportedAsTooLarge(Throwable failure) {
        ServerAddress address = new ServerAddress(true, "cms1", 443);
        assertThat(new ConnectionFailures(address, Duration.ofSeconds(1), LIMIT).badFrame((DecoderException) failure))
                .hasMessageContaining("more than 70000 bytes (option maxMessageSize)");
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 0", "125, 2, 125", "126, 4, 126", "65535, 4, 126", "65536, 10, 127"})
    void writesOneFinalMaskedFrame(int length, int header, int lengthField) {
        Buffer bytes = codec.encode(new TextWebSocketFrame("m".repeat(length)));

        assertThat(bytes.length()).isEqualTo(header + 4 + length);
        assertThat(bytes.getUnsignedByte(0)).isEqualTo((short) 0x81);
        assertThat(bytes.getUnsignedByte(1)).isEqualTo((short) (0x80 | lengthField));
        for (int i = 0; i < length; i++) {
            assertThat(bytes.getByte(header + 4 + i) ^ bytes.getByte(header + i % 4))
                    .isEqualTo('m');
        }
    }
}
