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

import io.vertx.core.http.HttpClientResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The head of a refusal.
 *
 * @param location   null without one
 * @param retryAfter null when the server did not say
 */
record Answer(int status, String location, Duration retryAfter) {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    static Answer of(HttpClientResponse response) {
        return new Answer(
                response.statusCode(),
                response.getHeader("Location"),
                retryAfter(response.getHeader("Retry-After"), Instant.now()));
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** Reads seconds or an HTTP date; null for what is neither. */
    static Duration retryAfter(String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.trim();
        if (text.matches("[0-9]{1,9}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        if (text.matches("[0-9]+")) {
            return LONGEST_RETRY_AFTER;
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
