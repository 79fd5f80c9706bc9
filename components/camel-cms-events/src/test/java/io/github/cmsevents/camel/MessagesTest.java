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
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.cmsevents.simulator.Fault;
import io.github.cmsevents.simulator.MeetingServerSimulator;
import io.github.cmsevents.simulator.SimulatorTls;
import io.github.cmsevents.simulator.junit.MeetingServerExtension;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.logging.log4j.Level;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new user reads in the log when something is wrong, word for word. */
class MessagesTest extends CmsEventsTestSupport {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String GUID = "11111111-2222-3333-4444-555555555555";
    private static final String TRUST =
            ": put its issuer, or the certificate itself if it is self-signed, into the trust"
                    + " store of option sslContextParameters, or of the Camel context with useGlobalSslContextParameters=true;"
                    + " retrying in N s, and until it succeeds";

    @TempDir
    Path folder;

    @RegisterExtension
    final MeetingServerExtension cms = MeetingServerExtension.create(builder -> builder.credentials(USER, PASSWORD));

    private KeyPair caKeys;
    private X509Certificate ca;
    private CapturedLog log;

    @Override
    MeetingServerSimulator server() {
        return cms.server();
    }

    @BeforeEach
    void capture() {
        log = new CapturedLog(Level.INFO);
        component().setReconnectInitialDelay(Duration.ofMinutes(10).toMillis());
        component().setReconnectMaxDelay(Duration.ofMinutes(10).toMillis());
    }

    @BeforeEach
    void makeCa() throws Exception {
        caKeys = newKeyPair();
        ca = certificate("Test CA", caKeys, -1, 1, Extension.basicConstraints, new BasicConstraints(true));
    }

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void aConnectionThatWorks() throws Exception {
        route("calls", "cms-events:calls?elements=name");

        assertThat(line(Level.INFO)).isEqualTo("Meeting Server " + server().url() + " is connected and subscribed");
    }

    @ParameterizedTest
    @CsvSource({
        "calls, 'name,participants'",
        "callRoster?call=*&elements=participant, 'name,state'",
        "callInfo?call=*, 'name,participants'",
    })
    void aRouteWithoutElements(String uri, String example) throws Exception {
        route("ids", "cms-events:" + uri);
        String hint =
                "Route ids: option elements is not set, so its updates have only GUIDs. Name the elements that it needs,"
                        + " for example elements=" + example;
        assertThat(line(Level.INFO)).isEqualTo(hint);

        context.getRouteController().stopRoute("ids");
        context.getRouteController().startRoute("ids");
        assertThat(log.lines()).filteredOn(("INFO " + hint)::equals).hasSize(2);
    }

    @Test
    void aWrongPassword() throws Exception {
        configuration().setPassword("wrong");
        assertThat(problem())
                .isEqualTo("Meeting Server " + server().url()
                        + " refused the login (401): check the options username and password; the password may"
                        + " be wrong, or the account may be locked, expired, or have to change its password at its first"
                        + " login; retrying in 60 s, then every 30 min (option refusedLoginDelay)");
    }

    @Test
    void aWrongPasswordWhenTheConnectionIsTested() {
        configuration().setPassword("wrong");
        assertThat(startFailure("calls?elements=name&testConnectionOnStartup=true"))
                .isEqualTo("Meeting Server " + server().url()
                        + " refused the login (401): check the options username and password; the password may"
                        + " be wrong, or the account may be locked, expired, or have to change its password at its first"
                        + " login");
    }

    @Test
    void aWrongPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        configuration().setServers("127.0.0.1:" + port);
        assertThat(problem())
                .isEqualTo("Meeting Server https://127.0.0.1:" + port
                        + " can't be reached to log in (Connection refused:"
                        + " 127.0.0.1/127.0.0.1:" + port + "): check host and port in option servers, and the firewall;"
                        + " retrying in N s, and until it succeeds");
    }

    @Test
    void anUnknownHost() throws Exception {
        useUnknownHost();
        assertThat(problem())
                .isEqualTo(
                        "Meeting Server https://cms.invalid:443 has a host name that can't be resolved: check option"
                                + " servers, and the DNS and hosts file of this machine; retrying in N s, and until it succeeds");
    }

    @Test
    void aServerThatDoesNotAnswer() throws Exception {
        server().faults().untilCleared(new Fault.DelayLogin(Duration.ofMinutes(10)));
        component().setConnectTimeout(200);
        assertThat(problem())
                .isEqualTo("Meeting Server " + server().url()
                        + " did not answer within 200 ms (option connectTimeout) when asked to log in: check"
                        + " host and port in option servers, and the firewall; retrying in N s, and until it succeeds");
    }

    @Test
    void tlsToAPortWithout() throws Exception {
        configuration().setServers("127.0.0.1:" + server().port());
        assertThat(problem())
                .isEqualTo("Meeting Server https://127.0.0.1:" + server().port()
                        + " does not answer with TLS: check the"
                        + " port, or write " + server().url() + " in option servers if it has no TLS; retrying in N s,"
                        + " and until it succeeds");
    }

    @Test
    void noTlsToAPortWithTls() throws Exception {
        try (MeetingServerSimulator tls = tls(SimulatorTls.selfSigned())) {
            configuration().setServers("http://127.0.0.1:" + tls.port());
            assertThat(problem())
                    .isEqualTo("Meeting Server http://127.0.0.1:" + tls.port()
                            + " closed the connection without an answer"
                            + " when asked to log in; if the port expects TLS, write https://127.0.0.1:" + tls.port()
                            + " in option servers; retrying in N s, and until it succeeds");
        }
    }

    @Test
    void aCertificateThatIsNotTrusted() throws Exception {
        try (MeetingServerSimulator tls = tls(SimulatorTls.selfSigned())) {
            assertThat(problem(tls))
                    .isEqualTo(
                            "Meeting Server " + tls.url() + " has a certificate that is not trusted (PKIX path building"
                                    + " failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid"
                                    + " certification path to requested target)" + TRUST);
        }
    }

    @Test
    void aCertificateThatHasExpired() throws Exception {
        try (MeetingServerSimulator tls = tls(signed(-10, -5, new GeneralName(GeneralName.iPAddress, "127.0.0.1")))) {
            configuration().setSslContextParameters(trustingTheCa());
            assertThat(problem(tls))
                    .matches("\\QMeeting Server " + tls.url() + " has a certificate that is not trusted (\\E"
                            + "PKIX path validation failed: .+: validity check failed" + "\\Q)" + TRUST + "\\E");
        }
    }

    @Test
    void aCertificateForAnotherHost() throws Exception {
        try (MeetingServerSimulator tls = tls(signed(-1, 1, new GeneralName(GeneralName.dNSName, "cms.example.com")))) {
            configuration().setSslContextParameters(trustingTheCa());
            assertThat(problem(tls))
                    .isEqualTo(
                            "Meeting Server " + tls.url() + " has a trusted certificate, but for 'cms.example.com' and"
                                    + " not for 127.0.0.1: name the server in option servers as its certificate does, or set"
                                    + " hostnameVerification=false; retrying in N s, and until it succeeds");
        }
    }

    @Test
    void aServerThatIsFull() throws Exception {
        server().faults().occupySockets(5);
        assertThat(problem())
                .isEqualTo("Meeting Server " + server().url()
                        + " refused the events socket (503): its five sockets may be in use (close other event"
                        + " clients, or lower maxConnectionsPerServer), or it did not accept the token; retrying in N s,"
                        + " and until it succeeds");
    }

    @ParameterizedTest
    @CsvSource({"1, once", "2, 2 times"})
    void givingUp(int retries, String times) throws Exception {
        useUnknownHost();
        component().setReconnectInitialDelay(1);
        component().setReconnectMaxDelay(1);
        component().setMaxReconnectAttempts(retries);
        String failure = "Meeting Server https://cms.invalid:443 has a host name that can't be resolved: check option"
                + " servers, and the DNS and hosts file of this machine; ";

        assertThat(problem())
                .isEqualTo(failure + "retrying in 1 ms, at most " + times + " in a row (option maxReconnectAttempts)");
        await().atMost(SOON).untilAsserted(() -> assertThat(log.lines())
                .contains("WARN " + failure + "giving up after retrying " + times
                        + " (option maxReconnectAttempts); restart a route to try again"));
    }

    @Test
    void aCallThatIsNotActive() throws Exception {
        assertThat(problem("callInfo?elements=name&call=" + GUID))
                .isEqualTo("Meeting Server " + server().url() + " reports no active call with the GUID " + GUID
                        + " (option call): the call has ended, or it is not the GUID of a call; retrying. To follow the"
                        + " calls of a coSpace, use callCorrelator or callName");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calls?elements=audioMuted | Option elements: calls has no element 'audioMuted'. It is an element of callRoster."
                        + " For an element of a newer server set allowUnknownElements=true",
                "calls?elements=nmae | Option elements: calls has no element 'nmae'. Did you mean: name? For an element of a"
                        + " newer server set allowUnknownElements=true",
                "calls?elementz=name | Failed to resolve endpoint: cms-events://calls?elementz=name due to: There are 1"
                        + " parameters that couldn't be set on the endpoint. Check the uri if the parameters are spelt"
                        + " correctly and that they are properties of the endpoint. Unknown parameters=[{elementz=name}]",
                "callRoster?elements=name | Option call: callRoster needs a call's GUID, or * for every active call; or use"
                        + " callName or callCorrelator",
                "calls?call=* | Option call: calls is about all calls; leave it out, or use callRoster or callInfo",
                "call | Unknown resource 'call'. Did you mean: calls? The resources are calls, conferences, callRoster,"
                        + " callInfo",
                "calls?servers=cms.example.com:abc | Option servers: 'cms.example.com:abc' is not host, host:port, [v6]:port,"
                        + " https://host:port or http://host:port",
            })
    void aWrongOption(String uri, String message) {
        assertThat(startFailure(uri)).isEqualTo(message);
    }

    @Test
    void aMissingOption() {
        configuration().setPassword(null);
        assertThat(startFailure("calls")).isEqualTo("Option password: required, on the endpoint or on the component");
        configuration().setUsername(null);
        assertThat(startFailure("calls")).isEqualTo("Option username: required, on the endpoint or on the component");
        configuration().setServers(null);
        assertThat(startFailure("calls"))
                .isEqualTo(
                        "Option servers: name the Meeting Server, such as cms.example.com:445, on the endpoint or on the"
                                + " component");
    }

    private void useUnknownHost() {
        configuration().setServers("cms.invalid");
        // Without a network, resolving it can take long.
        component().setConnectTimeout(SOON.toMillis());
    }

    private String startFailure(String uri) {
        return rootCause(catchThrowable(() -> route("calls", "cms-events:" + uri)))
                .getMessage();
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    private String problem(MeetingServerSimulator tls) throws Exception {
        configuration().setServers("127.0.0.1:" + tls.port());
        return problem();
    }

    private String problem() throws Exception {
        return problem("calls?elements=name");
    }

    private String problem(String uri) throws Exception {
        route("calls", "cms-events:" + uri);
        // Delays are random.
        return line(Level.WARN).replaceAll("retrying in \\d+ (s|min), and", "retrying in N s, and");
    }

    /** The component's first line of this level. */
    private String line(Level level) {
        await().atMost(SOON).until(() -> lines(level).findFirst().isPresent());
        return lines(level).findFirst().orElseThrow();
    }

    private Stream<String> lines(Level level) {
        return log.events().stream()
                .filter(line -> line.level() == level && line.logger().startsWith("io.github.cmsevents.camel"))
                .map(CapturedLog.Line::text);
    }

    private static MeetingServerSimulator tls(SimulatorTls tls) throws Exception {
        return MeetingServerSimulator.builder()
                .credentials(USER, PASSWORD)
                .tls(tls)
                .build()
                .start();
    }

    /** A certificate of the CA, from today plus {@code from} days until today plus {@code until} days. */
    private SimulatorTls signed(int from, int until, GeneralName host) throws Exception {
        KeyPair pair = newKeyPair();
        X509Certificate certificate = certificate(
                "Meeting Server", pair, from, until, Extension.subjectAlternativeName, new GeneralNames(host));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server", pair.getPrivate(), "changeit".toCharArray(), new X509Certificate[] {certificate, ca});
        Path file = folder.resolve("server.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return SimulatorTls.ofKeyStore(file, "changeit");
    }

    private X509Certificate certificate(
            String name, KeyPair pair, int from, int until, ASN1ObjectIdentifier extension, ASN1Object value)
            throws Exception {
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                        new X500Name("CN=Test CA"),
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(now.plus(Duration.ofDays(from))),
                        Date.from(now.plus(Duration.ofDays(until))),
                        new X500Name("CN=" + name),
                        pair.getPublic())
                .addExtension(extension, true, value);
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(caKeys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKeyPair() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("EC").generateKeyPair();
    }

    private SSLContextParameters trustingTheCa() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", ca);
        Path file = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        KeyStoreParameters trust = new KeyStoreParameters();
        trust.setResource("file:" + file);
        trust.setPassword("changeit");
        TrustManagersParameters managers = new TrustManagersParameters();
        managers.setKeyStore(trust);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(managers);
        return parameters;
    }
}
