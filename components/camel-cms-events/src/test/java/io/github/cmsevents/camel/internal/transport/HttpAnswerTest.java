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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    private static HttpAnswer read(String text) {
        return HttpAnswer.read(Buffer.buffer(text, "ISO-8859-1"));
    }

    @Test
    void isReadHoweverItIsCutIntoPieces() {
        String text = "HTTP/1.1 200 OK\r\nA: 1\r\nb:2 \r\nA: 3\r\n\r\n";
        for (int length = 0; length < text.length(); length++) {
            assertThat(read(text.substring(0, length))).isNull();
        }
        HttpAnswer answer = read(text + "rest");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("a")).isEqualTo("1");
        assertThat(answer.header("B")).isEqualTo("2");
        assertThat(answer.header("c")).isNull();
        assertThat(answer.rest()).hasToString("rest");
    }

    @Test
    void passesOverInterimAnswers() {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: 1\r\n\r\n";
        assertThat(read(interim)).isNull();
        HttpAnswer answer = read(interim + "HTTP/1.0 401\r\n\r\n");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "HTTP/2", "\u0015\u0003", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "\r\n\r\n"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOfBoundedLength() {
        String longest = "HTTP/1.1 200 OK\r\nA: ".concat("x".repeat(HttpAnswer.LONGEST_HEAD - 25));
        assertThat(read(longest)).isNull();
        assertThat(read(longest + "\r\n\r\n")).isNotNull();
        assertThatThrownBy(() -> read(longest + "xxxxx")).hasMessageContaining("more than 8192 bytes");
        assertThatThrownBy(() -> read("HTTP/1.1 100 Continue\r\n\r\n".repeat(10_000)))
                .hasMessageContaining("more than 8192 bytes");
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
