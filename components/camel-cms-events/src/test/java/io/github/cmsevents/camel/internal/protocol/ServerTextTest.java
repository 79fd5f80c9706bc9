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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTextTest {

    @Test
    void quotesSimpleValues() {
        assertThat(ServerText.of("Andy's coSpace")).isEqualTo("'Andy's coSpace'");
        assertThat(ServerText.of(7)).isEqualTo("'7'");
        assertThat(ServerText.of(true)).isEqualTo("'true'");
        assertThat(ServerText.of("")).isEqualTo("''");
        assertThat(ServerText.of(null)).isEqualTo("null");
    }

    @Test
    void namesObjectsAndListsWithoutTheirContent() {
        assertThat(ServerText.of(Map.of("name", "Bo"))).isEqualTo("an object");
        assertThat(ServerText.of(List.of("Bo"))).isEqualTo("a list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\n",
                "\r",
                "\t",
                "\u001b",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u200b",
                "\u2028",
                "\u2029",
                "\u202e",
                "\u2066",
                "\ufeff",
                "\ud83d",
                "\udb40\udc41"
            })
    void replacesCharactersThatBreakOrDisguiseALine(String character) {
        assertThat(ServerText.of("one" + character + "2")).isEqualTo("'one?2'");
        assertThat(ServerText.unquoted("one" + character + "2")).isEqualTo("one?2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[31m", "\u001b[2J", "\u001b[1;31;40m", "\u001b[?25l", "\u001b[0 q"})
    void replacesAnsiEscapeSequencesAsAWhole(String sequence) {
        assertThat(ServerText.of("one" + sequence + "two")).isEqualTo("'one?two'");
    }

    @Test
    void keepsPrintableTextOfAnyScript() {
        assertThat(ServerText.unquoted("J\u00f6rg \u4f1a\u8b70 \ud83d\ude00"))
                .isEqualTo("J\u00f6rg \u4f1a\u8b70 \ud83d\ude00");
    }

    @Test
    void cutsLongText() {
        assertThat(ServerText.of("x".repeat(60))).isEqualTo("'" + "x".repeat(60) + "'");
        assertThat(ServerText.of("x".repeat(10_000_000))).isEqualTo("'" + "x".repeat(60) + "...'");
        assertThat(ServerText.unquoted("x".repeat(61))).isEqualTo("x".repeat(60) + "...");
    }

    @Test
    void leavesNoHalfOfACharacterWhereItCuts() {
        assertThat(ServerText.unquoted("x".repeat(59) + "\ud83d\ude00")).isEqualTo("x".repeat(59) + "?...");
    }

    @Test
    void acceptsNullInsideASentence() {
        assertThat(ServerText.unquoted(null)).isEqualTo("null");
    }
}
