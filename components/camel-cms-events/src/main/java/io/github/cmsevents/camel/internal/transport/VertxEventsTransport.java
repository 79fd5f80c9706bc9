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

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;

/** Login and socket on Vert.x's own clients. */
public final class VertxEventsTransport implements EventsTransport {

    private static final String TOKEN_HEADER = "X-Cisco-CMS-Auth-Token";

    // A server that is gone does not answer our close frame; Vert.x would wait ten seconds for it.
    private static final int CLOSING_TIMEOUT_SECONDS = 1;

    private final ServerAddress address;
    private final Credentials credentials;
    private final Duration connectTimeout;
    private final HttpClient httpClient;
    private final WebSocketClient webSocketClient;
    private final ConnectionFailures failures;
    private final int maxMessageSize;
    /** For all sockets: they live on the same event loop. */
    private final Vigil vigil;

    /**
     * @param tls           null for Vert.x's defaults, or what {@code clientOptions} says
     * @param clientOptions what the user set; null for Vert.x's defaults
     */
    public VertxEventsTransport(
            Vertx vertx,
            ServerAddress address,
            Credentials credentials,
            TlsSettings tls,
            WebSocketClientOptions clientOptions,
            Duration connectTimeout,
            int maxMessageSize) {
        this.address = address;
        this.credentials = credentials;
        this.connectTimeout = connectTimeout;
        this.maxMessageSize = maxMessageSize;
        this.vigil = new Vigil(vertx);
        this.failures = new ConnectionFailures(address, connectTimeout, maxMessageSize);
        WebSocketClientOptions options = options(address, tls, clientOptions, connectTimeout, maxMessageSize);
        // A token is asked for once in a long while, so its connection is not kept.
        HttpClientOptions loginOptions = new HttpClientOptions(options)
                .setVerifyHost(options.isVerifyHost())
                .setKeepAlive(false);
        this.httpClient = vertx.createHttpClient(loginOptions);
        this.webSocketClient = vertx.createWebSocketClient(options);
        // The first timer of a Vert.x instance has the id 0, which its handshake timeout takes for none
        // (eclipse-vertx/vert.x#5578): it would close a socket that has long been open.
        vertx.cancelTimer(vertx.setTimer(1, id -> {}));
    }

    private static WebSocketClientOptions options(
            ServerAddress address,
            TlsSettings tls,
            WebSocketClientOptions clientOptions,
            Duration connectTimeout,
            int maxMessageSize) {
        WebSocketClientOptions options =
                clientOptions == null ? new WebSocketClientOptions() : new WebSocketClientOptions(clientOptions);
        options.setSsl(address.tls())
                .setConnectTimeout((int) connectTimeout.toMillis())
                .setClosingTimeout(CLOSING_TIMEOUT_SECONDS)
                // The protocol has no ping, but the operating system can still find out that the other side is gone.
                .setTcpKeepAlive(true)
                // A frame is a message (protocol, section 2), so both have the same limit.
                .setMaxFrameSize(maxMessageSize)
                .setMaxMessageSize(maxMessageSize);
        if (tls != null) {
            for (KeyManager keyManager : tls.keyManagers()) {
                if (keyManager instanceof X509KeyManager x509) {
                    options.setKeyCertOptions(KeyCertOptions.wrap(x509));
                }
            }
            for (TrustManager trustManager : tls.trustManagers()) {
                options.setTrustOptions(TrustOptions.wrap(trustManager));
            }
            options.setEnabledSecureTransportProtocols(new LinkedHashSet<>(tls.protocols()));
            tls.cipherSuites().forEach(options::addEnabledCipherSuite);
        }
        return options;
    }

    @Override
    public Future<AuthToken> logIn() {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.tls())
                .setURI("/api/v1/authTokens")
                .setTimeout(connectTimeout.toMillis())
                .putHeader(HttpHeaders.AUTHORIZATION, credentials.toBasicAuthorization())
                .putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        return httpClient
                .request(request)
                .compose(this::exchange)
                .recover(cause -> Future.failedFuture(failures.unreachable("log in", cause)))
                .compose(this::token);
    }

    /** The idle timeout alone would wait for ever for a server that answers a byte at a time. */
    private Future<HttpClientResponse> exchange(HttpClientRequest request) {
        return request.send()
                .compose(response -> response.end().map(response))
                .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> request.reset());
    }

    private Future<AuthToken> token(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(failures.loginRefused(response.statusCode()));
        }
        String token = response.getHeader(TOKEN_HEADER);
        return token == null || token.isBlank()
                ? Future.failedFuture(failures.loginWithoutToken(TOKEN_HEADER))
                : Future.succeededFuture(new AuthToken(token.trim()));
    }

    @Override
    public Future<EventsSocket> open(AuthToken token, EventsSocket.Listener listener) {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(address.host())
                .setPort(address.port())
                .setSsl(address.tls())
                .setURI(token.toEventsUri())
                .setTimeout(connectTimeout.toMillis());
        // Handlers first: a frame that comes before its handler is lost.
        ClientWebSocket webSocket = webSocketClient.webSocket();
        VertxEventsSocket socket = new VertxEventsSocket(webSocket, listener, failures, maxMessageSize, vigil);
        return webSocket
                .connect(options)
                .<EventsSocket>map(socket)
                .recover(cause -> Future.failedFuture(
                        cause instanceof UpgradeRejectedException rejected
                                ? failures.socketRefused(rejected.getStatus())
                                : failures.unreachable("open a socket", cause)));
    }

    @Override
    public Future<Void> close() {
        return Future.join(httpClient.close(), webSocketClient.close()).mapEmpty();
    }
}
