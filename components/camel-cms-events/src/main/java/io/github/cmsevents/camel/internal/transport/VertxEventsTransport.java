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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Login and socket on Vert.x's HTTP client. Each connection has a client of its own: to close that is the only way to end a
 * connection at once, even with bytes that the server does not read.
 */
public final class VertxEventsTransport implements EventsTransport {

    private static final String TOKEN_HEADER = "X-Cisco-CMS-Auth-Token";

    private final Vertx vertx;
    private final ServerAddress address;
    private final Credentials credentials;
    private final Duration connectTimeout;
    private final int maxMessageSize;
    private final HttpClientOptions options;
    private final HostResolver resolver;
    private final ConnectionFailures failures;
    private final Set<HttpClient> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Of the addresses of the server's name, the one in use; null before the first. */
    private InetAddress current;

    private boolean currentFailed;

    /**
     * @param tls                  null for Vert.x's defaults, or what {@code clientOptions} says
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
            HttpClientOptions options,
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

    static HttpClientOptions options(
            ServerAddress address,
            TlsSettings tls,
            boolean hostnameVerification,
            WebSocketClientOptions clientOptions,
            Duration connectTimeout) {
        HttpClientOptions options =
                clientOptions == null ? new HttpClientOptions() : new HttpClientOptions(clientOptions);
        options.setSsl(address.tls())
                .setVerifyHost(hostnameVerification && (clientOptions == null || clientOptions.isVerifyHost()))
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
        RequestOptions request = request(HttpMethod.POST, "/api/v1/authTokens")
                .putHeader(HttpHeaders.AUTHORIZATION, credentials.toBasicAuthorization())
                .putHeader(HttpHeaders.CONTENT_LENGTH, "0")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        HttpClient client = newClient(options);
        return serverForLogin()
                .compose(server -> exchange(
                        client, request.setServer(server), sent -> sent.send().compose(this::token)))
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> explain("log in", cause))
                // The answer's head is all that matters, so the rest is not read.
                .onComplete(done -> end(client));
    }

    private Future<AuthToken> token(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(failures.loginRefused(Answer.of(response)));
        }
        String token = response.getHeader(TOKEN_HEADER);
        return token == null || token.isBlank()
                ? Future.failedFuture(failures.loginWithoutToken(TOKEN_HEADER))
                : Future.succeededFuture(new AuthToken(token.trim()));
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        if (closed) {
            return Future.failedFuture(failures.transportClosed());
        }
        UpgradeKey key = UpgradeKey.create();
        RequestOptions request = request(HttpMethod.GET, token.toEventsUri())
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE)
                .putHeader(HttpHeaders.UPGRADE, "websocket")
                .putHeader("Sec-WebSocket-Version", "13")
                .putHeader("Sec-WebSocket-Key", key.value());
        EventLoop loop = new VertxEventLoop(vertx, vertx.getOrCreateContext());
        HttpClient client = newClient(options);
        return serverOfLogin()
                .compose(server -> exchange(client, request.setServer(server), sent -> sent.connect()
                        .compose(response -> socket(client, response, key, loop, listener))))
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(cause -> explain("open a socket", cause))
                .onFailure(cause -> end(client));
    }

    private Future<EventsSocket> socket(
            HttpClient client,
            HttpClientResponse response,
            UpgradeKey key,
            EventLoop loop,
            EventsSocket.Listener listener) {
        if (response.statusCode() != 101) {
            return Future.failedFuture(failures.socketRefused(Answer.of(response)));
        }
        if (!key.answer().equals(response.getHeader("Sec-WebSocket-Accept"))) {
            return Future.failedFuture(failures.upgradeWithoutProof());
        }
        // In this very turn: what the server sends behind its answer would be lost without a handler.
        return Future.succeededFuture(new VertxEventsSocket(
                response.netSocket(),
                new FrameReader(maxMessageSize, failures),
                loop,
                failures,
                listener,
                () -> end(client)));
    }

    /** Without Vert.x's own timeout: its message contains the URI, and with it the token. */
    private RequestOptions request(HttpMethod method, String uri) {
        return new RequestOptions()
                .setMethod(method)
                .setHost(address.hostInUrl())
                .setPort(address.port())
                .setSsl(address.tls())
                .setURI(uri);
    }

    private <T> Future<T> exchange(
            HttpClient client, RequestOptions request, Function<HttpClientRequest, Future<T>> exchange) {
        return client.request(request).compose(sent -> {
            // The futures report all failures; without handlers Vert.x would log them as well.
            sent.exceptionHandler(reported -> {});
            sent.connection().exceptionHandler(reported -> {});
            sent.response().onSuccess(response -> response.exceptionHandler(reported -> {}));
            return exchange.apply(sent);
        });
    }

    /** Each login resolves the name anew; an address that failed gives way to the next. */
    private Future<SocketAddress> serverForLogin() {
        if (options.getProxyOptions() != null) {
            return Future.succeededFuture(SocketAddress.inetSocketAddress(address.port(), address.host()));
        }
        return vertx.executeBlocking(() -> resolver.resolve(address.host()), false)
                .map(addresses -> {
                    int index = current == null ? -1 : addresses.indexOf(current);
                    if (index < 0 || currentFailed) {
                        current = addresses.get((index + 1) % addresses.size());
                        currentFailed = false;
                    }
                    return socketAddress(current);
                });
    }

    /** A token is good only at the server that gave it, and a name may stand for several. */
    private Future<SocketAddress> serverOfLogin() {
        return current == null ? serverForLogin() : Future.succeededFuture(socketAddress(current));
    }

    private SocketAddress socketAddress(InetAddress resolved) {
        return SocketAddress.inetSocketAddress(new InetSocketAddress(resolved, address.port()));
    }

    private <T> Future<T> explain(String purpose, Throwable cause) {
        if (closed) {
            return Future.failedFuture(failures.transportClosed());
        }
        currentFailed = !(cause instanceof CmsEventsConnectionException);
        if (!options.isVerifyHost() || !ConnectionFailures.isAboutCertificate(cause)) {
            return Future.failedFuture(failures.unreachable(purpose, cause));
        }
        // Java does not say which names a certificate has: connects once more without verifying the name, and sends
        // nothing.
        HttpClient client = newClient(new HttpClientOptions(options).setVerifyHost(false));
        return serverOfLogin()
                .compose(server -> exchange(
                        client, request(HttpMethod.GET, "/").setServer(server), VertxEventsTransport::certificateNames))
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(done -> end(client))
                .transform(names -> Future.failedFuture(
                        names.succeeded()
                                ? failures.certificateForAnotherName(names.result(), cause)
                                : failures.unreachable(purpose, cause)));
    }

    private static Future<String> certificateNames(HttpClientRequest unsent) {
        try {
            return Future.succeededFuture(
                    CertificateNames.of(unsent.connection().peerCertificates()));
        } catch (SSLPeerUnverifiedException e) {
            return Future.failedFuture(e);
        }
    }

    private HttpClient newClient(HttpClientOptions clientOptions) {
        // One connection needs no timer that looks for idle ones.
        HttpClient client = vertx.createHttpClient(clientOptions, new PoolOptions().setCleanerPeriod(0));
        clients.add(client);
        return client;
    }

    private void end(HttpClient client) {
        if (clients.remove(client)) {
            client.close();
        }
    }

    @Override
    public Future<Void> close() {
        closed = true;
        List<Future<Void>> ended = clients.stream().map(HttpClient::close).toList();
        clients.clear();
        return Future.join(ended).mapEmpty();
    }
}
