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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Ack;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the text frames of a Meeting Server. Never throws: every frame becomes a {@link ServerMessage}, and every
 * message whose {@code messageId} can be read becomes one that can be acknowledged.
 *
 * <p>Keys may come in any order. Values are kept as they came, whatever their JSON type; unknown keys of the envelope
 * and of the message are skipped.
 */
public final class MessageDecoder {

    /** Far deeper than the guide's messages, and safe for recursion. */
    private static final int MAX_DEPTH = 100;

    /** The longest name in the guide has 26 characters. */
    private static final int MAX_NAME_LENGTH = 1_000;

    /** The guide's texts are names and addresses; while a text is read it takes several times its size. */
    private static final int MAX_TEXT_LENGTH = 1 << 20;

    /** Reading and writing a number takes time that grows with the square of its digits. */
    private static final int MAX_NUMBER_LENGTH = 100;

    private final JsonFactory json;

    /** @param maxMessageSize longest text value accepted, in characters; above 1 MiB has no effect */
    public MessageDecoder(int maxMessageSize) {
        json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Math.min(maxMessageSize, MAX_TEXT_LENGTH))
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                // An excerpt of the frame in an error message would put meeting data into the log.
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // Live servers send a bare NaN: read on behind it, so that it costs its row and not the socket.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
    }

    /**
     * Decodes one frame of UTF-8; invalid UTF-8 is replaced by U+FFFD. Keeps no reference to the array.
     *
     * @param length number of bytes of the array that belong to the frame
     */
    public ServerMessage decode(byte[] frame, int length) {
        // A reader replaces invalid UTF-8 where a parser of bytes would reject it.
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(frame, 0, length), StandardCharsets.UTF_8);
        try (JsonParser parser = json.createParser(text)) {
            return new Frame(parser).read();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory does not fail", e);
        }
    }

    /** The outermost object: {@code type} and either {@code message} or {@code messageAck} (events guide, section 5). */
    private static final class Frame {

        private final JsonParser parser;
        private final ValueReader values;
        private String type;
        private MessageBody message;
        private ServerMessage ack;

        Frame(JsonParser parser) {
            this.parser = parser;
            this.values = new ValueReader(parser);
        }

        ServerMessage read() throws IOException {
            try {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return new UnreadableFrame("a frame that is not a JSON object", true);
                }
                readObject();
                if (parser.nextToken() != null) {
                    // The server may wait for the acknowledgement of a second message.
                    return new UnreadableFrame("a frame with more than one JSON object", true);
                }
            } catch (StreamConstraintsException | RuntimeException e) {
                // Jackson and BigDecimal reject numbers out of range with various runtime exceptions.
                return unusable("with a value out of bounds");
            } catch (JsonProcessingException e) {
                if ("messageId".equals(parser.currentName())) {
                    // The digits read so far may not be the whole id.
                    message = null;
                }
                // Only the position: the text there may be meeting data, which must not reach a log.
                return unusable("that is not valid JSON at character "
                        + parser.currentLocation().getCharOffset());
            }
            return values.excess() == null ? toMessage() : unusable(values.excess());
        }

        private void readObject() throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
                if ("type".equals(name)) {
                    type = values.text();
                } else if ("message".equals(name) && isObject) {
                    message = new MessageBody();
                    message.read(parser, values);
                } else if ("messageAck".equals(name) && isObject) {
                    ack = readAck();
                } else {
                    parser.skipChildren();
                }
            }
        }

        private ServerMessage readAck() throws IOException {
            Long messageId = null;
            String status = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "messageId" -> messageId = values.id();
                    case "status" -> status = values.text();
                    default -> parser.skipChildren();
                }
            }
            return messageId == null
                    ? new UnreadableFrame("an acknowledgement without a usable messageId", false)
                    : new Ack(messageId, status);
        }

        private ServerMessage toMessage() {
            if ("message".equals(type)) {
                return message == null
                        ? new UnreadableFrame("a frame of type 'message' without an object of that name", true)
                        : message.toMessage();
            }
            if ("messageAck".equals(type)) {
                return ack == null
                        ? new UnreadableFrame("a frame of type 'messageAck' without an object of that name", false)
                        : ack;
            }
            String problem = "of unknown type " + ServerText.of(type);
            return message == null ? new UnreadableFrame("a frame " + problem, false) : unusable(problem);
        }

        /** Acknowledges what can't be used: sent again, it would be no better. Without an id the server stalls. */
        private ServerMessage unusable(String problem) {
            return message == null || message.messageId() == null
                    ? new UnreadableFrame("a frame " + problem, true)
                    : new UnusableMessage(message.messageId(), "a message " + problem);
        }
    }
}
