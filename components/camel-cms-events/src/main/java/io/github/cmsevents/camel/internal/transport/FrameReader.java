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

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Reads the WebSocket frames of a server (RFC 6455) without extensions. Holds at most one message. */
final class FrameReader {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LONGEST_CONTROL_FRAME = 125;

    /** What a frame, or the last frame of a message, completes. */
    sealed interface Event {}

    record Text(byte[] message) implements Event {}

    record Ping(byte[] content) implements Event {}

    /** @param code null when the server gave none */
    record Close(Integer code, String reason) implements Event {}

    private final int maxMessageSize;
    private final ConnectionFailures failures;
    private Buffer bytes;
    private int position;
    /** The frames so far of a message in several, which no Meeting Server sends; null outside of one. */
    private Buffer fragments;

    /** @param first what was received before */
    FrameReader(int maxMessageSize, ConnectionFailures failures, Buffer first) {
        this.maxMessageSize = maxMessageSize;
        this.failures = failures;
        this.bytes = first;
    }

    void append(Buffer received) {
        if (position > 0) {
            bytes = bytes.getBuffer(position, bytes.length());
            position = 0;
        }
        bytes.appendBuffer(received);
    }

    /**
     * The next event, or null until more bytes are appended.
     *
     * @throws CmsEventsConnectionException if the server breaks the WebSocket protocol, or a message is too large; nothing
     *                                      can be read after that
     */
    Event next() throws CmsEventsConnectionException {
        while (true) {
            int header = headerLength();
            if (available() < header) {
                return null;
            }
            int first = bytes.getUnsignedByte(position);
            int second = bytes.getUnsignedByte(position + 1);
            int opcode = first & 0x0f;
            boolean last = (first & 0x80) != 0;
            long length = contentLength(second);
            check(first, second, opcode, last, length);
            if (available() < header + length) {
                return null;
            }
            int start = position + header;
            position = start + (int) length;
            Event event = event(opcode, last, bytes.getBytes(start, position));
            if (event != null) {
                return event;
            }
        }
    }

    private int available() {
        return bytes.length() - position;
    }

    /** As far as it is known yet. */
    private int headerLength() {
        if (available() < 2) {
            return 2;
        }
        return switch (bytes.getUnsignedByte(position + 1) & 0x7f) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private long contentLength(int second) {
        return switch (second & 0x7f) {
            case 126 -> bytes.getUnsignedShort(position + 2);
            case 127 -> bytes.getLong(position + 2);
            default -> second & 0x7f;
        };
    }

    private void check(int first, int second, int opcode, boolean last, long length)
            throws CmsEventsConnectionException {
        boolean control = opcode >= CLOSE;
        if ((first & 0x70) != 0) {
            throw failures.badFrame("reserved bits");
        }
        if ((second & 0x80) != 0) {
            throw failures.badFrame("a mask");
        }
        if (opcode == BINARY) {
            throw failures.badFrame("binary content, which the events protocol does not have");
        }
        if (opcode > PONG || (opcode > BINARY && !control)) {
            throw failures.badFrame("the unknown opcode " + opcode);
        }
        if (control && (!last || length > LONGEST_CONTROL_FRAME)) {
            throw failures.badFrame("a control message that is too long or in pieces");
        }
        if (!control && (opcode == CONTINUATION) != (fragments != null)) {
            throw failures.badFrame("a piece of a message out of order");
        }
        long whole = length + (fragments == null || control ? 0 : fragments.length());
        if (length < 0 || whole > maxMessageSize && !control) {
            throw failures.tooLarge();
        }
    }

    private Event event(int opcode, boolean last, byte[] content) {
        return switch (opcode) {
            case CLOSE -> close(content);
            case PING -> new Ping(content);
            case PONG -> null;
            default -> text(last, content);
        };
    }

    private Event text(boolean last, byte[] content) {
        if (last && fragments == null) {
            return new Text(content);
        }
        if (fragments == null) {
            fragments = Buffer.buffer();
        }
        fragments.appendBytes(content);
        if (!last) {
            return null;
        }
        byte[] whole = fragments.getBytes();
        fragments = null;
        return new Text(whole);
    }

    private static Close close(byte[] content) {
        if (content.length < 2) {
            return new Close(null, "");
        }
        int code = (content[0] & 0xff) << 8 | content[1] & 0xff;
        return new Close(code, new String(content, 2, content.length - 2, StandardCharsets.UTF_8));
    }
}
