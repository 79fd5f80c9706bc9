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
package io.github.cmsevents.camel;

import java.time.Duration;

/**
 * The component could not connect to a Meeting Server, or lost the connection. The message says what to do; neither it nor
 * the cause contains a password or token.
 */
public class CmsEventsConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why a connection failed. */
    public enum Reason {
        /** The server refused the login: a wrong password, or an account that is locked, expired or has to change its password. */
        CREDENTIALS,
        /** TLS failed: the server's certificate is not trusted or is for another name, or there is no common protocol. */
        CERTIFICATE,
        /** The server answered that it is busy; see {@link CmsEventsConnectionException#getRetryAfter()}. */
        BUSY,
        /** The server did not answer, or not in time. */
        UNREACHABLE,
        /** The server refused the socket: other event clients may hold all that it has. */
        SOCKET_REFUSED,
        /** The server's answer does not follow the events protocol. */
        PROTOCOL,
        /** The server closed the socket in good order, for instance at the end of a session. */
        CLOSED,
        /** The server or the network cut an open socket off. */
        LOST
    }

    /** Why the connection failed. */
    private final Reason reason;

    /** The Call Bridge, as host:port. */
    private final String server;

    /** How long the server asked to wait. */
    private final Duration retryAfter;

    /**
     * @param server     the Call Bridge, as host:port
     * @param cause      null when there is none; must contain no secret
     * @param retryAfter null when the server did not say
     */
    public CmsEventsConnectionException(
            Reason reason, String server, String message, Throwable cause, Duration retryAfter) {
        // Without a stack trace: it would show the event loop, never the route, and fill the log at each outage.
        super(message, cause, false, false);
        this.reason = reason;
        this.server = server;
        this.retryAfter = retryAfter;
    }

    public CmsEventsConnectionException(Reason reason, String server, String message) {
        this(reason, server, message, null, null);
    }

    public Reason getReason() {
        return reason;
    }

    /** The Call Bridge, as host:port, like the header {@code CamelCmsEventsServer}. */
    public String getServer() {
        return server;
    }

    /** How long the server asked to wait before the next attempt: at most an hour, null when it did not say. */
    public Duration getRetryAfter() {
        return retryAfter;
    }
}
