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

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

/** The texts of the protocol itself: they come with every message, and need not be made anew each time. */
final class Vocabulary {

    private static final String[] WORDS = {
        "message",
        "messageAck",
        "success",
        "subscriptionUpdate",
        "callListUpdate",
        "rosterUpdate",
        "callInfoUpdate",
        "add",
        "update",
        "remove"
    };
    private static final int LONGEST =
            Arrays.stream(WORDS).mapToInt(String::length).max().orElseThrow();

    private Vocabulary() {}

    /** The text that the parser is at: the word of the protocol that it is, or a new string. */
    static String textOf(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        if (length <= LONGEST) {
            char[] characters = parser.getTextCharacters();
            int from = parser.getTextOffset();
            for (String word : WORDS) {
                if (word.length() == length && isAt(word, characters, from)) {
                    return word;
                }
            }
        }
        return parser.getText();
    }

    private static boolean isAt(String word, char[] characters, int from) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != characters[from + i]) {
                return false;
            }
        }
        return true;
    }
}
