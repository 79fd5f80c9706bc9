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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cmsevents.simulator.server.SelfSignedCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    @TempDir
    private Path folder;

    @Test
    void speaksTlsWithItsOwnCertificate() throws GeneralSecurityException, IOException {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .tls(SimulatorTls.selfSigned())
                .build()
                .start()) {
            assertThat(server.url()).startsWith("https://127.0.0.1:");
            assertThat(server.eventsUrl()).isEqualTo("wss://127.0.0.1:" + server.port() + "/events/v1");
            HttpClient http = trusting(server.certificatePem());
            try (TestClient client = TestClient.connect(http, server, TestClient.login(http, server))) {
                client.subscribe(1, "{'index': 1, 'type': 'calls'}");
                client.next();
                client.nextAcked();
                client.nextAcked();
                server.createCall("Board");
                assertThat(client.nextAcked().path("updates")).hasSize(1);
                server.dropSockets();
                assertThat(client.closeCode()).isEqualTo(1006);
            }
            assertThatThrownBy(() -> TestClient.login(HttpClient.newHttpClient(), server))
                    .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
            assertThat(server.breaches()).isEmpty();
        }
    }

    @Test
    void changesItsCertificate() throws GeneralSecurityException, IOException {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                        .tls(SimulatorTls.selfSigned())
                        .build()
                        .start();
                MeetingServerSimulator plain = MeetingServerSimulator.builder().build()) {
            String before = server.certificatePem();
            HttpClient trustingBefore = trusting(before);
            assertThat(TestClient.login(trustingBefore, server)).isNotBlank();

            server.faults().restart(server.faults()::changeCertificate);

            assertThat(server.certificatePem()).isNotEqualTo(before);
            assertThatThrownBy(() -> TestClient.login(trustingBefore, server))
                    .hasCauseInstanceOf(javax.net.ssl.SSLException.class);
            assertThat(TestClient.login(trusting(server.certificatePem()), server))
                    .isNotBlank();
            assertThat(FaultsInJournal.of(server)).containsExactly("restart", "changeCertificate");
            assertThatThrownBy(() -> plain.faults().changeCertificate()).isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void theCertificateIsValidForTheLocalNames(String name) throws GeneralSecurityException, IOException {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder()
                .host("0.0.0.0")
                .tls(SimulatorTls.selfSigned())
                .build()
                .start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + name + ":" + server.port() + "/"))
                    .build();
            HttpResponse<Void> response = trusting(server.certificatePem())
                    .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .join();
            assertThat(response.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theCertificateNamesItsHosts() throws GeneralSecurityException, IOException {
        assertThat(SelfSignedCertificates.create("cms.example.com")
                        .certificate()
                        .getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "cms.example.com");
    }

    @Test
    void takesPemFiles() throws GeneralSecurityException, IOException {
        SelfSignedCertificates.Identity identity = SelfSignedCertificates.create("localhost");
        Path certificate = Files.writeString(
                folder.resolve("cert.pem"),
                pem("CERTIFICATE", identity.certificate().getEncoded()));
        Path key = Files.writeString(
                folder.resolve("key.pem"), pem("PRIVATE KEY", identity.key().getEncoded()));
        expectWorking(SimulatorTls.ofPem(certificate, key), identity.certificate());

        assertThatThrownBy(() -> MeetingServerSimulator.builder()
                        .tls(SimulatorTls.ofPem(certificate, certificate))
                        .build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no unencrypted private key in " + certificate);
        assertThatThrownBy(() -> MeetingServerSimulator.builder()
                        .tls(SimulatorTls.ofPem(folder.resolve("missing.pem"), key))
                        .build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("missing.pem");
    }

    @Test
    void takesAKeyStore() throws GeneralSecurityException, IOException {
        SelfSignedCertificates.Identity identity = SelfSignedCertificates.create("localhost");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("cms", identity.key(), "changeit".toCharArray(), new Certificate[] {identity.certificate()});
        Path file = folder.resolve("store.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        expectWorking(SimulatorTls.ofKeyStore(file, "changeit"), identity.certificate());

        assertThatThrownBy(() -> MeetingServerSimulator.builder()
                        .tls(SimulatorTls.ofKeyStore(file, "wrong"))
                        .build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void hasNoCertificateWithoutTls() {
        try (MeetingServerSimulator server = MeetingServerSimulator.builder().build()) {
            assertThatThrownBy(server::certificatePem).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void expectWorking(SimulatorTls tls, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        try (MeetingServerSimulator server =
                MeetingServerSimulator.builder().tls(tls).build().start()) {
            assertThat(read(server.certificatePem())).isEqualTo(certificate);
            assertThat(TestClient.login(trusting(server.certificatePem()), server))
                    .isNotBlank();
        }
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    private static Certificate read(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static HttpClient trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("cms", read(pem));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
