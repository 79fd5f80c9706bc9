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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Writes the WebSocket frames of a client (RFC 6455): final and masked. Usable from any thread. */
final class FrameWriter {

    private final SecureRandom random = new SecureRandom();

    Buffer text(String message) {
        return frame(FrameReader.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    Buffer pong(byte[] content) {
        return frame(FrameReader.PONG, content);
    }

    Buffer close(int code) {
        return frame(FrameReader.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private Buffer frame(int opcode, byte[] content) {
        Buffer frame = Buffer.buffer(content.length + 14).appendUnsignedByte((short) (0x80 | opcode));
        if (content.length < 126) {
            frame.appendUnsignedByte((short) (0x80 | content.length));
        } else if (content.length <= 0xffff) {
            frame.appendUnsignedByte((short) (0x80 | 126)).appendUnsignedShort(content.length);
        } else {
            frame.appendUnsignedByte((short) (0x80 | 127)).appendLong(content.length);
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        byte[] masked = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            masked[i] = (byte) (content[i] ^ mask[i % 4]);
        }
        return frame.appendBytes(mask).appendBytes(masked);
    }
}
