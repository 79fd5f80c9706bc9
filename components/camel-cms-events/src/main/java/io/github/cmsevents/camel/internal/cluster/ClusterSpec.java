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
package io.github.cmsevents.camel.internal.cluster;

import io.github.cmsevents.camel.internal.bridge.ConnectionOptions;
import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import io.github.cmsevents.camel.internal.transport.TlsSettings;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.List;

/**
 * What it takes to connect to a cluster.
 *
 * @param tlsIdentity   what the TLS settings were made from; null for the defaults
 * @param tls           null for the defaults, or what {@code clientOptions} says
 * @param clientOptions null for Vert.x's defaults
 */
public record ClusterSpec(
        List<ServerAddress> servers,
        Credentials credentials,
        Object tlsIdentity,
        TlsSettings tls,
        WebSocketClientOptions clientOptions,
        ConnectionOptions options) {

    public ClusterSpec {
        servers = List.copyOf(servers);
    }

    /** Specs with an equal key share connections. */
    ClusterKey key() {
        return new ClusterKey(servers, credentials, tlsIdentity, clientOptions);
    }
}
