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

import io.github.cmsevents.camel.internal.transport.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Reads Camel's TLS options. Keys and trust may each be left out. */
public final class TlsParameters {

    private TlsParameters() {}

    /** Null for null. */
    public static TlsSettings settings(SSLContextParameters parameters, CamelContext camelContext) {
        if (parameters == null) {
            return null;
        }
        try {
            // This goes first: it tells the nested parameters of the context that they need to find their files. An
            // engine
            // shows what the filters and defaults for protocols and cipher suites come to.
            SSLEngine engine = parameters.createSSLContext(camelContext).createSSLEngine();
            KeyManager[] keyManagers = parameters.getKeyManagers() == null
                    ? new KeyManager[0]
                    : parameters.getKeyManagers().createKeyManagers();
            TrustManager[] trustManagers = parameters.getTrustManagers() == null
                    ? new TrustManager[0]
                    : parameters.getTrustManagers().createTrustManagers();
            return new TlsSettings(
                    List.of(keyManagers == null ? new KeyManager[0] : keyManagers),
                    List.of(trustManagers == null ? new TrustManager[0] : trustManagers),
                    List.of(engine.getEnabledProtocols()),
                    List.of(engine.getEnabledCipherSuites()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("Option sslContextParameters: " + e.getMessage(), e);
        }
    }
}
