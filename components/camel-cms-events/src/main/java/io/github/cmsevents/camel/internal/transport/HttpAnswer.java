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

import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP answer. Its body, if there is one, is not read.
 *
 * @param headers by name in lower case; the first of those with the same name
 * @param rest    what was received behind the head
 */
record HttpAnswer(int status, Map<String, String> headers, Buffer rest) {

    /** The longest head that is read. */
    static final int LONGEST_HEAD = 8 * 1024;

    static final int SWITCHING_PROTOCOLS = 101;

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final String PROTOCOL = "HTTP/1.";
    private static final String END_OF_HEAD = "\r\n\r\n";

    /**
     * Reads what was received so far. Interim answers are passed over.
     *
     * @return null if the head is not complete
     * @throws IllegalArgumentException if it is not the head of an answer, or longer than {@link #LONGEST_HEAD}
     */
    static HttpAnswer read(Buffer received) {
        // As a text of single bytes, so that positions in it are positions in the buffer.
        String text = received.getString(0, Math.min(received.length(), LONGEST_HEAD), "ISO-8859-1");
        int start = 0;
        for (int end = text.indexOf(END_OF_HEAD); end >= 0; end = text.indexOf(END_OF_HEAD, start)) {
            List<String> lines = text.substring(start, end).lines().toList();
            Matcher status = STATUS_LINE.matcher(lines.isEmpty() ? "" : lines.get(0));
            if (!status.matches()) {
                throw new IllegalArgumentException("no HTTP status line");
            }
            start = end + END_OF_HEAD.length();
            int code = Integer.parseInt(status.group(1));
            if (code >= 200 || code == SWITCHING_PROTOCOLS) {
                Buffer rest = received.getBuffer(start, received.length());
                return new HttpAnswer(code, headers(lines.subList(1, lines.size())), rest);
            }
        }
        String begun = text.substring(start);
        if (!begun.startsWith(PROTOCOL.substring(0, Math.min(begun.length(), PROTOCOL.length())))) {
            throw new IllegalArgumentException("no HTTP status line");
        }
        if (text.length() == LONGEST_HEAD) {
            throw new IllegalArgumentException("headers of more than " + LONGEST_HEAD + " bytes");
        }
        return null;
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return headers;
    }

    /** Null if the answer has no such header. */
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** How long the server asks to wait, at most an hour; null when it does not say. */
    Duration retryAfter() {
        return retryAfter(header("Retry-After"), Instant.now());
    }

    /** Reads seconds or an HTTP date; null for what is neither. */
    static Duration retryAfter(String text, Instant now) {
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]+")) {
            return text.length() > 9 ? LONGEST_RETRY_AFTER : bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return bounded(Duration.between(now, date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration bounded(Duration delay) {
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : delay;
    }
}
