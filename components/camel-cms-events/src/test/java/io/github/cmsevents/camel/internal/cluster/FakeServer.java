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
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A Meeting Server without a network: answers requests as the protocol says, and sends the next message once the last is
 * acknowledged. What happens in its calls is up to the test.
 */
final class FakeServer implements EventsTransport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventLoop loop;
    private final Map<String, Map<String, Object>> calls = new LinkedHashMap<>();
    /** By the call's GUID, then by the participant's; a call's roster outlives its place in the list. */
    private final Map<String, Map<String, Map<String, Object>>> rosters = new LinkedHashMap<>();

    private final List<Socket> sockets = new ArrayList<>();
    int requests;
    boolean closed;

    int socketLimit = 5;
    Duration latency = Duration.ZERO;
    boolean answersLogins = true;
    Reason loginFailure;
    /** Refuses each request with a call in it. */
    boolean refusesCalls;
    /** The calls whose subscriptions it deactivates, and those whose subscriptions it leaves pending. */
    final Set<String> turnedDown = new HashSet<>();

    final Set<String> pending = new HashSet<>();
    /** Deactivates a subscription to a call as soon as it has activated it. */
    boolean fickle;

    private record Line(int index, String type, String call, List<String> elements) {
        String name() {
            return call == null ? type : type + " " + call;
        }
    }

    FakeServer(EventLoop loop) {
        this.loop = loop;
    }

    static Map<String, Object> call(String guid, String name, String correlator) {
        Map<String, Object> call = new LinkedHashMap<>(Map.of("call", guid));
        call.put("name", name);
        call.put("callCorrelator", correlator);
        return call;
    }

    // What the test sees of the client.

    int openSockets() {
        return sockets.size();
    }

    private Stream<Line> lines() {
        return sockets.stream().flatMap(socket -> socket.lines.values().stream());
    }

    /** Each as its type and its call. */
    List<String> subscriptions() {
        return lines().map(Line::name).toList();
    }

    List<String> rosters() {
        return lines().map(Line::name)
                .filter(name -> name.startsWith("callRoster"))
                .toList();
    }

    List<String> elements(String subscription) {
        return lines().filter(line -> line.name().equals(subscription))
                .findFirst()
                .orElseThrow()
                .elements;
    }

    // What happens in its calls.

    void list(Map<String, Object> started) {
        list(List.of(started));
    }

    /** Lists calls, in one message. */
    void list(List<Map<String, Object>> started) {
        change(List.of(), started);
    }

    /** Takes a call off the list; its subscriptions go on. */
    void unlist(String guid) {
        change(List.of(guid), List.of());
    }

    /** Lists another call instead, in one message; then ends the subscriptions to the first. */
    void replace(String guid, Map<String, Object> next) {
        change(List.of(guid), List.of(next));
        deactivate(guid);
    }

    private void change(List<String> ended, List<Map<String, Object>> started) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String guid : ended) {
            calls.remove(guid);
            rows.add(row("remove", Map.of("call", guid)));
        }
        for (Map<String, Object> call : started) {
            calls.put((String) call.get("call"), call);
            rosters.put((String) call.get("call"), new LinkedHashMap<>());
            rows.add(row("add", call));
        }
        each("calls", null, (socket, line) -> socket.sendRows(line, rows));
    }

    void deactivate(String guid) {
        for (String type : List.of("callRoster", "callInfo")) {
            each(type, guid, (socket, line) -> {
                socket.active.remove(line.index);
                socket.sendState(line, "deactivated");
            });
        }
    }

    /** Takes part in a call no longer. */
    void end(String guid) {
        deactivate(guid);
        unlist(guid);
    }

    void change(String guid, String element, Object value) {
        calls.get(guid).put(element, value);
        Map<String, Object> changed = Map.of("call", guid, element, value);
        each("calls", null, (socket, line) -> socket.sendRows(line, List.of(row("update", changed))));
        each("callInfo", guid, (socket, line) -> socket.sendInfo(line, changed));
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

    private void sendToRosters(String guid, Map<String, Object> row) {
        each("callRoster", guid, (socket, line) -> socket.sendRows(line, List.of(row)));
    }

    private void each(String type, String guid, BiConsumer<Socket, Line> action) {
        for (Socket socket : List.copyOf(sockets)) {
            for (Line line : List.copyOf(socket.active.values())) {
                if (line.type.equals(type) && Objects.equals(line.call, guid)) {
                    action.accept(socket, line);
                }
            }
        }
    }

    private static Map<String, Object> row(String type, Map<String, Object> record) {
        Map<String, Object> row = new LinkedHashMap<>(record);
        row.values().removeIf(Objects::isNull);
        row.put("updateType", type);
        return row;
    }

    // The way to it.

    /** All sockets are lost, and the server can't be connected to. */
    void die() {
        loginFailure = Reason.UNREACHABLE;
        loseSockets();
    }

    void comeBack() {
        loginFailure = null;
    }

    void loseSockets() {
        List.copyOf(sockets).forEach(Socket::lose);
    }

    void loseSocket(int number) {
        sockets.get(number).lose();
    }

    @Override
    public Future<AuthToken> logIn() {
        if (loginFailure != null) {
            return Future.failedFuture(
                    new CmsEventsConnectionException(loginFailure, "cms.example.com:443", "no login"));
        }
        return answersLogins
                ? Future.succeededFuture(new AuthToken("token"))
                : Promise.<AuthToken>promise().future();
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        if (sockets.size() >= socketLimit) {
            return Future.failedFuture(
                    new CmsEventsConnectionException(Reason.SOCKET_REFUSED, "cms.example.com:443", "no socket free"));
        }
        Socket socket = new Socket(listener);
        sockets.add(socket);
        return Future.succeededFuture(socket);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        return Future.succeededFuture();
    }

    private final class Socket implements EventsSocket {
        private final Listener listener;
        /** The list that it goes by, by index; and those lines of it that are active. */
        private Map<Integer, Line> lines = new LinkedHashMap<>();

        private final Map<Integer, Line> active = new LinkedHashMap<>();
        private final Queue<Map<String, Object>> outgoing = new ArrayDeque<>();
        private int messages;
        /** The message that waits for its acknowledgement; 0 when none does. */
        private int sent;

        Socket(Listener listener) {
            this.listener = listener;
        }

        @Override
        public Future<Void> send(String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                if (frame.has("message")) {
                    requests++;
                    loop.after(latency, () -> answer(frame.get("message")));
                } else if (frame.at("/messageAck/messageId").asInt() == sent) {
                    sent = 0;
                    loop.run(this::sendNext);
                } else {
                    throw new AssertionError("not the acknowledgement of message " + sent + ": " + text);
                }
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            return Future.succeededFuture();
        }

        private void answer(JsonNode request) {
            if (!sockets.contains(this)) {
                return;
            }
            Map<Integer, Line> list = new LinkedHashMap<>();
            request.get("subscriptions").forEach(each -> {
                Line line = JSON.convertValue(each, Line.class);
                list.put(line.index, line);
            });
            boolean refused = refusesCalls && list.values().stream().anyMatch(line -> line.call != null);
            Object id = request.get("messageId");
            Map<String, Object> answer = Map.of("messageId", id, "status", refused ? "invalid" : "success");
            write(Map.of("type", "messageAck", "messageAck", answer));
            if (!refused) {
                Map<Integer, Line> before = lines;
                lines = list;
                active.keySet().retainAll(list.keySet());
                list.values().stream()
                        .filter(line -> !before.containsKey(line.index))
                        .forEach(this::begin);
            }
        }

        private void begin(Line line) {
            boolean ofCall = line.call != null;
            if (ofCall && (turnedDown.contains(line.call) || !calls.containsKey(line.call))) {
                sendState(line, "deactivated");
                return;
            }
            sendState(line, "pending");
            if (pending.contains(line.call)) {
                return;
            }
            sendState(line, "active");
            if (ofCall && fickle) {
                sendState(line, "deactivated");
                return;
            }
            active.put(line.index, line);
            if (line.type.equals("callInfo")) {
                sendInfo(line, row("add", calls.get(line.call)));
            } else {
                Map<String, Map<String, Object>> records = ofCall ? rosters.get(line.call) : calls;
                sendRows(
                        line,
                        records.values().stream()
                                .map(record -> row("add", record))
                                .toList());
            }
        }

        private void sendState(Line line, String state) {
            Map<String, Object> entry = Map.of("index", line.index, "state", state);
            send("subscriptionUpdate", Map.of("subscriptions", List.of(entry)));
        }

        private void sendInfo(Line line, Map<String, Object> call) {
            Map<String, Object> info = new LinkedHashMap<>(call);
            info.keySet().retainAll(line.elements);
            if (!info.isEmpty()) {
                send("callInfoUpdate", Map.of("subscriptionIndex", line.index, "callInfo", info));
            }
        }

        private void sendRows(Line line, List<Map<String, Object>> rows) {
            Set<String> keys = new HashSet<>(Set.of("call", "participant", "updateType", "reason"));
            keys.addAll(line.elements);
            List<Map<String, Object>> own = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                Map<String, Object> subscribed = new LinkedHashMap<>(row);
                subscribed.keySet().retainAll(keys);
                if (!row.get("updateType").equals("update") || subscribed.size() > 2) {
                    own.add(subscribed);
                }
            }
            if (!own.isEmpty()) {
                String type = line.call == null ? "callListUpdate" : "rosterUpdate";
                send(type, Map.of("subscriptionIndex", line.index, "updates", own));
            }
        }

        private void send(String type, Map<String, Object> content) {
            Map<String, Object> message = new LinkedHashMap<>(content);
            message.put("messageId", ++messages);
            message.put("type", type);
            outgoing.add(message);
            loop.run(this::sendNext);
        }

        private void sendNext() {
            if (sent == 0 && !outgoing.isEmpty() && sockets.contains(this)) {
                Map<String, Object> message = outgoing.remove();
                sent = (int) message.get("messageId");
                write(Map.of("type", "message", "message", message));
            }
        }

        private void write(Map<String, Object> frame) {
            byte[] text = JSON.valueToTree(frame).toString().getBytes(StandardCharsets.UTF_8);
            listener.received(text, text.length);
        }

        void lose() {
            sockets.remove(this);
            listener.closed(new CmsEventsConnectionException(Reason.LOST, "cms.example.com:443", "lost"));
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public Future<Void> close() {
            abandon(new CmsEventsConnectionException(Reason.CLOSED, "cms.example.com:443", "closed"));
            return Future.succeededFuture();
        }

        @Override
        public void abandon(CmsEventsConnectionException why) {
            if (sockets.remove(this)) {
                loop.run(() -> listener.closed(why));
            }
        }
    }
}
