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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatorTls;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TlsTest extends CmsEventsTestSupport {

    @TempDir
    Path folder;

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(
            builder -> builder.credentials(USER, PASSWORD).tls(SimulatorTls.selfSigned()));

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @Test
    void aTrustStoreAloneIsEnough() throws Exception {
        configuration().setSslContextParameters(trusting(server().certificatePem()));
        server().createCall("Board");
        route("calls", "cms-events:calls?elements=name").awaitSize(1);
    }

    @Test
    void theGlobalParametersAreUsedWhenEnabled() throws Exception {
        context.setSSLContextParameters(trusting(server().certificatePem()));
        context.getComponent("cms-events", CmsEventsComponent.class).setUseGlobalSslContextParameters(true);
        server().createCall("Board");
        route("calls", "cms-events:calls?elements=name").awaitSize(1);
    }

    @Test
    void aChangedCertificateIsReportedAndTheRouteContinuesWhenItIsTrustedAgain() throws Exception {
        String before = server().certificatePem();
        server().faults().changeCertificate();
        configuration().setSslContextParameters(trusting(before, server().certificatePem()));
        server().createCall("Board");
        SeenExchanges seen = route("calls", "cms-events:calls?elements=name").awaitSize(1);

        server().faults().restart(server().faults()::changeCertificate);
        CmsEventsConsumer consumer =
                (CmsEventsConsumer) context.getRoute("calls").getConsumer();
        await().untilAsserted(
                        () -> assertThat(consumer.getLastProblem()).contains("a certificate that is not trusted"));

        context.getRouteController().stopRoute("calls");
        configuration().setSslContextParameters(trusting(server().certificatePem()));
        // Another URI: Camel keeps the endpoint of the first, and with it the trust store.
        route("renewed", "cms-events:calls?elements=name&merge=false", seen);
        seen.awaitSize(2);
    }

    @Test
    void anUntrustedCertificateIsReported() throws Exception {
        assertThat(problemOf("cms-events:calls?elements=name"))
                .startsWith("Meeting Server " + server().url() + " has a certificate that is not trusted")
                .contains("sslContextParameters", "useGlobalSslContextParameters");
        assertThat(server().loginCount()).isZero();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux answers at all of 127.0.0.0/8 without being set up to")
    void aCertificateForAnotherHostIsReported() throws Exception {
        try (MeetingServerSimulator everywhere = MeetingServerSimulator.builder()
                .host("0.0.0.0")
                .credentials(USER, PASSWORD)
                .tls(SimulatorTls.selfSigned())
                .build()
                .start()) {
            configuration().setSslContextParameters(trusting(everywhere.certificatePem()));
            assertThat(problemOf("cms-events:calls?elements=name&servers=https://127.0.0.2:" + everywhere.port()))
                    .contains("has a trusted certificate, but for 'localhost', '127.0.0.1'")
                    .contains("not for 127.0.0.2", "hostnameVerification=false")
                    .contains("name the server in option servers as its certificate does");
        }
    }

    private String problemOf(String uri) throws Exception {
        List<String> problems = new CopyOnWriteArrayList<>();
        context.getRegistry().bind("problems", new SeenProblems(problems));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri + "&exceptionHandler=#problems").to("log:none?level=OFF");
            }
        });
        await().until(() -> !problems.isEmpty());
        return problems.get(0);
    }

    private SSLContextParameters trusting(String... pems) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (String pem : pems) {
            store.setCertificateEntry(
                    "cms" + store.size(),
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
        }
        Path file = folder.resolve("trust" + pems[0].hashCode() + ".p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        KeyStoreParameters trust = new KeyStoreParameters();
        trust.setResource("file:" + file);
        trust.setPassword("changeit");
        trust.setType("PKCS12");
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(trust);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
