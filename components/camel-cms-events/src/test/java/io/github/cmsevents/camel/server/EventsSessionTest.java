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
package io.github.cmsevents.camel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.camel.feed.Acknowledgement;
import io.github.cmsevents.camel.protocol.MessageDecoder;
import io.github.cmsevents.camel.protocol.ServerMessage.Acknowledgeable;
import io.github.cmsevents.camel.status.Breach;
import io.github.cmsevents.camel.status.ServerActivity;
import io.github.cmsevents.camel.subscription.SubscriptionTable;
import io.github.cmsevents.camel.subscription.SubscriptionTable.Answer;
import io.github.cmsevents.camel.transport.ConnectionException;
import io.github.cmsevents.camel.transport.EventsSocket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
            class Socket implements EventsSocket {
                EventsSession session;
                boolean paused;
                int next;

                void go() {
                    for (int i = 0; i < 400 && !paused && next < MESSAGES; i++) {
                        byte[] text = ("{\"type\":\"message\",\"message\":{\"messageId\":" + next++
                                        + ",\"type\":\"what\"}}")
                                .getBytes(StandardCharsets.US_ASCII);
                        session.received(text, text.length);
                    }
                    if (!paused && next < MESSAGES) {
                        context.runOnContext(turn -> go());
                    }
                }

                @Override
                public void send(String text) {
                    int at = text.indexOf("messageId");
                    if (text.contains("messageAck")) {
                        String digits = text.substring(at).replaceAll("[^0-9]", "");
                        acknowledged.incrementAndGet(Integer.parseInt(digits));
                        count.incrementAndGet();
                    }
                }

                @Override
                public void answerIsNear() {}

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

                @Override
                public Future<Void> close() {
                    return Future.succeededFuture();
                }

                @Override
                public void abandon(ConnectionException why) {}
            }
            Socket socket = new Socket();
            EventsSession.Owner owner = new EventsSession.Owner() {
                @Override
                public void answered(Answer answer) {}

                @Override
                public void messageCame(Acknowledgeable message, Acknowledgement acknowledgement) {
                    Runnable done = acknowledgement.await();
                    if (message.messageId() % 7 == 0) {
                        done.run();
                    } else {
                        threads.execute(done);
                    }
                }

                @Override
                public void breached(Breach breach, String detail) {}

                @Override
                public void ended(EventsSession session, ConnectionException why) {}
            };
            context.runOnContext(turn -> {
                EventsSession session = new EventsSession(
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
                        new Timers(vertx, context),
                        new ServerActivity(),
                        owner);
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
}
