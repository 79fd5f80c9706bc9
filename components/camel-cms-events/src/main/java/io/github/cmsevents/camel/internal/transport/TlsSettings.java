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

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * How to connect to a Meeting Server over TLS.
 *
 * @param context    holds the keys and the trust, and the provider and randomness they are used with
 * @param parameters what a client's connections are set up with: protocols, cipher suites, SNI names
 */
public record TlsSettings(SSLContext context, SSLParameters parameters) {}
