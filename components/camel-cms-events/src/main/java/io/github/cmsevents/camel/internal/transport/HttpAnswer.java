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

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The head of an HTTP answer. Its body, if there is one, is not read.
 *
 * @param rest what was received behind the head of an upgrade
 */
record HttpAnswer(int status, HttpHeaders headers, Buffer rest) {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    /**
     * Reads the head of what is decoded so far. Interim answers are passed over.
     *
     * @return null if the head is not complete
     * @throws IllegalArgumentException if it is not the head of an answer, or too long
     */
    static HttpAnswer read(Codec codec) {
        HttpResponse head = null;
        Buffer rest = Buffer.buffer();
        for (Object part = codec.next(); part != null; part = codec.next()) {
            if (part instanceof HttpResponse response && head == null && !isInterim(response)) {
                head = response;
            } else if (part instanceof ByteBuf behindUpgrade) {
                rest.appendBytes(ByteBufUtil.getBytes(behindUpgrade));
            }
            ReferenceCountUtil.release(part);
        }
        if (head == null) {
            return null;
        }
        if (head.decoderResult().isFailure()) {
            // Netty's message quotes the server.
            boolean tooLong = head.decoderResult().cause() instanceof TooLongFrameException;
            throw new IllegalArgumentException(
                    tooLong ? "headers of more than " + Codec.LONGEST_HEAD + " bytes" : "no HTTP status line");
        }
        return new HttpAnswer(head.status().code(), head.headers(), rest);
    }

    private static boolean isInterim(HttpResponse head) {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && head.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    /** The first header of this name; null if the answer has none. */
    String header(String name) {
        return headers.get(name);
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
