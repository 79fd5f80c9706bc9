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

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Decodes frames without checking them: Netty's own decoder fails at the first breach, but a lenient server continues, and a
 * strict one reports the breach.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    private static final int MASK_LENGTH = 4;

    private final int maxPayload;
    private boolean broken;

    FrameDecoder(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return;
        }
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        boolean masked = (second & 0x80) != 0;
        int shortLength = second & 0x7F;
        int extended = shortLength == 126 ? Short.BYTES : shortLength == 127 ? Long.BYTES : 0;
        if (in.readableBytes() < extended) {
            in.readerIndex(start);
            return;
        }
        long length = extended == 0 ? shortLength : extended == Short.BYTES ? in.readUnsignedShort() : in.readLong();
        if (length < 0 || length > maxPayload) {
            broken = true;
            throw new TooLongFrameException("frame of " + Long.toUnsignedString(length) + " bytes");
        }
        if (in.readableBytes() < (masked ? MASK_LENGTH : 0) + length) {
            in.readerIndex(start);
            return;
        }
        byte[] mask = new byte[MASK_LENGTH];
        if (masked) {
            in.readBytes(mask);
        }
        byte[] payload = new byte[(int) length];
        in.readBytes(payload);
        for (int i = 0; masked && i < payload.length; i++) {
            payload[i] ^= mask[i % MASK_LENGTH];
        }
        out.add(new Frame((first & 0x80) != 0, (first >> 4) & 0x7, first & 0xF, masked, payload));
    }
}
