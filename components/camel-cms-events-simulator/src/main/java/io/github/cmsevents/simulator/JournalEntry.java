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

import java.time.Instant;

/** An event between a client and the server. Contains no password and no token. */
public sealed interface JournalEntry {

    /** The time on the server. */
    Instant at();

    /** The direction of a frame. */
    enum Direction {
        /** From the client to the server. */
        IN,
        /** From the server to the client. */
        OUT
    }

    /** The side that closed a socket. */
    enum Closer {
        CLIENT,
        SERVER,
        /** Neither side: the TCP connection ended without a closing handshake. */
        NONE
    }

    /** A login, and the HTTP status of the reply; 0 when a fault suppressed the reply. */
    record Login(Instant at, int status) implements JournalEntry {}

    /**
     * An upgrade, and the HTTP status of the reply; 0 when a fault suppressed the reply.
     *
     * @param socket number of the socket; 0 when it was refused
     */
    record Upgrade(Instant at, int status, int socket) implements JournalEntry {}

    /** Any other HTTP request; the path comes without its query. */
    record Request(Instant at, String method, String path, int status) implements JournalEntry {}

    /**
     * A WebSocket frame other than a close.
     *
     * @param type {@code text}, {@code binary}, {@code ping}, {@code pong}, {@code continuation} or {@code reserved}
     * @param text content of a text frame; empty for others
     */
    record Frame(Instant at, Direction direction, int socket, String type, String text) implements JournalEntry {}

    /**
     * The end of a socket.
     *
     * @param code WebSocket close code; 1005 for a close without one, 1006 when the connection was lost or cut
     */
    record Closed(Instant at, int socket, Closer by, int code, String reason) implements JournalEntry {}

    /**
     * An injected fault has happened.
     *
     * @param socket number of the socket; 0 for a fault of the whole server
     * @param name of the fault, such as {@code refuseLogin}; see {@link Faults}
     */
    record Fault(Instant at, int socket, String name) implements JournalEntry {}
}
