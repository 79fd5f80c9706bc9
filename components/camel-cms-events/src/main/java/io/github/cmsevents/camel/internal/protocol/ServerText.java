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
import java.util.Map;
import java.util.regex.Pattern;

/** Makes text from a server fit for a log line or an exception: one line, printable, at most 60 characters. */
public final class ServerText {

    private static final int MAX_LENGTH = 60;

    /** ANSI escape sequences as a whole, and single characters that break a line or disguise it. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("\u001b\\[[0-?]*[ -/]*[@-~]|[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private ServerText() {}

    /**
     * A value from the server in single quotes; {@code null} stays without quotes. An object or a list is only named,
     * because it may be large and may hold meeting data.
     */
    public static String of(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof List ? "a list" : "'" + unquoted(value.toString()) + "'";
    }

    /** Text from the server for use inside a sentence, for example a GUID or a host name; cleaned like {@link #of}. */
    public static String unquoted(String text) {
        if (text == null) {
            return "null";
        }
        // Cut first: a text can be as long as a message.
        boolean isLong = text.length() > MAX_LENGTH;
        String start = isLong ? text.substring(0, MAX_LENGTH) : text;
        return UNPRINTABLE.matcher(start).replaceAll("?") + (isLong ? "..." : "");
    }
}
