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

/** One thing that passed between a client and the server. Holds no password and no token. */
public sealed interface JournalEntry {

    /** When the server saw or did it. */
    Instant at();

    /** Which way a frame went. */
    enum Direction {
        /** From the client to the server. */
        IN,
        /** From the server to the client. */
        OUT
    }

    /** Who closed a socket. */
    enum Closer {
        CLIENT,
        SERVER,
        /** Nobody: the TCP connection went away without a closing handshake. */
        NONE
    }

    /** A request for a token, and the HTTP status that it was answered with; 0 when a fault left it without an answer. */
    record Login(Instant at, int status) implements JournalEntry {}

    /**
     * A request to open a socket, and the HTTP status that it was answered with; 0 when a fault left it without an answer.
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
     * A fault that was asked for has happened.
     *
     * @param socket number of the socket; 0 when it was none's
     * @param name of the fault, such as {@code refuseLogin}; see {@link Faults}
     */
    record Fault(Instant at, int socket, String name) implements JournalEntry {}
}
