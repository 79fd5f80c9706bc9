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
import java.util.Objects;
import java.util.Set;

/**
 * What it takes to connect to a cluster.
 *
 * @param servers            in the order in which they rank
 * @param tlsIdentity        the object that the TLS settings were made from; null for the defaults
 * @param tls                null for the defaults, or what {@code clientOptions} says
 * @param hostnameVerification whether the certificate has to be for the server's host name
 * @param clientOptions      null for Vert.x's defaults
 * @param owner              not null for a route that shares connections with no other
 */
public record ClusterSpec(
        List<ServerAddress> servers,
        Credentials credentials,
        Object tlsIdentity,
        TlsSettings tls,
        boolean hostnameVerification,
        WebSocketClientOptions clientOptions,
        ConnectionOptions options,
        Object owner) {

    public ClusterSpec {
        servers = List.copyOf(servers);
    }

    /** Routes with an equal key share connections. */
    Key key() {
        return new Key(
                Set.copyOf(servers),
                credentials,
                new Identity(tlsIdentity),
                hostnameVerification,
                new Identity(clientOptions),
                new Identity(owner));
    }

    record Key(
            Set<ServerAddress> servers,
            Credentials credentials,
            Identity tls,
            boolean hostnameVerification,
            Identity client,
            Identity owner) {}

    /** Settings that are equal by chance may not stay so: only the same object is shared. */
    record Identity(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && object == identity.object;
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(object == null ? null : System.identityHashCode(object));
        }
    }
}
