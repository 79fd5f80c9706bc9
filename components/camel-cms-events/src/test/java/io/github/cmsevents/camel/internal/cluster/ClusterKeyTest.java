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

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cmsevents.camel.internal.transport.Credentials;
import io.github.cmsevents.camel.internal.transport.ServerAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterKeyTest {

    private static final List<ServerAddress> SERVERS = ServerAddress.parseList("one,two");
    private static final Credentials CREDENTIALS = new Credentials("admin", "s3cret");

    @Test
    void isEqualForTheSameServersAndAccount() {
        assertThat(new ClusterKey(SERVERS, CREDENTIALS, null, null))
                .isEqualTo(new ClusterKey(
                        ServerAddress.parseList("https://one:443,two"), new Credentials("admin", "s3cret"), null, null))
                .hasSameHashCodeAs(new ClusterKey(SERVERS, CREDENTIALS, null, null));
    }

    @Test
    void differsInServersOrAccount() {
        assertThat(new ClusterKey(SERVERS, CREDENTIALS, null, null))
                .isNotEqualTo(new ClusterKey(ServerAddress.parseList("one"), CREDENTIALS, null, null))
                .isNotEqualTo(new ClusterKey(ServerAddress.parseList("one,http://two"), CREDENTIALS, null, null))
                .isNotEqualTo(new ClusterKey(SERVERS, new Credentials("admin", "other"), null, null))
                .isNotEqualTo("a key");
    }

    @Test
    void sharesOnlyTheVerySameSettings() {
        Object settings = new ArrayList<>();
        ClusterKey tls = new ClusterKey(SERVERS, CREDENTIALS, settings, null);
        ClusterKey client = new ClusterKey(SERVERS, CREDENTIALS, null, settings);

        assertThat(tls)
                .isEqualTo(new ClusterKey(SERVERS, CREDENTIALS, settings, null))
                .isNotEqualTo(new ClusterKey(SERVERS, CREDENTIALS, new ArrayList<>(), null))
                .isNotEqualTo(new ClusterKey(SERVERS, CREDENTIALS, null, null))
                .isNotEqualTo(client);
        assertThat(client)
                .isEqualTo(new ClusterKey(SERVERS, CREDENTIALS, null, settings))
                .isNotEqualTo(new ClusterKey(SERVERS, CREDENTIALS, null, new ArrayList<>()));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new ClusterKey(SERVERS, CREDENTIALS, null, null)).asString().doesNotContain("s3cret");
        assertThat(new ClusterSpec(SERVERS, CREDENTIALS, null, null, null, null))
                .asString()
                .doesNotContain("s3cret");
    }
}
