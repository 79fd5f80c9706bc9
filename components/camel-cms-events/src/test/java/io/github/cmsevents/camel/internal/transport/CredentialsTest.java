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

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialsTest {

    private final Credentials credentials = new Credentials("admin", "s3cr\u00e9t:x");

    @Test
    void neverShowTheirPassword() {
        assertThat(credentials.toString()).contains("admin").doesNotContain("s3cr", credentials.password());
    }

    @Test
    void areSentAsBasicAuthorizationInUtf8() {
        assertThat(new Credentials("Aladdin", "open sesame").toBasicAuthorization())
                .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(credentials.toBasicAuthorization()).isEqualTo("Basic YWRtaW46czNjcsOpdDp4");
    }

    @Test
    void areTheSameOnlyWithTheSamePassword() {
        assertThat(credentials)
                .isEqualTo(new Credentials("admin", "s3cr\u00e9t:x"))
                .hasSameHashCodeAs(new Credentials("admin", "s3cr\u00e9t:x"))
                .isNotEqualTo(new Credentials("admin", "other"))
                .isNotEqualTo(new Credentials("other", "s3cr\u00e9t:x"));
    }
}
