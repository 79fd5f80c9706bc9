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

/**
 * The component could not connect to a Meeting Server, or lost the connection. The message says what to do, and holds no
 * secret.
 */
public class CmsEventsConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why a connection failed. */
    public enum Reason {
        /** The server refused the login: a wrong password, or a locked or expired account. */
        CREDENTIALS,
        /** The server's certificate is not trusted, or is for another host name. */
        CERTIFICATE,
        /** The server answered that it is busy. */
        BUSY,
        /** The server did not answer, or not in time. */
        UNREACHABLE,
        /** The server refused the socket: other event clients may hold all that it has. */
        SOCKET_REFUSED,
        /** The server's answer does not follow the events protocol. */
        PROTOCOL,
        /** The server or the network closed an open socket. */
        LOST
    }

    private final Reason reason;

    /** @param cause null when there is none; must hold no secret */
    public CmsEventsConnectionException(Reason reason, String message, Throwable cause) {
        // Without a stack trace: it would show the event loop, never the route, and fill the log at each outage.
        super(message, cause, false, false);
        this.reason = reason;
    }

    public CmsEventsConnectionException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason getReason() {
        return reason;
    }
}
