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
package io.github.cmsevents.simulator;

import io.github.cmsevents.simulator.conversation.ClientState;
import io.github.cmsevents.simulator.conversation.Conversation;
import io.github.cmsevents.simulator.conversation.ConversationFailedException;
import io.github.cmsevents.simulator.conversation.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays the steps of a conversation, one after the other, on a thread of its own. */
final class ConversationPlayer {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationPlayer.class);

    /** How long an acknowledgement may take, in steps that wait for it. */
    private static final Duration ACK_TIMEOUT = Duration.ofSeconds(15);

    /** How often a client's log and health are looked at. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final Conversation conversation;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final ClientState client;
    private final Signal signal;
    private final CompletableFuture<Void> played = new CompletableFuture<>();
    private final Thread thread;
    private int next;

    /** One server and the socket on which the conversation takes place. */
    private static final class Stage {
        private final MeetingServerSimulator server;
        private int socket;
        /** Sockets up to this number were lost by a step. */
        private int lost;

        Stage(MeetingServerSimulator server) {
            this.server = server;
        }

        int requireSocket() {
            if (socket <= lost) {
                throw new IllegalStateException("no socket yet: a step 'expect' has to come before");
            }
            return socket;
        }
    }

    /** @param client null when log and health of the client are unknown */
    ConversationPlayer(
            Conversation conversation, Map<String, MeetingServerSimulator> servers, ClientState client, Signal signal) {
        this.conversation = conversation;
        servers.forEach((name, server) -> stages.put(name, new Stage(server)));
        this.client = client;
        this.signal = signal;
        this.thread = new Thread(this::play, "conversation-player");
        this.thread.setDaemon(true);
    }

    /** Plays the login steps at the beginning, which have to be in force before the servers listen. */
    void answerFirstLogins() {
        while (next < conversation.steps().size() && conversation.steps().get(next) instanceof Step.Login login) {
            answerLogins(login);
            next++;
        }
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
        played.completeExceptionally(new ConversationFailedException(conversation.name() + ": stopped"));
    }

    boolean isOver() {
        return played.isDone();
    }

    void await(Duration atMost) throws InterruptedException {
        try {
            played.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ConversationFailedException(
                    conversation.name() + ": not played within " + atMost.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new ConversationFailedException(e.getCause().getMessage(), e.getCause());
        }
    }

    void await() throws InterruptedException {
        try {
            played.get();
        } catch (ExecutionException e) {
            throw new ConversationFailedException(e.getCause().getMessage(), e.getCause());
        }
    }

    private void play() {
        List<Step> steps = conversation.steps();
        try {
            while (next < steps.size()) {
                play(steps.get(next));
                next++;
            }
            played.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            played.completeExceptionally(new ConversationFailedException(
                    conversation.name() + ": step " + (next + 1) + " ("
                            + steps.get(next).kind() + "): " + e.getMessage(),
                    e));
        }
    }

    private void play(Step step) throws InterruptedException {
        if (step instanceof Step.Expect expect) {
            expect(stage(expect), expect);
        } else if (step instanceof Step.Send send) {
            Stage stage = stage(send);
            int socket = stage.requireSocket();
            awaitAcks(stage, () -> stage.server.scriptedSockets().send(socket, send.message()));
        } else if (step instanceof Step.Raw raw) {
            Stage stage = stage(raw);
            int socket = stage.requireSocket();
            awaitAcks(stage, () -> stage.server.scriptedSockets().sendFrame(socket, raw.frame()));
        } else if (step instanceof Step.AfterAck afterAck) {
            Stage stage = stage(afterAck);
            int socket = stage.requireSocket();
            awaitAcks(stage, () -> stage.server.scriptedSockets().isIdle(socket));
        } else if (step instanceof Step.Wait wait) {
            Thread.sleep(wait.time().toMillis());
        } else if (step instanceof Step.Lose lose) {
            lose(stage(lose), lose.closeCode());
        } else if (step instanceof Step.Silent silent) {
            Stage stage = stage(silent);
            stage.server.faults().on(stage.requireSocket()).silence();
            stage.lost = stage.socket;
        } else if (step instanceof Step.Login login) {
            answerLogins(login);
        } else if (step instanceof Step.Logins logins) {
            MeetingServerSimulator server = stage(logins).server;
            require(
                    () -> server.loginCount() >= logins.count() || isHealth(logins.orHealth()),
                    logins.within(),
                    () -> server.loginCount() + " of " + logins.count() + " logins came");
        } else if (step instanceof Step.LogSays says) {
            awaitLog(says);
        }
    }

    private Stage stage(Step.OnServer step) {
        return stages.get(step.server());
    }

    private void expect(Stage stage, Step.Expect expect) throws InterruptedException {
        BooleanSupplier listed = () -> {
            OptionalInt socket = stage.server
                    .thread()
                    .call(() -> stage.server.scriptedSockets().listing(expect.resources(), stage.lost));
            socket.ifPresent(number -> stage.socket = number);
            return socket.isPresent();
        };
        require(
                listed,
                expect.within(),
                () -> "no request listed " + expect.resources() + "; subscriptions: "
                        + stage.server.subscriptions().stream()
                                .map(one -> one.type() + (one.call() == null ? "" : " " + one.call()))
                                .toList());
    }

    private void awaitAcks(Stage stage, BooleanSupplier onThread) throws InterruptedException {
        require(
                () -> stage.server.thread().call(onThread::getAsBoolean),
                ACK_TIMEOUT,
                () -> stage.server.unackedMessages() + " messages are not acknowledged");
    }

    private static void lose(Stage stage, OptionalInt closeCode) {
        Faults socket = stage.server.faults().on(stage.requireSocket());
        int hit = closeCode.isPresent() ? socket.close(closeCode.getAsInt()) : socket.reset();
        if (hit == 0) {
            throw new IllegalStateException("socket " + stage.socket + " is closed already");
        }
        stage.lost = stage.socket;
    }

    /** Takes this login step's answer and those of the login steps that follow it directly. */
    private void answerLogins(Step.Login first) {
        List<Fault.AnswerLogin> answers = new ArrayList<>(List.of(first.answer()));
        List<Step> steps = conversation.steps();
        while (next + 1 < steps.size()
                && steps.get(next + 1) instanceof Step.Login more
                && more.server().equals(first.server())) {
            answers.add(more.answer());
            next++;
        }
        MeetingServerSimulator server = stage(first).server;
        server.thread().run(() -> server.scriptedSockets().answerLogins(answers));
    }

    private void awaitLog(Step.LogSays says) throws InterruptedException {
        if (client == null) {
            LOG.warn(
                    "{}: step {} (logSays) skipped: the client's log is not known here", conversation.name(), next + 1);
            return;
        }
        require(
                () -> client.logSays(says.text(), says.level().orElse(null)) || isHealth(says.orHealth()),
                says.within(),
                () -> "the client did not log '" + says.text() + "'");
    }

    private boolean isHealth(Optional<String> state) {
        return client != null && state.isPresent() && client.isHealth(state.get());
    }

    private void require(BooleanSupplier condition, Duration within, Supplier<String> missing)
            throws InterruptedException {
        if (!signal.await(condition, within, POLL_INTERVAL)) {
            throw new IllegalStateException(missing.get() + " (waited " + within.toMillis() + " ms)");
        }
    }
}
