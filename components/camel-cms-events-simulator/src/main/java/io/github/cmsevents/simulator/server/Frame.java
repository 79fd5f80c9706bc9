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
package io.github.cmsevents.simulator.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket frame (RFC 6455, section 5.2), valid or not.
 *
 * @param reserved the three reserved bits
 * @param payload unmasked
 */
record Frame(boolean fin, int reserved, int opcode, boolean masked, byte[] payload) {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** Longest payload of a control frame. */
    static final int MAX_CONTROL_PAYLOAD = 125;

    /** RFC 6455, section 7.4.1: the code of a close frame that has none. */
    static final int NO_STATUS = 1005;

    static Frame text(String text) {
        return new Frame(true, 0, TEXT, false, text.getBytes(StandardCharsets.UTF_8));
    }

    static Frame close(int code, String reason) {
        if (code == NO_STATUS) {
            return new Frame(true, 0, CLOSE, false, new byte[0]);
        }
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        byte[] shortened = Arrays.copyOf(text, Math.min(text.length, MAX_CONTROL_PAYLOAD - Short.BYTES));
        byte[] payload = ByteBuffer.allocate(Short.BYTES + shortened.length)
                .putShort((short) code)
                .put(shortened)
                .array();
        return new Frame(true, 0, CLOSE, false, payload);
    }

    boolean isControl() {
        return opcode >= CLOSE;
    }

    /** The code of a close frame. */
    int closeCode() {
        return payload.length < Short.BYTES
                ? NO_STATUS
                : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    String closeReason() {
        return payload.length <= Short.BYTES
                ? ""
                : new String(payload, Short.BYTES, payload.length - Short.BYTES, StandardCharsets.UTF_8);
    }

    String typeName() {
        return switch (opcode) {
            case CONTINUATION -> "continuation";
            case TEXT -> "text";
            case BINARY -> "binary";
            case CLOSE -> "close";
            case PING -> "ping";
            case PONG -> "pong";
            default -> "reserved";
        };
    }
}
