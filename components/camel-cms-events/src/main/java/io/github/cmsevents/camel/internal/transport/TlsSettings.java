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

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * How to speak TLS with a Meeting Server.
 *
 * @param keyManagers   our certificate; empty for none
 * @param trustManagers whom to trust; empty for what the JVM trusts
 * @param protocols     the enabled protocol versions
 * @param cipherSuites  the enabled cipher suites
 */
public record TlsSettings(
        List<KeyManager> keyManagers,
        List<TrustManager> trustManagers,
        List<String> protocols,
        List<String> cipherSuites) {}
