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
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.vertx.core.buffer.Buffer;

/**
 * Netty's HTTP and WebSocket codecs between the bytes of a connection and messages. Holds at most one message and what was
 * received together with its end.
 */
final class Codec {

    /** The longest status line, and the longest headers, that are read. */
    static final int LONGEST_HEAD = 8 * 1024;

    private final EmbeddedChannel decoder;
    private final EmbeddedChannel encoder;
    private DecoderException failure;
    private boolean closed;

    private Codec(EmbeddedChannel decoder, EmbeddedChannel encoder) {
        this.decoder = decoder;
        this.encoder = encoder;
    }

    /** The HTTP of a client. */
    static Codec http() {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_HEAD)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false));
        return new Codec(channel(new HttpResponseDecoder(config)), channel(new HttpRequestEncoder()));
    }

    /** The WebSocket frames of a client, without extensions. A message in several frames is decoded as one frame. */
    static Codec webSocket(int maxMessageSize) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowExtensions(false)
                .maxFramePayloadLength(maxMessageSize)
                .closeOnProtocolViolation(false)
                .build();
        return new Codec(
                channel(new WebSocket13FrameDecoder(config), new WebSocketFrameAggregator(maxMessageSize)),
                channel(new WebSocket13FrameEncoder(true)));
    }

    private static EmbeddedChannel channel(ChannelHandler... handlers) {
        return new EmbeddedChannel(handlers);
    }

    /** Encodes and releases the message; from any thread. */
    Buffer encode(Object message) {
        Buffer bytes = Buffer.buffer();
        synchronized (encoder) {
            encoder.writeOutbound(message);
            for (ByteBuf part = encoder.readOutbound(); part != null; part = encoder.readOutbound()) {
                bytes.appendBytes(ByteBufUtil.getBytes(part));
                part.release();
            }
        }
        return bytes;
    }

    /** Decodes what was received; {@link #next} has the result. */
    void decode(Buffer received) {
        if (failure != null || closed) {
            return;
        }
        try {
            decoder.writeInbound(Unpooled.wrappedBuffer(received.getBytes()));
        } catch (DecoderException e) {
            failure = e;
        }
    }

    /**
     * The next message, which the caller releases; null until more is received.
     *
     * @throws DecoderException if the server broke the protocol behind the last message
     */
    <T> T next() {
        T message = decoder.readInbound();
        if (message == null && failure != null) {
            throw failure;
        }
        return message;
    }

    /** Drops what is not decoded or not taken yet. The encoder holds nothing. */
    void close() {
        if (!closed) {
            closed = true;
            try {
                decoder.finishAndReleaseAll();
            } catch (CodecException e) {
                // A message that was being received goes with its connection.
            }
        }
    }
}
