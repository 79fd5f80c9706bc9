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
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.github.cmsevents.camel.internal.transport.EventsTransport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A way to a Meeting Server that is not there: the test answers for it. */
final class FakeTransport implements EventsTransport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Context context;
    private final List<Socket> sockets = new ArrayList<>();
    private int logins;

    /** What a login comes to. */
    Supplier<Future<AuthToken>> login = () -> Future.succeededFuture(new AuthToken("token"));

    /** Whether a subscribe request is accepted. */
    Predicate<JsonNode> accepts = request -> true;

    /** Whether a subscribe request is answered at all. */
    boolean answers = true;

    /** Whether a socket is closed again before it is handed over. */
    boolean closesAtOnce;

    FakeTransport(Context context) {
        this.context = context;
    }

    int logins() {
        return logins;
    }

    /** Every socket that was opened, in order. */
    List<Socket> sockets() {
        return sockets;
    }

    Socket lastSocket() {
        return sockets.get(sockets.size() - 1);
    }

    @Override
    public Future<AuthToken> logIn() {
        logins++;
        return login.get();
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        Socket socket = new Socket(listener);
        sockets.add(socket);
        if (closesAtOnce) {
            socket.lose();
        }
        return Future.succeededFuture(socket);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    final class Socket implements EventsSocket {

        private final Listener listener;
        private final List<JsonNode> sent = new ArrayList<>();
        private boolean closed;

        private Socket(Listener listener) {
            this.listener = listener;
        }

        boolean isClosed() {
            return closed;
        }

        /** The subscribe requests that came, each as its list of subscriptions. */
        List<JsonNode> requests() {
            return sent.stream()
                    .filter(frame ->
                            "subscribeRequest".equals(frame.at("/message/type").asText()))
                    .map(frame -> frame.at("/message/subscriptions"))
                    .toList();
        }

        /** The ids that were acknowledged. */
        List<Long> acknowledged() {
            return sent.stream()
                    .filter(frame -> frame.has("messageAck"))
                    .map(frame -> frame.at("/messageAck/messageId").asLong())
                    .toList();
        }

        /** The server sends this, written with single quotes. */
        void tell(String frame) {
            byte[] text = frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            listener.received(text, text.length);
        }

        void answerLastRequest() {
            JsonNode last = sent.stream()
                    .filter(frame -> frame.has("message"))
                    .reduce((one, next) -> next)
                    .orElseThrow();
            answer(last.get("message"));
        }

        /** The network goes away. */
        void lose() {
            closed = true;
            listener.closed(new CmsEventsConnectionException(Reason.LOST, "lost"));
        }

        @Override
        public Future<Void> send(String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                sent.add(frame);
                if (frame.has("message") && answers) {
                    context.runOnContext(hop -> answer(frame.get("message")));
                }
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
            return Future.succeededFuture();
        }

        private void answer(JsonNode request) {
            tell("{'type':'messageAck','messageAck':{'messageId':%d,'status':'%s'}}"
                    .formatted(request.get("messageId").asLong(), accepts.test(request) ? "success" : "invalid"));
        }

        @Override
        public void pause() {
            // Nothing comes but what the test tells.
        }

        @Override
        public void resume() {
            // As it was.
        }

        @Override
        public Future<Void> close() {
            if (!closed) {
                closed = true;
                context.runOnContext(
                        hop -> listener.closed(new CmsEventsConnectionException(Reason.LOST, "closed by us")));
            }
            return Future.succeededFuture();
        }

        @Override
        public void abandon(CmsEventsConnectionException why) {
            close();
        }
    }
}
