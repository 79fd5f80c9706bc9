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
package io.github.cmsevents.camel.internal.transport;

import io.github.cmsevents.camel.CmsEventsConnectionException;
import io.github.cmsevents.camel.CmsEventsConnectionException.Reason;
import io.netty.channel.ConnectTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in one sentence what went wrong with a server and what to do. */
final class ConnectionFailures {

    private final ServerAddress address;
    private final Duration connectTimeout;
    private final int maxMessageSize;

    ConnectionFailures(ServerAddress address, Duration connectTimeout, int maxMessageSize) {
        this.address = address;
        this.connectTimeout = connectTimeout;
        this.maxMessageSize = maxMessageSize;
    }

    CmsEventsConnectionException loginRefused(int status) {
        return switch (status) {
            case 401 -> failure(Reason.CREDENTIALS, "refused the login (401): check the options username and password");
            case 403 ->
                failure(
                        Reason.CREDENTIALS,
                        "refused the login (403): the account of option username may not use the API;"
                                + " give it the api or admin role");
            case 503 -> failure(Reason.BUSY, "is too busy to answer the login (503)");
            case 404 ->
                failure(
                        Reason.PROTOCOL,
                        "has no /api/v1/authTokens (404): check that option servers names the host and port of the web"
                                + " administration interface");
            default -> failure(Reason.PROTOCOL, "answered the login with the status " + status);
        };
    }

    CmsEventsConnectionException loginWithoutToken(String header) {
        return failure(
                Reason.PROTOCOL,
                "answered the login without the header " + header
                        + ": check that option servers names the web administration interface of a Meeting Server");
    }

    CmsEventsConnectionException socketRefused(int status) {
        return failure(
                Reason.SOCKET_REFUSED,
                "refused the events socket (" + status
                        + "): other event clients may hold all five that it has, or the token was not accepted");
    }

    CmsEventsConnectionException unreachable(String purpose, Throwable cause) {
        if (cause instanceof CmsEventsConnectionException known) {
            return known;
        }
        CertificateException certificate = find(CertificateException.class, cause);
        if (certificate != null) {
            return failure(
                    Reason.CERTIFICATE,
                    "has a certificate that is not trusted (" + firstLine(certificate.getMessage())
                            + "): put its issuer into the trust store of option sslContextParameters, and name the"
                            + " server in option servers as its certificate does");
        }
        SSLException tls = find(SSLException.class, cause);
        if (tls != null) {
            return failure(Reason.CERTIFICATE, "can't be spoken to over TLS (" + firstLine(tls.getMessage()) + ")");
        }
        if (find(UnknownHostException.class, cause) != null) {
            return failure(Reason.UNREACHABLE, "has a host name that can't be resolved: check option servers");
        }
        if (find(TimeoutException.class, cause) != null || find(ConnectTimeoutException.class, cause) != null) {
            return failure(
                    Reason.UNREACHABLE,
                    "did not answer within " + connectTimeout.toMillis() + " ms (option connectTimeout) when asked to "
                            + purpose);
        }
        return failure(Reason.UNREACHABLE, "can't be reached to " + purpose + " (" + describe(cause) + ")");
    }

    CmsEventsConnectionException binaryFrame() {
        return failure(Reason.PROTOCOL, "sent a binary frame, which nobody can acknowledge");
    }

    CmsEventsConnectionException tooLarge() {
        return failure(
                Reason.PROTOCOL, "sent a message of more than " + maxMessageSize + " bytes (option maxMessageSize)");
    }

    CmsEventsConnectionException lost(Short code, String reason) {
        if (code == null) {
            return failure(Reason.LOST, "is no longer connected");
        }
        boolean silent = reason == null || reason.isBlank();
        return failure(Reason.LOST, "closed the socket (" + code + (silent ? "" : ", " + firstLine(reason)) + ")");
    }

    CmsEventsConnectionException lost(Throwable cause) {
        String what = describe(cause);
        boolean tooLarge = what.contains("TooLong") || what.contains("length of") || what.contains("too large");
        return tooLarge ? tooLarge() : failure(Reason.LOST, "is no longer connected (" + what + ")");
    }

    private CmsEventsConnectionException failure(Reason kind, String what) {
        return new CmsEventsConnectionException(kind, "Meeting Server " + address + " " + what);
    }

    private static String describe(Throwable cause) {
        String message = firstLine(cause.getMessage());
        return message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("").trim();
    }

    private static <T extends Throwable> T find(Class<T> type, Throwable cause) {
        // A chain of causes can be circular; none that matters is this deep.
        Throwable current = cause;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
