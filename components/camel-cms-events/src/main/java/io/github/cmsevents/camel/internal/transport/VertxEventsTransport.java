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
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Login and socket over Vert.x. */
public final class VertxEventsTransport implements EventsTransport {

    private static final String TOKEN_HEADER = "X-Cisco-CMS-Auth-Token";

    private final Vertx vertx;
    private final ServerAddress address;
    private final Credentials credentials;
    private final Duration connectTimeout;
    private final int maxMessageSize;
    private final NetClientOptions options;
    private final HostResolver resolver;
    private final ConnectionFailures failures;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Of the addresses of the server's name, the one in use; null before the first. */
    private InetAddress current;

    private boolean currentFailed;

    /**
     * @param tls                  null for the JVM's defaults, or what {@code clientOptions} says
     * @param hostnameVerification whether the server's certificate must be for the host in {@code address}
     * @param clientOptions        what the user set; null for Vert.x's defaults
     */
    public VertxEventsTransport(
            Vertx vertx,
            ServerAddress address,
            Credentials credentials,
            TlsSettings tls,
            boolean hostnameVerification,
            WebSocketClientOptions clientOptions,
            Duration connectTimeout,
            int maxMessageSize) {
        this(
                vertx,
                address,
                credentials,
                options(address, tls, hostnameVerification, clientOptions, connectTimeout),
                connectTimeout,
                maxMessageSize,
                HostResolver.SYSTEM);
    }

    VertxEventsTransport(
            Vertx vertx,
            ServerAddress address,
            Credentials credentials,
            NetClientOptions options,
            Duration connectTimeout,
            int maxMessageSize,
            HostResolver resolver) {
        this.vertx = vertx;
        this.address = address;
        this.credentials = credentials;
        this.options = options;
        this.connectTimeout = connectTimeout;
        this.maxMessageSize = maxMessageSize;
        this.resolver = resolver;
        this.failures = new ConnectionFailures(address, connectTimeout, maxMessageSize);
    }

    static NetClientOptions options(
            ServerAddress address,
            TlsSettings tls,
            boolean hostnameVerification,
            WebSocketClientOptions clientOptions,
            Duration connectTimeout) {
        NetClientOptions options = clientOptions == null ? new NetClientOptions() : new NetClientOptions(clientOptions);
        boolean verifyHost = hostnameVerification && (clientOptions == null || clientOptions.isVerifyHost());
        options.setSsl(address.tls())
                .setHostnameVerificationAlgorithm(verifyHost ? "HTTPS" : "")
                .setConnectTimeout((int) connectTimeout.toMillis())
                // The protocol has no ping, but the operating system can still find out that the other side is gone.
                .setTcpKeepAlive(true)
                // It would show the password and the token.
                .setLogActivity(false);
        if (tls != null) {
            options.setSslEngineOptions(new JsseEngineOptions(tls))
                    .setEnabledSecureTransportProtocols(
                            new LinkedHashSet<>(List.of(tls.parameters().getProtocols())));
        }
        return options;
    }

    @Override
    public Future<AuthToken> logIn() {
        if (closed) {
            return Future.failedFuture(failures.transportClosed());
        }
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("Authorization", credentials.toBasicAuthorization())
                .set("Content-Length", 0)
                .set("Connection", "close");
        Connection connection = newConnection(options);
        return serverForLogin()
                .compose(connection::open)
                .compose(socket -> HttpExchange.send(socket, address, HttpMethod.POST, "/api/v1/authTokens", headers))
                .compose(this::token)
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> explain("log in", cause))
                .onComplete(done -> end(connection));
    }

    private Future<AuthToken> token(HttpAnswer answer) {
        if (answer.status() != 200) {
            return Future.failedFuture(failures.loginRefused(answer));
        }
        String token = answer.header(TOKEN_HEADER);
        return token == null || token.isBlank()
                ? Future.failedFuture(failures.loginWithoutToken(TOKEN_HEADER))
                : Future.succeededFuture(new AuthToken(token));
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        if (closed) {
            return Future.failedFuture(failures.transportClosed());
        }
        UpgradeKey key = UpgradeKey.create();
        EventLoop loop = new VertxEventLoop(vertx, vertx.getOrCreateContext());
        Connection connection = newConnection(options);
        return serverOfLogin()
                .compose(connection::open)
                .compose(
                        socket -> HttpExchange.send(socket, address, HttpMethod.GET, token.toEventsUri(), key.headers())
                                .compose(answer -> upgraded(answer, key, connection))
                                .<EventsSocket>map(answer -> new VertxEventsSocket(
                                        socket,
                                        Codec.webSocket(maxMessageSize),
                                        answer.rest(),
                                        loop,
                                        failures,
                                        listener,
                                        () -> end(connection))))
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> explain("open a socket", cause))
                .onFailure(cause -> end(connection));
    }

    private Future<HttpAnswer> upgraded(HttpAnswer answer, UpgradeKey key, Connection connection) {
        // An answer after the timeout: the attempt has failed already, so its listener must not hear of a socket.
        if (!connections.contains(connection)) {
            return Future.failedFuture(new ClosedChannelException());
        }
        if (answer.status() != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            return Future.failedFuture(failures.socketRefused(answer));
        }
        return key.isAnsweredBy(answer)
                ? Future.succeededFuture(answer)
                : Future.failedFuture(failures.upgradeWithoutProof());
    }

    /** Each login resolves the name anew; an address that failed gives way to the next. */
    private Future<SocketAddress> serverForLogin() {
        if (options.getProxyOptions() != null) {
            return Future.succeededFuture(SocketAddress.inetSocketAddress(address.port(), address.host()));
        }
        return addresses()
                .compose(addresses -> {
                    int index = current == null ? -1 : addresses.indexOf(current);
                    if (index < 0 || currentFailed) {
                        current = addresses.get((index + 1) % addresses.size());
                        currentFailed = false;
                    }
                    return socketAddress(current);
                })
                .recover(this::orByName);
    }

    private Future<List<InetAddress>> addresses() {
        if (NetUtil.isValidIpV4Address(address.host()) || NetUtil.isValidIpV6Address(address.host())) {
            // Nothing to look up, so no thread is needed.
            return Future.future(promise -> {
                try {
                    promise.complete(List.of(InetAddress.getByName(address.host())));
                } catch (UnknownHostException e) {
                    promise.fail(e);
                }
            });
        }
        return vertx.executeBlocking(() -> resolver.resolve(address.host()), false);
    }

    /** Vert.x may know names that the machine does not: those of the user's address resolver options. */
    private Future<SocketAddress> orByName(Throwable cause) {
        current = null;
        return cause instanceof UnknownHostException
                ? Future.succeededFuture(SocketAddress.inetSocketAddress(address.port(), address.host()))
                : Future.failedFuture(cause);
    }

    /** A token is good only at the server that gave it, and a name may stand for several. */
    private Future<SocketAddress> serverOfLogin() {
        return current == null ? serverForLogin() : socketAddress(current);
    }

    /** An address that carries the configured name, which the certificate is verified against. */
    private Future<SocketAddress> socketAddress(InetAddress resolved) {
        try {
            InetAddress named = resolved instanceof Inet6Address v6
                    ? Inet6Address.getByAddress(address.host(), v6.getAddress(), v6.getScopeId())
                    : InetAddress.getByAddress(address.host(), resolved.getAddress());
            return Future.succeededFuture(
                    SocketAddress.inetSocketAddress(new InetSocketAddress(named, address.port())));
        } catch (UnknownHostException e) {
            return Future.failedFuture(e);
        }
    }

    private <T> Future<T> explain(String purpose, Throwable cause) {
        if (closed) {
            return Future.failedFuture(failures.transportClosed());
        }
        currentFailed = !(cause instanceof CmsEventsConnectionException);
        if (options.getHostnameVerificationAlgorithm().isEmpty() || !ConnectionFailures.isAboutCertificate(cause)) {
            return Future.failedFuture(failures.unreachable(purpose, cause));
        }
        // Java does not say which names a certificate has: connects once more without verifying the name, sends
        // nothing.
        Connection connection = newConnection(new NetClientOptions(options).setHostnameVerificationAlgorithm(""));
        return serverOfLogin()
                .compose(connection::open)
                .compose(VertxEventsTransport::certificateNames)
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> end(connection))
                .transform(names -> Future.failedFuture(
                        names.succeeded()
                                ? failures.certificateForAnotherName(names.result(), cause)
                                : failures.unreachable(purpose, cause)));
    }

    private static Future<String> certificateNames(NetSocket connection) {
        connection.exceptionHandler(reported -> {});
        try {
            return Future.succeededFuture(CertificateNames.of(connection.peerCertificates()));
        } catch (SSLPeerUnverifiedException e) {
            return Future.failedFuture(e);
        }
    }

    private Connection newConnection(NetClientOptions clientOptions) {
        Connection connection = new Connection(vertx.createNetClient(clientOptions));
        connections.add(connection);
        return connection;
    }

    private void end(Connection connection) {
        if (connections.remove(connection)) {
            connection.end();
        }
    }

    @Override
    public Future<Void> close() {
        closed = true;
        List<Future<Void>> ended = connections.stream().map(Connection::end).toList();
        connections.clear();
        return Future.join(ended).mapEmpty();
    }
}
