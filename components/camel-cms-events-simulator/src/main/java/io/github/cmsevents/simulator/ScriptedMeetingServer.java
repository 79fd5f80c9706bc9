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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One or several Meeting Servers that play a {@link Conversation}: they send what its steps say, and wait for what its steps
 * expect of the client. Logins and upgrades are granted, requests acknowledged and subscriptions activated without a step.
 *
 * <pre>{@code
 * try (ScriptedMeetingServer server = ScriptedMeetingServer.playing(Conversation.read(file)).start()) {
 *     // ... connect your client to server.urls() ...
 *     server.await();
 *     assertThat(server.breaches()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Every method may be called from any thread.
 */
public final class ScriptedMeetingServer implements AutoCloseable {

    private final Map<String, MeetingServerSimulator> servers;
    private final ConversationPlayer player;

    private ScriptedMeetingServer(Map<String, MeetingServerSimulator> servers, ConversationPlayer player) {
        this.servers = servers;
        this.player = player;
    }

    /** A builder for servers that play this conversation. */
    public static Builder playing(Conversation conversation) {
        return new Builder(conversation);
    }

    /**
     * Starts the servers and plays the conversation on a thread of its own.
     *
     * @throws java.io.UncheckedIOException when a port is taken
     */
    public ScriptedMeetingServer start() {
        return listen().play();
    }

    /**
     * Starts the servers: clients can connect and subscribe, but no step is played before {@link #play()}.
     *
     * @throws java.io.UncheckedIOException when a port is taken
     */
    public ScriptedMeetingServer listen() {
        player.answerFirstLogins();
        servers.values().forEach(MeetingServerSimulator::start);
        return this;
    }

    /** Plays the conversation on a thread of its own, for a client that is complete only now. */
    public ScriptedMeetingServer play() {
        player.start();
        return this;
    }

    /**
     * Waits until the conversation has been played.
     *
     * @throws ConversationFailedException when the client did not do what a step waits for
     */
    public void await() throws InterruptedException {
        player.await();
    }

    /**
     * Waits until the conversation has been played, but no longer than this.
     *
     * @throws ConversationFailedException when the client did not do what a step waits for, or the time is over
     */
    public void await(Duration atMost) throws InterruptedException {
        player.await(atMost);
    }

    /** Whether the conversation has been played or has failed. */
    public boolean isOver() {
        return player.isOver();
    }

    /** The names of the servers, in the conversation's order. */
    public List<String> names() {
        return List.copyOf(servers.keySet());
    }

    /** One of the servers, with its records: journal, breaches, logins. */
    public MeetingServerSimulator server(String name) {
        MeetingServerSimulator server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("No server '" + name + "'; there are " + servers.keySet());
        }
        return server;
    }

    /** The addresses of all servers, comma-separated, such as {@code http://127.0.0.1:8080,http://127.0.0.1:8081}. */
    public String urls() {
        return servers.values().stream().map(MeetingServerSimulator::url).collect(Collectors.joining(","));
    }

    /**
     * The certificates of all servers, one after the other, as PEM.
     *
     * @throws IllegalStateException without TLS
     */
    public String certificatesPem() {
        return servers.values().stream()
                .map(MeetingServerSimulator::certificatePem)
                .collect(Collectors.joining());
    }

    /** Everything that clients did against the protocol, on any server. */
    public List<Breach> breaches() {
        return servers.values().stream()
                .flatMap(server -> server.breaches().stream())
                .toList();
    }

    /** Ends the conversation and stops the servers. Closing again does nothing. */
    @Override
    public void close() {
        player.stop();
        servers.values().forEach(MeetingServerSimulator::close);
    }

    @Override
    public String toString() {
        return "ScriptedMeetingServer[" + urls() + "]";
    }

    /** Configures a {@link ScriptedMeetingServer}. Defaults: plain HTTP, free ports on the conversation's address. */
    public static final class Builder {

        private final Conversation conversation;
        private final List<Consumer<SimulatorBuilder>> customizers = new ArrayList<>();
        private ClientState client;

        private Builder(Conversation conversation) {
            this.conversation = Objects.requireNonNull(conversation, "conversation");
        }

        /** Customizes each server: credentials, TLS, host, port. Servers get consecutive ports from a given one on. */
        public Builder server(Consumer<SimulatorBuilder> customizer) {
            customizers.add(Objects.requireNonNull(customizer, "customizer"));
            return this;
        }

        /** Answers the steps {@code logSays} and {@code orHealth}. Without it, {@code logSays} is skipped. */
        public Builder client(ClientState state) {
            this.client = Objects.requireNonNull(state, "state");
            return this;
        }

        /** Servers that do not listen yet. */
        public ScriptedMeetingServer build() {
            Signal signal = new Signal();
            Map<String, MeetingServerSimulator> servers = new LinkedHashMap<>();
            for (String name : conversation.servers()) {
                SimulatorBuilder builder = MeetingServerSimulator.builder();
                conversation.bindAddress().ifPresent(builder::host);
                customizers.forEach(customizer -> customizer.accept(builder));
                servers.put(
                        name,
                        builder.portOffset(servers.size())
                                .scripted(entry -> signal.raise())
                                .build());
            }
            return new ScriptedMeetingServer(servers, new ConversationPlayer(conversation, servers, client, signal));
        }

        /** Builds the servers and starts them. */
        public ScriptedMeetingServer start() {
            return build().start();
        }
    }
}
