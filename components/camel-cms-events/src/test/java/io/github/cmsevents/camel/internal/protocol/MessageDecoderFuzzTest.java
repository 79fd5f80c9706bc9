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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Ack;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.ContentUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.IndexState;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Row;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.StateUpdate;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnknownMessage;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnreadableFrame;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.UnusableMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For any frame the decoder agrees with Jackson's tree model on the content, and never throws. Add each frame that
 * once broke it to the corpus: the directory with this class's name under the test resources.
 *
 * <p>The build always makes the same mutations. To search further, set another seed and more frames:
 * {@code -Dtest=MessageDecoderFuzzTest -Dfuzz.seed=7 -Dfuzz.frames=50000000}.
 */
class MessageDecoderFuzzTest {

    private static final Path CORPUS =
            Path.of("src/test/resources", MessageDecoderFuzzTest.class.getName().replace('.', '/'));

    // Small, so that mutated texts exceed it.
    private static final int MAX_MESSAGE_SIZE = 1_000;

    /** Longer frames take longer and find no more faults. */
    private static final int MAX_FRAME_LENGTH = 1_500;

    /** Numbers are equal when their values are, also across number types. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> isSame(one, other) ? 0 : 1;

    /** Categories of characters that break or disguise a log line. */
    private static final Set<Byte> UNPRINTABLE =
            Set.of(Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR);

    /** The reference: reads every JSON value, of any size. */
    private final ObjectMapper tree = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final MessageDecoder decoder = new MessageDecoder(MAX_MESSAGE_SIZE);

    static Stream<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void agreesWithTheTreeOnEveryFrameOfTheCorpus(Path file) throws IOException {
        check(Files.readString(file));
    }

    @Test
    void agreesWithTheTreeOnMutatedFrames() throws IOException {
        long seed = Long.getLong("fuzz.seed", 1);
        long frames = Long.getLong("fuzz.frames", 200_000);
        List<String> pool = new ArrayList<>();
        for (Path file : corpus().toList()) {
            pool.add(Files.readString(file));
        }
        FrameMutator mutator = new FrameMutator(new Random(seed), MAX_FRAME_LENGTH);
        Set<String> outcomes = new HashSet<>();
        Set<Class<?>> kinds = new HashSet<>();
        for (long i = 0; i < frames; i++) {
            String frame = mutator.mutate(pool);
            try {
                ServerMessage message = check(frame);
                kinds.add(message.getClass());
                if (outcomes.add(outcome(message))) {
                    // A frame with a new outcome may lead to others.
                    pool.add(frame);
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "Frame " + i + " of -Dfuzz.seed=" + seed + ": " + tree.writeValueAsString(frame), e);
            }
        }
        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        Ack.class,
                        StateUpdate.class,
                        ContentUpdate.class,
                        UnknownMessage.class,
                        UnusableMessage.class,
                        UnreadableFrame.class);
    }

    private ServerMessage check(String mutated) {
        byte[] text = mutated.getBytes(StandardCharsets.UTF_8);
        // Replaces unpaired surrogates, as the line above did.
        String frame = new String(text, StandardCharsets.UTF_8);
        ServerMessage message = decoder.decode(text, text.length);
        assertThat(message).isNotNull();
        JsonNode read = read(frame);
        if (read == null) {
            checkNothingWasTakenFrom(frame, message);
        } else {
            checkSameUnlessKeysAreDuplicate(frame, message, read);
        }
        problems(message)
                .forEach(problem ->
                        assertThat(isOneShortLine(problem)).as(problem).isTrue());
        return message;
    }

    /** Text that is not one JSON object yields no content, at most the id that came before the fault. */
    private static void checkNothingWasTakenFrom(String frame, ServerMessage message) {
        if (message instanceof UnusableMessage unusable) {
            assertThat(frame).contains(String.valueOf(unusable.messageId()));
        } else {
            assertThat(message).isInstanceOf(UnreadableFrame.class);
            assertThat(((UnreadableFrame) message).stalls()).isTrue();
        }
    }

    /** With duplicate keys the two may differ: JSON does not define which one counts. */
    private void checkSameUnlessKeysAreDuplicate(String frame, ServerMessage message, JsonNode read) {
        try {
            checkSame(message, read);
        } catch (AssertionError e) {
            if (!hasDuplicateKeys(frame)) {
                throw e;
            }
        }
    }

    private void checkSame(ServerMessage message, JsonNode read) {
        JsonNode inner = read.path("message");
        if (message instanceof Acknowledgeable acknowledgeable) {
            assertId(inner, acknowledgeable.messageId());
        } else if (message instanceof Ack ack) {
            assertId(read.path("messageAck"), ack.messageId());
        } else if (!problems(message).contains("a frame with a value out of bounds")) {
            boolean acknowledgeable = "message".equals(read.path("type").textValue())
                    && inner.path("messageId").isIntegralNumber()
                    && inner.path("messageId").canConvertToLong();
            assertThat(acknowledgeable).as("can be acknowledged").isFalse();
        }
        if (message instanceof ContentUpdate content) {
            checkSameContent(content, inner);
        } else if (message instanceof StateUpdate states) {
            List<IndexState> usable = elements(inner.path("subscriptions"))
                    .filter(entry -> entry.path("index").isInt())
                    .filter(entry ->
                            SubscriptionState.ofWireName(entry.path("state").textValue()) != null)
                    .map(entry -> new IndexState(
                            entry.get("index").intValue(),
                            SubscriptionState.ofWireName(entry.get("state").textValue())))
                    .toList();
            assertThat(states.states()).isEqualTo(usable);
            checkProblems(states, inner.path("subscriptions").size() - usable.size());
        }
    }

    private void checkSameContent(ContentUpdate content, JsonNode inner) {
        assertThat(inner.path("type").textValue()).isEqualTo(content.resource().messageType());
        assertThat(inner.path("subscriptionIndex").isInt()).isTrue();
        assertThat(inner.path("subscriptionIndex").intValue()).isEqualTo(content.subscriptionIndex());
        List<JsonNode> usable = content.resource() == Resource.CALL_INFO
                ? List.of(inner.path("callInfo"))
                : elements(inner.path("updates"))
                        .filter(entry ->
                                entry.path(content.resource().keyName()).isTextual())
                        .filter(entry ->
                                UpdateType.ofWireName(entry.path("updateType").textValue()) != null)
                        .filter(entry -> !hasNonNumericNumber(entry))
                        .toList();
        assertThat(content.rows()).hasSameSizeAs(usable);
        for (int i = 0; i < usable.size(); i++) {
            Row row = content.rows().get(i);
            JsonNode fields = tree.valueToTree(row.fields());
            assertThat(usable.get(i).equals(BY_VALUE, fields))
                    .as("%s is %s", fields, usable.get(i))
                    .isTrue();
            assertThat(row.key())
                    .isEqualTo(fields.path(content.resource().keyName()).textValue());
            assertThat(row.type())
                    .isEqualTo(
                            content.resource() == Resource.CALL_INFO
                                    ? null
                                    : UpdateType.ofWireName(
                                            fields.path("updateType").textValue()));
        }
        if (content.resource() != Resource.CALL_INFO) {
            checkProblems(content, inner.path("updates").size() - usable.size());
        }
    }

    private static void checkProblems(Acknowledgeable message, int unusable) {
        if (unusable == 0) {
            assertThat(message.problems()).isEmpty();
        } else {
            assertThat(message.problems())
                    .singleElement()
                    .asString()
                    .contains(unusable == 1 ? " an unusable " : " " + unusable + " unusable ");
        }
    }

    private static boolean hasNonNumericNumber(JsonNode value) {
        return value.isContainerNode()
                ? elements(value).anyMatch(MessageDecoderFuzzTest::hasNonNumericNumber)
                : value.isDouble() && !Double.isFinite(value.doubleValue());
    }

    private static void assertId(JsonNode inner, long id) {
        assertThat(inner.path("messageId").isIntegralNumber()).isTrue();
        assertThat(inner.path("messageId").bigIntegerValue()).isEqualTo(id);
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        if (!one.isNumber() || !other.isNumber()) {
            return one.equals(other);
        }
        return one.isDouble()
                ? one.doubleValue() == other.doubleValue()
                : one.decimalValue().compareTo(other.decimalValue()) == 0;
    }

    /** Null when the frame is not one JSON object. */
    private JsonNode read(String frame) {
        try {
            JsonNode read = tree.readTree(frame);
            return read.isObject() ? read : null;
        } catch (NumberFormatException e) {
            return readWithDoubles(frame);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** For a number beyond the range of BigDecimal: as a double it is infinite. */
    private JsonNode readWithDoubles(String frame) {
        try {
            JsonNode read = tree.reader()
                    .without(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(frame);
            return read.isObject() ? read : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private boolean hasDuplicateKeys(String frame) {
        try {
            tree.reader()
                    .without(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(frame);
            return false;
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static boolean isOneShortLine(String problem) {
        return problem.length() < 300
                && problem.codePoints().noneMatch(point -> UNPRINTABLE.contains((byte) Character.getType(point)));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static List<String> problems(ServerMessage message) {
        if (message instanceof Acknowledgeable acknowledgeable) {
            return acknowledgeable.problems();
        }
        return message instanceof UnreadableFrame frame ? List.of(frame.problem()) : List.of();
    }

    /** The kind of result, without values from the frame. */
    private static String outcome(ServerMessage message) {
        int rows = message instanceof ContentUpdate content ? content.rows().size() : 0;
        return message.getClass().getSimpleName() + " " + rows + " "
                + String.join(";", problems(message)).replaceAll("'[^']*'|\\d+", "_");
    }
}
