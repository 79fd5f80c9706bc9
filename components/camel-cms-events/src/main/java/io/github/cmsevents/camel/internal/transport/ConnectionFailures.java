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
import io.github.cmsevents.camel.internal.protocol.ServerText;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in one sentence what went wrong with a server and what to do. */
final class ConnectionFailures {

    private static final int NORMAL_CLOSURE = 1000;
    private static final int GOING_AWAY = 1001;

    // A chain of causes can be circular; no real one is this deep.
    private static final int MOST_CAUSES = 20;

    private static final String CHECK_ADDRESS = ": check host and port in option servers, and the firewall";

    private final ServerAddress address;
    private final Duration connectTimeout;
    private final int maxMessageSize;

    ConnectionFailures(ServerAddress address, Duration connectTimeout, int maxMessageSize) {
        this.address = address;
        this.connectTimeout = connectTimeout;
        this.maxMessageSize = maxMessageSize;
    }

    CmsEventsConnectionException loginRefused(HttpAnswer answer) {
        int status = answer.status();
        if (answer.isRedirect()) {
            return failure(Reason.PROTOCOL, redirected("login", answer));
        }
        return switch (status) {
            case 401 ->
                failure(
                        Reason.CREDENTIALS,
                        "refused the login (401): check the options username and password; the password may be wrong, or"
                                + " the account may be locked, expired, or have to change its password at its first login");
            case 403 ->
                failure(
                        Reason.CREDENTIALS,
                        "refused the login (403): check the options username and password; the account may lack the api or"
                                + " admin role, be locked, expired, or have to change its password at its first login, or the"
                                + " password may be wrong");
            case 429, 503 ->
                new CmsEventsConnectionException(
                        Reason.BUSY,
                        address.authority(),
                        message("is too busy to answer the login (" + status + ")"),
                        null,
                        answer.retryAfter());
            case 404 ->
                failure(
                        Reason.PROTOCOL,
                        "has no /api/v1/authTokens (404): check that option servers names the host and port of the web"
                                + " administration interface");
            default -> failure(Reason.PROTOCOL, "answered the login with the status " + status + schemeHint());
        };
    }

    CmsEventsConnectionException loginWithoutToken(String header) {
        return failure(
                Reason.PROTOCOL,
                "answered the login without the header " + header
                        + ": check that option servers names the web administration interface of a Meeting Server");
    }

    CmsEventsConnectionException socketRefused(HttpAnswer answer) {
        String what = answer.isRedirect()
                ? redirected("events socket", answer)
                : "refused the events socket (" + answer.status()
                        + "): its five sockets may be in use (close other event clients, or lower"
                        + " maxConnectionsPerServer), or it did not accept the token";
        return new CmsEventsConnectionException(
                Reason.SOCKET_REFUSED, address.authority(), message(what), null, answer.retryAfter());
    }

    CmsEventsConnectionException upgradeWithoutProof() {
        return failure(
                Reason.PROTOCOL,
                "answered the request for an events socket with something else than a WebSocket handshake: check that"
                        + " option servers names the web administration interface of a Meeting Server");
    }

    CmsEventsConnectionException transportClosed() {
        return failure(Reason.UNREACHABLE, "is not connected to any more: its routes are stopping");
    }

    private String redirected(String what, HttpAnswer answer) {
        String target = origin(answer.header("Location"));
        String redirect = "redirects the " + what + " (" + answer.status() + ")";
        return target == null
                ? redirect + " to another page: check that option servers names the web administration interface of a"
                        + " Meeting Server"
                : redirect + " to " + target + ", where the credentials are not sent: if that is the Meeting Server,"
                        + " write " + target + " in option servers";
    }

    /** The scheme, host and port; null for a page of the same server and for what is no URL. */
    private static String origin(String location) {
        if (location == null) {
            return null;
        }
        try {
            URI uri = new URI(location.trim());
            if (uri.getScheme() == null || uri.getHost() == null) {
                return null;
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return ServerText.of(uri.getScheme() + "://" + uri.getHost() + port);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** @param purpose what was attempted: to ... */
    CmsEventsConnectionException unreachable(String purpose, Throwable cause) {
        if (cause instanceof CmsEventsConnectionException known) {
            return known;
        }
        CertificateException certificate = find(CertificateException.class, cause);
        if (certificate != null) {
            return failure(
                    Reason.CERTIFICATE,
                    "has a certificate that is not trusted (" + describe(certificate)
                            + "): put its issuer, or the certificate itself if it is self-signed, into the trust store of"
                            + " option sslContextParameters, or of the Camel context with"
                            + " useGlobalSslContextParameters=true",
                    cause);
        }
        if (find(NotSslRecordException.class, cause) != null) {
            return failure(
                    Reason.CERTIFICATE,
                    "does not answer with TLS: check the port, or write " + withScheme("http")
                            + " in option servers if it has no TLS",
                    cause);
        }
        if (find(SSLException.class, cause) != null) {
            return failure(
                    Reason.CERTIFICATE,
                    "can't be connected to over TLS (" + describe(root(cause))
                            + "): check the protocols, cipher suites and keys of option sslContextParameters; if the port"
                            + " has no TLS, write " + withScheme("http") + " in option servers",
                    cause);
        }
        if (find(UnknownHostException.class, cause) != null) {
            return failure(
                    Reason.UNREACHABLE,
                    "has a host name that can't be resolved: check option servers, and the DNS and hosts file of this"
                            + " machine",
                    cause);
        }
        if (find(TimeoutException.class, cause) != null || find(ConnectTimeoutException.class, cause) != null) {
            return failure(
                    Reason.UNREACHABLE,
                    "did not answer within " + connectTimeout.toMillis() + " ms (option connectTimeout) when asked to "
                            + purpose + CHECK_ADDRESS,
                    cause);
        }
        if (cause instanceof ClosedChannelException) {
            return failure(
                    Reason.UNREACHABLE,
                    "closed the connection without an answer when asked to " + purpose + schemeHint(),
                    cause);
        }
        if (cause instanceof IllegalArgumentException) {
            return failure(
                    Reason.PROTOCOL,
                    "did not answer with HTTP when asked to " + purpose + " (" + describe(cause) + ")" + schemeHint(),
                    cause);
        }
        return failure(
                Reason.UNREACHABLE,
                "can't be reached to " + purpose + " (" + describe(cause) + ")" + CHECK_ADDRESS,
                cause);
    }

    /** @param names the names in the certificate, in a form fit for a log */
    CmsEventsConnectionException certificateForAnotherName(String names, Throwable cause) {
        return failure(
                Reason.CERTIFICATE,
                "has a trusted certificate, but for " + names + " and not for " + address.host()
                        + ": name the server in option servers as its certificate does, or set"
                        + " hostnameVerification=false",
                cause);
    }

    CmsEventsConnectionException badFrame(DecoderException cause) {
        boolean tooLarge = cause instanceof TooLongFrameException
                || cause instanceof CorruptedWebSocketFrameException corrupted
                        && corrupted.closeStatus() == WebSocketCloseStatus.MESSAGE_TOO_BIG;
        return failure(
                Reason.PROTOCOL,
                tooLarge
                        ? "sent a message of more than " + maxMessageSize + " bytes (option maxMessageSize)"
                        : "violated the WebSocket protocol (" + describe(cause) + ")",
                cause);
    }

    CmsEventsConnectionException binaryFrame() {
        return failure(Reason.PROTOCOL, "sent a binary WebSocket frame, which the events protocol does not have");
    }

    /** @param code negative when the server gave none */
    CmsEventsConnectionException lost(int code, String reason) {
        String why = reason.isBlank() ? "" : ServerText.of(reason);
        String detail = code < 0 ? "without a reason" : why.isEmpty() ? "" + code : code + ", " + why;
        boolean inGoodOrder = code == NORMAL_CLOSURE || code == GOING_AWAY;
        return failure(inGoodOrder ? Reason.CLOSED : Reason.LOST, "closed the socket (" + detail + ")");
    }

    /** @param cause null when the connection was closed without an error */
    CmsEventsConnectionException lost(Throwable cause) {
        return cause == null
                ? failure(Reason.LOST, "is no longer connected")
                : failure(Reason.LOST, "is no longer connected (" + describe(cause) + ")", cause);
    }

    private String schemeHint() {
        return address.tls() ? "" : "; if the port expects TLS, write " + withScheme("https") + " in option servers";
    }

    private String withScheme(String scheme) {
        return scheme + "://" + address.authority();
    }

    private String message(String what) {
        return "Meeting Server " + address + " " + what;
    }

    private CmsEventsConnectionException failure(Reason kind, String what) {
        return failure(kind, what, null);
    }

    private CmsEventsConnectionException failure(Reason kind, String what, Throwable cause) {
        return new CmsEventsConnectionException(
                kind, address.authority(), message(what), isFitToShow(cause) ? cause : null, null);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() || !isFitToShow(cause)
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").trim();
    }

    /** The URI of an upgrade contains the token, and some of Vert.x's messages contain the URI; others quote the server. */
    private static boolean isFitToShow(Throwable cause) {
        Throwable current = cause;
        for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
            String text = String.valueOf(current.getMessage());
            if (text.contains(AuthToken.PARAMETER) || text.chars().anyMatch(c -> c == 0x1b || c == '\r')) {
                return false;
            }
            current = current.getCause();
        }
        return true;
    }

    /** Whether TLS failed because of the server's certificate. */
    static boolean isAboutCertificate(Throwable cause) {
        return find(CertificateException.class, cause) != null;
    }

    private static Throwable root(Throwable cause) {
        Throwable current = cause;
        for (int depth = 0; current.getCause() != null && depth < MOST_CAUSES; depth++) {
            current = current.getCause();
        }
        return current;
    }

    private static <T extends Throwable> T find(Class<T> type, Throwable cause) {
        Throwable current = cause;
        for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
            if (type.isInstance(current)) {
                return type.cast(current);
            }
            current = current.getCause();
        }
        return null;
    }
}
