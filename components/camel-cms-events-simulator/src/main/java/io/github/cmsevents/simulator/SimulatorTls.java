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

import io.github.cmsevents.simulator.server.SelfSignedCertificates;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collections;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** The certificate that the simulator uses for HTTPS. */
public final class SimulatorTls {

    /** A private key with its certificate chain, the server's own certificate first. */
    private record Identity(PrivateKey key, X509Certificate[] chain) {}

    private interface Source {
        Identity load(String host) throws GeneralSecurityException, IOException;
    }

    private final Source source;

    private SimulatorTls(Source source) {
        this.source = source;
    }

    /**
     * A new self-signed certificate, valid for {@code localhost}, {@code 127.0.0.1}, {@code ::1} and the host that the
     * simulator listens on.
     */
    public static SimulatorTls selfSigned() {
        return new SimulatorTls(host -> {
            SelfSignedCertificates.Identity made = SelfSignedCertificates.create(host);
            return new Identity(made.key(), new X509Certificate[] {made.certificate()});
        });
    }

    /** A certificate (chain) and its private key, unencrypted, as PEM files. */
    public static SimulatorTls ofPem(Path certificate, Path key) {
        return new SimulatorTls(host -> new Identity(readKey(key), readChain(certificate)));
    }

    /** The first key in a key store, PKCS12 or JKS, whose key has the store's password. */
    public static SimulatorTls ofKeyStore(Path keyStore, String password) {
        return new SimulatorTls(host -> readKeyStore(keyStore, password.toCharArray()));
    }

    /** A loaded certificate. */
    record Loaded(SslContext context, String certificatePem) {}

    Loaded load(String host) {
        try {
            Identity identity = source.load(host);
            SslContext context = SslContextBuilder.forServer(identity.key(), identity.chain())
                    .build();
            return new Loaded(context, pem(identity.chain()[0]));
        } catch (SSLException e) {
            throw new IllegalArgumentException("Certificate and key cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read certificate or key: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Certificate or key is invalid: " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] readChain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException("no certificate in " + file);
            }
            return chain;
        }
    }

    private static PrivateKey readKey(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(in)) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PEMKeyPair pair) {
                    return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return new JcaPEMKeyConverter().getPrivateKey(info);
                }
            }
        }
        throw new IOException("no unencrypted private key in " + file);
    }

    private static Identity readKeyStore(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store;
        try {
            store = KeyStore.getInstance(file.toFile(), password);
        } catch (java.security.KeyStoreException e) {
            throw new IOException(file + " is no key store", e);
        }
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.getKey(alias, password);
            if (key instanceof PrivateKey privateKey) {
                Certificate[] chain = store.getCertificateChain(alias);
                X509Certificate[] x509 = new X509Certificate[chain.length];
                System.arraycopy(chain, 0, x509, 0, chain.length);
                return new Identity(privateKey, x509);
            }
        }
        throw new IOException("no private key in " + file);
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }
}
