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

import io.github.cmsevents.camel.internal.transport.TlsSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Reads Camel's TLS options. Keys and trust may each be left out. */
final class TlsParameters {

    private TlsParameters() {}

    /** Null for null. */
    static TlsSettings settings(SSLContextParameters parameters, CamelContext camelContext) {
        if (parameters == null) {
            return null;
        }
        try {
            SSLContext context = parameters.createSSLContext(camelContext);
            return new TlsSettings(context, clientParameters(context));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("Option sslContextParameters: " + e.getMessage(), e);
        }
    }

    /** Camel applies its client parameters to sockets but not to engines, so an unconnected socket shows what they are. */
    private static SSLParameters clientParameters(SSLContext context) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            return socket.getSSLParameters();
        }
    }
}
