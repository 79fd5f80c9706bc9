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

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes damaged frames out of valid ones. */
final class FrameMutator {

    /** Fragments that JSON parsers get wrong, and the keys of this protocol. */
    private static final List<String> FRAGMENTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "/",
            "'",
            "\n",
            " ",
            "\u0000",
            "\ufeff",
            "\u2028",
            "\u0085",
            "\u202e",
            "\ud83d",
            "\\u0000",
            "\\ud83d",
            "\\uZZZZ",
            "\\x",
            "null",
            "true",
            "nul",
            "NaN",
            "Infinity",
            "-",
            "-0",
            "01",
            "1.",
            ".5",
            "/**/",
            "//",
            "{}",
            "[]",
            "\"\"",
            "\"messageId\":",
            "\"message\":{",
            "\"type\":\"message\",",
            "\"updates\":[",
            "\"type\":\"messageAck\",",
            "\"messageAck\":{",
            "\"subscriptions\":[",
            "\"callInfo\":{",
            "\"index\":",
            "\"state\":\"active\",",
            "\"call\":\"c\",",
            "\"updateType\":\"update\",",
            "\"updateType\":\"remove\",",
            "\"callListUpdate\"",
            "\"rosterUpdate\"",
            "\"callInfoUpdate\"",
            "\"subscriptionUpdate\"");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1.0",
            "1.5",
            "1e1",
            "1e400",
            "1e-400",
            "1e2147483648",
            "-1e99999999999",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "12345678901234567.25",
            "0.1",
            "1E+2",
            "\"1\"",
            "null",
            "{}",
            "[1]",
            "1".repeat(1_001));

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d.eE+-]*");
    private static final Pattern STRUCTURE = Pattern.compile("[{}\\[\\],:\"]");

    private static final int MAX_MUTATIONS = 4;

    private final Random random;
    private final int maxLength;

    FrameMutator(Random random, int maxLength) {
        this.random = random;
        this.maxLength = maxLength;
    }

    String mutate(List<String> pool) {
        String frame = pick(pool);
        int mutations = 1 + random.nextInt(MAX_MUTATIONS);
        for (int i = 0; i < mutations; i++) {
            frame = mutate(frame, pool);
        }
        return frame.length() <= maxLength ? frame : frame.substring(0, maxLength);
    }

    private String mutate(String frame, List<String> pool) {
        int from = random.nextInt(frame.length() + 1);
        int to = Math.min(frame.length(), from + 1 + random.nextInt(20));
        return switch (random.nextInt(9)) {
            case 0 -> frame.substring(0, from) + frame.substring(to);
            case 1 -> frame.substring(0, to) + frame.substring(from);
            case 2 -> frame.substring(0, from) + (char) random.nextInt(0x100) + frame.substring(to);
            case 3 -> frame.substring(0, from) + pick(FRAGMENTS) + frame.substring(from);
            case 4 -> replaceOne(frame, NUMBER, pick(NUMBERS));
            case 5 -> replaceOne(frame, STRUCTURE, pick(FRAGMENTS));
            case 6 -> frame.substring(0, from) + part(pick(pool)) + frame.substring(from);
            case 7 -> insertAtStructure(frame, part(pick(pool)));
            default -> insertAtStructure(frame, pick(FRAGMENTS).repeat(1 + random.nextInt(120)));
        };
    }

    private String part(String frame) {
        int from = random.nextInt(frame.length() + 1);
        return frame.substring(from, from + random.nextInt(frame.length() - from + 1));
    }

    private String replaceOne(String frame, Pattern what, String by) {
        MatchResult found = find(frame, what);
        return found == null ? frame : frame.substring(0, found.start()) + by + frame.substring(found.end());
    }

    private String insertAtStructure(String frame, String part) {
        MatchResult found = find(frame, STRUCTURE);
        return found == null ? frame : frame.substring(0, found.end()) + part + frame.substring(found.end());
    }

    private MatchResult find(String frame, Pattern what) {
        List<MatchResult> found = what.matcher(frame).results().toList();
        return found.isEmpty() ? null : pick(found);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
