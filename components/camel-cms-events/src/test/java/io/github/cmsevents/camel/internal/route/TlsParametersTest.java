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
package io.github.cmsevents.camel.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.github.cmsevents.camel.internal.transport.TlsSettings;
import io.github.cmsevents.camel.internal.transport.VertxEventsTransport;
import io.github.cmsevents.simulator.server.SelfSignedCertificates;
import io.github.cmsevents.simulator.server.SelfSignedCertificates.Identity;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextClientParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What of Camel's TLS options reaches the server. */
class TlsParametersTest {

    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<ExtendedSSLSession> session = new CompletableFuture<>();
    private Identity one;
    private Identity two;
    private ServerSocket server;
    private boolean plain;

    @BeforeEach
    void makeKeys() throws Exception {
        one = SelfSignedCertificates.create("one");
        two = SelfSignedCertificates.create("two");
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private KeyStore store(Identity... identities) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Identity identity : identities) {
            String name = identity == one ? "one" : "two";
            store.setKeyEntry(name, identity.key(), STORE_PASSWORD, new Certificate[] {identity.certificate()});
        }
        return store;
    }

    /** A TLS server that trusts both keys and answers each login. */
    private int start(Identity own) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(own), STORE_PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("one", one.certificate());
        trusted.setCertificateEntry("two", two.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        server = plain ? new ServerSocket(0) : context.getServerSocketFactory().createServerSocket(0);
        if (server instanceof SSLServerSocket tls) {
            tls.setWantClientAuth(true);
        }
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                if (connection instanceof SSLSocket tls) {
                    tls.startHandshake();
                    session.complete((ExtendedSSLSession) tls.getSession());
                }
                byte[] request = new byte[4096];
                if (connection.getInputStream().read(request) > 0) {
                    connection
                            .getOutputStream()
                            .write((plain
                                            ? "HTTP/1.1 400 Bad\r\n\r\n"
                                            : "HTTP/1.1 200 OK\r\nX-Cisco-CMS-Auth-Token: t\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // A client that ends the handshake; the next one may do better.
            }
        }
    }

    private KeyStoreParameters file(KeyStore store, String name) throws Exception {
        Path file = folder.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, STORE_PASSWORD);
        }
        KeyStoreParameters parameters = new KeyStoreParameters();
        parameters.setResource("file:" + file);
        parameters.setPassword("changeit");
        parameters.setType("PKCS12");
        return parameters;
    }

    private SSLContextParameters trusting(Identity identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("trusted", identity.certificate());
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(file(store, "trust.p12"));
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private void logIn(SSLContextParameters parameters, String host, int port, boolean hostnameVerification)
            throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            TlsSettings tls = TlsParameters.settings(parameters, camel);
            VertxEventsTransport transport = new VertxEventsTransport(
                    vertx,
                    new ServerAddress(true, host, port),
                    new Credentials("bob", "secret"),
                    tls,
                    hostnameVerification,
                    null,
                    Duration.ofSeconds(20),
                    1 << 20);
            CompletableFuture<Object> done = new CompletableFuture<>();
            vertx.runOnContext(
                    turn -> transport.logIn().onSuccess(done::complete).onFailure(done::completeExceptionally));
            done.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void certAliasChoosesTheKey() throws Exception {
        int port = start(one);
        SSLContextParameters parameters = trusting(one);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(file(store(one, two), "keys.p12"));
        keys.setKeyPassword("changeit");
        parameters.setKeyManagers(keys);
        parameters.setCertAlias("two");

        logIn(parameters, "localhost", port, true);

        assertThat(session.get(30, TimeUnit.SECONDS).getPeerCertificates()).containsExactly(two.certificate());
    }

    @Test
    void clientParametersChooseSniNameAndProtocol() throws Exception {
        int port = start(one);
        SSLContextParameters parameters = trusting(one);
        SSLContextClientParameters client = new SSLContextClientParameters();
        client.setSniHostName("cms.example.com");
        SecureSocketProtocolsParameters protocols = new SecureSocketProtocolsParameters();
        protocols.setSecureSocketProtocol(List.of("TLSv1.2"));
        client.setSecureSocketProtocols(protocols);
        parameters.setClientParameters(client);

        logIn(parameters, "localhost", port, true);

        ExtendedSSLSession seen = session.get(30, TimeUnit.SECONDS);
        assertThat(seen.getRequestedServerNames()).containsExactly(new SNIHostName("cms.example.com"));
        assertThat(seen.getProtocol()).isEqualTo("TLSv1.2");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux answers at all of 127.0.0.0/8 without being set up to")
    void withoutHostnameVerificationACertificateMayBeForAnotherName() throws Exception {
        int port = start(one);
        SSLContextParameters parameters = trusting(one);

        assertThatThrownBy(() -> logIn(parameters, "127.0.0.2", port, true)).hasMessageContaining("not for 127.0.0.2");
        logIn(parameters, "127.0.0.2", port, false);
    }

    @Test
    void withoutHostnameVerificationTheChainIsStillVerified() throws Exception {
        int port = start(two);
        SSLContextParameters parameters = trusting(one);
        assertThatThrownBy(() -> logIn(parameters, "localhost", port, false))
                .hasMessageContaining("has a certificate that is not trusted");
    }

    @Test
    void keysAloneLeaveTheTrustToTheJvm() throws Exception {
        int port = start(one);
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(file(store(two), "keys.p12"));
        keys.setKeyPassword("changeit");
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        assertThatThrownBy(() -> logIn(parameters, "localhost", port, true))
                .hasMessageContaining("has a certificate that is not trusted");
    }

    @Test
    void aPortWithoutTlsIsHintedAt() throws Exception {
        plain = true;
        int port = start(one);
        assertThatThrownBy(() -> logIn(trusting(one), "localhost", port, true))
                .hasMessageContaining("write http://localhost:" + port + " in option servers");
    }
}
