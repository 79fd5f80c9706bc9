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

import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.util.List;
import java.util.Objects;

/**
 * What routes must have in common to share connections.
 *
 * @param tls    the identity of the TLS settings; null for the defaults
 * @param client the identity of the client options; null for the defaults
 */
public record ClusterKey(List<ServerAddress> servers, Credentials credentials, Object tls, Object client) {
    public ClusterKey {
        servers = List.copyOf(servers);
        Objects.requireNonNull(credentials);
    }

    // Settings that are equal by chance are not known to stay so: only the same object is shared.
    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterKey key
                && servers.equals(key.servers)
                && credentials.equals(key.credentials)
                && tls == key.tls
                && client == key.client;
    }

    @Override
    public int hashCode() {
        return Objects.hash(servers, credentials);
    }
}
