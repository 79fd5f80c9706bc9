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
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Ack;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.IndexState;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text frames of a Meeting Server, one after the other, on one thread. Never throws: whatever comes in becomes a
 * {@link ServerMessage}.
 *
 * <p>The keys of a message may come in any order, so its payload is read before its type is known. Values are kept as
 * they came, whatever their JSON type; unknown keys of the envelope are passed over.
 */
public final class MessageDecoder {

    // Deeper than any message that the guide shows by far, and shallow enough for recursion.
    private static final int MAX_DEPTH = 100;

    // Far beyond what a double holds, and yet few enough digits to write out.
    private static final int MAX_SCALE = 1_000;

    // What it has seen of names is not to grow for ever with a server that makes up new ones.
    private static final int BYTES_PER_PARSER = 1 << 20;

    // Names are kept to be known again; the guide's longest has 26 characters.
    private static final int MAX_NAME_LENGTH = 1_000;

    private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

    private final JsonFactory json;
    private JsonParser parser;
    /** How many bytes the parser was given before this frame. */
    private long before;

    /** @param maxMessageSize longest text value accepted, in characters */
    public MessageDecoder(int maxMessageSize) {
        json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(maxMessageSize)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                // An excerpt of the frame in an error message would put meeting data into the log.
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    /**
     * Reads a frame of UTF-8, of which nothing is kept.
     *
     * @param length how much of the array it takes
     */
    public ServerMessage decode(byte[] frame, int length) {
        ServerMessage message = read(frame, length);
        if (message instanceof UnreadableFrame) {
            // What is not UTF-8 would not be when it is sent again either, so it is replaced, as everywhere in Java.
            byte[] mended = new String(frame, 0, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(mended, 0, mended.length, frame, 0, length)) {
                return read(mended, mended.length);
            }
        }
        return message;
    }

    private ServerMessage read(byte[] frame, int length) {
        Envelope envelope = new Envelope();
        boolean whole = false;
        if (length > 0 && frame[0] == BYTE_ORDER_MARK) {
            // A parser would pass over it, but only before the first frame that it reads.
            return new UnreadableFrame("a frame that is not a JSON object", true);
        }
        try {
            begin(frame, length);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new UnreadableFrame("a frame that is not a JSON object", true);
            }
            envelope.read(parser);
            if (!isBlank(frame, length - parser.releaseBuffered(OutputStream.nullOutputStream()), length)
                    || parser.nextToken() != JsonToken.NOT_AVAILABLE) {
                return new UnreadableFrame("a frame with more than one JSON object", true);
            }
            whole = true;
        } catch (StreamConstraintsException | RuntimeException e) {
            // Numbers past all bounds: Jackson and BigDecimal have exceptions of their own for those.
            return envelope.withValueOutOfBounds();
        } catch (JsonProcessingException e) {
            // Only where: what is there may be meeting data, which has no place in a log.
            JsonLocation where = e.getLocation();
            return new UnreadableFrame(
                    "a frame that is not valid JSON at byte " + (where == null ? 0 : where.getByteOffset() - before),
                    true);
        } catch (IOException e) {
            return new UnreadableFrame("a frame that can't be read: " + e.getMessage(), true);
        } finally {
            before += length;
            if (!whole || before > BYTES_PER_PARSER) {
                end();
            }
        }
        return envelope.toMessage();
    }

    /** To make a parser costs more than to read a frame, so there is one for many frames: Jackson's for bytes that come in bits. */
    private void begin(byte[] frame, int length) throws IOException {
        if (parser == null) {
            parser = json.createNonBlockingByteArrayParser();
            before = 0;
        }
        ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(frame, 0, length);
    }

    private void end() {
        try {
            parser.close();
            parser = null;
        } catch (IOException e) {
            throw new UncheckedIOException("A parser of bytes in memory has nothing to close", e);
        }
    }

    private static boolean isBlank(byte[] frame, int from, int to) {
        for (int i = from; i < to; i++) {
            if (frame[i] != ' ' && frame[i] != '\n' && frame[i] != '\r' && frame[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The next token of the frame that was begun; it has to be in there. */
    private static JsonToken next(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.NOT_AVAILABLE) {
            throw new JsonEOFException(parser, token, "The frame ends too soon");
        }
        return token;
    }

    /** The outermost object: {@code type} and either {@code message} or {@code messageAck}. */
    private static final class Envelope {
        private Object type;
        private Body message;
        private Body messageAck;

        void read(JsonParser parser) throws IOException {
            while (next(parser) != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = next(parser);
                if ("type".equals(name)) {
                    type = value(parser);
                } else if ("message".equals(name) && token == JsonToken.START_OBJECT) {
                    message = new Body();
                    message.read(parser);
                } else if ("messageAck".equals(name) && token == JsonToken.START_OBJECT) {
                    messageAck = new Body();
                    messageAck.read(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        /** Reading ended early; sent again it would end there again, so it is better acknowledged than asked for anew. */
        ServerMessage withValueOutOfBounds() {
            Long id = message == null ? null : Body.wholeNumber(message.messageId);
            return id == null
                    ? new UnreadableFrame("a frame with a value out of bounds", true)
                    : new UnusableMessage(id, "a message with a value out of bounds");
        }

        ServerMessage toMessage() {
            if ("message".equals(type) && message != null) {
                return message.toMessage();
            }
            if ("messageAck".equals(type) && messageAck != null) {
                return messageAck.toAck();
            }
            if ("message".equals(type) || "messageAck".equals(type)) {
                return new UnreadableFrame(
                        "a frame of type " + Quoted.of(type) + " without an object of that name",
                        "message".equals(type));
            }
            String problem = "unknown frame type " + Quoted.of(type);
            if (message == null) {
                return new UnreadableFrame(problem, false);
            }
            // Whatever it is called: the server may wait for the message's number.
            Long id = Body.wholeNumber(message.messageId);
            return id == null ? new UnreadableFrame(problem, true) : new UnusableMessage(id, problem);
        }
    }

    /** The inner object, its payload kept until the type tells what it is. */
    private static final class Body {
        private Object type;
        private Object messageId;
        private Object status;
        private Object subscriptionIndex;
        private List<Object> rows;
        private List<Object> states;
        private Object callInfo;

        void read(JsonParser parser) throws IOException {
            while (next(parser) != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = next(parser);
                switch (name) {
                    case "type" -> type = value(parser);
                    case "messageId" -> messageId = value(parser);
                    case "status" -> status = value(parser);
                    case "subscriptionIndex" -> subscriptionIndex = value(parser);
                    case "callInfo" -> callInfo = value(parser);
                    case "updates" -> rows = listOrNull(parser, token);
                    case "subscriptions" -> states = listOrNull(parser, token);
                    default -> parser.skipChildren();
                }
            }
        }

        private static List<Object> listOrNull(JsonParser parser, JsonToken token) throws IOException {
            if (token == JsonToken.START_ARRAY) {
                return list(parser);
            }
            parser.skipChildren();
            return null;
        }

        ServerMessage toAck() {
            Long id = wholeNumber(messageId);
            if (id == null) {
                return new UnreadableFrame("an acknowledgement without a usable messageId", false);
            }
            return new Ack(id, String.valueOf(status));
        }

        ServerMessage toMessage() {
            Long id = wholeNumber(messageId);
            if (id == null) {
                return new UnreadableFrame("a message with the messageId " + Quoted.of(messageId), true);
            }
            if ("subscriptionUpdate".equals(type)) {
                return toStateUpdate(id);
            }
            Resource resource = type instanceof String name ? Resource.ofMessageType(name) : null;
            if (resource == null) {
                return new UnknownMessage(id, String.valueOf(type));
            }
            Integer index = index(subscriptionIndex);
            if (index == null) {
                return new UnusableMessage(
                        id, resource.messageType() + " with the subscriptionIndex " + Quoted.of(subscriptionIndex));
            }
            return resource == Resource.CALL_INFO ? toCallInfo(id, index) : toRows(id, resource, index);
        }

        private ServerMessage toStateUpdate(long id) {
            if (states == null) {
                return new UnusableMessage(id, "subscriptionUpdate without a list of subscriptions");
            }
            List<IndexState> read = new ArrayList<>(states.size());
            List<String> problems = new ArrayList<>(0);
            for (Object entry : states) {
                Map<String, Object> fields = fields(entry);
                Integer index = fields == null ? null : index(fields.get("index"));
                SubscriptionState state = fields == null ? null : SubscriptionState.ofWireName(fields.get("state"));
                if (index == null || state == null) {
                    problems.add("subscriptionUpdate with the index "
                            + Quoted.of(fields == null ? entry : fields.get("index")) + " and the state "
                            + Quoted.of(fields == null ? null : fields.get("state")));
                } else {
                    read.add(new IndexState(index, state));
                }
            }
            return new StateUpdate(id, read, problems);
        }

        private ServerMessage toCallInfo(long id, int index) {
            Map<String, Object> fields = fields(callInfo);
            if (fields == null) {
                return new UnusableMessage(id, "callInfoUpdate without a callInfo object");
            }
            String call = fields.get("call") instanceof String text ? text : null;
            return new ContentUpdate(id, Resource.CALL_INFO, index, List.of(new Row(null, call, fields)), List.of());
        }

        private ServerMessage toRows(long id, Resource resource, int index) {
            if (rows == null) {
                return new UnusableMessage(id, resource.messageType() + " without a list of updates");
            }
            List<Row> read = new ArrayList<>(rows.size());
            List<String> problems = new ArrayList<>(0);
            for (Object entry : rows) {
                Map<String, Object> fields = fields(entry);
                UpdateType updateType = fields == null ? null : UpdateType.ofWireName(fields.get("updateType"));
                if (updateType == null || !(fields.get(resource.keyName()) instanceof String key)) {
                    problems.add(resource.messageType() + " with an update that is not usable: "
                            + resource.keyName() + " "
                            + Quoted.of(fields == null ? entry : fields.get(resource.keyName()))
                            + ", updateType "
                            + Quoted.of(fields == null ? null : fields.get("updateType")));
                } else {
                    read.add(new Row(updateType, key, fields));
                }
            }
            return new ContentUpdate(id, resource, index, read, problems);
        }

        @SuppressWarnings("unchecked") // every map here was made by map(), below
        private static Map<String, Object> fields(Object value) {
            return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
        }

        private static Long wholeNumber(Object value) {
            if (value instanceof Integer number) {
                return number.longValue();
            }
            return value instanceof Long number ? number : null;
        }

        private static Integer index(Object value) {
            return value instanceof Integer number ? number : null;
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> Vocabulary.textOf(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> writable(parser).getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(writable(parser));
            default -> null;
        };
    }

    // Not every parser of Jackson's keeps its limit, and what takes long to read takes long to write as well.
    private static JsonParser writable(JsonParser parser) throws IOException {
        if (parser.getTextLength() > StreamReadConstraints.DEFAULT_MAX_NUM_LEN) {
            throw new ArithmeticException("A number of " + parser.getTextLength() + " characters");
        }
        return parser;
    }

    // A double is what Camel's languages compare best; a number that it can't hold keeps its digits.
    private static Number decimal(JsonParser parser) throws IOException {
        BigDecimal exact = parser.getDecimalValue();
        if (Math.abs((long) exact.scale()) > MAX_SCALE) {
            // Whoever writes it out would need as many digits.
            throw new ArithmeticException("A number with a scale of " + exact.scale());
        }
        double number = exact.doubleValue();
        boolean holds = !Double.isInfinite(number) && new BigDecimal(Double.toString(number)).compareTo(exact) == 0;
        return holds ? (Number) number : exact;
    }

    private static Map<String, Object> map(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (next(parser) != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            next(parser);
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        // Most messages are about one call or participant.
        List<Object> values = new ArrayList<>(2);
        while (next(parser) != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }
}
