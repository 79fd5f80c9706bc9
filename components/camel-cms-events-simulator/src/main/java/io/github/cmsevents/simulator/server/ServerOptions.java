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
package io.github.cmsevents.simulator.server;

import io.github.cmsevents.simulator.protocol.SessionOptions;
import io.netty.handler.ssl.SslContext;

/**
 * The options of a server.
 *
 * @param tls null for plain HTTP
 * @param maxSockets the number of WebSockets that may be open at a time
 * @param punish whether a breach closes the socket
 */
public record ServerOptions(
        Credentials credentials,
        SslContext tls,
        boolean reusableTokens,
        int maxSockets,
        boolean punish,
        SessionOptions session) {}
