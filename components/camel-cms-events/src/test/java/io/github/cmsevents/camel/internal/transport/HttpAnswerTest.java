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

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    private final Codec codec = Codec.http();

    @AfterEach
    void close() {
        codec.close();
    }

    private HttpAnswer read(String text) {
        codec.decode(Buffer.buffer(text, "ISO-8859-1"));
        return HttpAnswer.read(codec);
    }

    @Test
    void isReadHoweverItIsCutIntoPieces() {
        String text = "HTTP/1.1 200 OK\r\nA: 1\r\nb:2 \r\nA: 3\r\n\r";
        for (int i = 0; i < text.length(); i++) {
            assertThat(read(text.substring(i, i + 1))).isNull();
        }
        HttpAnswer answer = read("\nbody");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("a")).isEqualTo("1");
        assertThat(answer.header("B")).isEqualTo("2");
        assertThat(answer.header("c")).isNull();
        assertThat(answer.rest()).hasToString("");
    }

    @Test
    void keepsTheBytesBehindAnUpgrade() {
        assertThat(read("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nrest")
                        .rest())
                .hasToString("rest");
    }

    @Test
    void passesOverInterimAnswers() {
        assertThat(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: 1\r\n\r\n"))
                .isNull();
        HttpAnswer answer = read("HTTP/1.0 401\r\n\r\n");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n\r\n", "HTTP/2 200\r\n", "HTTP/1.1 abc\r\n\r\n"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no HTTP status line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nA: ", "HTTP/1.1 200 O"})
    void isOfBoundedLength(String begin) {
        assertThat(read(begin + "x".repeat(Codec.LONGEST_HEAD - begin.length())))
                .isNull();
        assertThatThrownBy(() -> read("x".repeat(begin.length()))).hasMessageContaining("more than 8192 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "120, 120",
        "3601, 3600",
        "999999999999999999999, 3600",
        "'Fri, 27 Nov 2026 10:00:30 GMT', 30",
        "'Fri, 27 Nov 2026 09:00:00 GMT', 0",
        "'Fri, 04 Dec 2026 09:00:00 GMT', 3600",
        "-1,",
        "soon,",
        "'',"
    })
    void saysWhenToComeBack(String header, Long seconds) {
        assertThat(HttpAnswer.retryAfter(header, Instant.parse("2026-11-27T10:00:00Z")))
                .isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
