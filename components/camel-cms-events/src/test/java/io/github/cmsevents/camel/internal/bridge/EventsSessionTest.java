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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.internal.bridge.SubscriptionTable.Answer;
import io.github.cmsevents.camel.internal.content.Acknowledgement;
import io.github.cmsevents.camel.internal.protocol.MessageDecoder;
import io.github.cmsevents.camel.internal.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.internal.status.ProtocolViolation;
import io.github.cmsevents.camel.internal.status.ServerActivity;
import io.github.cmsevents.camel.internal.transport.EventsSocket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class EventsSessionTest {

    private static final int MESSAGES = 100_000;

    @Test
    void neverStaysPausedWhoeverAcknowledges() throws Exception {
        Vertx vertx = Vertx.vertx();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Context context = vertx.getOrCreateContext();
            AtomicIntegerArray acknowledged = new AtomicIntegerArray(MESSAGES);
            AtomicInteger count = new AtomicInteger();
            AtomicInteger pauses = new AtomicInteger();
            class Socket extends QuietSocket {
                EventsSession session;
                boolean paused;
                int next;

                void go() {
                    for (int i = 0; i < 400 && !paused && next < MESSAGES; i++) {
                        tell(session, next++);
                    }
                    if (!paused && next < MESSAGES) {
                        context.runOnContext(turn -> go());
                    }
                }

                @Override
                public Future<Void> send(String text) {
                    int at = text.indexOf("messageId");
                    if (text.contains("messageAck")) {
                        String digits = text.substring(at).replaceAll("[^0-9]", "");
                        acknowledged.incrementAndGet(Integer.parseInt(digits));
                        count.incrementAndGet();
                    }
                    Promise<Void> written = Promise.promise();
                    context.runOnContext(turn -> written.complete());
                    return written.future();
                }

                @Override
                public void pause() {
                    paused = true;
                    pauses.incrementAndGet();
                }

                @Override
                public void resume() {
                    paused = false;
                    context.runOnContext(turn -> go());
                }
            }
            Socket socket = new Socket();
            QuietOwner owner = new QuietOwner() {
                @Override
                public void messageCame(Acknowledgeable message, Acknowledgement acknowledgement) {
                    Runnable done = acknowledgement.await();
                    if (message.messageId() % 7 == 0) {
                        done.run();
                    } else {
                        threads.execute(done);
                    }
                }
            };
            context.runOnContext(turn -> {
                EventsSession session = session(new Timers(vertx, context), owner);
                socket.session = session;
                session.begin(socket);
                socket.go();
            });
            await().untilAsserted(() -> assertThat(count).hasValue(MESSAGES));
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(acknowledged.get(i)).isEqualTo(1);
            }
            assertThat(pauses).hasPositiveValue();
        } finally {
            threads.shutdownNow();
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    @Test
    void tellsWhetherTheServerHasManyMessagesOut() {
        List<Boolean> streamed = new ArrayList<>();
        QuietSocket socket = new QuietSocket();
        // What has been given a server does not know before it is written.
        socket.writes = new ArrayDeque<>();
        EventsSession session = session(null, new QuietOwner() {
            @Override
            public void messageCame(Acknowledgeable message, Acknowledgement acknowledgement) {
                streamed.add(acknowledgement.isStreamed());
            }
        });
        session.begin(socket);

        for (int i = 0; i < 8; i++) {
            tell(session, i);
        }
        assertThat(streamed).doesNotContain(true);

        tell(session, 8);
        assertThat(streamed.get(8)).isTrue();

        socket.writes.forEach(Promise::complete);
        tell(session, 9);
        assertThat(streamed.get(9)).isFalse();
    }

    private static void tell(EventsSession session, int id) {
        byte[] text = ("{\"type\":\"message\",\"message\":{\"messageId\":" + id + ",\"type\":\"what\"}}")
                .getBytes(StandardCharsets.US_ASCII);
        session.received(text, text.length);
    }

    private static EventsSession session(Timers timers, EventsSession.Owner owner) {
        return new EventsSession(
                "server",
                new SubscriptionTable(),
                new MessageDecoder(1 << 20),
                new ConnectionOptions(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        0,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofSeconds(2),
                        5,
                        1 << 20),
                timers,
                new ServerActivity(),
                owner);
    }

    /** Writes what it is given at once, unless {@link #writes} is set: then when the test says so. */
    private static class QuietSocket implements EventsSocket {
        Deque<Promise<Void>> writes;

        @Override
        public Future<Void> send(String text) {
            if (writes == null) {
                return Future.succeededFuture();
            }
            writes.add(Promise.promise());
            return writes.getLast().future();
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        @Override
        public void abandon(CmsEventsConnectionException why) {}
    }

    private static class QuietOwner implements EventsSession.Owner {
        @Override
        public void answered(Answer answer) {}

        @Override
        public void messageCame(Acknowledgeable message, Acknowledgement acknowledgement) {}

        @Override
        public void breached(ProtocolViolation breach, String detail) {}

        @Override
        public void ended(EventsSession session, CmsEventsConnectionException why) {}
    }
}
