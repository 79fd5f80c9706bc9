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
package io.github.cmsevents.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.simulator.conversation.Conversation;
import io.github.cmsevents.simulator.conversation.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Recorded messages of a live bridge; the README beside the file has its format. */
final class RecordedTraffic {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILE = Path.of("src/test/resources/traces/live-bridge.jsonl");
    private static final String SERVER = "A";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** One message, without its number. */
    record Message(int socket, String type, List<ObjectNode> rows) {

        String resource() {
            return switch (type) {
                case "callListUpdate" -> "calls";
                case "rosterUpdate" -> "callRoster";
                default -> "callInfo";
            };
        }
    }

    private final List<Message> messages = new ArrayList<>();

    RecordedTraffic(int firstSocket, int lastSocket) throws IOException {
        try (Stream<String> lines = Files.lines(FILE)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode entry = JSON.readTree(line);
                int socket = entry.path("socket").asInt();
                if (socket >= firstSocket && socket <= lastSocket) {
                    List<ObjectNode> rows = new ArrayList<>();
                    entry.path("rows").forEach(row -> rows.add((ObjectNode) row));
                    messages.add(new Message(socket, entry.path("type").asText(), rows));
                }
            }
        }
    }

    /** The messages of the last socket. */
    List<Message> lastSocket() {
        int last = messages.get(messages.size() - 1).socket();
        return messages.stream().filter(message -> message.socket() == last).toList();
    }

    /** The names of all elements in the messages of a resource. */
    Set<String> elements(String resource) {
        Set<String> elements = new HashSet<>();
        messages.stream()
                .filter(message -> message.resource().equals(resource))
                .flatMap(message -> message.rows().stream())
                .forEach(row -> row.fieldNames().forEachRemaining(elements::add));
        elements.removeAll(Set.of("call", "participant", "updateType", "reason"));
        return elements;
    }

    /** A server that sends each message when the one before is acknowledged, and resets each socket but the last. */
    Conversation asConversation() {
        List<Step> steps = new ArrayList<>();
        int socket = messages.get(0).socket();
        String call = null;
        for (Message message : messages) {
            if (message.socket() != socket) {
                socket = message.socket();
                steps.add(new Step.AfterAck(SERVER));
                steps.add(new Step.Lose(SERVER, OptionalInt.empty()));
                call = null;
            }
            if (call == null) {
                call = message.rows().get(0).path("call").asText();
                steps.add(expect("calls"));
                steps.add(send(message, "calls"));
                steps.add(expect("calls", "callRoster " + call, "callInfo " + call));
            } else if (message.resource().equals("calls")) {
                if (message.rows().get(0).path("updateType").asText().equals("remove")) {
                    // The recording has no states; a bridge deactivates before the remove.
                    steps.add(deactivate("callRoster " + call, "callInfo " + call));
                }
                steps.add(send(message, "calls"));
            } else {
                steps.add(send(message, message.resource() + " " + call));
            }
        }
        steps.add(new Step.AfterAck(SERVER));
        return new Conversation("live-bridge", "", List.of(SERVER), Optional.empty(), steps);
    }

    private static Step expect(String... resources) {
        return new Step.Expect(SERVER, List.of(resources), TIMEOUT);
    }

    private static Step send(Message message, String subscription) {
        ObjectNode fields = JSON.createObjectNode().put("type", message.type()).put("subscriptionIndex", subscription);
        if (message.resource().equals("callInfo")) {
            fields.set("callInfo", message.rows().get(0));
        } else {
            fields.putArray("updates").addAll(message.rows());
        }
        return new Step.Send(SERVER, fields);
    }

    private static Step deactivate(String... subscriptions) {
        ObjectNode fields = JSON.createObjectNode().put("type", "subscriptionUpdate");
        for (String subscription : subscriptions) {
            fields.withArray("subscriptions")
                    .addObject()
                    .put("index", subscription)
                    .put("state", "deactivated");
        }
        return new Step.Send(SERVER, fields);
    }
}
