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
package io.github.cmsevents.camel.internal.bridge;

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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The way to a Meeting Server that is not there: the test plays the server. */
final class FakeTransport implements EventsTransport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventLoop loop;
    private long lastMessageId;

    int logins;
    /** Every socket that was opened, in order. */
    final List<Socket> sockets = new ArrayList<>();
    /** The result of a login. */
    Supplier<Future<AuthToken>> login = () -> Future.succeededFuture(new AuthToken("token"));
    /** Why a socket can't be opened; null when it can. */
    Supplier<CmsEventsConnectionException> refusal = () -> null;
    /** Whether a subscribe request is answered, and then whether its list is accepted. */
    boolean answers = true;

    Predicate<JsonNode> accepts = list -> true;
    /** Whether a new line of an accepted list is active at once. */
    Predicate<JsonNode> activates = line -> true;

    FakeTransport(EventLoop loop) {
        this.loop = loop;
    }

    static CmsEventsConnectionException failure(Reason reason) {
        return new CmsEventsConnectionException(reason, "cms.example.com:443", "Meeting Server fails: " + reason);
    }

    void refuseLogins() {
        login = () -> Future.failedFuture(failure(Reason.CREDENTIALS));
    }

    Socket socket() {
        return sockets.get(sockets.size() - 1);
    }

    @Override
    public Future<AuthToken> logIn() {
        logins++;
        return login.get();
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        if (refusal.get() != null) {
            return Future.failedFuture(refusal.get());
        }
        sockets.add(new Socket(listener));
        return Future.succeededFuture(socket());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    final class Socket implements EventsSocket {

        private final Listener listener;
        private final List<JsonNode> sent = new ArrayList<>();
        private final Queue<byte[]> unread = new ArrayDeque<>();
        private final Set<Integer> activated = new HashSet<>();
        boolean closed;
        boolean paused;

        private Socket(Listener listener) {
            this.listener = listener;
        }

        /** Every subscribe request, as its list of subscriptions. */
        List<JsonNode> requests() {
            return sent.stream()
                    .filter(frame -> frame.has("message"))
                    .map(frame -> frame.at("/message/subscriptions"))
                    .toList();
        }

        /** The last request. */
        JsonNode request() {
            return requests().get(requests().size() - 1);
        }

        /** The index that the last request has for this call; null for the list of calls. */
        int indexOf(String call) {
            for (JsonNode line : request()) {
                if (Objects.equals(call, line.path("call").textValue())) {
                    return line.get("index").asInt();
                }
            }
            throw new AssertionError("No subscription for " + call + " in " + request());
        }

        /** The ids of the messages that were acknowledged, repeats included. */
        List<Long> acknowledged() {
            return sent.stream()
                    .filter(frame -> frame.has("messageAck"))
                    .map(frame -> frame.at("/messageAck/messageId").asLong())
                    .toList();
        }

        /** The server says that this index has this state. Returns the message's id, as the next ones do. */
        long state(int index, String state) {
            return message(
                    "'type':'subscriptionUpdate','subscriptions':[{'index':%d,'state':'%s'}]".formatted(index, state));
        }

        /** The server sends one row: "add a". */
        long calls(int index, String row) {
            return rows("callListUpdate", index, "call", row);
        }

        long roster(int index, String row) {
            return rows("rosterUpdate", index, "participant", row);
        }

        private long rows(String type, int index, String key, String row) {
            String[] words = row.split(" ");
            return message("'type':'%s','subscriptionIndex':%d,'updates':[{'%s':'%s','updateType':'%s','name':'n%s'}]"
                    .formatted(type, index, key, words[1], words[0], words[1]));
        }

        long message(String content) {
            frame("{'type':'message','message':{'messageId':%d,%s}}".formatted(++lastMessageId, content));
            return lastMessageId;
        }

        /** The server sends this frame, written with single quotes. */
        void frame(String frame) {
            if (!closed) {
                unread.add(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
                read();
            }
        }

        private void read() {
            while (!paused && !unread.isEmpty()) {
                byte[] text = unread.remove();
                listener.received(text, text.length);
            }
        }

        /** The server answers the request that came last. */
        void answer() {
            JsonNode request = sent.stream()
                    .filter(frame -> frame.has("message"))
                    .reduce((one, next) -> next)
                    .orElseThrow();
            boolean accepted = accepts.test(request());
            frame("{'type':'messageAck','messageAck':{'messageId':%d,'status':'%s'}}"
                    .formatted(request.at("/message/messageId").asLong(), accepted ? "success" : "invalid"));
            for (JsonNode line : accepted ? request() : JSON.createArrayNode()) {
                if (activates.test(line) && activated.add(line.get("index").asInt())) {
                    state(line.get("index").asInt(), "active");
                }
            }
        }

        /** The network or the server ends the socket. */
        void lose(Reason reason) {
            if (!closed) {
                closed = true;
                listener.closed(failure(reason));
            }
        }

        @Override
        public Future<Void> send(String text) {
            if (closed) {
                return Future.failedFuture("The socket is closed");
            }
            try {
                sent.add(JSON.readTree(text));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            if (answers && text.contains("subscribeRequest")) {
                loop.run(this::answer);
            }
            return Future.succeededFuture();
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
            read();
        }

        @Override
        public Future<Void> close() {
            abandon(failure(Reason.LOST));
            return Future.succeededFuture();
        }

        @Override
        public void abandon(CmsEventsConnectionException why) {
            if (!closed) {
                closed = true;
                loop.run(() -> listener.closed(why));
            }
        }
    }
}
