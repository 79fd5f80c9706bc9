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
package io.github.cmsevents.camel.internal.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.transport.AuthToken;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * A Call Bridge that is not there. It answers subscribe requests as a Meeting Server does, at once; what happens in its
 * calls is up to the test.
 */
final class FakeBridge implements EventsTransport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Context context;
    private final Map<String, ObjectNode> calls = new LinkedHashMap<>();
    /** By the call's GUID, then by the participant's. */
    private final Map<String, Map<String, ObjectNode>> rosters = new LinkedHashMap<>();

    private final List<Socket> sockets = new ArrayList<>();
    private final Set<String> turnedDown = new HashSet<>();
    private int requests;
    private int logins;
    private boolean dead;

    /** How many sockets it gives. */
    int socketLimit = 5;

    /** Whether it answers a login at all. */
    boolean answersLogins = true;

    /** Which subscriptions it refuses, and with them the whole request. */
    Predicate<JsonNode> refused = line -> false;

    /** Whether it deactivates a subscription as soon as it has activated it. */
    boolean fickle;

    FakeBridge(Context context) {
        this.context = context;
    }

    /** A call that it can be told to list. */
    static ObjectNode call(String guid, String name, String correlator) {
        ObjectNode call = JSON.createObjectNode().put("call", guid);
        if (name != null) {
            call.put("name", name);
        }
        if (correlator != null) {
            call.put("callCorrelator", correlator);
        }
        return call;
    }

    // What is seen of its clients.

    /** How many subscribe requests have come, on all sockets. */
    int requests() {
        return requests;
    }

    int logins() {
        return logins;
    }

    int openSockets() {
        return sockets.size();
    }

    /** What is subscribed to now, each as its type and its call. */
    List<String> subscriptions() {
        return sockets.stream()
                .flatMap(socket -> socket.lines.values().stream())
                .map(line -> line.has("call")
                        ? line.get("type").asText() + " " + line.get("call").asText()
                        : line.get("type").asText())
                .toList();
    }

    /** The elements that a subscription asks for. */
    List<String> elements(String type, String call) {
        List<String> elements = new ArrayList<>();
        for (Socket socket : sockets) {
            for (JsonNode line : socket.lines.values()) {
                if (line.get("type").asText().equals(type)
                        && line.path("call").asText("").equals(call == null ? "" : call)) {
                    line.get("elements").forEach(element -> elements.add(element.asText()));
                }
            }
        }
        return elements;
    }

    /** How many of its messages have not been acknowledged. */
    int unacknowledged() {
        return sockets.stream().mapToInt(socket -> socket.unacknowledged.size()).sum();
    }

    // What happens in its calls.

    /** Begins to list calls, told in one message. */
    void list(ObjectNode... started) {
        List<ObjectNode> rows = new ArrayList<>();
        for (ObjectNode call : started) {
            calls.put(call.get("call").asText(), call);
            rosters.putIfAbsent(call.get("call").asText(), new LinkedHashMap<>());
            rows.add(call);
        }
        tellCalls("add", rows);
    }

    /** Ceases to list a call. */
    void unlist(String guid) {
        calls.remove(guid);
        rosters.remove(guid);
        tellCalls("remove", List.of(JSON.createObjectNode().put("call", guid)));
    }

    /** One call ceases and another begins, told in one message. */
    void replace(String guid, ObjectNode next) {
        calls.remove(guid);
        rosters.remove(guid);
        calls.put(next.get("call").asText(), next);
        rosters.putIfAbsent(next.get("call").asText(), new LinkedHashMap<>());
        eachSubscription("calls", null, (socket, line) -> {
            ArrayNode rows = JSON.createArrayNode();
            rows.add(JSON.createObjectNode().put("call", guid).put("updateType", "remove"));
            rows.add(row("add", next, "call", line));
            socket.tellContent("callListUpdate", line, "updates", rows);
        });
        deactivate(guid);
    }

    /** Ends its subscriptions to a call, and does nothing else. */
    void deactivate(String guid) {
        for (Socket socket : sockets) {
            for (JsonNode line : List.copyOf(socket.active.values())) {
                if (guid.equals(line.path("call").asText())) {
                    socket.active.remove(line.get("index").asInt());
                    socket.tellState(line, "deactivated");
                }
            }
        }
    }

    /** Takes part in a call no longer. */
    void withdraw(String guid) {
        deactivate(guid);
        unlist(guid);
    }

    /** From now on activates no subscription to a call, although it lists it. */
    void turnDown(String guid) {
        turnedDown.add(guid);
        deactivate(guid);
    }

    void turnDownNoLonger(String guid) {
        turnedDown.remove(guid);
    }

    /** An element of a call changes. */
    void change(String guid, String element, String value) {
        calls.get(guid).put(element, value);
        ObjectNode changed = JSON.createObjectNode().put("call", guid).put(element, value);
        eachSubscription("calls", null, (socket, line) -> {
            if (has(line, element)) {
                socket.tellContent(
                        "callListUpdate",
                        line,
                        "updates",
                        JSON.createArrayNode().add(row("update", changed, "call", line)));
            }
        });
        eachSubscription("callInfo", guid, (socket, line) -> {
            if (has(line, element)) {
                socket.tellContent("callInfoUpdate", line, "callInfo", details(changed, line));
            }
        });
    }

    /** A participant joins, or changes its name. */
    void participant(String guid, String participant, String name) {
        boolean joins = !rosters.get(guid).containsKey(participant);
        ObjectNode record =
                JSON.createObjectNode().put("participant", participant).put("name", name);
        rosters.get(guid).put(participant, record);
        tellRoster(guid, joins ? "add" : "update", record);
    }

    void leaves(String guid, String participant) {
        rosters.get(guid).remove(participant);
        tellRoster(guid, "remove", JSON.createObjectNode().put("participant", participant));
    }

    /** All sockets are lost, and none can be opened. */
    void die() {
        dead = true;
        loseSockets();
    }

    void comeBack() {
        dead = false;
    }

    void loseSockets() {
        for (Socket socket : List.copyOf(sockets)) {
            socket.lose();
        }
    }

    private void tellCalls(String updateType, List<ObjectNode> rows) {
        eachSubscription("calls", null, (socket, line) -> {
            ArrayNode updates = JSON.createArrayNode();
            rows.forEach(call -> updates.add(row(updateType, call, "call", line)));
            socket.tellContent("callListUpdate", line, "updates", updates);
        });
    }

    private void tellRoster(String guid, String updateType, ObjectNode record) {
        eachSubscription(
                "callRoster",
                guid,
                (socket, line) -> socket.tellContent(
                        "rosterUpdate",
                        line,
                        "updates",
                        JSON.createArrayNode().add(row(updateType, record, "participant", line))));
    }

    private void eachSubscription(String type, String guid, BiConsumer<Socket, JsonNode> action) {
        for (Socket socket : List.copyOf(sockets)) {
            for (JsonNode line : List.copyOf(socket.active.values())) {
                if (line.get("type").asText().equals(type)
                        && (guid == null || guid.equals(line.path("call").asText()))) {
                    action.accept(socket, line);
                }
            }
        }
    }

    private static ObjectNode row(String updateType, ObjectNode record, String key, JsonNode line) {
        ObjectNode row = JSON.createObjectNode();
        row.set(key, record.get(key));
        row.put("updateType", updateType);
        row.setAll(details(record, line));
        return row;
    }

    private static ObjectNode details(ObjectNode record, JsonNode line) {
        ObjectNode details = JSON.createObjectNode();
        for (JsonNode element : line.get("elements")) {
            if (record.has(element.asText())) {
                details.set(element.asText(), record.get(element.asText()));
            }
        }
        return details;
    }

    private static boolean has(JsonNode line, String element) {
        for (JsonNode subscribed : line.get("elements")) {
            if (subscribed.asText().equals(element)) {
                return true;
            }
        }
        return false;
    }

    /** One of its sockets is lost, the others stay. */
    void loseSocket(int number) {
        sockets.get(number).lose();
    }

    /** Takes a call out of its list, and says nothing on the subscriptions to it yet. */
    void unlistOnly(String guid) {
        tellCalls("remove", List.of(JSON.createObjectNode().put("call", guid)));
    }

    // The way to it.

    @Override
    public Future<AuthToken> logIn() {
        logins++;
        if (!answersLogins) {
            return Promise.<AuthToken>promise().future();
        }
        return dead
                ? Future.failedFuture(new CmsEventsConnectionException(Reason.UNREACHABLE, "nobody there"))
                : Future.succeededFuture(new AuthToken("token " + logins));
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        if (sockets.size() >= socketLimit) {
            return Future.failedFuture(new CmsEventsConnectionException(Reason.SOCKET_REFUSED, "no socket free"));
        }
        Socket socket = new Socket(listener);
        sockets.add(socket);
        return Future.succeededFuture(socket);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private final class Socket implements EventsSocket {
        private final Listener listener;
        /** The list that it goes by, by index; and those of it that are active. */
        private Map<Integer, JsonNode> lines = new LinkedHashMap<>();

        private final Map<Integer, JsonNode> active = new LinkedHashMap<>();
        private final Set<Long> unacknowledged = new HashSet<>();
        private long messages;

        Socket(Listener listener) {
            this.listener = listener;
        }

        @Override
        public Future<Void> send(String text) {
            JsonNode frame = read(text);
            if (frame.has("message")) {
                requests++;
                context.runOnContext(hop -> answer(frame.get("message")));
            } else {
                unacknowledged.remove(frame.at("/messageAck/messageId").asLong());
            }
            return Future.succeededFuture();
        }

        private void answer(JsonNode request) {
            if (!sockets.contains(this)) {
                return;
            }
            Map<Integer, JsonNode> list = new LinkedHashMap<>();
            boolean accepted = true;
            for (JsonNode line : request.get("subscriptions")) {
                list.put(line.get("index").asInt(), line);
                accepted &= !refused.test(line);
            }
            say("{\"type\":\"messageAck\",\"messageAck\":{\"messageId\":%s,\"status\":\"%s\"}}"
                    .formatted(request.get("messageId"), accepted ? "success" : "invalid"));
            if (accepted) {
                active.keySet().retainAll(list.keySet());
                List<JsonNode> fresh = list.entrySet().stream()
                        .filter(entry -> !lines.containsKey(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
                lines = list;
                fresh.forEach(this::begin);
            }
        }

        private void begin(JsonNode line) {
            String guid = line.path("call").asText(null);
            if (guid != null && (turnedDown.contains(guid) || !calls.containsKey(guid))) {
                tellState(line, "deactivated");
                return;
            }
            tellState(line, "active");
            if (fickle && guid != null) {
                tellState(line, "deactivated");
                return;
            }
            active.put(line.get("index").asInt(), line);
            ArrayNode rows = JSON.createArrayNode();
            switch (line.get("type").asText()) {
                case "calls" -> {
                    calls.values().forEach(call -> rows.add(row("add", call, "call", line)));
                    tellContent("callListUpdate", line, "updates", rows);
                }
                case "callRoster" -> {
                    rosters.get(guid).values().forEach(record -> rows.add(row("add", record, "participant", line)));
                    tellContent("rosterUpdate", line, "updates", rows);
                }
                default -> tellContent("callInfoUpdate", line, "callInfo", details(calls.get(guid), line));
            }
        }

        void tellState(JsonNode line, String state) {
            ObjectNode told = message("subscriptionUpdate");
            ObjectNode row = JSON.createObjectNode();
            row.set("index", line.get("index"));
            row.put("state", state);
            told.set("subscriptions", JSON.createArrayNode().add(row));
            tell(told);
        }

        void tellContent(String type, JsonNode line, String payload, JsonNode content) {
            if (content.isArray() && content.isEmpty()) {
                return;
            }
            ObjectNode told = message(type);
            told.set("subscriptionIndex", line.get("index"));
            told.set(payload, content);
            tell(told);
        }

        private ObjectNode message(String type) {
            unacknowledged.add(++messages);
            return JSON.createObjectNode().put("messageId", messages).put("type", type);
        }

        private void tell(ObjectNode message) {
            ObjectNode frame = JSON.createObjectNode().put("type", "message");
            frame.set("message", message);
            say(frame.toString());
        }

        private void say(String frame) {
            byte[] text = frame.getBytes(StandardCharsets.UTF_8);
            listener.received(text, text.length);
        }

        void lose() {
            sockets.remove(this);
            listener.closed(new CmsEventsConnectionException(Reason.LOST, "lost"));
        }

        @Override
        public void pause() {
            // Nothing comes but what the test lets happen.
        }

        @Override
        public void resume() {
            // As it was.
        }

        @Override
        public Future<Void> close() {
            if (sockets.remove(this)) {
                context.runOnContext(hop -> listener.closed(new CmsEventsConnectionException(Reason.LOST, "closed")));
            }
            return Future.succeededFuture();
        }

        @Override
        public void abandon(CmsEventsConnectionException why) {
            close();
        }

        private static JsonNode read(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
