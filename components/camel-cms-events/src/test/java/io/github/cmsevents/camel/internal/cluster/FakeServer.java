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
import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.github.cmsevents.camel.internal.transport.AuthToken;
import io.github.cmsevents.camel.internal.transport.EventLoop;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A Meeting Server without a network: answers requests as the protocol says, and sends the next message once the last is
 * acknowledged. What happens in its calls is up to the test.
 */
final class FakeServer implements EventsTransport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventLoop loop;
    /** The calls that it lists, by GUID. */
    private final Map<String, Map<String, Object>> calls = new LinkedHashMap<>();
    /** By the call's GUID, then by the participant's; a call's roster outlives its place in the list. */
    private final Map<String, Map<String, Map<String, Object>>> rosters = new LinkedHashMap<>();

    private final List<Socket> sockets = new ArrayList<>();
    private final Set<String> turnedDown = new HashSet<>();
    private int requests;
    private int logins;
    private boolean dead;

    /** How many sockets it gives. */
    int socketLimit = 5;

    /** How long it takes to answer a request. */
    Duration latency = Duration.ZERO;

    boolean answersLogins = true;
    Reason loginFailure;
    /** The subscriptions that make it refuse a whole request. */
    Predicate<JsonNode> refuses = line -> false;

    /** The calls whose subscriptions it never activates. */
    final Set<String> pending = new HashSet<>();

    /** Whether it deactivates a subscription to a call as soon as it has activated it. */
    boolean fickle;

    FakeServer(EventLoop loop) {
        this.loop = loop;
    }

    static Map<String, Object> call(String guid, String name, String correlator) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("call", guid);
        if (name != null) {
            call.put("name", name);
        }
        if (correlator != null) {
            call.put("callCorrelator", correlator);
        }
        return call;
    }

    // What the test sees of the client.

    int requests() {
        return requests;
    }

    int logins() {
        return logins;
    }

    int openSockets() {
        return sockets.size();
    }

    int unacknowledged() {
        return (int) sockets.stream().filter(socket -> socket.sent != null).count();
    }

    /** What is subscribed to, each as its type and its call. */
    List<String> subscriptions() {
        return sockets.stream()
                .flatMap(socket -> socket.lines.values().stream())
                .map(line -> (line.get("type").asText() + " " + guidOf(line)).trim())
                .toList();
    }

    List<String> rosters() {
        return subscriptions().stream()
                .filter(line -> line.startsWith("callRoster"))
                .toList();
    }

    /** The elements of a subscription, given as its type and its call. */
    List<String> elements(String subscription) {
        List<String> elements = new ArrayList<>();
        for (Socket socket : sockets) {
            for (JsonNode line : socket.lines.values()) {
                if ((line.get("type").asText() + " " + guidOf(line)).trim().equals(subscription)) {
                    line.get("elements").forEach(element -> elements.add(element.asText()));
                }
            }
        }
        return elements;
    }

    // What happens in its calls.

    void list(Map<String, Object> started) {
        list(List.of(started));
    }

    /** Lists calls, in one message. */
    void list(List<Map<String, Object>> started) {
        sendToLists(changesOf(List.of(), started));
    }

    /** Takes a call off the list; its subscriptions go on. */
    void unlist(String guid) {
        sendToLists(changesOf(List.of(guid), List.of()));
    }

    /** Takes a call off the list and lists another, in one message; then ends the first one's subscriptions. */
    void replace(String guid, Map<String, Object> next) {
        sendToLists(changesOf(List.of(guid), List.of(next)));
        deactivate(guid);
    }

    private List<Map<String, Object>> changesOf(List<String> ended, List<Map<String, Object>> started) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String guid : ended) {
            calls.remove(guid);
            rows.add(row("remove", Map.of("call", guid)));
        }
        for (Map<String, Object> call : started) {
            String guid = (String) call.get("call");
            calls.put(guid, new LinkedHashMap<>(call));
            rosters.putIfAbsent(guid, new LinkedHashMap<>());
            rows.add(row("add", call));
        }
        return rows;
    }

    /** Ends the subscriptions to a call. */
    void deactivate(String guid) {
        for (Socket socket : sockets) {
            for (JsonNode line : List.copyOf(socket.active.values())) {
                if (guidOf(line).equals(guid)) {
                    socket.active.remove(line.get("index").asInt());
                    socket.sendState(line, "deactivated");
                }
            }
        }
    }

    /** Takes part in a call no longer. */
    void end(String guid) {
        deactivate(guid);
        unlist(guid);
        rosters.remove(guid);
    }

    /** From now on deactivates every subscription to a call. */
    void turnDown(String guid) {
        turnedDown.add(guid);
        deactivate(guid);
    }

    void acceptAgain(String guid) {
        turnedDown.remove(guid);
    }

    void change(String guid, String element, Object value) {
        calls.get(guid).put(element, value);
        Map<String, Object> changed = new LinkedHashMap<>();
        changed.put("call", guid);
        changed.put(element, value);
        sendToLists(List.of(row("update", changed)));
        for (Socket socket : List.copyOf(sockets)) {
            socket.active.values().stream()
                    .filter(line -> isOf(line, "callInfo", guid))
                    .forEach(line -> socket.sendInfo(line, changed));
        }
    }

    /** A participant joins, or changes its name. */
    void participant(String guid, String participant, String name) {
        Map<String, Object> record = Map.of("participant", participant, "name", name);
        boolean joins = rosters.get(guid).put(participant, record) == null;
        sendToRosters(guid, row(joins ? "add" : "update", record));
    }

    void leaves(String guid, String participant, String reason) {
        rosters.get(guid).remove(participant);
        sendToRosters(guid, row("remove", Map.of("participant", participant, "reason", reason)));
    }

    /** All sockets are lost, and the server can't be connected to. */
    void die() {
        dead = true;
        loseSockets();
    }

    void comeBack() {
        dead = false;
    }

    void loseSockets() {
        List.copyOf(sockets).forEach(Socket::lose);
    }

    void loseSocket(int number) {
        sockets.get(number).lose();
    }

    private void sendToLists(List<Map<String, Object>> rows) {
        for (Socket socket : List.copyOf(sockets)) {
            List.copyOf(socket.active.values()).stream()
                    .filter(line -> isOf(line, "calls", ""))
                    .forEach(line -> socket.sendRows("callListUpdate", line, rows));
        }
    }

    private void sendToRosters(String guid, Map<String, Object> row) {
        for (Socket socket : List.copyOf(sockets)) {
            List.copyOf(socket.active.values()).stream()
                    .filter(line -> isOf(line, "callRoster", guid))
                    .forEach(line -> socket.sendRows("rosterUpdate", line, List.of(row)));
        }
    }

    private static boolean isOf(JsonNode line, String type, String guid) {
        return line.get("type").asText().equals(type) && guidOf(line).equals(guid);
    }

    private static String guidOf(JsonNode line) {
        return line.path("call").asText("");
    }

    private static Map<String, Object> row(String type, Map<String, Object> record) {
        Map<String, Object> row = new LinkedHashMap<>(record);
        row.put("updateType", type);
        return row;
    }

    // The way to it.

    @Override
    public Future<AuthToken> logIn() {
        logins++;
        if (!answersLogins) {
            return Promise.<AuthToken>promise().future();
        }
        if (loginFailure != null) {
            return Future.failedFuture(new CmsEventsConnectionException(loginFailure, "login refused"));
        }
        return dead
                ? Future.failedFuture(new CmsEventsConnectionException(Reason.UNREACHABLE, "dead"))
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
        /** The list that it goes by, by index; and those lines of it that are active. */
        private Map<Integer, JsonNode> lines = new LinkedHashMap<>();

        private final Map<Integer, JsonNode> active = new LinkedHashMap<>();
        private final Queue<Map<String, Object>> outgoing = new ArrayDeque<>();
        /** The message that waits for its acknowledgement; null when none does. */
        private Map<String, Object> sent;

        private int messages;

        Socket(Listener listener) {
            this.listener = listener;
        }

        @Override
        public Future<Void> send(String text) {
            JsonNode frame = read(text);
            if (frame.has("message")) {
                requests++;
                loop.after(latency, () -> answer(frame.get("message")));
            } else {
                int acknowledged = frame.at("/messageAck/messageId").asInt();
                if (sent == null || !sent.get("messageId").equals(acknowledged)) {
                    throw new AssertionError("acknowledges " + acknowledged + " but the last message was " + sent);
                }
                sent = null;
                loop.run(this::sendNext);
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
                accepted &= !refuses.test(line);
            }
            if (list.size() > 100) {
                throw new AssertionError("more than 100 subscriptions on a socket");
            }
            write(Map.of(
                    "type",
                    "messageAck",
                    "messageAck",
                    Map.of("messageId", request.get("messageId"), "status", accepted ? "success" : "invalid")));
            if (accepted) {
                active.keySet().retainAll(list.keySet());
                List<JsonNode> fresh = list.values().stream()
                        .filter(line -> !lines.containsKey(line.get("index").asInt()))
                        .toList();
                lines = list;
                fresh.forEach(this::begin);
            }
        }

        private void begin(JsonNode line) {
            String guid = guidOf(line);
            boolean ofCall = line.has("call");
            if (ofCall && (turnedDown.contains(guid) || !calls.containsKey(guid))) {
                sendState(line, "deactivated");
                return;
            }
            sendState(line, "pending");
            if (pending.contains(guid)) {
                return;
            }
            sendState(line, "active");
            if (ofCall && fickle) {
                sendState(line, "deactivated");
                return;
            }
            active.put(line.get("index").asInt(), line);
            switch (line.get("type").asText()) {
                case "calls" ->
                    sendRows(
                            "callListUpdate",
                            line,
                            calls.values().stream()
                                    .map(call -> row("add", call))
                                    .toList());
                case "callRoster" ->
                    sendRows(
                            "rosterUpdate",
                            line,
                            rosters.get(guid).values().stream()
                                    .map(record -> row("add", record))
                                    .toList());
                default -> sendInfo(line, calls.get(guid));
            }
        }

        private void sendState(JsonNode line, String state) {
            Map<String, Object> entry = Map.of("index", line.get("index"), "state", state);
            send("subscriptionUpdate", Map.of("subscriptions", List.of(entry)));
        }

        private void sendInfo(JsonNode line, Map<String, Object> call) {
            Map<String, Object> info = subscribed(line, call);
            info.remove("call");
            if (!info.isEmpty()) {
                send("callInfoUpdate", Map.of("subscriptionIndex", line.get("index"), "callInfo", info));
            }
        }

        private void sendRows(String type, JsonNode line, List<Map<String, Object>> rows) {
            List<Map<String, Object>> own = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                Map<String, Object> subscribed = subscribed(line, row);
                if (!"update".equals(row.get("updateType")) || subscribed.size() > 2) {
                    own.add(subscribed);
                }
            }
            if (!own.isEmpty()) {
                send(type, Map.of("subscriptionIndex", line.get("index"), "updates", own));
            }
        }

        /** The keys that always come, and the elements that were subscribed to. */
        private Map<String, Object> subscribed(JsonNode line, Map<String, Object> record) {
            Set<String> elements = new HashSet<>(Set.of("call", "participant", "updateType", "reason"));
            line.get("elements").forEach(element -> elements.add(element.asText()));
            Map<String, Object> own = new LinkedHashMap<>(record);
            own.keySet().retainAll(elements);
            return own;
        }

        private void send(String type, Map<String, Object> content) {
            Map<String, Object> message = new LinkedHashMap<>(content);
            message.put("messageId", ++messages);
            message.put("type", type);
            outgoing.add(message);
            loop.run(this::sendNext);
        }

        private void sendNext() {
            if (sent == null && !outgoing.isEmpty() && sockets.contains(this)) {
                sent = outgoing.remove();
                write(Map.of("type", "message", "message", sent));
            }
        }

        private void write(Map<String, Object> frame) {
            try {
                byte[] text = JSON.writeValueAsString(frame).getBytes(StandardCharsets.UTF_8);
                listener.received(text, text.length);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
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
                loop.run(() -> listener.closed(new CmsEventsConnectionException(Reason.CLOSED, "closed")));
            }
            return Future.succeededFuture();
        }

        @Override
        public void abandon(CmsEventsConnectionException why) {
            if (sockets.remove(this)) {
                loop.run(() -> listener.closed(why));
            }
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
