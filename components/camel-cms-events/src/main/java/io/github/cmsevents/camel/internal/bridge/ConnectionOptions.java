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
package io.github.cmsevents.camel.internal.bridge;

import java.time.Duration;

/**
 * How connections to a cluster behave. Everything that shares connections has to agree on these.
 *
 * @param reconnectInitialDelay   the wait before the second attempt; doubled for each further one
 * @param reconnectMaxDelay       the longest wait, and the wait after a refused login
 * @param maxReconnectAttempts    after how many failed attempts in a row to give up; 0 for never
 * @param connectTimeout          how long the login, and then the opening of the socket, may each take
 * @param ackTimeout              how long the server may take to acknowledge a request
 * @param heartbeatInterval       after how long a silence to check that the server is there; zero for never
 * @param resyncQuietPeriod       how long fresh content has to be quiet before what did not come again is gone
 * @param maxConnectionsPerServer how many of a server's five sockets to use, 1 to 5
 * @param maxMessageSize          the largest message accepted, in bytes
 */
public record ConnectionOptions(
        Duration reconnectInitialDelay,
        Duration reconnectMaxDelay,
        int maxReconnectAttempts,
        Duration connectTimeout,
        Duration ackTimeout,
        Duration heartbeatInterval,
        Duration resyncQuietPeriod,
        int maxConnectionsPerServer,
        int maxMessageSize) {}
