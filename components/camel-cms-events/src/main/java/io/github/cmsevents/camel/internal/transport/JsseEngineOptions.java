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

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** Makes Vert.x use an {@link javax.net.ssl.SSLContext} as it is, which its key and trust options can't express. */
final class JsseEngineOptions extends SSLEngineOptions {

    private final TlsSettings tls;

    JsseEngineOptions(TlsSettings tls) {
        this.tls = tls;
    }

    @Override
    public SSLEngineOptions copy() {
        return new JsseEngineOptions(tls);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return this::sslContext;
    }

    private SslContext sslContext() {
        SslContext jsse = new JdkSslContext(
                tls.context(),
                true,
                List.of(tls.parameters().getCipherSuites()),
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                tls.parameters().getProtocols(),
                false);
        return new DelegatingSslContext(jsse) {
            @Override
            protected void initEngine(SSLEngine engine) {
                engine.setSSLParameters(tls.parameters());
            }
        };
    }
}
